"""The whole flow over documents: sentences, mentions, parses, evidence. What `run` and `annotate` share."""

from __future__ import annotations

import copy
import hashlib
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from minex import __version__
from minex.bounds import notices
from minex.extraction.extractor import DocumentPlan, Extractor
from minex.extraction.pairs.model import PairModel
from minex.extraction.pairs.model import bundled as bundled_pairs
from minex.lexicon import Lexicon
from minex.lexicon.user import default_file
from minex.model import Concept, Document, Evidence, Failure, Mention, MentionType, Reading, Sentence, Status
from minex.ner.propose import propose
from minex.ner.reader import NameReader
from minex.ner.reader import load as load_names
from minex.rules.load import load as load_rules
from minex.syntax.parse import Parse
from minex.syntax.pipeline import SyntaxModel
from minex.syntax.pipeline import load as load_model
from minex.syntax.sentences import split_document
from minex.tagging.rows import keep_words
from minex.tagging.tagger import Tagger

T = TypeVar("T")

_TYPES = frozenset(kind.value for kind in MentionType)
_CONTEXT_TYPES = frozenset({"CANCER", "CONDITION", "VESICLE", "CELL_LINE", "CELL_TYPE", "SPECIES"})

_BATCH_DOCUMENTS = 256
_BATCH_SENTENCES = 512


