"""A document's sentences and mentions in, its evidence out; the parser stands between the two halves.

`plan` says what is to be parsed, `evidence` takes the parses. Split so, that sentences of many documents
can be parsed in one batch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from minex.extraction.aliases import other_forms, spread
from minex.extraction.assertion import is_review, origin_of
from minex.extraction.candidates import CandidateFilter
from minex.extraction.claims import Claim, ClaimReader
from minex.extraction.clauses import split_clauses
from minex.extraction.confidence import probability, reasons_of
from minex.extraction.context import ContextReader
from minex.extraction.links import LinkReader
from minex.extraction.pairs.model import PairModel
from minex.extraction.pairs.reader import IMPOSSIBLE, UNDOUBTED, PairReader
from minex.extraction.reference import ReferenceReader, looks_back
from minex.extraction.select import said_by, settle
from minex.extraction.tables import Row, header_conditions, read_row, response_claims
from minex.model import PREDICATE_SIGNS, Document, Evidence, Mention, PassageKind, Sentence, Span
from minex.rules.language import RuleSet
from minex.rules.match import Matcher, Miss
from minex.syntax.parse import Parse
from minex.syntax.pipeline import ParseRequest

_FIRST_WORD = re.compile(r"[A-Za-z-]+")
_FINITE = frozenset({"VBD", "VBZ"})
_PRESENT = frozenset({"VB", "VBP", "VBZ"})


@dataclass(frozen=True, slots=True)
class SentencePlan:
    """A sentence that may hold a claim: its mentions, what to parse, and its row if it is one of a table."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    requests: tuple[ParseRequest, ...]
    row: Row | None = None
    looks_back: bool = False
    """Whether a word in it may stand for something named in the plan's sentence before."""
    worth: bool = False
    """Whether the filter lets it through by itself: only then are its pairs weighed."""


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """All that extraction will do in one document."""

    document: Document
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]
    plans: tuple[SentencePlan, ...]
    given: bool = False
    """Whether the mentions were given, and so every pair of them is to be judged."""

    @property
    def requests(self) -> list[ParseRequest]:
        """What is to be parsed, in order."""
        return [request for plan in self.plans for request in plan.requests]


@dataclass(frozen=True)
class Trace:
    """What happened in one sentence: for `explain`."""

    claims: tuple[Claim, ...]
    misses: tuple[Miss, ...]
    unlikely: tuple[Claim, ...] = ()
    """Claims of rules that the words around them make all but impossible: dropped."""


