"""Tagged tokens: a token, a tab and a tag a line, a blank line after each sentence (IOB1, IOB2, IOBES, BILOU).

The text is the tokens joined by spaces, for the format does not keep the text that they were cut from. Each
sentence is a document; `-DOCSTART-` lines are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minex.errors import InputError
from minex.evaluation.corpora.base import CorpusFormat, CorpusItems
from minex.evaluation.corpora.draft import ClaimedMention, Draft, make_document
from minex.formats.base import Limits, Source, utf8_error
from minex.formats.lines import numbered_lines
from minex.formats.sniff import strip_bom
from minex.model import Passage

_TAG = re.compile(r"O|([BIESLU])-(\S+)")
_HEAD = re.compile(rb"(?:\s*-DOCSTART-[^\n]*\n)?\s*(?:[^\t\n]+\t(?:[^\n]*\t)?(?:O|[BIESLU]-[^\s]+)\r?\n){1,5}")
_BEGINS, _ENDS = frozenset("BSU"), frozenset("ESLU")

Row = tuple[str, str]


def sniff(head: bytes) -> bool:
    """Return whether the first lines are tokens with tags."""
    text = strip_bom(head)
    return _HEAD.match(text if text.endswith(b"\n") else text + b"\n") is not None


def read(source: Source, limits: Limits) -> CorpusItems:
    """Yield each sentence as a document of its own, after what was wrong with it."""
    rows: list[Row] = []
    begun, count = 1, 0
    for number, line in numbered_lines(source.stream, limits.line_bytes):
        place = f"{source.path}:{number}"
        error = line if isinstance(line, InputError) else utf8_error(line, place)
        if error is not None:
            yield source.failure(InputError(error.code, error.message, where=place, cure=error.cure))
            continue
        text = line.decode("utf-8").rstrip("\r\n") if isinstance(line, bytes) else ""
        if not text.strip() or text.startswith("-DOCSTART-"):
            if rows:
                count += 1
                yield from _sentence(rows, count, f"{source.path}:{begun}", source).finish()
            rows = []
            continue
        if not rows:
            begun = number
        token, *_, tag = text.split("\t") if "\t" in text else (text, "")
        if not token.strip() or not _TAG.fullmatch(tag.strip()):
            message = f"{text[:80]!r} is not a token, a tab and a tag"
            yield source.failure(InputError("malformed-line", message, where=place))
            continue
        rows.append((token.strip(), tag.strip()))
    if rows:
        yield from _sentence(rows, count + 1, f"{source.path}:{begun}", source).finish()


FORMAT = CorpusFormat("IOB", sniff, read)


def _sentence(rows: Sequence[Row], number: int, where: str, source: Source) -> Draft:
    text = " ".join(token for token, _ in rows)
    name = f"{source.name}#{number}"
    draft = Draft(make_document(f"text:{name}", (Passage(text),), name), where)
    claims: list[ClaimedMention] = []
    start, kind, at = 0, "", 0
    for token, tag in [*rows, ("", "O")]:
        prefix, _, type = tag.partition("-")
        if kind and (prefix in _BEGINS or type != kind):
            claims.append(ClaimedMention("", ((start, at - 1),), None, kind))
            kind = ""
        if type and not kind:
            start, kind = at, type
        at += len(token) + 1
        if kind and prefix in _ENDS:
            claims.append(ClaimedMention("", ((start, at - 1),), None, kind))
            kind = ""
    draft.claim(claims)
    return draft
