"""Read conflict reporting: who is named, how many are said to be harmed, and by whose account."""
