"""Read conflict reporting: who is named, how many are said to be harmed, and by whose account."""

VERSION = "0.1.0"  # of the rules and the package, as in pyproject.toml
