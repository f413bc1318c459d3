"""INDRA Statements: valid by INDRA's schema, and read by INDRA itself where it is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from minex.model import PREDICATE_SIGNS
from minex.reports.export import Done
from minex.reports.export.indra import STATEMENTS
from minex.reports.export.indra_names import db_refs, reference
from tests.reports.export.conftest import Written

SCHEMA = Path(__file__).with_name("indra_statements_schema.json")
"""INDRA 1.24.0's own (BSD-2-Clause, see the licence beside it)."""
WITHOUT = {"regulates", "carried_by", "associated_with"}

Statements = dict[str, dict[str, Any]]


@pytest.fixture
def statements(written: Written) -> Statements:
    """The statements, by the names of what they join."""
    listed = json.loads(written("indra").read_text(encoding="utf-8"))
    jsonschema.validate(listed, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return {" ".join(_names(each)): each for each in listed}


def _names(statement: dict[str, Any]) -> list[str]:
    agents = [statement.get("subj"), statement.get("obj"), *statement.get("members", ())]
    return [agent["name"] for agent in agents if agent]


def test_every_predicate_has_a_statement_or_is_known_to_have_none() -> None:
    assert set(STATEMENTS) | WITHOUT == set(PREDICATE_SIGNS)
    assert not set(STATEMENTS) & WITHOUT


def test_what_indra_has_no_statement_for_is_counted(written: Written) -> None:
    told: list[Done] = []
    written("indra", told=told)
    assert str(told[0]) == "6 statements"
    assert told[0].told[0] == "left out, for INDRA has no statement for them: 1 regulates"
    assert "licence.txt beside it" in told[0].told[1]


def test_a_targeted_gene_is_decreased_with_its_ids(statements: Statements) -> None:
    statement = statements["miR-21-5p PTEN"]
    assert (statement["type"], statement["belief"]) == ("DecreaseAmount", 0.4)
    assert statement["subj"]["db_refs"] == {"MIRBASEM": "MIMAT0000076", "TEXT": "miR-21-5p"}
    assert statement["obj"]["db_refs"] == {"HGNC": "9588", "TEXT": "PTEN"}


def test_evidence_says_who_says_it_how_and_in_what(statements: Statements) -> None:
    first, second = statements["miR-21-5p PTEN"]["evidence"]
    assert (first["source_api"], first["pmid"], first["text_refs"]) == ("minex", "1", {"PMID": "1"})
    assert first["text"] == "miR-21-5p targets PTEN in lung non-small cell carcinoma."
    assert (first["epistemics"], second["epistemics"]) == ({"direct": True}, {"negated": True})
    assert first["context"] == {
        "type": "bio",
        "disease": {
            "name": "lung non-small cell carcinoma",
            "db_refs": {"DOID": "DOID:3908", "TEXT": "lung non-small cell carcinoma"},
        },
    }
    agents = first["annotations"]["agents"]
    assert [first["text"][start:end] for start, end in agents["coords"]] == agents["raw_text"]
    assert second["text_refs"] == {"PMID": "2"}, "a DOI that INDRA could not take is left out"
    assert statements["miR-21-3p migration"]["evidence"][0]["epistemics"] == {"hypothesis": True}


def test_a_process_is_activated_and_a_vesicle_is_a_location(statements: Statements) -> None:
    assert statements["miR-21-3p migration"]["type"] == "Activation"
    (evidence,) = statements["hypoxia miR-21-5p"]["evidence"]
    assert evidence["context"]["location"]["db_refs"] == {"GO": "GO:0070062", "TEXT": "exosome"}


def test_a_level_in_a_cancer_has_no_subject_and_the_cancer_as_context(statements: Statements) -> None:
    statement = statements["PTEN"]
    assert (statement["type"], "subj" in statement) == ("IncreaseAmount", False)
    assert statement["evidence"][0]["context"]["disease"]["name"] == "lung cancer"
    assert statement["evidence"][0]["annotations"]["agents"]["raw_text"] == [None, "PTEN"]


def test_ids_are_as_indra_writes_them() -> None:
    given = {
        "FPLX:HIF_alpha": ("FPLX", "HIF_alpha"),
        "mirbase:MI0000077": ("MIRBASE", "MI0000077"),
        "MESH:D000860": ("MESH", "D000860"),
        "CVCL:0004": ("CVCL", "CVCL_0004"),
        "NCBITaxon:9606": ("TAXONOMY", "9606"),
        "EFO:0000681": ("EFO", "0000681"),
        "MESH:normoxia": None,
        "text:GENE:foxp9": None,
    }
    assert {each: reference(each) for each in given} == given


def test_of_two_ids_of_one_namespace_neither_is_given() -> None:
    assert db_refs("DOID:10283", ["NCIT:C3343", "NCIT:C7378", "MESH:D011471"], "PC") == {
        "DOID": "DOID:10283",
        "MESH": "D011471",
        "TEXT": "PC",
    }


def test_a_statement_keeps_its_id(written: Written, statements: Statements) -> None:
    again = json.loads(written("indra").read_text(encoding="utf-8"))
    assert {each["id"] for each in again} == {each["id"] for each in statements.values()}


def test_indra_reads_and_validates_them(written: Written) -> None:
    reason = "INDRA is not installed: pip install indra==1.24.0 (it brings 800 MB with it)"
    indra = pytest.importorskip("indra.statements", reason=reason)
    from indra.statements.validate import assert_valid_statements

    read = indra.stmts_from_json_file(str(written("indra")))
    assert_valid_statements(read)
    by_type = sorted(type(statement).__name__ for statement in read)
    assert by_type == ["Activation", "Complex", "DecreaseAmount", "IncreaseAmount", "IncreaseAmount", "Inhibition"]
    target = next(each for each in read if type(each) is indra.DecreaseAmount)
    assert [evidence.epistemics for evidence in target.evidence] == [{"direct": True}, {"negated": True}]
    assert target.evidence[0].context.disease.name == "lung non-small cell carcinoma"
    assert target.subj.get_grounding() == (None, None) or target.obj.get_grounding() == ("HGNC", "9588")
