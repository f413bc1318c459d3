"""Names against a corpus: lists by their members, types that a corpus has not, ids by document, halves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minex.evaluation.runs import Part, Run
from minex.evaluation.tagging import members, run_tagging
from minex.exchange.typemap import BUILT_IN
from minex.model import Mention
from minex.pipeline import Pipeline


def corpus(folder: Path, *documents: tuple[str, dict[str, tuple[str, str]]]) -> Path:
    """Write documents whose mentions are given by their text: type and ids."""
    file = folder / "corpus.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number, (text, names) in enumerate(documents):
            mentions = [
                {"start": text.index(name), "end": text.index(name) + len(name), "type": kind, "ids": ids}
                for name, (kind, ids) in names.items()
            ]
            out.write(json.dumps({"id": f"d{number}", "text": text, "mentions": mentions}) + "\n")
    return file


def half(run: Run, name: str = "development") -> Part:
    (found,) = (part for part in run.parts if part.name == name)
    return found


def counts(figures: dict[str, int]) -> tuple[int, int, int]:
    return figures["right"], figures["wrong"], figures["missed"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("miR-221/222", ["miR-221", "222"]),
        ("miR-15a, -16 and let-7a", ["miR-15a", "-16", "let-7a"]),
        ("miR-200b/c", ["miR-200b", "c"]),
        ("miR-21", ["miR-21"]),
        ("miRNAs and others", ["miRNAs and others"]),
    ],
)
def test_a_list_of_mirnas_is_compared_by_its_members(text: str, parts: list[str]) -> None:
    found = members(Mention(3, 3 + len(text), text, "MIRNA"))
    assert [each.text for each in found] == parts
    assert all(text[each.start - 3 : each.end - 3] == each.text for each in found)


def test_a_gene_s_name_is_never_cut_into_members() -> None:
    assert [each.text for each in members(Mention(0, 6, "ERK1/2", "GENE"))] == ["ERK1/2"]


def test_a_list_marked_as_one_is_found_member_by_member(pipeline: Pipeline, tmp_path: Path) -> None:
    file = corpus(tmp_path, ("Loss of miR-221/222 was seen.", {"miR-221/222": ("MIRNA", "")}))
    figures = half(run_tagging(pipeline, file, BUILT_IN)).figures
    assert counts(figures["mentions"]["overlapping"]["MIRNA"]) == (2, 0, 0)


def test_ids_are_a_set_of_each_document(pipeline: Pipeline, tmp_path: Path) -> None:
    text = "PTEN and PTEN and TP53 rose, and STAT3 fell."
    file = corpus(tmp_path, (text, {"PTEN": ("Gene", "5728"), "TP53": ("Gene", "7157"), "rose": ("Gene", "672")}))
    part = half(run_tagging(pipeline, file, BUILT_IN))
    assert counts(part.figures["ids"]["GENE"]) == (2, 1, 1)
    causes = {(each.kind, each.cause) for each in part.mistakes}
    assert {("missed", "id: GENE not found"), ("wrong", "id: GENE not marked")} <= causes


def test_a_gene_of_another_species_is_not_asked_for(pipeline: Pipeline, tmp_path: Path) -> None:
    file = corpus(tmp_path, ("The dUTX protein of flies.", {"dUTX": ("Gene", "34377(Tax:7227)")}))
    run = run_tagging(pipeline, file, BUILT_IN)
    assert counts(half(run).figures["ids"]["GENE"]) == (0, 0, 0)
    assert "GENE: 0 of the corpus's 1 ids are of concepts that the lexicon has" in run.notes


def test_what_a_family_is_linked_to_is_neither_right_nor_wrong(pipeline: Pipeline, tmp_path: Path) -> None:
    names = {"PTEN": ("FamilyName", "5728"), "TP53": ("Gene", "7157")}
    file = corpus(tmp_path, ("PTEN and TP53 rose.", names))
    assert counts(half(run_tagging(pipeline, file, BUILT_IN)).figures["ids"]["GENE"]) == (1, 0, 0)


def test_a_cancer_is_a_disease_where_the_corpus_knows_no_cancers(pipeline: Pipeline, tmp_path: Path) -> None:
    file = corpus(tmp_path, ("Patients with breast cancer.", {"breast cancer": ("SpecificDisease", "D001943")}))
    figures = half(run_tagging(pipeline, file, BUILT_IN)).figures
    assert counts(figures["mentions"]["exact"]["DISEASE"]) == (1, 0, 0)
    assert counts(figures["ids"]["DISEASE"]) == (1, 0, 0)


def test_of_the_held_half_only_figures_are_shown(pipeline: Pipeline, tmp_path: Path) -> None:
    missed = ("Nothing here.", {"Nothing": ("Gene", "5728")})
    run = run_tagging(pipeline, corpus(tmp_path, missed, missed, missed), BUILT_IN)
    development, held = half(run), half(run, "held")
    assert [part.figures["documents"] for part in (development, held)] == [2, 1]
    assert development.mistakes
    assert held.mistakes == []
    only = run_tagging(pipeline, corpus(tmp_path, missed, missed, missed), BUILT_IN, half=1)
    assert [part.name for part in only.parts] == ["held"]


def test_a_corpus_of_strange_types_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    run = run_tagging(pipeline, corpus(tmp_path, ("PTEN.", {"PTEN": ("Widget", "")})), BUILT_IN)
    assert run.notes == ["no type of the corpus is one that minex has (--type-map)"]
