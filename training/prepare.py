"""Turn CRAFT's CoNLL-U into the DocBins that `spacy train` reads, one sentence a document.

The parser gets one sentence at a time when minex runs, so it learns from one at a time. The lemma
column is left out: digits are replaced in it (`BMP2` stands as `bmp0`).

When minex runs, every mention is one token (:mod:`minex.syntax.mask`), and its texts are abstracts and
titles about miRNAs and vesicles, not papers on mouse genetics. More sets make the treebank like that:

- `masked`: each mention and each compound collapsed to the word that the parser is shown for it;
- `varied`: masked, and in it noun phrases replaced by names, verbs by the verbs of regulation, some sentences
  reported (*We showed that ...*), some written like titles; subordinate clauses too, as titles of their own;
- `masked_dev`, `varied_dev`: the dev part masked, and varied, to measure on what the parser gets.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from minex.lexicon import Lexicon
from minex.model import Document, Mention, Passage, PassageKind, Sentence
from minex.rules.inflect import verb_forms
from minex.syntax import tokenizer  # noqa: F401  (registers the tokenizer)
from minex.syntax.mask import mask
from minex.tagging.tagger import Tagger

SPLITS = {"train": "craft_train.conllu.gz", "dev": "craft_dev.conllu.gz"}

PHRASE_SHARE = 0.3
"""Of the noun phrases of a varied sentence, how many become a name."""
VERB_SHARE = 0.4
"""Of the transitive verbs of a varied sentence, how many become a verb of regulation."""
TITLE_SHARE = 0.3
"""Of the varied sentences, how many lose their full stop; a third of them is capitalised too."""
REPORT_SHARE = 0.15
"""Of the varied sentences that are clauses, how many are reported by another one."""

# BMP2 stands for every name with hyphens or brackets, so half of the names are that.
_NAMES = ("BMP2",) * 12 + (
    "PTEN", "STAT3", "AKT", "TNF", "VEGF", "TGF", "NFKB", "HIF", "TLR4", "SOCS1", "Notch", "Wnt",
)  # fmt: skip
_MASS_NOUNS = (
    "invasion", "migration", "proliferation", "apoptosis", "polarization", "hypoxia", "progression", "metastasis",
    "angiogenesis", "secretion", "transition", "glycolysis", "autophagy", "inflammation", "cisplatin",
)  # fmt: skip
_PLURALS = (
    "exosomes", "microvesicles", "vesicles", "EVs", "macrophages", "monocytes", "fibroblasts", "miRNAs",
    "microRNAs", "cells", "neutrophils", "tumors",
)  # fmt: skip
_VERBS = (
    "abolish", "accelerate", "activate", "affect", "alter", "attenuate", "augment", "block", "bind", "carry",
    "control", "decrease", "deliver", "diminish", "downregulate", "elevate", "enhance", "facilitate", "impair",
    "increase", "induce", "inhibit", "limit", "lower", "mediate", "modulate", "prevent", "promote", "raise",
    "reduce", "regulate", "release", "repress", "restore", "reverse", "secrete", "silence", "sponge",
    "stimulate", "suppress", "target", "transfer", "trigger", "upregulate", "weaken",
)  # fmt: skip
# Words, tags and labels of what reports a sentence; the last but one is its verb.
_REPORTS = tuple(
    [word.split("/") for word in report.split()]
    for report in (
        "We/PRP/nsubj showed/VBD/ROOT that/IN/mark",
        "We/PRP/nsubj hypothesized/VBD/ROOT that/IN/mark",
        "Here/RB/advmod ,/,/punct we/PRP/nsubj show/VBP/ROOT that/IN/mark",
        "These/DT/det results/NNS/nsubj suggest/VBP/ROOT that/IN/mark",
        "Our/PRP$/poss data/NNS/nsubj demonstrate/VBP/ROOT that/IN/mark",
        "Furthermore/RB/advmod ,/,/punct we/PRP/nsubj found/VBD/ROOT that/IN/mark",
    )
)

_PHRASES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos"})
_MODIFIERS = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss"})
_CLAUSES = frozenset({"ccomp", "xcomp", "acomp", "prt", "dative", "oprd", "csubj"})
# Nouns of set phrases: *in contrast*, *in vivo*, *in order to*.
_SET = frozenset({"contrast", "addition", "order", "case", "fact", "vitro", "vivo", "particular", "example"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SMALL = frozenset({"IN", "CC", "DT", "TO"})


@dataclass(frozen=True, slots=True)
class Node:
    """A token of the treebank; a root is its own head."""

    word: str
    space: bool
    tag: str
    pos: str
    head: int
    dep: str


def read_sentences(path: Path) -> Iterator[list[Node]]:
    """Yield the tokens of each sentence of a gzipped CoNLL-U file."""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                if rows:
                    yield _nodes(rows)
                rows = []
            elif not line.startswith("#"):
                columns = line.rstrip("\n").split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    if rows:
        yield _nodes(rows)


def _nodes(rows: Sequence[Sequence[str]]) -> list[Node]:
    return [
        Node(
            word=row[1],
            space="SpaceAfter=No" not in row[9],
            tag=row[4],
            pos=row[3],
            head=int(row[6]) - 1 if row[6] != "0" else index,
            dep="ROOT" if row[7] == "root" else row[7],
        )
        for index, row in enumerate(rows)
    ]


def to_doc(vocab: Vocab, nodes: Sequence[Node]) -> Doc:
    """Build the Doc of one sentence."""
    return Doc(
        vocab,
        words=[node.word for node in nodes],
        spaces=[node.space for node in nodes],
        tags=[node.tag for node in nodes],
        pos=[node.pos for node in nodes],
        heads=[node.head for node in nodes],
        deps=[node.dep for node in nodes],
        sent_starts=[index == 0 for index in range(len(nodes))],
    )


def collapse(nodes: Sequence[Node], spans: Iterable[tuple[int, int, str]]) -> list[Node]:
    """Make one token of each span (first, end, word) that hangs together by a single head.

    The token has the head's tag and place in the tree, and what hung on any token of the span hangs on it.
    """
    chosen: dict[int, tuple[int, str, int]] = {}
    for first, end, word in spans:
        roots = [i for i in range(first, end) if not first <= nodes[i].head < end or nodes[i].head == i]
        if len(roots) == 1:
            chosen[first] = (end, word, roots[0])
    groups: list[tuple[int, int, str, int]] = []
    position = 0
    while position < len(nodes):
        end, word, root = chosen.get(position, (position + 1, nodes[position].word, position))
        groups.append((position, end, word, root))
        position = end
    place = {i: new for new, (first, end, _, _) in enumerate(groups) for i in range(first, end)}
    return [
        replace(nodes[root], word=word, space=nodes[end - 1].space, head=place[nodes[root].head])
        for _, end, word, root in groups
    ]


class Masker:
    """Shows a sentence of the treebank as the parser sees sentences when minex runs."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._tagger = Tagger(Lexicon.load())

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return what minex's own tagger finds in a sentence."""
        document = Document("text:craft", (Passage(text),))
        return self._tagger.tag(document, (Sentence(0, len(text), 0, PassageKind.TEXT),))

    def __call__(self, nodes: Sequence[Node]) -> list[Node]:
        text, starts, ends = "", {}, {}
        for index, node in enumerate(nodes):
            starts[len(text)] = index
            text += node.word
            ends[len(text)] = index + 1
            text += " " if node.space else ""
        spans = [
            (starts[token.start], ends[token.end], token.for_parser)
            for token in mask(self._nlp, text, 0, self.mentions(text))
            if token.for_parser != text[token.start : token.end] or token.mention is not None
            if token.start in starts and token.end in ends
        ]
        return collapse(nodes, spans)


