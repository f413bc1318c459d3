"""Going through evidence, piece by piece: what is shown, what may be answered, and what an answer does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from minex.curation.curator import Curator
from minex.curation.queue import Due
from minex.errors import StoreError
from minex.reports.evidence import Segment
from minex.reports.wording import counted, plain
from minex.store.verdict_tables import RIGHT, SIGN, WRONG

_ANSWERS = {
    **dict.fromkeys(("y", "yes"), RIGHT),
    **dict.fromkeys(("n", "no"), WRONG),
    **dict.fromkeys(("s", "sign"), SIGN),
    **dict.fromkeys(("", "k", "skip"), "skip"),
    **dict.fromkeys(("u", "undo"), "undo"),
    **dict.fromkeys(("q", "quit"), "quit"),
}
PROMPT = "y, n, sign, skip, undo, quit? "
HELP = """\
  y      the sentence says this: between these two, in this direction, with this sign, and denied if it says "not"
  n      it does not; what you write after it is kept as a note: n wrong gene
  sign   it says it of these two, but with the other sign, or denied where it is not
  skip   leave it for another time (or just Enter)
  undo   take the last answer back and see it again
  quit   end; all answers are kept, and the same command goes on from here"""

Mark = Callable[[Segment], str]


@dataclass
class Dialogue:
    """One sitting.

    Parameters:
        curator: writes the verdicts.
        ask: gives the answer to a prompt, None at the end of the input.
        tell: shows a line.
        mark: shows a segment of a sentence.
    """

    curator: Curator
    ask: Callable[[str], str | None]
    tell: Callable[[str], None]
    mark: Mark = field(default=lambda segment: bracketed(segment))

    def run(self, pieces: Sequence[Due]) -> Counter[str]:
        """Go through the pieces until they or the answers end; return how many of each answer stand."""
        place = 0
        answers: list[str] = []
        while place < len(pieces):
            due = pieces[place]
            for line in shown(due, place + 1, len(pieces), self.mark):
                self.tell(line)
            answer, note = self._answer()
            if answer == "quit":
                break
            if answer == "undo":
                if not answers:
                    self.tell("there is nothing to undo in this sitting")
                    continue
                if answers[-1] != "skip" and not self._written(self.curator.undo):
                    continue
                answers.pop()
                place -= 1
                continue
            if answer != "skip":
                given = [(due.piece.id, answer, note)]
                if not self._written(lambda given=given: self.curator.judge(given)):  # type: ignore[misc]
                    continue
            answers.append(answer)
            place += 1
        return Counter(answers)

    def _answer(self) -> tuple[str, str]:
        while True:
            line = self.ask(PROMPT)
            if line is None:
                return "quit", ""
            word, _, note = line.strip().partition(" ")
            answer = _ANSWERS.get(word.casefold())
            if answer is not None:
                return answer, note.strip()
            self.tell(HELP)

    def _written(self, write: Callable[[], object]) -> bool:
        """Write, or tell why it cannot be done just now: a refresh beside us may hold the file."""
        try:
            unknown = write()
        except StoreError as error:
            self.tell(f"not written: {error}")
            if error.code != "in-use":
                raise
            return False
        if isinstance(unknown, list) and unknown:
            self.tell("it is not read any more: passed over")
        return True


def shown(due: Due, number: int, all_: int, mark: Mark) -> Iterator[str]:
    """Yield the lines that show a piece of evidence."""
    piece = due.piece
    marks = f"  ({', '.join(piece.marks)})" if piece.marks else ""
    says = f"{'NOT: ' if piece.negated else ''}{plain(piece.subject)} {piece.predicate} {plain(piece.object)}"
    yield ""
    yield f"{number} of {all_}   {says}{marks}"
    yield f"  {''.join(mark(segment) for segment in piece.segments)}"
    if piece.manipulation:
        yield f"  experiment, composed into the sign: {plain(', '.join(piece.manipulation))}"
    year = f" ({piece.year})" if piece.year else ""
    belief = f"belief {due.belief:.2f} over {counted(due.documents, 'document')}"
    yield f"  {plain(piece.document)}{year} {piece.link}".rstrip()
    yield f"  {plain(piece.rule)}, confidence {piece.confidence:.2f}; {belief}"


def bracketed(segment: Segment) -> str:
    """Show a segment without colours: the two sides in square brackets, the trigger in angle brackets.

    Examples:
        >>> "".join(map(bracketed, (Segment("PTEN", "object"), Segment(" "), Segment("fell", "trigger"))))
        '[PTEN] <fell>'
    """
    text = line(segment.text)
    if segment.role in ("subject", "object"):
        return f"[{text}]"
    return f"<{text}>" if segment.role == "trigger" else text


def line(text: str) -> str:
    """Return text of a paper on one line, with nothing that a terminal would obey; blanks at the ends stay."""
    inner = plain(text)
    before = " " if text[:1].isspace() else ""
    after = " " if inner and text[-1:].isspace() else ""
    return f"{before}{inner}{after}"
