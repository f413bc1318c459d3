"""A copy of PubMed on one's own disk: its files loaded into one database, and asked as PubMed is asked."""
