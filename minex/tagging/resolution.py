"""Which of its candidates a name means, by what else the document says. Readable and deterministic."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from minex.lexicon import Candidate, Match
from minex.model import MentionType

# What a word beside a name says of its type.
_BESIDE_CELLS = re.compile(r"[\s-]+(?:[A-Za-z0-9+-]+ ){0,2}(?:cells?|cell[\s-]lines?)\b|[\s-]+lines?\b")
_AFTER_CELLS = re.compile(r"\b(?:cells?|lines?)[\s,(]+(?:[A-Za-z0-9./-]+(?:,\s?|\s(?:and|or)\s)){0,6}$")
_BESIDE_GENE = re.compile(
    r"[\s-]+(?:m?RNA|gene|protein|promoter|expression|levels?|knockdown|overexpression|activity|signall?ing|"
    r"pathway|axis|phosphorylation|inhibitors?|antibod|deficient|null|3['′]|siRNA|shRNA|receptor|"
    r"mutations?\b|mutants?\b|mutated|methylation|alleles?\b|polymorphisms?\b|transcripts?\b|tumou?r suppressor|"
    r"proto-oncogene|oncogene|wild-type|loss\b|silencing|kinase\b|phosphatase\b|enzyme\b)"
)
_AFTER_GENE = re.compile(
    r"\b(?:genes?|protein|factor|receptor|kinase|target(?:s|ed|ing)?|anti|si|sh|p|tumou?r suppressors?|oncogenes?)"
    r"[\s-]+$|"
    # What only genes have or undergo: *expression of ATM*.
    r"\b(?i:(?:over-?|co-?)?expression|knock-?(?:down|out|in)|silencing|depletion|transcription|(?:up|down)-?regulation|"
    r"haploinsufficiency|mutations?|phosphorylation)(?: levels?)? (?:of|in)(?: the)?\s$"
)
# *a malignancy* is a cancer, *the malignancy of glioma* a property.
_ONE_OF_MANY = re.compile(
    r"\b(?:an?|another|this|these|most|common|lethal|deadly|deadliest|fatal|aggressive|leading|prevalent|frequent|"
    r"primary|second|other|human|any|each|every|underlying|solid|\w+(?:ic|ary|inal|ologic\w*|able))\s(?:[\w-]+\s){0,2}$"
)
_CLONE = re.compile(
    r"\b(?:clones?|mAb|antibody|hybridoma|strains?|patients?|cases?|group|residue|position|well|histones?|bands?|isolates?|"
    r"passages?|probe)\s$",
    re.IGNORECASE,
)
_LETTER_NUMBER = re.compile(r"[A-Z]\d{1,2}|p\d{1,2}")
# *Aim 2* is counted, AIM2 is a gene.
_COUNTED = re.compile(r"(?:AIM|[Aa]ims?|[Ss]teps?|[Ss]ets?|[Pp]arts?|[Pp]ins?|[Ww]aves?|[Rr]ings?) \d")
_SPACED = re.compile(r"[A-Za-z]{2,5} \d[A-Za-z]?")
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "October")
_MONTH = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec")
# Ions, amino acids, journals, plain words: a symbol may be written so, and is nearly never meant.
_NO_SYMBOLS = frozenset(
    {"Ca2", "Tyr", "Ser", "Thr", "Gal", "Glu", "Asp", "Proc", "Natl", "Comet", "twist", "snail", "slug"}
)
_DATE_AFTER = re.compile(r"[.,]?\s\d{1,4}\b")
_DATE_BEFORE = re.compile(r"\b\d{1,4}\s$")
_GENES = (MentionType.GENE, MentionType.LNCRNA)
_ILLNESSES = (MentionType.CANCER, MentionType.DISEASE)
_AFTER_LNCRNA = re.compile(r"(?:lnc|linc)(?:RNA)?s?[\s-]+$|non-?coding RNAs?[\s-]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a match was taken for: the candidate, or None where two are as good; its score and why."""

    type: MentionType
    candidate: Candidate | None
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """How well a candidate fits: its score, 0 if it must not be taken, and the evidence or why it must not."""

    candidate: Candidate
    score: float
    evidence: tuple[str, ...] = ()


def weigh(
    match: Match,
    text: str,
    known: Mapping[str, frozenset[str]],
    shouted: bool = False,
    among_genes: bool = False,
    supported: Collection[str] = (),
) -> list[Weighed]:
    """Return all candidates of a match with what speaks for and against them, best first.

    The parameters are those of :func:`resolve`.

    Examples:
        >>> from minex.lexicon import Lexicon
        >>> text = "the PTEN gene"
        >>> [(w.candidate.id, w.score, w.evidence) for w in weigh(Lexicon.load().match(text)[0], text, {})]
        [('HGNC:9588', 1.1, ('beside a word of genes',))]
    """
    weighed = []
    for candidate in match.candidates:
        score, evidence = _score(match, candidate, text, known, among_genes, candidate.id in supported)
        if score > 0 and shouted and candidate.word:
            score, evidence = 0.0, ("a word in a sentence in capitals",)
        weighed.append(Weighed(candidate, round(score, 3) if score > 0 else 0.0, evidence))
    return sorted(weighed, key=lambda w: (-w.score, w.candidate.status, w.candidate.id))


