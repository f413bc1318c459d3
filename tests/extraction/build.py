"""Parses by hand for tests of extraction, and what is read from them."""

from __future__ import annotations

from minex.extraction.claims import Claim, ClaimReader
from minex.rules.language import RuleSet
from minex.rules.match import Matcher
from minex.syntax.parse import Parse


def tree(*rows: tuple[str, str, str, int] | tuple[str, str, str, int, str]) -> Parse:
    """Build a parse from rows of word, tag, label, head and, for a mention, its type."""
    return Parse.by_hand(
        [row[0] for row in rows],
        heads=[row[3] for row in rows],
        deps=[row[2] for row in rows],
        tags=[row[1] for row in rows],
        types={index: row[4] for index, row in enumerate(rows) if len(row) == 5},
    )


def claims(rules: RuleSet, parse: Parse) -> list[Claim]:
    """Return every claim of every rule."""
    text = " ".join(token.text for token in parse)
    return ClaimReader.of(Matcher(rules)).read(parse, text)[0]


def read(rules: RuleSet, parse: Parse) -> set[str]:
    """Return what is claimed, in words."""
    return {
        ("not " if claim.negated else "")
        + ("maybe " if claim.hedged else "")
        + f"{claim.subject.text} {claim.predicate} {claim.object.text}"
        for claim in claims(rules, parse)
    }
