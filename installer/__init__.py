"""Set-up, locks, packaging: everything around the program that is not the program."""
