"""Pages that are made to be read: what they say, where they lead, and that text is never markup."""

from __future__ import annotations

import json

import pytest

from minex.web.questions import QUESTIONS
from tests.web.conftest import SCRIPT, Get

MATURE = "mirbase~2Emature~3AMIMAT0000076"


def ids(get: Get, sql: str) -> list[str]:
    return [row[0] for row in get("/x.json", params={"sql": sql, "_shape": "arrays"}).json()["rows"]]


def test_home_says_what_is_there_and_leads_to_every_question(get: Get) -> None:
    home = get("/").text
    assert "9 triples from 9 pieces of evidence in 6 papers" in home
    for name, question in QUESTIONS.items():
        assert f'href="/x/{name}"' in home
        assert question.title in home


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("miR-21-5p", f"/x/concept/{MATURE}"),
        ("MIR-21-5P", f"/x/concept/{MATURE}"),
        ("1", "/x/document/PMID~3A1"),
        ("PMID:3", "/x/document/PMID~3A3"),
    ],
)
def test_a_name_or_an_id_is_found(get: Get, asked: str, place: str) -> None:
    answer = get("/-/find", params={"q": asked})
    assert (answer.status_code, answer.headers["location"]) == (302, place)
    assert get(place).status_code == 200


def test_a_triple_is_found_by_its_words(get: Get) -> None:
    place = get("/-/find", params={"q": "miR-21 targets PTEN"}).headers["location"]
    assert "<title>miR-21-5p targets PTEN · minex</title>" in get(place).text


def test_what_is_not_found_shows_what_is_like_it(get: Get) -> None:
    answer = get("/-/find", params={"q": "lung"})
    assert "lung cancer</a>" in answer.text
    assert 'href="/x/evidence?_search=lung"' in answer.text
    assert "No concept has this name" in get("/-/find", params={"q": "xyzzy"}).text


def test_a_triple_shows_marks_and_what_speaks_against_it(get: Get) -> None:
    (id_,) = ids(get, "SELECT id FROM triple WHERE predicate = 'targets' AND evidence_count > 0")
    page = get(f"/x/triple/{id_}").text
    assert (
        '<mark class="subject">miR-21-5p</mark> <mark class="trigger">targets</mark> <mark class="object">' in page
    )
    assert "Also said of the two" in page
    assert "deny it or say the opposite" in page
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/1/"' in page


def test_denied_and_suggested_evidence_look_different_and_say_so(get: Get) -> None:
    page = get("/x/evidence").text
    assert '<article class="piece is-negated">' in page
    assert ">denied</span>" in page
    assert '<article class="piece is-hedged">' in page
    assert ">only suggested</span>" in page


def test_evidence_is_searched_and_has_facets(get: Get) -> None:
    page = get("/x/evidence?_search=angiogenesis").text
    assert "1 row where search matches" in page
    assert page.count("<article") == 1
    assert "predicate" in page
    facets = get("/x/evidence.json").json()["facet_results"]
    assert facets["predicate"]["results"]
    assert {one["value"] for one in facets["origin"]["results"]} == {"own"}


def test_a_retracted_paper_is_left_out_of_evidence_and_shown_on_its_own_page(get: Get) -> None:
    assert "EGLN1" not in get("/x/evidence").text
    page = get("/x/document/PMID~3A6").text
    assert "It is retracted (RetractionIn PMID:7): what it says does not count." in page
    assert "EGLN1" in page


def test_evidence_on_a_concept_takes_what_is_below_it(get: Get) -> None:
    page = get("/x/evidence?_about=mirbase:MI0000077").text
    assert "where it is about miR-21" in page
    assert page.count("<article") == 6
    assert get("/x/evidence?_about=nothing").status_code == 200


def test_a_concept_shows_its_names_and_both_sides(get: Get) -> None:
    page = get(f"/x/concept/{MATURE}").text
    assert "What it does" in page
    assert "What is done to it" in page
    assert "<q>miR-21-5p</q>" in page
    assert 'href="/x/concept/mirbase~3AMI0000077"' in page


def test_pages_of_nothing_are_not_found(get: Get) -> None:
    for path in ("triple/0", "concept/x", "document/PMID~3A99", "evidence/99", f"evidence/{10**30}"):
        assert get(f"/x/{path}").status_code == 404, path


def test_rows_are_still_to_be_had_as_json(get: Get) -> None:
    assert get(f"/x/concept/{MATURE}.json?_shape=array").json()[0]["name"] == "miR-21-5p"


def test_a_column_of_ids_is_a_link_and_a_number_of_papers_leads_to_them(get: Get) -> None:
    page = get("/x/targets_of_a_mirna?mirna=miR-21").text
    (id_,) = ids(get, "SELECT id FROM triple WHERE predicate = 'targets' AND evidence_count > 0")
    assert f'<a href="/x/triple/{id_}">' in page
    assert ">triple</th>" not in page
    assert f'href="/x/concept/{MATURE}"' in get("/x/factors_of_a_cancer?cancer=lung+cancer").text
    assert 'href="/x/triple/' in get("/x/triple_named").text


def test_text_of_papers_is_never_markup(get: Get) -> None:
    (concept,) = ids(get, "SELECT id FROM concept WHERE name LIKE 'gene<script>%' COLLATE NOCASE")
    (triple,) = ids(get, "SELECT id FROM triple WHERE predicate = 'inhibits'")
    (nr,) = ids(get, "SELECT nr FROM evidence WHERE predicate = 'inhibits'")
    tilde = "".join(char if char.isalnum() else f"~{ord(char):02X}" for char in concept)
    paths = [
        "/", f"/x/concept/{tilde}", f"/x/triple/{triple}", f"/x/evidence/{nr}", "/x/document/PMID~3A5",
        "/x/evidence", "/x/evidence?_as=table", "/x/evidence?_search=script", f"/x/evidence?_about={SCRIPT}",
        "/x/concept", "/x/document", "/x/passage", "/x/mention", "/x/triple", "/x/triple_named", "/x/review_table",
        "/x/changes", "/x/evidence_of_a_triple?object=TJP1&subject=" + concept, "/x/what_acts_on_it?name=TJP1",
        "/x/factors_of_a_cancer?cancer=lung+cancer", "/x/new_this_month?days=31",
        f"/-/find?q={SCRIPT}", "/-/find?q=script", f"/x/what_it_does?name={SCRIPT}", f"/x?sql=select+'{SCRIPT}'",
        f"/x/{SCRIPT}", "/x/concept?_facet=name", "/x/cancer_factor",
    ]  # fmt: skip
    shown = 0
    for path in paths:
        page = get(path).text
        assert SCRIPT not in page, path
        assert "<script>alert" not in page, path
        shown += "&lt;script&gt;" in page
    assert shown > 20


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_answers_in_every_format(get: Get, name: str) -> None:
    parameters = {key: parameter.example for key, parameter in QUESTIONS[name].parameters.items()}
    assert get(f"/x/{name}", params=parameters).status_code == 200
    assert get(f"/x/{name}").status_code == 200
    rows = get(f"/x/{name}.json", params={**parameters, "_shape": "array"}).json()
    assert isinstance(rows, list)
    assert get(f"/x/{name}.csv", params=parameters).text
    assert json.dumps(rows)
