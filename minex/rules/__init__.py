"""The rule language: load (strict), compile, match."""
