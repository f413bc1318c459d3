"""What bare words of cancer, negated verbs and lists of events are to the rules."""

from __future__ import annotations

import pytest

from minex.model import Document, Passage, Reading
from minex.pipeline import Pipeline


def said(pipeline: Pipeline, text: str) -> set[str]:
    (reading,) = pipeline.read([Document("d", (Passage(text),))])
    assert isinstance(reading, Reading)
    return {f"{each.subject.name} {each.predicate} {each.object.name}" for each in reading.evidence}


@pytest.mark.parametrize(
    ("text", "wanted", "never"),
    [
        ("Exosomes promote the invasion of cancer cells.", "exosome promotes invasion", "exosome promotes cancer"),
        ("VEGF was upregulated in tumor tissues.", "VEGF up_in cancer", ""),
        ("PTEN cannot bind AKT, leading to AKT accumulation.", "", "PTEN increases AKT"),
        (
            "Loss of E-cadherin leads to a loss of cell-cell contacts and to β-catenin signaling activation.",
            "CDH1 promotes cell adhesion",
            "CDH1 activates CTNNB1",
        ),
    ],
)
def test_a_name_is_an_argument_only_where_something_is_said_of_it(
    pipeline: Pipeline, text: str, wanted: str, never: str
) -> None:
    found = said(pipeline, text)
    assert not wanted or wanted in found
    assert never not in found
