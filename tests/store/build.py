"""Readings made by hand from a small notation, so that a test of the store needs no model and no lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from minex.model import (
    Concept,
    Context,
    Document,
    Evidence,
    Mention,
    MentionType,
    Passage,
    Reading,
    Span,
    Status,
)

T = MentionType

CONCEPTS = {
    concept.id: concept
    for concept in (
        Concept("minex.family:mir-21", T.MIRNA, "miR-21 family"),
        Concept("mirbase:MI0000077", T.MIRNA, "miR-21", ("minex.family:mir-21",)),
        Concept("mirbase.mature:MIMAT0000076", T.MIRNA, "miR-21-5p", ("mirbase:MI0000077",), ("RNAcentral:1",)),
        Concept("mirbase.mature:MIMAT0004494", T.MIRNA, "miR-21-3p", ("mirbase:MI0000077",)),
        Concept("HGNC:9588", T.GENE, "PTEN"),
        Concept("HGNC:1232", T.GENE, "EGLN1"),
        Concept("HGNC:14660", T.GENE, "EGLN2"),
        Concept("HGNC:11827", T.GENE, "TJP1"),
        Concept("DOID:162", T.CANCER, "cancer"),
        Concept("DOID:1324", T.CANCER, "lung cancer", ("DOID:162",)),
        Concept("DOID:3908", T.CANCER, "lung non-small cell carcinoma", ("DOID:1324",)),
        Concept("GO:0001525", T.PROCESS, "angiogenesis"),
        Concept("GO:0016477", T.PROCESS, "migration"),
        Concept("MESH:D000860", T.CONDITION, "hypoxia"),
        Concept("MESH:normoxia", T.CONDITION, "normoxia"),
        Concept("GO:0070062", T.VESICLE, "exosome", ("GO:1903561",)),
        Concept("GO:1903561", T.VESICLE, "extracellular vesicle"),
    )
}
_BY_NAME = {concept.name: concept for concept in CONCEPTS.values()}


def lookup(id_: str) -> Concept | None:
    return CONCEPTS.get(id_)


@dataclass
class Said:
    """One statement: `Said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")`. Each becomes a sentence."""

    subject: str
    predicate: str
    object: str
    cancer: str | None = None
    vesicle: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


def said(subject: str, predicate: str, object_: str, **more: Any) -> Said:
    return Said(subject, predicate, object_, more.pop("cancer", None), more.pop("vesicle", None), more)


def mention(text: str, word: str, start: int = 0, type_: str = "GENE") -> Mention:
    """A mention of a known name, or an unlinked one."""
    at = text.index(word, start)
    concept = _BY_NAME.get(word)
    if concept is None:
        return Mention(at, at + len(word), word, type_, (), "", "lexicon")
    return Mention(at, at + len(word), word, str(concept.type), (concept.id,), concept.name, "lexicon")


def reading(id_: str, statements: Sequence[Said] = (), *, text: str = "", **fields: Any) -> Reading:
    """A document whose text states the statements, one a sentence, with its evidence."""
    parts: list[str] = []
    evidence: list[Evidence] = []
    mentions: list[Mention] = []
    offset = 0
    for item in statements:
        where = f" in {item.cancer}" if item.cancer else ""
        vehicle = f" through {item.vesicle}" if item.vesicle else ""
        part = f"{item.subject} {item.predicate} {item.object}{where}{vehicle}."
        start = offset

        def spot(word: str, part: str = part, start: int = start) -> Mention:
            found = mention(part, word)
            shifted = Mention(
                found.start + start,
                found.end + start,
                found.text,
                found.type,
                found.concepts,
                found.name,
                found.finder,
            )
            mentions.append(shifted)
            return shifted

        context = Context(
            cancer=(spot(item.cancer),) if item.cancer else (),
            vesicle=(spot(item.vesicle),) if item.vesicle else (),
        )
        verb = part.index(item.predicate) + start
        evidence.append(
            Evidence(
                id_,
                spot(item.subject),
                item.predicate,
                spot(item.object),
                Span(start, start + len(part)),
                trigger=Span(verb, verb + len(item.predicate)),
                context=context,
                **{"rule": "active_verb", "confidence": 0.8, **item.more},
            )
        )
        parts.append(part)
        offset += len(part) + 1
    body = " ".join([*parts, text]) if text else " ".join(parts)
    fields.setdefault("date", "2018")
    fields.setdefault("pmid", id_.removeprefix("PMID:") if id_.startswith("PMID:") else None)
    document = Document(id_, passages=(Passage(body, "RESULTS"),) if body else (), **fields)
    return Reading(document, (), tuple(sorted(mentions, key=lambda m: m.start)), tuple(evidence))


def tombstone(id_: str, reason: str = "deleted by PubMed") -> Reading:
    return Reading(Document(id_, status=Status.DELETED, status_reason=reason))
