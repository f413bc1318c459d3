"""What is said of rights where sentences of papers leave a database."""

from __future__ import annotations

import sqlite3

from minex import __version__

_ORIGINS = """
SELECT count(*), coalesce(sum(origin = 'pubmed' OR origin = 'mirror'), 0), coalesce(sum(origin = 'pmc'), 0),
       coalesce(sum(origin = 'file'), 0)
FROM document WHERE status = 'active'
"""

FACTS = (
    "No text of papers is in this file: triples, ids, counts and beliefs are facts. "
    "Names and ids come from the sources in minex's LICENSE-DATA.md."
)
"""For a file that quotes nothing and has room for a note."""


def rights(connection: sqlite3.Connection) -> str:
    """Return what whoever passes a file with sentences on has to know, as plain text."""
    documents, pubmed, pmc, files = connection.execute(_ORIGINS).fetchone()
    return f"""\
This file was made by minex {__version__} from a database of {documents} publications
({pubmed} from PubMed, {pmc} from PubMed Central, {files} from files of its owner).

Sentences, titles and abstracts in it are quoted from these publications and belong to their authors and
publishers; every row or record names its publication. minex gives you no right to pass them on.
- Citations and abstracts come from PubMed, courtesy of the U.S. National Library of Medicine, which claims
  no copyright in them; publishers may: https://www.nlm.nih.gov/databases/download/terms_and_conditions.html
- Full texts of PubMed Central are under the licence that each article states itself.
- Of what came from a file, its owner knows the licence.
Quoting single sentences with their reference is what science allows; for handing on many, ask first, or leave
the sentences out: triples, ids, counts and beliefs are facts.

Names and ids of genes, miRNAs, diseases and processes are from the sources that minex's LICENSE-DATA.md and
minex/lexicon/data/SOURCES.md list; some ask to be named.
"""
