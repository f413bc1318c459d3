"""Registers minex's tokenizer for `spacy train --code training/functions.py`."""

from minex.syntax import tokenizer  # noqa: F401
