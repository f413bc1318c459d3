"""Small databases that reports are made from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from minex.model import Concept, Document, Reading, Span
from minex.reports.page.data import gather
from minex.reports.page.render import render
from tests.store.build import lookup, reading, said
from tests.store.conftest import Shelf

EVIL = '</script><script>window.stolen = 1</script><!-- <img src=x onerror="window.stolen = 2"> & "\' \u2028'
"""What a text must never be: markup, by each way out of an element, an attribute, a comment and a script."""


def fill(shelf: Shelf) -> Shelf:
    """Write papers that agree, disagree, deny, guess and cite, of three years."""
    lung = {"cancer": "lung cancer"}
    shelf.write(
        reading(
            "PMID:11",
            [
                said("miR-21", "targets", "PTEN", vesicle="exosome", **lung),
                said("hypoxia", "increases", "miR-21", **lung),
                said("miR-21", "promotes", "migration", **lung),
            ],
            date="2015",
            title="Exosomes carry miR-21",
            journal="J Test",
        ),
        reading(
            "PMID:12",
            [
                said("miR-21", "increases", "PTEN", hedged=True, **lung),
                said("miR-21", "promotes", "angiogenesis", negated=True, **lung),
                said("miR-21", "up_in", "lung cancer"),
            ],
            date="2016",
            title="miR-21 reconsidered",
        ),
        reading(
            "PMID:13",
            [
                said("EGLN1", "decreases", "TJP1", cancer="cancer"),
                said("miR-21", "targets", "PTEN", origin="cited", **lung),
                said("exosome", "promotes", "migration"),
            ],
            date="2018",
        ),
    )
    return shelf


def hostile(shelf: Shelf) -> Shelf:
    """Write a paper whose title, journal, sentence and names of concepts are markup."""
    one = reading("PMID:1", [said("miR-21", "targets", "PTEN", cancer="lung cancer")])
    text = f"{one.document.text} {EVIL}"
    passages = (replace(one.document.passages[0], text=text),)
    document = Document(one.document.id, pmid="1", title=EVIL, journal=EVIL, date="2018", passages=passages)
    whole = tuple(replace(each, sentence=Span(0, len(text))) for each in one.evidence)
    shelf.store.write([Reading(document, (), one.mentions, whole)], shelf.run, concept=renamed)
    return shelf


def renamed(id_: str) -> Concept | None:
    """Return a concept under a name that is markup."""
    concept = lookup(id_)
    return concept and replace(concept, name=f"{concept.name}{EVIL}")


def page(shelf: Shelf, **options: Any) -> str:
    """Return the report of a shelf."""
    return render(gather(shelf.store, **options))
