"""The exchange format, version 1: what other programs write to minex and read from it."""
