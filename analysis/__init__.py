"""Read conflict reporting: who is named, how many are said to be harmed, and by whose account."""

import os

# numpy multiplies small matrices here: threads of its own gain little, and take the cores from the processes that read.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

VERSION = "0.1.0"  # of the rules and the package, as in pyproject.toml