@dataclass
class Timings:
    """Seconds spent in each stage so far."""

    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, stage: str, since: float) -> float:
        """Charge the time since a clock reading to a stage and return the clock."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - since
        return now


class Pipeline:
    """Everything loaded that reading needs; costs a second or two to make, so make one.

    Parameters:
        model: the name or path of a spaCy pipeline in place of the bundled one.
        patterns: a user's own folder of rules, on top of the shipped ones.
        lexicon: a user's own names and blocks, on top of the shipped lexicon; without it, those of the default
            place (:func:`minex.lexicon.user.default_place`) if they exist.
        plain: parse every sentence (a yardstick; the evidence is the same).
        ner: let the bundled NER propose mentions where the lexicon's own rules find none.
        weigh: also weigh the words around a pair, to say what they make likely and drop what they make impossible;
            only with the shipped rules, by whose words it was fitted.
    """

    def __init__(
        self,
        model: str | None = None,
        patterns: Path | None = None,
        lexicon: Path | None = None,
        *,
        plain: bool = False,
        ner: bool = False,
        weigh: bool = True,
    ) -> None:
        self.lexicon = Lexicon.load(user=lexicon or default_file())
        self.tagger = Tagger(self.lexicon)
        self.rules = load_rules(patterns)
        self.pairs: PairModel | None = bundled_pairs() if weigh and self.rules.shipped else None
        self.extractor = Extractor(self.rules, plain=plain, above=self.lexicon.ancestors, pairs=self.pairs)
        self.timings = Timings()
        self._model = model
        self._ner = ner

    def by_rules_alone(self) -> Pipeline:
        """Return this pipeline without the weights of pairs: what the rules by themselves read."""
        alone = copy.copy(self)
        alone.pairs = None
        alone.extractor = Extractor(self.rules, plain=self.extractor.plain, above=self.lexicon.ancestors)
        return alone

    @cached_property
    def syntax(self) -> SyntaxModel:
        """The parser, loaded when the first sentence needs it."""
        return load_model(self._model)

    @cached_property
    def names(self) -> NameReader | None:
        """The NER, loaded when the first document needs it; None if it was not asked for."""
        return load_names(self.lexicon) if self._ner else None

    @property
    def versions(self) -> Mapping[str, str]:
        """What a result depends on: the program, the models (syntax, names, pairs), the lexicon, the rules."""
        names = f"+{self.names.identity}" if self.names else ""
        pairs = f"+pairs-{self.pairs.identity}" if self.pairs else ""
        return {
            "minex": __version__,
            "model": self.syntax.identity + pairs + names,
            "lexicon": self.lexicon.version,
            "rules": self.rules.version,
        }

    @property
    def fingerprint(self) -> str:
        """A digest of the versions: a document read under another one is read again."""
        text = "\x1f".join(f"{name}={version}" for name, version in sorted(self.versions.items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def concept(self, id: str) -> Concept | None:
        """Return a concept of the lexicon."""
        return self.lexicon.concept(id)

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """Yield the reading of each document, in order; one that cannot be read is a Failure."""
        return self.read_tagged((document, None) for document in documents)

    def read_tagged(
        self, documents: Iterable[tuple[Document, Sequence[Mention] | None]], *, tag_context: bool = False
    ) -> Iterator[Reading | Failure]:
        """Like :meth:`read`, with mentions given for some documents; these are then the only arguments."""
        batch: list[_Planned] = []
        sentences = 0
        for document, given in documents:
            plan = _guarded(document, "tag", partial(self.plan, document, given, tag_context=tag_context))
            batch.append((plan, given))
            sentences += len(plan.requests) if isinstance(plan, DocumentPlan) else 0
            if len(batch) >= _BATCH_DOCUMENTS or sentences >= _BATCH_SENTENCES:
                yield from self._finish(batch)
                batch, sentences = [], 0
        yield from self._finish(batch)

    def tag(self, document: Document, given: Sequence[Mention] | None = None) -> Reading | Failure:
        """Return a document's sentences and mentions, without looking for evidence."""

        def work() -> Reading:
            sentences = split_document(document)
            return Reading(document, sentences, self.mentions(document, sentences, given, tag_context=False))

        return _guarded(document, "tag", work)

    def plan(
        self, document: Document, given: Sequence[Mention] | None = None, *, tag_context: bool = False
    ) -> DocumentPlan:
        """Split and tag a document and choose what is to be parsed."""
        if document.status is Status.DELETED:
            return DocumentPlan(document, (), (), ())
        clock = time.perf_counter()
        sentences = split_document(document)
        clock = self.timings.add("sentences", clock)
        mentions = self.mentions(document, sentences, given, tag_context=tag_context)
        clock = self.timings.add("tagging", clock)
        plan = self.extractor.plan(document, sentences, mentions, given=given is not None)
        self.timings.add("matching", clock)
        return plan

    def mentions(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        given: Sequence[Mention] | None,
        *,
        tag_context: bool,
    ) -> tuple[Mention, ...]:
        """Return the mentions to work with: those tagged, or those given with the lexicon's cues and context.

        A given mention of a foreign type is left out: it may well cover the verb that a rule needs.
        """
        if given is None:
            return self._tagged(document, sentences)
        given = [mention for mention in given if mention.type in _TYPES]
        kinds = {"METHOD"} | (_CONTEXT_TYPES if tag_context else set())
        taken = sorted((mention.start, mention.end) for mention in given)
        added = [
            mention
            for mention in self.tagger.tag(document, sentences)
            if mention.type in kinds and not any(s < mention.end and mention.start < e for s, e in taken)
        ]
        return tuple(sorted((*given, *added), key=lambda mention: (mention.start, -mention.end)))

    def _tagged(self, document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """Return what the tagger finds, what the NER adds if it is asked, and the words that tables' rows keep."""
        found = self.tagger.tag(document, sentences)
        if self.names is not None and found:
            found = _ordered(found, propose(self.names, document.text, sentences, found))
        return _ordered(found, keep_words(document, sentences, found))

    def _finish(self, batch: list[_Planned]) -> Iterator[Reading | Failure]:
        plans = [plan for plan, _ in batch if isinstance(plan, DocumentPlan)]
        clock = time.perf_counter()
        parsed = iter(self._parse(plans))
        self.timings.add("parsing", clock)
        for plan, given in batch:
            if isinstance(plan, Failure):
                yield plan
                continue
            parses = next(parsed)
            if isinstance(parses, Failure):
                yield parses
                continue
            clock = time.perf_counter()
            found = _guarded(plan.document, "extract", partial(self.extractor.evidence, plan, parses))
            self.timings.add("matching", clock)
            if isinstance(found, Failure):
                yield found
            else:
                kept = found if given is None else _between(found, given)
                yield Reading(plan.document, plan.sentences, plan.mentions, kept, notices(plan, parses))

    def _parse(self, plans: list[DocumentPlan]) -> list[list[Parse | None] | Failure]:
        """Return each document's parses, made in one batch; where that breaks, document by document."""
        requests = [request for plan in plans for request in plan.requests]
        if not requests:
            return [[] for _ in plans]
        syntax = self.syntax
        try:
            parses = iter(list(syntax.parse(requests)))
        except Exception:
            return [_guarded(plan.document, "parse", partial(list, syntax.parse(plan.requests))) for plan in plans]
        return [list(islice(parses, len(plan.requests))) for plan in plans]


_Planned = tuple[DocumentPlan | Failure, Sequence[Mention] | None]


def _ordered(*found: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(chain(*found), key=lambda mention: mention.start))


def _between(found: Iterable[Evidence], given: Iterable[Mention]) -> tuple[Evidence, ...]:
    """Return the evidence whose arguments were given: what the lexicon added is context, and no argument."""
    spans = {mention.span for mention in given}
    return tuple(
        replace(evidence, also=tuple(span for span in evidence.also if span in spans))
        for evidence in found
        if evidence.subject.span in spans and evidence.object.span in spans
    )


def _guarded(document: Document, stage: str, work: Callable[[], T]) -> T | Failure:
    """Do the work; whatever goes wrong in one document must not end a run over a million."""
    try:
        return work()
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return Failure(
            stage,
            type(error).__name__,
            f"{error} (in {place.name}, {Path(place.filename).name}:{place.lineno})",
            where=document.source,
            document=document.id,
            record=document.record,
        )