def vary(nodes: Sequence[Node], chance: random.Random) -> list[Node]:
    """Put names, words of the field and verbs of regulation into a sentence; report some, title others."""
    return dress(collapse(_with_verbs(nodes, chance), _phrases(nodes, chance)), chance)


def dress(nodes: Sequence[Node], chance: random.Random) -> list[Node]:
    """Report some sentences, and write some like titles."""
    dressed = _reported(nodes, chance) if chance.random() < REPORT_SHARE else list(nodes)
    if chance.random() < TITLE_SHARE:
        dressed = _as_title(dressed, chance)
    return [replace(dressed[0], word=_capital(dressed[0].word)), *dressed[1:]]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def clauses(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield each subordinate clause that has a subject as a sentence of its own, without its conjunction."""
    for index, node in enumerate(nodes):
        deps = {child.dep for child in nodes if child.head == index}
        if node.dep not in ("ccomp", "advcl") or node.tag not in _FINITE or "nsubj" not in deps:
            continue
        inside = [i for i in range(len(nodes)) if index in _above(nodes, i)]
        while inside and nodes[inside[0]].dep in ("mark", "advmod", "punct"):
            inside.pop(0)
        while inside and nodes[inside[-1]].dep == "punct":
            inside.pop()
        place = {old: new for new, old in enumerate(inside)}
        whole = all(i == index or nodes[i].head in place for i in inside)
        if index in place and whole and inside == list(range(inside[0], inside[-1] + 1)):
            yield [
                replace(nodes[i], head=place[nodes[i].head])
                if i != index
                else replace(node, head=place[index], dep="ROOT")
                for i in inside
            ]


def _above(nodes: Sequence[Node], index: int) -> set[int]:
    found = {index}
    while nodes[index].head not in found:
        index = nodes[index].head
        found.add(index)
    return found


def _reported(nodes: Sequence[Node], chance: random.Random) -> list[Node]:
    """Make a sentence with a finite verb the clause of another one."""
    root = next(index for index, node in enumerate(nodes) if node.head == index)
    if nodes[root].tag not in _FINITE or not any(node.head == root and node.dep == "nsubj" for node in nodes):
        return list(nodes)
    report = chance.choice(_REPORTS)
    by, shift = len(report) - 2, len(report)
    first = nodes[0]
    if first.word[1:].islower() and first.tag != "NNP":
        first = replace(first, word=first.word.lower())
    inner = [replace(node, head=node.head + shift) for node in (first, *nodes[1:])]
    inner[root] = replace(inner[root], head=by, dep="ccomp")
    if len(inner) > 1 and inner[-1].word == ".":
        inner[-1] = replace(inner[-1], head=by)
    heads = {"mark": root + shift, "det": by - 1, "poss": by - 1}
    outer = [
        Node(word, report[i + 1 : i + 2] != [[",", ",", "punct"]], tag, "", heads.get(dep, by), dep)
        for i, (word, tag, dep) in enumerate(report)
    ]
    return outer + inner


def _phrases(nodes: Sequence[Node], chance: random.Random) -> Iterator[tuple[int, int, str]]:
    """Yield base noun phrases, and nouns before nouns, with the name that takes their place."""
    done = 0
    for index, node in enumerate(nodes):
        if node.tag not in ("NN", "NNP", "NNS") or node.word.lower() in _SET or chance.random() >= PHRASE_SHARE:
            continue
        first = index
        if node.dep in _PHRASES:
            while first > 0 and nodes[first - 1].head == index and nodes[first - 1].dep in _MODIFIERS:
                first -= 1
        elif node.dep not in ("compound", "nmod") or node.tag == "NNS":
            continue
        within = range(first, index + 1)
        # What stays must hang on the head, and from the right: *cells of the line*, not *both cells*.
        stray = any(
            child.head in within and i not in within and (child.head != index or i < first)
            for i, child in enumerate(nodes)
        )
        if first < done or stray:
            continue
        done = index + 1
        if node.tag == "NNS":
            yield first, done, chance.choice(_PLURALS)
        else:
            yield first, done, chance.choice(_NAMES if chance.random() < 0.7 else _MASS_NOUNS)


def _verb_table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for base in _VERBS:
        for form, tags in verb_forms(base).items():
            for tag in sorted(tags):
                table.setdefault(tag, []).append(form)
    return table


_FORMS = _verb_table()


def _with_verbs(nodes: Sequence[Node], chance: random.Random) -> list[Node]:
    """Replace verbs that have an object, or had one before they were made passive, by verbs of regulation."""
    deps: list[set[str]] = [set() for _ in nodes]
    for node in nodes:
        deps[node.head].add(node.dep)
    varied = list(nodes)
    for index, node in enumerate(nodes):
        transitive = node.tag in _FORMS and bool(deps[index] & {"dobj", "nsubjpass"})
        if transitive and not deps[index] & _CLAUSES and chance.random() < VERB_SHARE:
            varied[index] = replace(node, word=chance.choice(_FORMS[node.tag]))
    return varied


def _as_title(nodes: Sequence[Node], chance: random.Random) -> list[Node]:
    """Leave the full stop out, and sometimes capitalise, as titles are printed."""
    titled = list(nodes)
    last = len(titled) - 1
    if last > 0 and titled[last].word == "." and all(node.head != last for node in titled):
        titled.pop()
    if chance.random() < 1 / 3:
        return [node if node.tag in _SMALL else replace(node, word=_capital(node.word)) for node in titled]
    return titled


def main_prepare(treebank: Path, output: Path, seed: int) -> None:
    """Write train, mixed (it, masked and varied), dev, masked_dev, both_dev and varied_dev as .spacy files."""
    output.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "minex.tokenizer.v1"}}})
    masker, chance = Masker(nlp), random.Random(seed)  # noqa: S311  (nothing secret in it)
    sets: dict[str, list[list[Node]]] = {}
    for split, name in SPLITS.items():
        sets[split] = list(read_sentences(treebank / name))
    masked = [masker(nodes) for nodes in sets["train"]]
    sets["masked_dev"] = [masker(nodes) for nodes in sets["dev"]]
    sets["both_dev"] = [*sets["dev"], *sets["masked_dev"]]
    fresh = random.Random(seed + 1)  # noqa: S311
    sets["varied_dev"] = [vary(nodes, fresh) for nodes in sets["masked_dev"]]
    varied = [vary(nodes, chance) for nodes in masked]
    short = [vary(_as_title(clause, chance), chance) for nodes in masked for clause in clauses(nodes)]
    sets["mixed"] = [*sets["train"], *masked, *varied, *short]
    for name, sentences in sets.items():
        docs = [to_doc(nlp.vocab, nodes) for nodes in sentences]
        DocBin(docs=docs).to_disk(output / f"{name}.spacy")
        print(f"{name}: {len(docs):,} sentences, {sum(map(len, docs)):,} tokens")
