"""What the language speaks of: types, values, the calendar and time in spells, symbols and the program."""
