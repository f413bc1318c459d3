"""PubTator's text format: a title, a text, a line a mention and a line a relation, by documents.

Types are minex's, ids CURIEs. The format joins ids and not places, and has no mark for what is denied: negated
evidence is left out, and what several sentences say of one pair stands once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from minex.reports.export.annotated import Annotated, Documents
from minex.reports.export.output import as_text
from minex.reports.selection import Selection

# A line is a text, and a tab ends a field; one character for one, so that offsets stay.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


def write(selection: Selection, stream: BinaryIO) -> Documents:
    """Write the documents whose text is kept, a blank line after each. Returns what was written and what not."""
    documents = Documents(selection)
    with as_text(stream) as text:
        for document in documents:
            text.writelines(f"{line}\n" for line in lines(document))
            text.write("\n")
    return documents


def lines(document: Annotated) -> Iterator[str]:
    """Yield the lines of a document."""
    name = re.sub(r"[\s|]", "_", document.name)
    text = "\n".join(passage.text for passage in document.passages)
    title = document.passages[0].text if document.passages[0].kind == "title" else None
    # Without a title the line is empty, and the one character after it still counts.
    shift = 0 if title is not None else 1
    yield f"{name}|t|{_flat(title or '')}"
    yield f"{name}|a|{_flat(text[len(title) + 1 :] if title is not None else text)}"
    for each in document.mentions:
        fields = (each.start + shift, each.end + shift, _flat(each.text), each.type, _id(each.concept))
        yield "\t".join((name, *map(str, fields)))
    affirmed = (each for each in document.relations if not each.negated)
    said = ((each.predicate, _id(each.subject.concept), _id(each.object.concept)) for each in affirmed)
    for relation in dict.fromkeys(said):
        yield "\t".join((name, *relation))


def _flat(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _id(concept: str) -> str:
    """Return an id without the characters that stand between several ids.

    Examples:
        >>> _id("HGNC:9588"), _id("text:GENE:foo bar;2")
        ('HGNC:9588', 'text:GENE:foo_bar_2')
    """
    return re.sub(r"[\s;,|+]", "_", concept)
