"""How a change is put into words, the same in every format."""

from __future__ import annotations

import re
from urllib.parse import quote

from minex.reports.diff import Cause, Diff, Quote, RunEnd, TripleChange, Turn

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"

_REASONS = {
    "new": "new paper",
    "text": "changed text",
    "retracted": "retracted",
    "deleted": "deleted",
    "unmatched": "no longer matching",
    "merged": "joined with its other record",
    "restored": "counts again",
    "again": "read again",
    "judged": "judged by a person",
}
_DIRECTIONS = {1: "raises", -1: "lowers"}

# What XML 1.0 has no way to write, and a terminal might obey.
_FORBIDDEN = re.compile("[^\t\n\r -\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return text of a paper without characters that XML forbids, its blanks as they are."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def plain(text: str) -> str:
    """Return text of a paper on one line, without characters that XML forbids."""
    return " ".join(allowed(text).split())


def link(pmid: str | None) -> str:
    """Return the address of a PubMed citation, empty if there is none."""
    return f"{PUBMED}{pmid}/" if pmid and pmid.isascii() and pmid.isdigit() else ""


def full_text_link(pmcid: str | None, doi: str | None) -> str:
    """Return the address of a paper that PubMed has no citation of, empty if there is none.

    Examples:
        >>> full_text_link(None, "10.1000/a b")
        'https://doi.org/10.1000/a%20b'
    """
    if pmcid and re.fullmatch("PMC[0-9]+", pmcid, re.ASCII):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"
    return f"https://doi.org/{quote(doi)}" if doi else ""


def why(cause: Cause, diff: Diff) -> str:
    """Say how a document came to make a change: `new paper, 2024`, `read again with other rules`."""
    words = []
    for reason in cause.reasons:
        if reason in _REASONS:
            words.append(_REASONS[reason])
        elif reason in diff.versions_changed:
            old, new = diff.versions_changed[reason]
            words.append(f"read with another {_version_name(reason)} ({old} \N{RIGHTWARDS ARROW} {new})")
        else:
            words.append(f"read with another {_version_name(reason)}")
    if cause.year is not None and "new" in cause.reasons:
        words.append(str(cause.year))
    text = ", ".join(words)
    return f"{text}: {plain(cause.note)}" if cause.note else text


def _version_name(name: str) -> str:
    return {"rules": "set of rules", "minex": "version of minex"}.get(name, name)


def claim(change: TripleChange) -> str:
    """Return a triple as words."""
    return plain(f"{change.subject} {change.predicate} {change.object}")


def turn(item: Turn) -> str:
    """Return a turn as words: `miR-21 raises PTEN; it was: lowers`."""
    new, old = _DIRECTIONS[item.sign_after], _DIRECTIONS[item.sign_before]
    return plain(f"{item.subject} {new} {item.object} (was: {old})")


def turned_beliefs(item: Turn) -> str:
    """Say how sure both were: `now raises, belief 0.85; before lowers, belief 0.70`."""
    return f"belief {item.belief_after:.2f}, before it turned {item.belief_before:.2f}"


def beliefs(change: TripleChange) -> str:
    """Say how sure it is and was, on how many documents."""
    if not change.documents_before:
        return f"belief {change.belief_after:.2f}, {counted(change.documents_after, 'document')}"
    if not change.documents_after:
        return f"belief was {change.belief_before:.2f}, {counted(change.documents_before, 'document')}"
    arrow = "\N{RIGHTWARDS ARROW}"
    documents = counted(change.documents_after, "document")
    if change.documents_before != change.documents_after:
        documents = f"{change.documents_before} {arrow} {documents}"
    return f"belief {change.belief_before:.2f} {arrow} {change.belief_after:.2f}, {documents}"


def marks(quote: Quote) -> str:
    """Return what is to be known of a sentence besides its text: ` (denies it)`."""
    words = [word for word, is_so in (("denies it", quote.negated), ("only suggests it", quote.hedged)) if is_so]
    return f" ({', '.join(words)})" if words else ""


def run_name(end: RunEnd) -> str:
    """Return a run with its time: `run 3 (2026-11-02 03:00)`."""
    if not end.id:
        return "the empty database"
    return f"run {end.id} ({end.started[:16].replace('T', ' ')} UTC)"


def summary(diff: Diff) -> str:
    """Say in one line how much changed."""
    if diff.empty:
        return "Nothing changed."
    parts = [
        counted(len(items), noun)
        for items, noun in (
            (diff.turned, "pair turned|pairs turned"),
            (diff.came, "new triple"),
            (diff.went, "triple went|triples went"),
            (diff.believed, "changed belief"),
            (diff.factors_came, "new factor"),
            (diff.factors_went, "factor went|factors went"),
        )
        if items
    ]
    if diff.small:
        parts.append(f"{counted(diff.small, 'belief')} changed by less than {diff.threshold:g}")
    return ", ".join(parts) + "."


def because(diff: Diff) -> str:
    """Say in one line how many documents made the changes, by reason."""
    words = [
        f"{_REASONS.get(reason, f'read with another {_version_name(reason)}')}: {number}"
        for reason, number in diff.documents.items()
    ]
    return f"Documents behind it: {'; '.join(words)}." if words else ""


def versions(diff: Diff) -> list[str]:
    """Say of each version that changed what it was and is."""
    arrow = "\N{RIGHTWARDS ARROW}"
    return [f"Version of {name}: {old} {arrow} {new}" for name, (old, new) in diff.versions_changed.items()]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun; an irregular plural stands after a bar.

    Examples:
        >>> counted(2, "document"), counted(1, "pair turned|pairs turned")
        ('2 documents', '1 pair turned')
    """
    one, _, many = noun.partition("|")
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
