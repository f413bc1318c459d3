"""The search fields of PubMed: what may stand in square brackets behind a search term.

After the list of search fields in PubMed's User Guide, with the names that PubMed's own Search Details and
E-utilities' einfo give them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A search field: its usual tag, its name, and what else it is called."""

    tag: str
    name: str
    others: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that may stand in the brackets, in small letters."""
        return tuple(dict.fromkeys(folded(word) for word in (self.tag, self.name, *self.others)))


def folded(tag: str) -> str:
    """Return a tag as it is compared: case and spacing do not matter to PubMed.

    Examples:
        >>> folded(" Title / Abstract "), folded("MeSH  Terms")
        ('title/abstract', 'mesh terms')
    """
    return re.sub(r" ?/ ?", "/", " ".join(tag.casefold().split()))


FIELDS = (
    Field("tiab", "Title/Abstract"),
    Field("ti", "Title", ("titl",)),
    Field("ab", "Abstract"),
    Field("tw", "Text Word", ("text words", "word")),
    Field("all", "All Fields"),
    Field("mh", "MeSH Terms", ("mesh", "mesh term", "mesh heading")),
    Field("majr", "MeSH Major Topic", ("mj", "major", "mesh major topics")),
    Field("sh", "MeSH Subheading", ("mesh subheadings", "subheading", "subh")),
    Field("nm", "Supplementary Concept", ("substance name", "substance", "subs")),
    Field("rn", "EC/RN Number", ("ecno",)),
    Field("pa", "Pharmacological Action", ("pharmacologic action", "papx")),
    Field("ot", "Other Term", ("other terms", "otrm")),
    Field("pt", "Publication Type", ("ptyp", "publication types")),
    Field("sb", "Subset", ("filter", "filt", "filters")),
    Field("la", "Language", ("lang",)),
    Field("dp", "Publication Date", ("pdat", "date - publication")),
    Field("epdat", "Electronic Publication Date", ("epdt",)),
    Field("ppdat", "Print Publication Date", ("ppdt",)),
    Field("edat", "Entry Date", ("entrez date", "date - entry", "date - entrez")),
    Field("crdt", "Create Date", ("date - create",)),
    Field("lr", "Modification Date", ("mdat", "date - modification")),
    Field("mhda", "MeSH Date", ("date - mesh",)),
    Field("dcom", "Completion Date", ("cdat", "date - completion")),
    Field("ta", "Journal", ("jour", "journal title", "is", "issn")),
    Field("vi", "Volume", ("vol",)),
    Field("ip", "Issue", ("iss",)),
    Field("pg", "Pagination", ("page",)),
    Field("jid", "NLM Unique ID"),
    Field("pl", "Place of Publication", ("cnty",)),
    Field("pmid", "PMID", ("uid",)),
    Field("pmc", "PMCID", ("pmcid", "pubmed central id")),
    Field("aid", "Article Identifier", ("doi", "pid", "publisher id")),
    Field("lid", "Location ID", ("eid",)),
    Field("si", "Secondary Source ID"),
    Field("au", "Author", ("auth", "author name")),
    Field("1au", "First Author Name", ("first author", "author - first", "faut")),
    Field("lastau", "Last Author Name", ("last author", "author - last", "laut")),
    Field("fau", "Full Author Name", ("author - full", "full")),
    Field("auid", "Author Identifier", ("author - identifier",)),
    Field("cn", "Corporate Author", ("author - corporate", "coln")),
    Field("ad", "Affiliation", ("affl",)),
    Field("ir", "Investigator", ("invr",)),
    Field("fir", "Full Investigator Name", ("investigator - full", "finv")),
    Field("ps", "Personal Name as Subject", ("subject - personal name",)),
    Field("gr", "Grants and Funding", ("grant number", "grnt", "grant numbers")),
    Field("cois", "Conflict of Interest Statement", ("conflict of interest statements",)),
    Field("tt", "Transliterated Title"),
    Field("book", "Book"),
    Field("ed", "Editor"),
    Field("isbn", "ISBN"),
    Field("pubn", "Publisher"),
)

DATES = frozenset({"dp", "epdat", "ppdat", "edat", "crdt", "lr", "mhda", "dcom"})
"""Fields that hold a date."""

NARROWER = frozenset({"mh", "majr", "sh", "pt"})
"""Fields that take in what is below a term unless `:noexp` stands in the tag."""

NEAR = frozenset({"ti", "tiab", "ad"})
"""Fields in which words can be sought near each other, `[tiab:~3]`."""

MEANT = {
    "kw": "ot", "keyword": "ot", "keywords": "ot", "de": "mh", "title and abstract": "tiab", "ti,ab": "tiab",
    "ti/ab": "tiab", "abs": "ab", "py": "dp", "year": "dp", "date": "dp", "so": "ta", "so journal": "ta",
}  # fmt: skip
"""What people write who come from elsewhere, and the tag that they mean."""

BY_WORD = {word: field for field in FIELDS for word in field.words}
