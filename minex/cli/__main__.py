"""`python -m minex.cli`."""

from minex.cli import main

main()