def resolve(
    match: Match,
    text: str,
    known: Mapping[str, frozenset[str]],
    shouted: bool = False,
    among_genes: bool = False,
    supported: Collection[str] = (),
    above: Callable[[str], Collection[str]] = lambda id: (),
) -> Choice | None:
    """Return what a match means, or None if it is better no mention.

    Parameters:
        known: the names, in normal form, by which each concept is surely named in the document.
        shouted: whether the sentence is in capitals, so that a word in capitals is only a word.
        among_genes: whether the name stands in a list beside a name that is surely a gene.
        supported: the concepts of which the document has words that support this name.
        above: what lies above a concept, :meth:`minex.lexicon.Lexicon.ancestors`.
    """
    if not shouted and _undisputed(match):
        only = match.candidates[0]
        return Choice(only.type, only, 1.0 - only.status / 10, ("its only meaning",))
    weighed = weigh(match, text, known, shouted, among_genes, supported)
    best = next(iter(weighed), None)
    if best is None or best.score <= 0:
        return None
    candidate = best.candidate
    rivals = [other for other in weighed[1:] if other.score == best.score]
    if rivals and candidate.status > 1:
        wide = next((w for w in (best, *rivals) if _holds(w, (best, *rivals), above)), None)
        if wide is not None:
            return Choice(
                candidate.type, wide.candidate, wide.score, (*wide.evidence, "the wider of its meanings")
            )
        # A name of several genes and no sign which: a wrong link is worse than none.
        return Choice(candidate.type, None, best.score, ("ambiguous",))
    return Choice(candidate.type, candidate, best.score, best.evidence)


def _holds(one: Weighed, among: Collection[Weighed], above: Callable[[str], Collection[str]]) -> bool:
    """Return whether an illness is the one that all of these are kinds of: of it, the name is true at least."""
    id = one.candidate.id
    return one.candidate.type in _ILLNESSES and all(
        id == w.candidate.id or id in above(w.candidate.id) for w in among
    )


def _undisputed(match: Match) -> bool:
    """Return whether a name has one meaning that no neighbour can take from it, as most names have.

    A shortcut: weighing would choose the same.
    """
    if len(match.candidates) != 1 or _MONTH.match(match.text):
        return False
    only = match.candidates[0]
    return not (only.support or only.beside_cells or only.type in _GENES)


def _score(
    match: Match,
    candidate: Candidate,
    text: str,
    known: Mapping[str, frozenset[str]],
    among_genes: bool,
    supported: bool,
) -> tuple[float, tuple[str, ...]]:
    """Return how well a candidate fits, 0 if it must not be taken, and the evidence or why it must not."""
    before, after = text[max(0, match.start - 40) : match.start], text[match.end : match.end + 40]
    score, evidence = 1.0 - candidate.status / 10, []
    if match.text in _MONTHS or (
        _MONTH.fullmatch(match.text) and (_DATE_AFTER.match(after) or _DATE_BEFORE.search(before))
    ):
        return 0.0, ("a month",)
    if match.text in _NO_SYMBOLS and candidate.type in _GENES:
        return 0.0, ("hardly ever a gene when written so",)
    named_otherwise = bool(known.get(candidate.id, frozenset()) - {match.key})
    if named_otherwise:
        score += 0.5
        evidence.append("named otherwise in the document")
    if candidate.type is MentionType.CELL_LINE and (_BESIDE_CELLS.match(after) or _AFTER_CELLS.search(before)):
        score += 0.6
        evidence.append("beside the word cell or line")
    elif candidate.beside_cells:
        return 0.0, ("without the word cell or line beside it",)
    if candidate.type is MentionType.LNCRNA and _AFTER_LNCRNA.search(before):
        score += 0.4
        evidence.append("after the word lncRNA")
    if candidate.type is MentionType.GENE and (_BESIDE_GENE.match(after) or _AFTER_GENE.search(before)):
        score += 0.2
        evidence.append("beside a word of genes")
    if candidate.type is MentionType.GENE and among_genes:
        score += 0.2
        evidence.append("in a list of genes")
    if candidate.type in _GENES:
        if _LETTER_NUMBER.fullmatch(match.text) and _CLONE.search(before):
            return 0.0, ("a clone, a patient or a residue",)
        if _COUNTED.fullmatch(match.text):
            return 0.0, ("things that are counted",)
        if candidate.status > 2 and _SPACED.fullmatch(match.text):
            # TRG-3 is an alias; "TRG 3" is a grade.
            return 0.0, ("an alias with a space is more often a grade or a number",)
    if candidate.type is MentionType.CANCER and match.key == "malignancy":
        one = _ONE_OF_MANY.search(before)
        score += 0.2 if one else -0.1
        evidence += ["one of many"] if one else []
    if supported:
        score += 0.6
        evidence.append("supported by the document")
    if candidate.support and not named_otherwise and not supported:
        # A symbol is a gene where its neighbours say so; an alias that short needs more.
        sure = candidate.status <= 1 and candidate.type in _GENES and bool(evidence)
        if not sure and "after the word lncRNA" not in evidence:
            return 0.0, ("asks for more evidence than the document has",)
    return score, tuple(evidence)
