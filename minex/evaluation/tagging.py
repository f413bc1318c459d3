"""Names against an annotated corpus: spans by type, and sets of ids by document where the corpus links its names.

Three conventions of others are met half-way, and each is told in the run's notes. A list that the corpus marks as
one mention (*miR-15a and -16*) is compared by its members. A type that the corpus does not mark counts as the
wider one that it does: a cancer as a disease, a cell line as a cell. Ids are compared as the corpus gives them;
one that no concept of the lexicon has - a gene of another species, a family, a phenotype - is not asked for, and
what a mention of an unmapped type (GNormPlus' families and domains) is linked to is neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from minex.evaluation.causes import Mistake
from minex.evaluation.corpora import AnnotatedDocument, read_corpus
from minex.evaluation.corpus import given_mentions
from minex.evaluation.figures import Count, Tally
from minex.evaluation.match import most_pairs
from minex.evaluation.runs import HELD, Part, Run
from minex.lexicon import Lexicon
from minex.model import Failure, Mention, MentionType, Span
from minex.pipeline import Pipeline

DEVELOPMENT = "development"
HALVES = (DEVELOPMENT, HELD)
"""Every second document: errors are shown of the first half, of the second only figures."""

PREFIXES: Mapping[str, tuple[str, ...]] = {
    "GENE": ("NCBIGene:",),
    "CANCER": ("MESH:", "OMIM:"),
    "DISEASE": ("MESH:", "OMIM:"),
    "CHEMICAL": ("MESH:",),
}
"""What corpora link each type to."""

_WIDER = {"CANCER": "DISEASE", "CELL_LINE": "CELL_TYPE", "LNCRNA": "GENE"}
_JOINT = re.compile(r"\s*(?:[/,;&+]|\b(?:and|or)\b)[\s,]*(?:and\s+|or\s+)?")
_MEMBER = re.compile(r"[a-z]\*?|.*\d.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """A document's names by the corpus and by minex, in the corpus's types; `unasked`: ids of unmapped types."""

    document: str
    where: str
    gold: tuple[Mention, ...]
    found: tuple[Mention, ...]
    unasked: frozenset[str] = frozenset()


def run_tagging(pipeline: Pipeline, path: Path, types: Mapping[str, str], *, half: int | None = None) -> Run:
    """Evaluate the names on an annotated corpus, in two halves; with `half` (0 or 1) on one of them only."""
    run = Run(path.name, half=half)
    items: list[AnnotatedDocument] = []
    for item in read_corpus(path):
        if isinstance(item, Failure):
            run.problems.append(item)
        elif item.document.passages:
            items.append(item)
    pairs = [(each, given_mentions(each, types, pipeline.lexicon)) for each in items]
    marked = frozenset(mention.type for _, given in pairs for mention in given) & frozenset(
        MentionType.__members__
    )
    linked = {mention.type for _, given in pairs for mention in given if mention.concepts} & marked
    spoken = Ids(pipeline.lexicon, frozenset(linked & PREFIXES.keys()))
    for number, name in enumerate(HALVES):
        if half in (None, number):
            named = list(_named(pipeline, pairs[number::2], marked, spoken, run))
            run.parts.append(judge(name, named, spoken))
    if not marked:
        run.notes.append("no type of the corpus is one that minex has (--type-map)")
    for kind in sorted(spoken.types):
        asked, known = spoken.seen(kind, (mention for _, given in pairs for mention in given))
        run.notes.append(f"{kind}: {known} of the corpus's {asked} ids are of concepts that the lexicon has")
    return run


class Ids:
    """A lexicon's concepts by the ids that corpora use, of the types that a corpus links."""

    def __init__(self, lexicon: Lexicon, types: frozenset[str]) -> None:
        self._lexicon = lexicon
        self.types = types

    def gold(self, mention: Mention, given: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of a mention, as given, that some concept of the lexicon has."""
        kinds = [mention.type] if mention.type in self.types else sorted(self.types)
        prefixes = dict.fromkeys(prefix for kind in kinds for prefix in PREFIXES[kind])
        full = (one if ":" in one else prefix + one for one in given for prefix in prefixes)
        return tuple(dict.fromkeys(one for one in full if self._lexicon.by_xref(one)))

    def found(self, mention: Mention) -> frozenset[str]:
        """Return the ids that a found mention's concept has for a corpus."""
        concept = self._lexicon.concept(mention.concepts[0]) if mention.concepts else None
        prefixes = PREFIXES.get(mention.type, ())
        return (
            frozenset(x for x in concept.xrefs if x.startswith(prefixes)) if concept and prefixes else frozenset()
        )

    def seen(self, kind: str, mentions: Iterable[Mention]) -> tuple[int, int]:
        """Return how many different ids mentions of a type have, and how many of these the lexicon knows."""
        ids = {id for each in mentions if each.type == kind for id in each.concepts}
        return len(ids), sum(self._lexicon.concept(id) is not None for id in ids)


def _named(
    pipeline: Pipeline,
    pairs: Sequence[tuple[AnnotatedDocument, tuple[Mention, ...]]],
    marked: frozenset[str],
    ids: Ids,
    run: Run,
) -> Iterator[Named]:
    for annotated, given in pairs:
        reading = pipeline.tag(annotated.document)
        if isinstance(reading, Failure):
            run.problems.append(reading)
        tagged = () if isinstance(reading, Failure) else reading.mentions
        linked = [
            replace(mention, concepts=ids.gold(mention, raw.concepts))
            for mention, raw in zip(given, annotated.mentions, strict=True)
        ]
        gold = tuple(each for mention in linked if mention.type in marked for each in members(mention))
        seen = (replace(each, type=_seen_as(each.type, marked)) for each in tagged)
        found = tuple(each for each in seen if each.type in marked)
        unasked = frozenset(id for each in linked if each.type not in marked for id in each.concepts)
        yield Named(annotated.document.id, annotated.where or annotated.document.id, gold, found, unasked)


def _seen_as(kind: str, marked: frozenset[str]) -> str:
    return kind if kind in marked else _WIDER.get(kind, kind)


def members(mention: Mention) -> tuple[Mention, ...]:
    """Return the members of a list of miRNAs that a corpus marks as one mention; any other mention as it is.

    Examples:
        >>> [each.text for each in members(Mention(5, 21, "miR-15a/b and -16", "MIRNA"))]
        ['miR-15a', 'b', '-16']
    """
    if mention.type != MentionType.MIRNA:
        return (mention,)
    parts, at = [], 0
    for joint in (*_JOINT.finditer(mention.text), None):
        end = joint.start() if joint else len(mention.text)
        if _MEMBER.fullmatch(mention.text[at:end]):
            start = mention.start + at
            parts.append(replace(mention, start=start, end=mention.start + end, text=mention.text[at:end]))
        at = joint.end() if joint else end
    return tuple(parts) if len(parts) > 1 else (mention,)


def judge(name: str, documents: Sequence[Named], ids: Ids) -> Part:
    """Return the figures of a half, and its errors unless it is the held one."""
    spans: dict[tuple[str, str], Tally] = {}
    linked: dict[str, Tally] = {kind: Tally() for kind in sorted(ids.types)}
    mistakes: list[Mistake] = []
    for each in documents:
        for kind in sorted({mention.type for mention in (*each.gold, *each.found)}):
            golds, founds = ([m for m in side if m.type == kind] for side in (each.gold, each.found))
            for how, meets in (("exact", Span.__eq__), ("overlapping", Span.overlaps)):
                pairs = most_pairs([m.span for m in golds], [m.span for m in founds], meets)
                count = Count(len(pairs), len(founds) - len(pairs), len(golds) - len(pairs))
                spans.setdefault((how, kind), Tally()).add(each.document, count)
            mistakes += _wrong_spans(each, golds, founds, pairs)
        for kind, tally in linked.items():
            count, errors = _ids(each, kind, ids)
            tally.add(each.document, count)
            mistakes += errors
    figures: dict[str, Any] = {"documents": len(documents)}
    figures["mentions"] = {
        how: {kind: tally.figures() for (one, kind), tally in sorted(spans.items()) if one == how}
        for how in ("overlapping", "exact")
    }
    figures["ids"] = {kind: tally.figures() for kind, tally in linked.items()}
    return Part(name, figures, [] if name == HELD else mistakes)


def _wrong_spans(
    each: Named, golds: Sequence[Mention], founds: Sequence[Mention], pairs: Sequence[tuple[int, int]]
) -> Iterator[Mistake]:
    right, answered = {one for one, _ in pairs}, {two for _, two in pairs}
    for number, gold in enumerate(golds):
        if number not in right:
            there = next((m for m in each.found if m.span.overlaps(gold.span)), None)
            cause = f"{gold.type} not found" if there is None else f"{gold.type} as {there.type}"
            cause = f"{gold.type} joined with another" if there and there.type == gold.type else cause
            yield Mistake("missed", cause, each.where, each.document, gold.text)
    for number, found in enumerate(founds):
        if number not in answered:
            there = next((m for m in each.gold if m.span.overlaps(found.span)), None)
            cause = f"{found.type} not marked" if there is None else f"{there.type} as {found.type}"
            cause = f"{found.type} parted" if there and there.type == found.type else cause
            yield Mistake("wrong", cause, each.where, each.document, found.text)


def _ids(each: Named, kind: str, ids: Ids) -> tuple[Count, list[Mistake]]:
    """Return how a document's set of ids of one type was met, and why not."""
    wanted = sorted({id for m in each.gold if m.type == kind for id in m.concepts})
    given = sorted({found for m in each.found if m.type == kind and (found := ids.found(m))}, key=sorted)
    pairs = most_pairs(wanted, given, lambda one, two: one in two)
    right, answered = {one for one, _ in pairs}, {two for _, two in pairs}
    every = frozenset(id for m in each.gold for id in m.concepts)
    missed = [id for number, id in enumerate(wanted) if number not in right]
    wrong = [
        found
        for number, found in enumerate(given)
        if number not in answered and not found & each.unasked and not found & every
    ]
    errors = [_missed_id(each, kind, id) for id in missed]
    errors += [_wrong_id(each, kind, found, ids) for found in wrong]
    return Count(len(pairs), len(wrong), len(missed)), errors


def _missed_id(each: Named, kind: str, id: str) -> Mistake:
    named = [m for m in each.gold if m.type == kind and id in m.concepts]
    texts = ", ".join(sorted({m.text for m in named}))
    there = [m for m in each.found if any(m.span.overlaps(one.span) for one in named)]
    cause = f"{kind} not found"
    if any(m.type == kind and m.concepts for m in there):
        cause = f"{kind} linked otherwise"
    elif any(m.type == kind for m in there):
        cause = f"{kind} found and not linked"
    elif there:
        cause = f"{kind} as {there[0].type}"
    seen = ", ".join(sorted({f"{m.text} ({m.name or 'unlinked'})" for m in there}))
    return Mistake(
        "missed", f"id: {cause}", each.where, each.document, f"{texts} [{id}]" + (f": {seen}" if seen else "")
    )


def _wrong_id(each: Named, kind: str, found: frozenset[str], ids: Ids) -> Mistake:
    named = [m for m in each.found if m.type == kind and ids.found(m) == found]
    texts = ", ".join(sorted({f"{m.text} ({m.name})" for m in named}))
    there = [m for m in each.gold if any(m.span.overlaps(one.span) for one in named)]
    cause = f"{kind} not marked"
    if any(m.concepts for m in there):
        cause = f"{kind} linked otherwise"
    elif there:
        cause = f"{kind} of an id that the lexicon has not"
    return Mistake("wrong", f"id: {cause}", each.where, each.document, f"{texts} [{' '.join(sorted(found))}]")
