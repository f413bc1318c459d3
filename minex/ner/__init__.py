"""A statistical reader of names, for what no list has: labels as in scispaCy's en_ner_bionlp13cg_md."""
