"""What the relation types and the ids of known annotation schemes say: sign and direction, and single ids."""

from __future__ import annotations

import re

from minex.model import PREDICATE_SIGNS

_SIGNS: dict[str, int] = {
    **PREDICATE_SIGNS,
    # BioNLP shared tasks (GE, CG, PC)
    **dict.fromkeys(("positive_regulation", "activation"), 1),
    **dict.fromkeys(("negative_regulation", "inactivation"), -1),
    **dict.fromkeys(("regulation", "binding"), 0),
    # BioRED, and PubTator 3, which names the same relations by verbs
    **dict.fromkeys(("positive_correlation", "positive_correlate", "stimulate"), 1),
    **dict.fromkeys(("negative_correlation", "negative_correlate", "inhibit"), -1),
    **dict.fromkeys(("association", "associate", "bind", "interact"), 0),
    # ChemProt and DrugProt
    **dict.fromkeys(("activator", "agonist", "agonist-activator", "upregulator", "indirect-upregulator"), 1),
    **dict.fromkeys(("inhibitor", "antagonist", "downregulator", "indirect-downregulator"), -1),
    "agonist-inhibitor": -1,
    **dict.fromkeys(("cpr:3", "cpr:5"), 1),
    **dict.fromkeys(("cpr:4", "cpr:6"), -1),
    "direct-regulator": 0,
}  # fmt: skip
_SYMMETRIC = frozenset(
    {
        *("associated_with", "binds", "binding", "bind", "interact", "equiv"),
        *("cotreatment", "cotreat", "comparison", "compare", "drug_interaction", "drug_interact"),
    }
)
_UNDIRECTED = frozenset(
    {
        *("association", "positive_correlation", "negative_correlation"),
        *("associate", "positive_correlate", "negative_correlate"),
    }
)
"""Types of schemes that order two ids without saying that the first acts on the second."""


def sign_of(type: str) -> int | None:
    """Return the sign that a relation type states, or None for one that is not known or states none.

    Examples:
        >>> [sign_of(each) for each in ("Positive_Correlation", "Negative_regulation", "Binding", "CID")]
        [1, -1, 0, None]
    """
    return _SIGNS.get(type.strip().casefold().replace(" ", "_"))


def directed_by(type: str, otherwise: bool | None) -> bool | None:
    """Return whether relations of a type have a direction: None where its scheme does not tell.

    Examples:
        >>> [directed_by(each, otherwise=True) for each in ("Bind", "Association", "inhibits")]
        [False, None, True]
    """
    name = type.strip().casefold().replace(" ", "_")
    return False if name in _SYMMETRIC else None if name in _UNDIRECTED else otherwise


_SEPARATOR = re.compile(r"[;,|+]")
_VARIANT = re.compile(r"(?:tmVar:)?[a-z]?\|", re.I)
_SPECIES = re.compile(r"\(Tax:[0-9]*\)", re.I)
_NONE = frozenset({"", "-", "-1", "none", "null", "nan"})


def split_ids(text: str) -> tuple[str, ...]:
    """Return the ids that one field holds: `;`, `,`, `|` and `+` join several, `-` is none.

    tmVar's variants hold `|` themselves; GNormPlus's `(Tax:10090)` says whose gene it is and is left aside.

    Examples:
        >>> split_ids("7422,22339(Tax:10090)"), split_ids("D011125|D003110"), split_ids("-")
        (('7422', '22339'), ('D011125', 'D003110'), ())
        >>> split_ids("tmVar:p|SUB|V|600|E;HGVS:p.V600E")
        ('tmVar:p|SUB|V|600|E', 'HGVS:p.V600E')
    """
    text = _SPECIES.sub("", text)
    parts = text.split(";") if _VARIANT.match(text.strip()) else _SEPARATOR.split(text)
    found = (part.strip() for part in parts)
    return tuple(dict.fromkeys(part for part in found if part.casefold() not in _NONE))
