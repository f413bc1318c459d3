"""A document's sentences and mentions in, its evidence out; the parser stands between the two halves.

`plan` says what is to be parsed, `evidence` takes the parses. Split so, that sentences of many documents
can be parsed in one batch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from minex.extraction.assertion import is_review, origin_of
from minex.extraction.candidates import CandidateFilter
from minex.extraction.claims import Claim, ClaimReader
from minex.extraction.clauses import split_clauses
from minex.extraction.confidence import probability, reasons_of
from minex.extraction.context import ContextReader
from minex.extraction.links import LinkReader
from minex.extraction.select import settle
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


class Extractor:
    """Reads evidence by one set of rules.

    Parameters:
        rules: the rules.
        plain: parse every sentence that has a mention, as a yardstick for the filter; the evidence is the same.
    """

    def __init__(self, rules: RuleSet, *, plain: bool = False) -> None:
        self.rules = rules
        self.matcher = Matcher(rules)
        self.reader = ClaimReader.of(self.matcher)
        self.links = LinkReader(self.matcher, self.reader.assertion)
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
        plans = []
        for sentence in sentences:
            inside = tuple(
                mention
                for mention in ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
                if mention.end <= sentence.end
            )
            if inside:
                plans.append(self._plan_sentence(document, sentence, inside))
        return DocumentPlan(document, tuple(ordered), tuple(sentences), tuple(plans), given)

    def _plan_sentence(
        self, document: Document, sentence: Sentence, mentions: tuple[Mention, ...]
    ) -> SentencePlan:
        text = document.text
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
            return SentencePlan(sentence, mentions, tuple(requests), row)
        piece = text[sentence.start : sentence.end]
        if self.plain or self.filter.worth_parsing(piece, mentions):
            return SentencePlan(
                sentence, mentions, self._clauses(piece, sentence.start, self._as_tokens(mentions))
            )
        return SentencePlan(sentence, mentions, ())

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
        contexts = ContextReader.of(document, plan.sentences, plan.mentions)
        review = is_review(document)
        remaining = iter(parses)
        found: list[Evidence] = []
        for part in plan.plans:
            own = [next(remaining) for _ in part.requests]
            trace = self.trace(document, plan.mentions, part, own, given=plan.given)
            headers = (
                () if part.row is None else header_conditions(part.row, _before(plan.mentions, part)).values()
            )
            methods = tuple(
                dict.fromkeys(each.name or each.text for each in part.mentions if each.type == "METHOD")
            )
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
                        reasons=reasons,
                    )
                )
        return tuple(found)

    def trace(
        self,
        document: Document,
        mentions: Sequence[Mention],
        part: SentencePlan,
        parses: Sequence[Parse | None],
        *,
        given: bool = False,
    ) -> Trace:
        """Return every claim that a rule makes of one sentence, and the rules that nearly did."""
        text = document.text
        claims: list[Claim] = []
        misses: list[Miss] = []
        for parse in parses:
            if parse is not None:
                made, missed = self.reader.read(parse, text)
                claims.extend(made)
                claims.extend(self.links.read(parse, made, given=given))
                misses.extend(missed)
        if part.row is not None:
            claims.extend(response_claims(part.row, text, _before(mentions, part)))
        sentence = part.sentence
        claims.extend(self.reader.read_surface(text[sentence.start : sentence.end], sentence.start, part.mentions))
        return Trace(tuple(claims), tuple(misses))


def _before(mentions: Sequence[Mention], part: SentencePlan) -> list[Mention]:
    return [mention for mention in mentions if mention.start < part.sentence.start]
