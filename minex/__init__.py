"""minex reads biomedical text for regulation, and keeps what it found in a SQLite database."""

__version__ = "0.1.0"
