"""The passes that make a program a checked one: what names mean, what type expressions have, what is wrong."""
