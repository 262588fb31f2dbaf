"""What authors do with policy text beside running it. Tools ask the program; they never work rules out again."""
