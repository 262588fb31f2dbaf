"""The passes that make a program a checked one: what every name means, what type every expression has, what is wrong."""
