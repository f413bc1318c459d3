"""Sentences with what they say of their names, as readers (AI) put it down: `training/annotated_sentences`.

    python training/annotated.py PATH/TO/DATA [--updates FOLDER] [--rules]

counts what minex reads of them, in the three quarters of the documents that may be read and in the fourth, of
which only figures are looked at. DATA is the folder of corpora, FOLDER that of `benchmarks/update_files.py`. Of
abstracts the project keeps places and verdicts, never the text.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minex.extraction.claims import Claim
from minex.extraction.extractor import SentencePlan
from minex.extraction.select import Settled, settle
from minex.formats import read
from minex.model import Document, Mention, Passage, PassageKind, Span
from minex.pipeline import Pipeline
from minex.syntax.parse import Parse

FOLDER = Path(__file__).resolve().parent / "annotated_sentences"
UPDATES = ("pubmed21n1298.xml.gz", "pubmed20n0014.xml.gz")
TEXTS = ("text/mirna_crc.jsonl", "text/mirna_panc.jsonl")
CORPORA = ("cg_train", "pathway_train")
"""Their texts; every second document, as everywhere. Their own events are not used."""
TYPES = {
    "M": "MIRNA", "G": "GENE", "L": "LNCRNA", "H": "CHEMICAL", "N": "CONDITION", "V": "VESICLE", "P": "PROCESS",
    "C": "CANCER", "D": "DISEASE",
}  # fmt: skip
SIGNS = {"+": 1, "u": 1, "-": -1, "d": -1, "t": -1, "=": 0, "~": 0, "c": 0}
UNDIRECTED = frozenset({"associated_with", "binds"})

_MARKED = re.compile(r"\[(\d+)([MGLNVHPCD]) ([^\]]+)\]")
_ITEM = re.compile(r"(\d+)([-+=~udct])(\d+)([!?]*)")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: the spans of two mentions, a code of GUIDE.md, and whether it is denied."""

    subject: Span
    code: str
    object: Span
    negated: bool

    @property
    def sign(self) -> int:
        """The sign of its code."""
        return SIGNS[self.code]

    def agrees(self, claim: Claim, keys: dict[Span, str]) -> bool:
        """Return whether a claim says the same: direction where there is one, sign, denial."""
        undirected = self.code == "~" or claim.predicate in UNDIRECTED
        directed = undirected or claim.subject.key == keys[self.subject]
        return directed and claim.sign == self.sign and claim.negated == self.negated


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence of a document: where it is, the names that were marked in it, what it says of them."""

    start: int
    mentions: frozenset[Span]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its annotated sentences by where they begin; `given` are mentions that no tagger found."""

    name: str
    document: Document
    sentences: dict[int, Annotated]
    given: tuple[Mention, ...] | None = None

    @property
    def held(self) -> bool:
        """Whether only figures of it are looked at."""
        return zlib.crc32(self.document.id.encode()) % 4 == 0


@dataclass(frozen=True, slots=True)
class Looked:
    """An annotated sentence as minex sees it."""

    source: Source
    sentence: Annotated
    mentions: tuple[Mention, ...]
    part: SentencePlan
    parses: list[Parse | None]

    @property
    def keys(self) -> dict[Span, str]:
        """What each marked name that minex has too is the name of."""
        return {each.span: each.key for each in self.part.mentions if each.span in self.sentence.mentions}

    def pairs(self) -> dict[frozenset[str], list[Said]]:
        """Return the statements by pair of concepts; those on names that minex has not are not asked."""
        keys, found = self.keys, defaultdict[frozenset[str], list[Said]](list)
        for each in self.sentence.said:
            one, other = keys.get(each.subject), keys.get(each.object)
            if one is not None and other is not None and one != other:
                found[frozenset((one, other))].append(each)
        return dict(found)

    def judged(self, claims: Iterable[Claim]) -> Iterator[tuple[Settled, bool, bool]]:
        """Yield what stands of some claims on marked names, whether the pair is joined, whether all is right."""
        keys, pairs = self.keys, self.pairs()
        for settled in settle(claims):
            claim = settled.claim
            if claim.subject.span in keys and claim.object.span in keys:
                said = pairs.get(frozenset((claim.subject.key, claim.object.key)), [])
                yield settled, bool(said), any(each.agrees(claim, keys) for each in said)


