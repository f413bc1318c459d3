"""Plain text, including text taken from a PDF, as one document whose offsets still point into the file."""

from __future__ import annotations

from minex.formats.plaintext.reader import FORMAT, parse_text

__all__ = ["FORMAT", "parse_text"]
