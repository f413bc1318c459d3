"""`python -m minex`."""

from minex.cli import main

main()