def sources(data: Path, updates: Path) -> list[Source]:
    """Return all annotated documents whose texts are there."""
    documents = {name: (kind, each) for kind, name, each in _documents(data, updates)}
    lines = defaultdict[str, dict[int, Annotated]](dict)
    for line in (FOLDER / "abstracts.tsv").read_text(encoding="utf-8").splitlines():
        name, start, _, marked, items = line.split("\t")
        begin = int(start)
        spans = []
        for each in marked.split():
            first, last = each[:-1].split("-")
            spans.append(Span(begin + int(first), begin + int(last)))
        lines[name][begin] = Annotated(begin, frozenset(spans), _said(items, dict(enumerate(spans, 1))))
    found = [
        Source(documents[name][0], documents[name][1], each) for name, each in lines.items() if name in documents
    ]
    return [*found, *written()]


def written() -> Iterator[Source]:
    """Yield the sentences that were made up, their names given."""
    for number, line in enumerate((FOLDER / "written.tsv").read_text(encoding="utf-8").splitlines()):
        marked, _, items = line.partition("\t")
        text, last, mentions = "", 0, dict[int, Mention]()
        for match in _MARKED.finditer(marked):
            text += marked[last : match.start()]
            start = len(text)
            text += match[3]
            mentions[int(match[1])] = Mention(start, len(text), match[3], TYPES[match[2]], name=match[3])
            last = match.end()
        text += marked[last:]
        spans = {each: mention.span for each, mention in mentions.items()}
        annotated = Annotated(0, frozenset(spans.values()), _said(items, spans))
        document = Document(f"written:{number}", (Passage(text),))
        yield Source("written", document, {0: annotated}, tuple(mentions.values()))


def look(pipeline: Pipeline, wanted: Iterable[Source]) -> Iterator[Looked]:
    """Yield the annotated sentences tagged and parsed, all of them, whether they are worth it or not."""
    for source in wanted:
        plan = pipeline.plan(source.document, source.given)
        for part, parses in pipeline.extractor.resolved(plan, pipeline.syntax.parse(plan.requests)):
            sentence = source.sentences.get(part.sentence.start)
            if sentence is not None and part.row is None:
                yield Looked(source, sentence, plan.mentions, part, parses)


def _said(items: str, spans: dict[int, Span]) -> tuple[Said, ...]:
    found = []
    for item in items.split():
        match = _ITEM.fullmatch(item)
        if match is None:
            raise SystemExit(f"{item!r} is no statement")
        found.append(Said(spans[int(match[1])], match[2], spans[int(match[3])], "!" in match[4]))
    return tuple(found)


def _documents(data: Path, updates: Path) -> Iterator[tuple[str, str, Document]]:
    for name in TEXTS:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            title = Passage(record["Title"] or "", section="title", kind=PassageKind.TITLE)
            id_ = f"PMID:{int(record['PMID'])}"
            yield "miRNA abstracts", id_, Document(id_, (title, Passage(record["Abstract"] or "", "abstract")))
    for name in CORPORA:
        for line in (data / "relations" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[::2]:
            record = json.loads(line)
            id_ = f"{name}:{record['id']}"
            yield name, id_, Document(id_, (Passage(record["text"]),))
    for name in UPDATES:
        for found in read(updates / name) if (updates / name).is_file() else ():
            if isinstance(found, Document):
                yield "PubMed", found.id, found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--updates", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rules", action="store_true", help="what each rule gave right and wrong")
    options = parser.parse_args(arguments)
    pipeline = Pipeline()
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    rules: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in look(pipeline, sources(options.data, options.updates)):
        trace = pipeline.extractor.trace(each.source.document, each.mentions, each.part, each.parses, near=False)
        half = "held" if each.source.held else "read"
        pairs = each.pairs()
        joined = set()
        for settled, loose, strict in each.judged(trace.claims):
            joined.add(frozenset((settled.claim.subject.key, settled.claim.object.key)))
            rules[settled.claim.rule][strict] += half == "read"
            for name in (each.source.name, "all"):
                counts[name, half] += Counter(read=1, loose=loose, strict=strict)
        for name in (each.source.name, "all"):
            counts[name, half] += Counter(statements=len(pairs), found=len(joined & set(pairs)), sentences=1)
    for (name, half), c in sorted(counts.items()):
        strict = f"strict P {c['strict'] / c['read']:.3f} R {c['strict'] / c['statements']:.3f}"
        loose = f"loose P {c['loose'] / c['read']:.3f} R {c['found'] / c['statements']:.3f}"
        print(f"{name}, {half}: {c['sentences']} sentences, {c['statements']} pairs; {strict}, {loose}")
    if options.rules:
        for rule, right in sorted(rules.items(), key=lambda pair: -pair[1].total()):
            print(f"{rule}\t{right[True]}\t{right[False]}")


if __name__ == "__main__":
    main()
