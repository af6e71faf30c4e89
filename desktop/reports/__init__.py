"""What the program prints and writes for others to read. The only home of reportlab and of spreadsheet writing."""
