"""A database of any size, made of invented papers through minex's own store: for benchmarks, never for reading.

Real are the concepts and their hierarchy (the shipped lexicon), the tables, and the writer that fills them.
Invented are the sentences: words without sense around the names. How often what is said of what, how many pieces
of evidence and mentions a paper has, how long sentences are, and how often they deny or hedge were counted in 772
abstracts on miRNAs in cancer; names follow Zipf's law, with those in front that are studied most.
"""

from __future__ import annotations

import random
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from minex.jobs.ledger import Ledger
from minex.lexicon.lexicon import Lexicon
from minex.model import Concept, Context, Document, Evidence, Mention, MentionType, Origin, Passage, Reading, Span
from minex.store import Store
from minex.store.filling import filling

T = MentionType

# Names that people ask for, in front; the rest of a type follows in an order that the seed gives.
FAMOUS: dict[T, tuple[str, ...]] = {
    T.MIRNA: ("miR-21", "miR-155", "miR-145", "miR-34a", "miR-210", "miR-200c", "miR-31", "miR-143", "let-7a"),
    T.GENE: ("TP53", "PTEN", "HIF1A", "VEGFA", "EGFR", "KRAS", "STAT3", "CDH1", "ZEB1", "PDCD4", "MYC", "BCL2"),
    T.LNCRNA: ("MALAT1", "HOTAIR", "NEAT1", "H19", "GAS5", "UCA1"),
    T.CANCER: (
        "hepatocellular carcinoma",
        "breast cancer",
        "colorectal cancer",
        "lung non-small cell carcinoma",
        "stomach cancer",
        "lung cancer",
        "cancer",
        "prostate cancer",
        "pancreatic cancer",
        "multiple myeloma",
    ),
    T.PROCESS: ("cell proliferation", "invasion", "cell migration", "metastasis", "apoptosis", "angiogenesis"),
    T.CONDITION: ("hypoxia", "normoxia", "tumor hypoxia", "chronic hypoxia"),
    T.VESICLE: ("exosome",),
    T.CHEMICAL: ("cisplatin", "doxorubicin", "curcumin"),
    T.CELL_LINE: ("HeLa", "A-549", "MCF-7"),
    T.SPECIES: ("human", "mouse"),
}
POOL = {
    T.MIRNA: 2600,
    T.GENE: 12000,
    T.LNCRNA: 2500,
    T.CANCER: 900,
    T.PROCESS: 500,
    T.CHEMICAL: 3000,
    T.CELL_LINE: 2500,
}

PAIRS: tuple[tuple[T, T, tuple[str, ...], int], ...] = (
    (T.MIRNA, T.PROCESS, ("promotes", "suppresses", "regulates"), 932),
    (T.MIRNA, T.GENE, ("targets", "decreases", "inhibits", "associated_with", "regulates", "increases"), 864),
    (T.MIRNA, T.CANCER, ("up_in", "down_in", "associated_with", "promotes", "suppresses"), 749),
    (T.GENE, T.PROCESS, ("promotes", "suppresses", "regulates"), 314),
    (T.GENE, T.GENE, ("increases", "activates", "inhibits", "binds"), 167),
    (T.GENE, T.CANCER, ("up_in", "down_in", "associated_with"), 159),
    (T.GENE, T.MIRNA, ("increases", "decreases", "regulates"), 125),
    (T.LNCRNA, T.PROCESS, ("promotes", "suppresses"), 70),
    (T.CONDITION, T.MIRNA, ("increases", "decreases"), 60),
    (T.CONDITION, T.GENE, ("increases", "activates", "decreases"), 60),
    (T.CHEMICAL, T.PROCESS, ("suppresses", "promotes"), 58),
    (T.CONDITION, T.PROCESS, ("promotes", "suppresses"), 40),
    (T.LNCRNA, T.GENE, ("increases", "decreases"), 24),
    (T.MIRNA, T.VESICLE, ("carried_by",), 19),
)
"""Who acts on whom, by which predicates (the most frequent first), and how often among the 3,721 counted."""

MENTIONS_A_PAPER = 40
SENTENCES = (1, 2, 3, 3, 4, 5, 7)
"""How many sentences of a paper give evidence."""


class Zipf:
    """Draws concepts of a type, the n-th as often as 1 / n."""

    def __init__(self, concepts: list[Concept]) -> None:
        self.concepts = concepts
        self._sums = list(accumulate(1 / rank for rank in range(1, len(concepts) + 1)))

    def draw(self, chance: random.Random) -> Concept:
        """Return one."""
        return self.concepts[bisect(self._sums, chance.random() * self._sums[-1])]


@dataclass
class _Paper:
    """A text that grows, with the mentions in it."""

    text: str = ""

    def __post_init__(self) -> None:
        self.mentions: list[Mention] = []

    def say(self, words: str) -> Span:
        """Add words."""
        start = len(self.text)
        self.text += words + " "
        return Span(start, start + len(words))

    def name(self, concept: Concept) -> Mention:
        """Add a name."""
        span = self.say(concept.name)
        found = Mention(span.start, span.end, concept.name, concept.type, (concept.id,), concept.name, "lexicon")
        self.mentions.append(found)
        return found


