"""Text to mentions: miRNA nomenclature, dictionary, abbreviations, names and their resolution."""
