"""BioC and PubTator, read back by minex's own readers of corpora, and by the package `bioc` where there is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.evaluation.corpora import AnnotatedDocument, read_corpus
from minex.model import Document, Evidence, Mention, Passage, PassageKind, Reading, Span
from minex.reports.export import Done, export
from tests.reports.export.conftest import Written
from tests.store.build import reading
from tests.store.conftest import Shelf

FORMATS = ("bioc-xml", "bioc-json", "pubtator")


def read(path: Path) -> dict[str, AnnotatedDocument]:
    found = list(read_corpus(path))
    assert [each for each in found if not isinstance(each, AnnotatedDocument)] == []
    return {each.document.id: each for each in found if isinstance(each, AnnotatedDocument)}


@pytest.mark.parametrize("format", FORMATS)
def test_our_own_reader_finds_every_mention_and_relation(written: Written, full: Shelf, format: str) -> None:
    found = read(written(format))
    assert sorted(found) == ["PMID:1", "PMID:2", "PMID:3", "PMID:4"]
    for id_, document in found.items():
        wanted = full.ask('SELECT start, "end", text, type FROM mention WHERE document = ? ORDER BY 1', id_)
        start = wanted[0][0] - min(mention.start for mention in document.mentions)
        assert sorted((m.start + start, m.end + start, m.text, m.type) for m in document.mentions) == wanted
    relations = [(each.type, each.sign) for each in found["PMID:4"].relations]
    assert relations == [("increases", 1), ("up_in", 1), ("binds", 0), ("regulates", 0), ("inhibits", -1)]
    (first,) = found["PMID:1"].relations
    subject, object_ = (found["PMID:1"].mentions_of(side)[0] for side in (first.subject, first.object))
    assert [found["PMID:1"].mentions[at].text for at in (subject, object_)] == ["miR-21-5p", "PTEN"]


def test_pubtator_has_no_mark_for_a_denial_so_it_is_left_out(written: Written) -> None:
    assert read(written("pubtator"))["PMID:2"].relations == ()


def test_bioc_says_that_it_is_denied(written: Written) -> None:
    document = json.loads(written("bioc-json").read_text(encoding="utf-8"))["documents"][1]
    assert document["relations"][0]["infons"]["negated"] == "true"
    assert document["infons"] == {"article-id_pmid": "2", "article-id_doi": "10.1000/a<b", "year": "2018"}


def test_bioc_says_whose_the_texts_are(written: Written) -> None:
    head = json.loads(written("bioc-json").read_text(encoding="utf-8"))
    assert "belong to their authors" in head["infons"]["licence"]
    assert "belong to their authors" in written("bioc-xml").read_text(encoding="utf-8")


def test_documents_whose_text_is_not_kept_are_left_out_and_counted(written: Written, full: Shelf) -> None:
    full.write(reading("PMID:7", text="Nothing is said here."))
    told: list[Done] = []
    assert "PMID:7" not in read(written("bioc-json", told=told))
    assert str(told[0]) == "4 documents"
    assert told[0].told[0].startswith("left out 1 document: their text is not kept")


def test_filters_leave_documents_and_relations(written: Written) -> None:
    found = read(written("bioc-xml", factors=("EGLN2",)))
    assert list(found) == ["PMID:4"]
    assert [each.type for each in found["PMID:4"].relations] == ["regulates"]


@pytest.mark.parametrize("format", ["bioc-xml", "bioc-json"])
def test_the_package_bioc_reads_them(written: Written, format: str) -> None:
    bioc = pytest.importorskip("bioc", reason="the package bioc is not installed: pip install bioc")
    from bioc import biocjson, biocxml

    module = biocxml if format == "bioc-xml" else biocjson
    with written(format).open(encoding="utf-8") as stream:
        collection = module.load(stream)
    assert isinstance(collection, bioc.BioCCollection)
    assert [document.id for document in collection.documents] == ["1", "2", "3", "4"]
    document = collection.documents[0]
    for passage in document.passages:
        for annotation in passage.annotations:
            place = annotation.total_span
            start = place.offset - passage.offset
            assert passage.text[start : start + place.length] == annotation.text
    (relation,) = document.relations
    assert relation.infons["type"] == "targets"
    assert [node.role for node in relation.nodes] == ["subject", "object"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT,
    before=TEXT,
    name=st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=6),
)
def test_whatever_a_text_holds_its_mentions_are_where_they_were(
    shelf: Shelf, tmp_path: Path, title: str, before: str, name: str
) -> None:
    body = f"{before}{name} inhibits PTEN."
    document = Document(
        "PMID:5", (Passage(title, kind=PassageKind.TITLE), Passage(body)), pmid="5", title=title, date="2020"
    )
    base = len(title) + 1
    odd = Mention(base + len(before), base + len(before) + len(name), name, "GENE", (), "", "lexicon")
    at = base + body.rindex("PTEN")
    pten = Mention(at, at + 4, "PTEN", "GENE", ("HGNC:9588",), "PTEN", "lexicon")
    said = Evidence("PMID:5", odd, "inhibits", pten, Span(base, base + len(body)), rule="r", confidence=0.8)
    shelf.write(Reading(document, (), (odd, pten), (said,)))
    for format in FORMATS:
        target = tmp_path / f"x.{format}"
        export(shelf.store, format, target)
        if format == "bioc-json":
            value = json.loads(target.read_text(encoding="utf-8"))["documents"][0]
            passage = value["passages"][1]
            (first, _) = passage["annotations"]
            start = first["locations"][0]["offset"] - passage["offset"]
            assert passage["text"][start : start + len(name)] == name
        (found,) = read(target).values()
        assert [mention.end - mention.start for mention in found.mentions] == [len(name), 4]
        assert len(found.relations) == 1