class Papers:
    """Invents papers, the same for the same seed."""

    def __init__(self, lexicon: Lexicon, seed: int = 7) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing here is secret
        self._drawn = {kind: Zipf(_pool(lexicon, kind, self._chance)) for kind in FAMOUS}
        self._pairs = [pair[:3] for pair in PAIRS]
        self._weights = list(accumulate(pair[3] for pair in PAIRS))
        syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
        words = [*syllables, *("".join(self._chance.choices(syllables, k=3)) for _ in range(20_000))]
        self._words = words
        self._word_sums = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def papers(self, evidence: int) -> Iterator[Reading]:
        """Yield papers until they have as many pieces of evidence."""
        number = 0
        while evidence > 0:
            number += 1
            paper = self._paper(number)
            evidence -= len(paper.evidence)
            yield paper

    def _filler(self, count: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._word_sums, k=count))

    def _draw(self, kind: T) -> Concept:
        return self._drawn[kind].draw(self._chance)

    def _paper(self, number: int) -> Reading:
        chance, paper, found = self._chance, _Paper(), []
        id_ = f"PMID:{number}"
        # A paper is on something: two thirds of its names are the same few.
        topic = {kind: self._draw(kind) for kind in FAMOUS}
        cancer = paper.name(topic[T.CANCER]) if chance.random() < 0.85 else None
        paper.say(self._filler(10) + ".")
        origin = Origin.REVIEW if chance.random() < 0.03 else Origin.OWN
        for _ in range(chance.choice(SENTENCES)):
            found += self._sentence(paper, id_, topic, cancer, origin)
        while len(paper.mentions) < MENTIONS_A_PAPER:
            paper.say(self._filler(4))
            kind = chance.choice((T.MIRNA, T.GENE, T.CANCER, T.PROCESS))
            paper.name(topic[kind] if chance.random() < 0.6 else self._draw(kind))
        document = Document(
            id_,
            (Passage(paper.text, "ABSTRACT"),),
            pmid=str(number),
            title=f"{topic[T.MIRNA].name}: {self._filler(8)}",
            journal=f"J {self._filler(2)}",
            # Newer years have more papers.
            date=str(2026 - int(abs(chance.gauss(0, 6)))),
        )
        return Reading(document, (), tuple(paper.mentions), tuple(found))

    def _sentence(
        self, paper: _Paper, id_: str, topic: dict[T, Concept], cancer: Mention | None, origin: Origin
    ) -> list[Evidence]:
        """Say one thing of one to three objects."""
        chance = self._chance
        subject_type, object_type, predicates = chance.choices(self._pairs, cum_weights=self._weights)[0]
        start = len(paper.text)
        paper.say(self._filler(5))
        subject = paper.name(topic[subject_type] if chance.random() < 0.65 else self._draw(subject_type))
        predicate = predicates[min(int(chance.expovariate(1.1)), len(predicates) - 1)]
        trigger = paper.say(predicate.replace("_", " "))
        objects = [
            paper.name(topic[object_type] if chance.random() < 0.3 else self._draw(object_type))
            for _ in range(chance.choice((1, 2, 3)))
        ]
        paper.say(self._filler(8) + ".")
        if chance.random() < 0.25 and object_type is not T.CANCER:
            paper.text = paper.text.removesuffix(". ") + " in "
            cancer = paper.name(self._draw(T.CANCER))
            paper.say(".")
        sentence = Span(start, len(paper.text) - 1)
        seen_in = Context(
            cancer=(cancer,) if cancer and object_type is not T.CANCER else (),
            vesicle=(paper.name(topic[T.VESICLE]),) if chance.random() < 0.02 else (),
            species=(paper.name(self._draw(T.SPECIES)),) if chance.random() < 0.3 else (),
            cell_line=(paper.name(self._draw(T.CELL_LINE)),) if chance.random() < 0.08 else (),
        )
        negated, hedged = chance.random() < 0.01, chance.random() < 0.11
        said = {object_.key: object_ for object_ in objects if object_.key != subject.key}
        return [
            Evidence(
                id_,
                subject,
                predicate,
                object_,
                sentence,
                chance.choice(("active_verb", "level_in_illness", "correlation", "role_in", "passive_by")),
                trigger,
                negated=negated,
                hedged=hedged,
                context=seen_in,
                origin=origin,
                confidence=chance.choice((0.55, 0.68, 0.74, 0.81, 0.87)),
            )
            for object_ in said.values()
        ]


def _pool(lexicon: Lexicon, kind: T, chance: random.Random) -> list[Concept]:
    """Return concepts of a type with different names, the famous ones first."""
    famous = []
    for name in FAMOUS[kind]:
        ids = [one.id for one in lexicon.candidates(name) if one.type is kind] or lexicon.link_mirna(name)[0]
        famous.append(next(found for found in map(lexicon.concept, ids) if found is not None))
    others = [concept for concept in lexicon.concepts(kind) if concept not in famous]
    chance.shuffle(others)
    named = {concept.name: concept for concept in reversed((*famous, *others))}
    return list(reversed(named.values()))[: POOL.get(kind, 1000)]


def make(path: Path, evidence: int, tell: Callable[[str], None], *, batch: int = 500) -> None:
    """Make a database with so many pieces of evidence, in two runs: the second finds the last hundredth."""
    lexicon = Lexicon.load()
    started = time.monotonic()
    with Store.open(path) as store, filling(store):
        ledger = Ledger(store)
        written, readings, last = 0, [], evidence - evidence // 100
        run = ledger.start({"minex": "synthetic"}, "synthetic")
        for reading in Papers(lexicon).papers(evidence):
            readings.append(reading)
            if len(readings) == batch:
                before, written = written, written + sum(len(each.evidence) for each in readings)
                store.write(readings, run, concept=lexicon.concept)
                readings = []
                if before < last <= written:
                    ledger.finish(run, "done", {"evidence": written})
                    run = ledger.start({"minex": "synthetic"}, "synthetic")
                if before // 50_000 < written // 50_000:
                    tell(f"{written:,} pieces of evidence, {time.monotonic() - started:.0f} s")
        store.write(readings, run, concept=lexicon.concept)
        ledger.finish(run, "done", {"evidence": evidence})
        store.tidy()
