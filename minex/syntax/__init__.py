"""Sentences and parses: boundaries, tokens, and the bundled model."""