class Extractor:
    """Reads evidence by one set of rules.

    Parameters:
        rules: the rules.
        plain: parse every sentence, as a yardstick for the filter; the evidence is the same.
        above: what lies above a concept, :meth:`minex.lexicon.Lexicon.ancestors`.
        pairs: the weights for pairs that no rule joins; without them rules alone are read.
    """

    def __init__(
        self,
        rules: RuleSet,
        *,
        plain: bool = False,
        above: Callable[[str], Collection[str]] = lambda id: (),
        pairs: PairModel | None = None,
    ) -> None:
        self.rules = rules
        self.above = above
        self.matcher = Matcher(rules)
        self.reader = ClaimReader.of(self.matcher)
        self.links = LinkReader(self.matcher, self.reader.assertion)
        self.pairs = PairReader(self.matcher, self.reader.assertion, pairs) if pairs else None
        self.references = ReferenceReader(rules)
        self.filter = CandidateFilter(rules)
        self.plain = plain

    def plan(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        *,
        given: bool = False,
    ) -> DocumentPlan:
        """Choose the sentences that could give something and say what to parse of them."""
        ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        starts = [mention.start for mention in ordered]
        plans: list[SentencePlan] = []
        last: Sentence | None = None
        for sentence in sentences:
            inside = tuple(
                mention
                for mention in ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
                if mention.end <= sentence.end
            )
            # The plain way parses every sentence of running text; what names nothing is no context for the next.
            if inside or (self.plain and sentence.kind is not PassageKind.TABLE):
                named_before = bool(plans) and plans[-1].sentence is last and bool(plans[-1].mentions)
                follows = named_before and bool(inside) and looks_back(document, sentence, last)
                refers = follows and self._may_join(document, sentence, inside, plans[-1].mentions)
                if refers:
                    # What it refers to is seen in the parse of the sentence before.
                    plans[-1] = self._plan_sentence(document, plans[-1], parse=True)
                plan = SentencePlan(sentence, inside, (), looks_back=follows)
                plans.append(self._plan_sentence(document, plan, parse=refers))
            last = sentence
        return DocumentPlan(document, tuple(ordered), tuple(sentences), tuple(plans), given)

    def _may_join(
        self, document: Document, sentence: Sentence, mentions: tuple[Mention, ...], before: tuple[Mention, ...]
    ) -> bool:
        """Return whether a frame could fit a sentence if a word of it stands for something of the one before."""
        text = document.text[sentence.start : sentence.end]
        return self.references.may_refer(text, sentence.start, mentions, before) and self.filter.worth_parsing(
            text, (*mentions, *before)
        )

    def _plan_sentence(self, document: Document, plan: SentencePlan, *, parse: bool = False) -> SentencePlan:
        """Add to a plan what to parse: what the filter lets through, all that has a mention, or what is asked."""
        text, sentence, mentions = document.text, plan.sentence, plan.mentions
        if sentence.kind is PassageKind.TABLE:
            passage = document.passages[sentence.passage]
            row = read_row(passage, document.passage_starts[sentence.passage], sentence, mentions)
            requests = [
                ParseRequest(
                    text[cell.start : cell.end],
                    cell.start,
                    inside,
                    factor,
                    self._begins_with_verb(text, cell.start),
                )
                for cell in (row.clauses() if row else ())
                for factor in (row.factors if row else ())
                if (
                    inside := tuple(each for each in mentions if cell.start <= each.start and each.end <= cell.end)
                )
            ]
            return replace(plan, requests=tuple(requests), row=row)
        piece = text[sentence.start : sentence.end]
        if plan.requests:
            return plan
        worth = self.filter.worth_parsing(piece, mentions)
        if parse or self.plain or worth:
            clauses = self._clauses(piece, sentence.start, self._as_tokens(mentions))
            return replace(plan, requests=clauses, worth=worth)
        return plan

    def _clauses(self, piece: str, start: int, mentions: tuple[Mention, ...]) -> tuple[ParseRequest, ...]:
        return tuple(
            ParseRequest(
                piece[span.start - start : span.end - start],
                span.start,
                tuple(each for each in mentions if span.start <= each.start and each.end <= span.end),
            )
            for span in split_clauses(piece, start, mentions, self._finite_verbs)
        )

    @cached_property
    def _finite_verbs(self) -> frozenset[str]:
        """Forms of signed trigger verbs that can be the verb of a clause."""
        effects = self.rules.taxonomy.effects
        return frozenset(
            form
            for form, triggers in self.rules.triggers.items()
            for each in triggers
            if each.pos == "verb" and each.tags & _FINITE and (PREDICATE_SIGNS[effects[each.effect].predicate])
        )

    def _as_tokens(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Leave out what cannot be an argument where it covers what can: mentions that are given may overlap."""
        arguments = [each for each in mentions if self.filter.can_be_argument(each)]
        return tuple(
            each
            for each in mentions
            if self.filter.can_be_argument(each) or not any(each.span.overlaps(other.span) for other in arguments)
        )

    def _begins_with_verb(self, text: str, start: int) -> bool:
        word = _FIRST_WORD.match(text, start)
        triggers = self.rules.triggers.get(word[0].lower(), ()) if word else ()
        return any(trigger.pos == "verb" and trigger.tags & _PRESENT for trigger in triggers)

    def evidence(self, plan: DocumentPlan, parses: Iterable[Parse | None]) -> tuple[Evidence, ...]:
        """Return the evidence of a document, given the parses of `plan.requests` in order."""
        document = plan.document
        contexts: ContextReader | None = None
        review = is_review(document)
        found: list[Evidence] = []
        for part, own in self.resolved(plan, parses):
            trace = self.trace(document, plan.mentions, part, own, given=plan.given, near=False)
            if not trace.claims:
                continue
            headers = (
                () if part.row is None else header_conditions(part.row, _before(plan.mentions, part)).values()
            )
            methods = tuple(
                dict.fromkeys(each.name or each.text for each in part.mentions if each.type == "METHOD")
            )
            contexts = contexts or ContextReader.of(document, plan.sentences, plan.mentions, self.above)
            for settled in settle(trace.claims):
                claim = settled.claim
                context = contexts.read(part.mentions, (claim.subject, claim.object), tuple(headers))
                reasons = reasons_of(self.rules.precision, settled, document, part.sentence, context)
                found.append(
                    Evidence(
                        document=document.id,
                        subject=claim.subject,
                        predicate=claim.predicate,
                        object=claim.object,
                        sentence=Span(part.sentence.start, part.sentence.end),
                        rule=claim.rule,
                        trigger=claim.trigger,
                        direct=claim.direct,
                        negated=claim.negated,
                        hedged=claim.hedged,
                        correlation=claim.correlation,
                        manipulation=claim.manipulation,
                        method=methods,
                        context=context,
                        origin=origin_of(document, part.sentence, review),
                        confidence=probability(reasons),
                        also=settled.also,
                        overridden=settled.overridden,
                        references=claim.references,
                        stand_ins=claim.stand_ins,
                        reasons=reasons,
                    )
                )
        return tuple(found)

    def resolved(
        self, plan: DocumentPlan, parses: Iterable[Parse | None]
    ) -> Iterator[tuple[SentencePlan, list[Parse | None]]]:
        """Yield each sentence's plan with its parses, in which words such as *it* have what they stand for."""
        remaining = iter(parses)
        before: list[Parse | None] = []
        for part in plan.plans:
            own = [next(remaining) for _ in part.requests]
            if part.row is None:
                own = self.references.resolve(own, before if part.looks_back else ())
            before = own
            yield part, own

    def trace(
        self,
        document: Document,
        mentions: Sequence[Mention],
        part: SentencePlan,
        parses: Sequence[Parse | None],
        *,
        given: bool = False,
        near: bool = True,
    ) -> Trace:
        """Return every claim that a rule makes of one sentence, and the rules that nearly did: all, if `near`."""
        text = document.text
        forms = other_forms(text, part.mentions) if given else {}
        claims: list[Claim] = []
        misses: list[Miss] = []
        for parse in parses:
            if parse is not None:
                made, missed = self.reader.read(parse, text, near=near)
                claims.extend(made)
                claims.extend(spread(made, forms))
                named = [claim for claim in claims if not claim.references]
                claims.extend(self.links.read(parse, named, given=given))
                misses.extend(missed)
        if part.row is not None:
            claims.extend(response_claims(part.row, text, _before(mentions, part)))
        sentence = part.sentence
        claims.extend(self.reader.read_surface(text[sentence.start : sentence.end], sentence.start, part.mentions))
        unlikely: list[Claim] = []
        if self.pairs is not None and part.worth and part.row is None:
            claims, unlikely = self._weighed(self.pairs, parses, text, claims)
        return Trace(tuple(claims), tuple(misses), tuple(unlikely))

    def _weighed(
        self, pairs: PairReader, parses: Sequence[Parse | None], text: str, claims: list[Claim]
    ) -> tuple[list[Claim], list[Claim]]:
        """Return the claims with how likely each is and what the words alone say, and those that are dropped."""
        said = said_by(claims)
        read = [pairs.read(parse, text, said) for parse in parses if parse is not None]
        likely = {what: value for each in read for what, value in each.likely.items()}
        kept: list[Claim] = []
        dropped: list[Claim] = []
        for claim in claims:
            what = (claim.subject.key, claim.object.key, claim.sign, claim.predicate)
            value = likely.get(what) if claim.rule not in UNDOUBTED else None
            doubted = value is not None and value < IMPOSSIBLE and claim.rule not in self.rules.own
            (dropped if doubted else kept).append(replace(claim, likely=value))
        return [*kept, *(claim for each in read for claim in each.claims)], dropped


def _before(mentions: Sequence[Mention], part: SentencePlan) -> list[Mention]:
    return [mention for mention in mentions if mention.start < part.sentence.start]
