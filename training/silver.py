"""Trees for sentences of abstracts that nobody has annotated, made by the model that has them to learn.

The treebank has few sentences of the kind that minex is for, and a model's own parse teaches it nothing. But a
sentence can be shown to it in several ways that must have the same tree: with other names in the places of
mentions, with verbs of regulation that it knows better, with a full stop. The parse that agrees most with the
others is taken, mended as minex mends parses (:mod:`minex.syntax.repair`), and dropped if they disagree much.
The model then learns it for the sentence as it stands.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from prepare import Node
from spacy.language import Language
from spacy.tokens import Doc

from minex.formats import read
from minex.model import Document, Mention
from minex.pipeline import Pipeline
from minex.rules.inflect import verb_forms
from minex.syntax.mask import MaskedToken, mask
from minex.syntax.parse import Parse, Token, Tree

WAYS = 5
"""In how many ways a sentence is shown."""
AGREEMENT = 0.92
"""The share of heads and labels that a parse must have in common with the others, on average."""
SHORTEST, LONGEST = 4, 60
_BATCH = 256

# What the parser knows best of each kind: it is only ever shown in the place of a word of this kind.
_NAMES = ("BMP2", "PTEN", "actin", "insulin", "Wnt", "collagen")
_VESICLES = {True: ("cells", "proteins", "neurons"), False: ("protein", "cell")}
_PROCESSES = ("expression", "differentiation", "apoptosis", "growth", "development")
_KINDS = {
    **dict.fromkeys(("MIRNA", "GENE", "LNCRNA", "CHEMICAL"), _NAMES),
    "PROCESS": _PROCESSES,
}
_KNOWN_VERBS = ("induce", "regulate", "express", "require", "inhibit", "generate")
_FIELD_VERBS = (
    "abolish", "accelerate", "activate", "affect", "aggravate", "alleviate", "ameliorate", "attenuate",
    "augment", "block", "deliver", "diminish", "downregulate", "elevate", "enhance", "facilitate", "impair",
    "lower", "mediate", "modulate", "potentiate", "prevent", "promote", "raise", "reduce", "repress", "restore",
    "reverse", "secrete", "silence", "sponge", "stimulate", "suppress", "transfer", "trigger", "upregulate",
    "weaken",
)  # fmt: skip


def _known_forms() -> dict[str, tuple[str, ...]]:
    """Return, for each inflected verb of the field, the same form of each well-known verb."""
    by_tags: dict[frozenset[str], list[str]] = {}
    for base in _KNOWN_VERBS:
        for form, tags in verb_forms(base).items():
            by_tags.setdefault(tags, []).append(form)
    return {
        form: tuple(by_tags[tags])
        for base in _FIELD_VERBS
        for form, tags in verb_forms(base).items()
        if tags in by_tags
    }


_KNOWN = _known_forms()


def sentences(files: Iterable[Path], nlp: Language) -> Iterator[list[MaskedToken]]:
    """Yield what the parser would be asked to parse in these files, masked."""
    pipeline = Pipeline()
    for file in files:
        for document in read(file):
            if not isinstance(document, Document):
                continue
            for request in pipeline.plan(document).requests:
                tokens = mask(nlp, request.text, request.start, request.mentions)
                if not request.subject_first and SHORTEST <= len(tokens) <= LONGEST:
                    yield tokens


def ways(tokens: Sequence[MaskedToken], chance: random.Random) -> Iterator[list[str]]:
    """Yield the words of a sentence as they stand, then with other names and verbs, always with a full stop."""
    stop = [] if tokens[-1].word in ".?!" else ["."]
    yield [token.for_parser for token in tokens] + stop
    for _ in range(WAYS - 1):
        yield [_other(token, chance) for token in tokens] + stop


def _other(token: MaskedToken, chance: random.Random) -> str:
    shown = token.for_parser
    if token.mention is None:
        known = _KNOWN.get(shown.lower())
        # Past forms are left alone half of the time: another verb is another guess at participle or past.
        return chance.choice(known) if known and chance.random() < 0.5 else shown
    return _other_name(token.mention, shown, chance)


def _other_name(mention: Mention, shown: str, chance: random.Random) -> str:
    plural = shown.lower().endswith("s") and not shown.lower().endswith(("ss", "is", "us"))
    if mention.type == "VESICLE":
        return chance.choice(_VESICLES[plural])
    kind = _KINDS.get(mention.type)
    if kind is None or (plural and shown.islower()):
        return shown
    return chance.choice(kind)


def agreed(parses: Sequence[Doc], length: int) -> tuple[Doc, float]:
    """Return the parse that the others agree with most, and how much, over the first `length` tokens."""
    trees = [[(token.head.i, token.dep_) for token in parse][:length] for parse in parses]
    shares = [
        sum(a == b for other in trees for a, b in zip(tree, other, strict=True)) / (length * len(trees))
        for tree in trees
    ]
    best = max(range(len(parses)), key=shares.__getitem__)
    return parses[best], shares[best]


_GOVERNORS = frozenset({"prep", "agent", "case", "conj", "pcomp"})


def _sound(tokens: Sequence[Token]) -> bool:
    """Return whether a tree can be right as far as can be seen without a treebank."""
    for token in tokens:
        if token.dep in ("dep", "meta", ""):
            return False
        if token.dep in ("nsubj", "nsubjpass") and token.tag[:2] in ("IN", "VB"):
            return False
        if token.dep == "pobj" and tokens[token.head].dep not in _GOVERNORS:
            return False
        if token.head == token.i and token.dep != "ROOT":
            return False
    return sum(token.head == token.i for token in tokens) == 1


def _tag(token: Token, tokens: Sequence[Token]) -> str:
    """Return the tag, VBD for a participle that has a subject and nothing to help it."""
    if token.tag != "VBN":
        return token.tag
    deps = {child.dep for child in tokens if child.head == token.i}
    return "VBD" if "nsubj" in deps and not deps & {"aux", "auxpass"} else "VBN"


def trees(nlp: Language, masked: Iterable[Sequence[MaskedToken]], seed: int) -> Iterator[list[Node]]:
    """Yield the tree of each sentence on which the ways of showing it agree."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret in it)
    rest = iter(masked)
    while batch := list(islice(rest, _BATCH)):
        shown = [words for tokens in batch for words in ways(tokens, chance)]
        parsed = list(nlp.pipe(Doc(nlp.vocab, words=words) for words in shown))
        for place, tokens in enumerate(batch):
            best, share = agreed(parsed[place * WAYS : (place + 1) * WAYS], len(tokens))
            heads = [token.head.i for token in best][: len(tokens)]
            if share < AGREEMENT or max(heads) >= len(tokens):
                continue
            mended = Parse.of(tokens, Tree.of_doc(best[: len(tokens)].as_doc())).tokens
            if _sound(mended):
                yield [
                    Node(source.for_parser, source.space, _tag(token, mended), "", token.head, token.dep)
                    for token, source in zip(mended, tokens, strict=True)
                ]


def silver(nlp: Language, files: Iterable[Path], seed: int) -> Iterator[list[Node]]:
    """Yield the trees of those sentences of abstracts on which a model agrees with itself."""
    return trees(nlp, sentences(files, nlp), seed)
