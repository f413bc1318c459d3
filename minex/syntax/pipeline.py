"""The bundled model, or any other spaCy pipeline with a tagger and a parser in its place."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from minex.errors import ModelError
from minex.memory import zone
from minex.model import Mention
from minex.syntax.arithmetic import one_thread, use_numpy
from minex.syntax.installed import NEEDED, check_labels, inspect, install_command
from minex.syntax.mask import MaskedToken, mask
from minex.syntax.network import Network, fits
from minex.syntax.parse import Parse, Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BUNDLED = Path(__file__).resolve().parent / "model"
MAX_TOKENS = 400
"""Longer "sentences" are lists and tables run together; the parser's time grows with them and its use does not."""
_BATCH = 128
"""Sentences at once in spaCy's own way; more do not fit the processor's cache."""


@dataclass(frozen=True, slots=True)
class ParseRequest:
    """A sentence to be parsed: its text, where it starts in the document, its mentions (document offsets).

    `implied_subject` is what a clause without a subject is about; with `subject_first` the text begins with
    its verb, and the parser is shown a pronoun before it.
    """

    text: str
    start: int
    mentions: tuple[Mention, ...]
    implied_subject: Mention | None = None
    subject_first: bool = False


@dataclass(frozen=True)
class SyntaxModel:
    """A loaded pipeline, what it is called, and whether its trees are in Universal Dependencies."""

    nlp: Language
    name: str
    version: str
    path: str
    universal: bool = False

    @cached_property
    def identity(self) -> str:
        """Name, version and a digest of the weights, so that a retrained model is another one."""
        digest = hashlib.sha256()
        for component in self.nlp.pipe_names:
            weights = Path(str(self.nlp.path)) / component / "model"
            if weights.is_file():
                digest.update(weights.read_bytes())
        vectors = self.nlp.vocab.vectors
        if vectors.size:
            digest.update(vectors.to_bytes())
        return f"{self.name}-{self.version}-{digest.hexdigest()[:8]}"

    @cached_property
    def network(self) -> Network | None:
        """The quick way to tags and trees; None for a pipeline of another form than the bundled one's."""
        return Network(self.nlp) if fits(self.nlp) else None

    def parse(self, requests: Iterable[ParseRequest], batch_size: int = 512) -> Iterator[Parse | None]:
        """Yield the parse of each sentence, in order, None for one that is too long to be a sentence."""
        batch: list[ParseRequest] = []
        for request in requests:
            batch.append(request)
            if len(batch) >= batch_size:
                yield from self._parse_batch(batch)
                batch = []
        yield from self._parse_batch(batch)

    def _parse_batch(self, batch: list[ParseRequest]) -> Iterator[Parse | None]:
        parses: list[Parse | None] = []
        with zone(self.nlp), one_thread():
            masked = [_masked(self.nlp, request) for request in batch]
            fits = [0 < len(tokens) <= MAX_TOKENS for tokens in masked]
            read = iter(self._read([tokens for tokens, fit in zip(masked, fits, strict=True) if fit]))
            for request, tokens, fit in zip(batch, masked, fits, strict=True):
                parses.append(
                    Parse.of(tokens, next(read), request.implied_subject, universal=self.universal)
                    if fit
                    else None
                )
        yield from parses

    def _read(self, sentences: Sequence[Sequence[MaskedToken]]) -> list[Tree]:
        """Return the tags and trees of masked sentences."""
        if self.network is not None:
            return self.network.read([[token.for_parser for token in tokens] for tokens in sentences])
        docs = (_doc(self.nlp, tokens) for tokens in sentences)
        return [Tree.of_doc(doc) for doc in self.nlp.pipe(docs, batch_size=_BATCH)]


def _masked(nlp: Language, request: ParseRequest) -> list[MaskedToken]:
    tokens = mask(nlp, request.text, request.start, request.mentions)
    subject = request.implied_subject
    if not request.subject_first or subject is None or not tokens:
        return tokens
    verb = tokens[0]
    pronoun = "It" if verb.word.endswith("s") and not verb.word.endswith("ss") else "They"
    first = MaskedToken(subject.text, subject.start, subject.end, True, subject, pronoun)
    return [first, verb._replace(word=verb.word.lower(), shown=""), *tokens[1:]]


def _doc(nlp: Language, tokens: Sequence[MaskedToken]) -> Doc:
    """Return the Doc of a sentence, which is one: a parser that learned to split documents must not split it."""
    from spacy.tokens import Doc

    return Doc(
        nlp.vocab,
        words=[token.for_parser for token in tokens],
        spaces=[token.space for token in tokens],
        sent_starts=[index == 0 for index in range(len(tokens))],
    )


def load(name_or_path: str | None = None) -> SyntaxModel:
    """Load the bundled model, or the pipeline of that name or path.

    Another pipeline gets minex's tokenizer: rules know words as it cuts them, and what stands before the parser is
    cut and masked before it in any case.

    Raises:
        ModelError: if the pipeline is not installed, does not fit the installed spaCy, or lacks a tagger or a
            parser whose labels the rules can be read in.
    """
    import spacy

    target = name_or_path or str(BUNDLED)
    if name_or_path is None and not BUNDLED.exists():
        raise ModelError(
            "model-missing", "the bundled model is not there", where=target, cure="install minex again"
        )
    if name_or_path is not None:
        inspect(name_or_path)
    # The bundled model's tokenizer is registered by import.
    from minex.syntax.tokenizer import create_tokenizer

    try:
        with warnings.catch_warnings():
            # Of one of scispaCy's tokenizer patterns Python says "possible set union"; it is harmless.
            warnings.simplefilter("ignore", FutureWarning)
            # That a pipeline is made for another version, `inspect` tells.
            warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
            # The tokenizer that is used is made, not read.
            nlp = spacy.load(target, exclude=["ner", "lemmatizer", "attribute_ruler", "tokenizer"])
    except (OSError, ValueError, KeyError, ImportError, TypeError) as error:
        message = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(
            "model-unloadable",
            f"the pipeline does not load: {message}",
            where=target,
            cure=install_command(target) or f"install it, or fit its version to spaCy {spacy.about.__version__}",
        ) from error
    missing = [name for name in NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(
            "model-incomplete", f"the pipeline has no {missing[0]}", where=target, cure="choose one that has both"
        )
    parser, tagger = (nlp.get_pipe(name).labels for name in ("parser", "tagger"))  # type: ignore[attr-defined]
    universal = check_labels(parser, tagger, target)
    if name_or_path is not None:
        nlp.tokenizer = create_tokenizer()(nlp)
    use_numpy(nlp)
    return SyntaxModel(nlp, str(nlp.meta["name"]), str(nlp.meta["version"]), target, universal)
