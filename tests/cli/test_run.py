"""`minex run`: what can be read is stored, what cannot is told, nothing is done twice and nothing is lost."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from minex.resources import find
from minex.store import Store
from tests.cli.conftest import Minex

CITATION = (
    "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>miR-{0} inhibits PTEN.</ArticleTitle>"
    "</Article></MedlineCitation></PubmedArticle>"
)


def pubmed(*pmids: int, before: str = "") -> bytes:
    text = "".join(CITATION.format(pmid) for pmid in pmids)
    return f'<?xml version="1.0"?>\n{before}<PubmedArticleSet>{text}</PubmedArticleSet>'.encode()


EXTERNAL = '<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
LAUGHS = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>\n"
)


def documents(database: Path) -> set[str]:
    with Store.open(database, readonly=True) as store:
        return {id_ for (id_,) in store.select("SELECT id FROM document").rows}


def triples(database: Path) -> set[tuple[str, ...]]:
    with Store.open(database, readonly=True) as store:
        return set(store.select("SELECT subject, predicate, object FROM triple_named").rows)


def failures(database: Path) -> list[tuple[str, str, str]]:
    with Store.open(database, readonly=True) as store:
        return [(c, m, f) for c, m, f in store.select("SELECT code, message, place FROM failure").rows]


def dump(database: Path) -> list[str]:
    with Store.open(database) as store:
        return list(store.canonical_dump())


@pytest.fixture
def database(minex: Minex, tmp_path: Path) -> Path:
    """A database that has something in it already."""
    before = tmp_path / "before.jsonl"
    before.write_text('{"id": "PMID:1000", "text": "TGF-β1 activates SMAD3."}\n', encoding="utf-8")
    path = tmp_path / "x.db"
    assert minex("run", before, "--db", path).code == 0
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of rules with one verb more than the shipped ones."""
    folder = Path(shutil.copytree(find("patterns"), tmp_path / "own"))
    file = folder / "triggers" / "change.yaml"
    text = file.read_text(encoding="utf-8")
    assert "      - increase\n" in text
    file.write_text(
        text.replace("      - increase\n", "      - increase\n      - skyrocket\n", 1), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("strange.dat", bytes(range(256)), "unknown-format", "reads PubMed XML, JATS (PMC XML), JSONL"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3", "unknown-format", "pdftotext"),
        ("empty.xml", b"", "empty", "check the download"),
        ("cut.xml.gz", gzip.compress(pubmed(2, 3))[:-30], "gzip-cut", "download the file again"),
        ("cut.xml", pubmed(2, 3)[:-150], "xml-cut", "download or export the file again"),
        ("outside.xml", pubmed(2, before=EXTERNAL), "xml-external-entity", "entit"),
        ("laughs.xml", pubmed(2, before=LAUGHS), "xml-entity", "does not expand"),
        ("latin1.txt", "naïve T cells and miR-21".encode("latin-1"), "not-utf8", "iconv"),
        ("folder", None, "directory", "name the files in it"),
    ],
)
def test_a_bad_file_is_told_and_kept_as_a_failure_and_the_file_beside_it_is_stored(
    minex: Minex, database: Path, good: Path, name: str, content: bytes | None, code: str, says: str
) -> None:
    bad = good.with_name(name)
    if content is None:
        bad.mkdir()
    else:
        bad.write_bytes(content)
    before = triples(database)
    answer = minex("run", bad, good, "--db", database)
    assert answer.code == 1
    assert f"failed: {bad}" in answer.err
    assert says in answer.err
    assert "Traceback" not in answer.err
    ((told, message, place),) = failures(database)
    assert told == code
    assert says in message
    assert place.startswith(str(bad))
    assert triples(database) > before
    assert ("miR-21", "inhibits", "PTEN") in triples(database)


def test_xml_cut_in_the_middle_gives_the_records_before_the_cut(minex: Minex, database: Path, good: Path) -> None:
    cut = good.with_name("cut.xml")
    cut.write_bytes(pubmed(2, 3)[:-150])
    assert minex("run", cut, "--db", database).code == 1
    assert "PMID:2" in documents(database)


def test_an_entity_from_outside_is_not_read(minex: Minex, database: Path, good: Path) -> None:
    outside = good.with_name("outside.xml")
    outside.write_bytes(pubmed(2, before=EXTERNAL).replace(b"inhibits", b"inhibits &x;"))
    assert minex("run", outside, "--db", database, "--keep", "all").code == 1
    assert b"root:" not in database.read_bytes()


def test_a_bad_line_is_a_failure_and_the_lines_around_it_are_read(
    minex: Minex, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n{"id": "b"}\n{"id": "c", "text": "y"}\n', encoding="utf-8")
    answer = minex("run", file, "--db", database)
    assert answer.code == 1
    assert f"failed: {file}, line 2: neither `text` nor `passages` is given" in answer.err
    assert {"a", "c"} <= documents(database)
    file.write_text('{"id": "a", "text": "x"}\n{"id": "b", "text": "z"}\n', encoding="utf-8")
    assert minex("run", file, "--db", database).code == 0
    assert failures(database) == []


def test_a_line_of_twenty_megabytes_is_read(minex: Minex, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "big.jsonl"
    passages = [{"text": "x" * 20_000_000}, {"text": "miR-21 inhibits PTEN."}]
    file.write_text(json.dumps({"id": "big", "passages": passages}) + "\n", encoding="utf-8")
    assert minex("run", file, "--db", database).code == 0
    assert ("miR-21", "inhibits", "PTEN") in triples(database)


def test_a_citation_without_abstract_is_read_by_its_title(minex: Minex, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.xml"
    file.write_bytes(pubmed(21))
    assert minex("run", file, "--db", database).code == 0
    assert ("miR-21", "inhibits", "PTEN") in triples(database)


def test_of_an_id_twice_in_one_run_the_later_text_counts(minex: Minex, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    texts = ("miR-21 inhibits PTEN.", "miR-155 inhibits SOCS1.")
    file.write_text("".join(json.dumps({"id": "PMID:7", "text": text}) + "\n" for text in texts), encoding="utf-8")
    answer = minex("run", file, "--db", database)
    assert answer.code == 0, answer.err
    assert ("miR-155", "inhibits", "SOCS1") in triples(database)
    with Store.open(database, readonly=True) as store:
        rows = store.select("SELECT sentence FROM evidence WHERE document = 'PMID:7'").rows
    assert rows == [(texts[1],)]


def test_a_file_given_twice_is_read_once(minex: Minex, database: Path, good: Path) -> None:
    answer = minex("run", good, good, "--db", database)
    assert answer.out.startswith("2 documents: 1 new, 0 changed, 1 as before")


def test_a_second_run_does_nothing_twice(minex: Minex, database: Path, good: Path) -> None:
    first = minex("run", good, "--db", database)
    assert first.out.startswith("1 documents: 1 new, 0 changed, 0 as before, 0 deleted, 0 failed\n")
    content = dump(database)
    second = minex("run", good, "--db", database)
    assert second.code == 0
    assert second.out.startswith("1 documents: 0 new, 0 changed, 1 as before, 0 deleted, 0 failed\n0 pieces")
    assert dump(database) == content


def test_a_text_that_has_changed_is_read_again(minex: Minex, database: Path, good: Path) -> None:
    minex("run", good, "--db", database)
    good.write_text(good.read_text(encoding="utf-8").replace("PTEN", "PDCD4"), encoding="utf-8")
    assert "1 changed" in minex("run", good, "--db", database).out
    assert ("miR-21", "inhibits", "PDCD4") in triples(database)
    assert ("miR-21", "inhibits", "PTEN") not in triples(database)


def test_other_rules_read_again(minex: Minex, database: Path, good: Path, tmp_path: Path, own: Path) -> None:
    minex("run", good, "--db", database)
    answer = minex("run", good, "--db", database, "--patterns", own)
    assert "1 changed" in answer.out, answer.err
    assert "1 as before" in minex("run", good, "--db", database, "--patterns", own).out


def test_a_database_that_is_none_of_ours_is_left_as_it_is(minex: Minex, good: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.db"
    notes.write_text("my notes", encoding="utf-8")
    assert minex("run", good, "--db", notes).code == 1
    assert notes.read_text(encoding="utf-8") == "my notes"


def test_keep_all_keeps_texts_that_gave_nothing(minex: Minex, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "a", "text": "Nothing is said here."}\n', encoding="utf-8")

    def passages(keep: str) -> int:
        database = tmp_path / f"{keep}.db"
        assert minex("run", file, "--db", database, "--keep", keep).code == 0
        with Store.open(database, readonly=True) as store:
            return int(store.select("SELECT count(*) FROM passage").rows[0][0])

    assert (passages("evidence"), passages("all")) == (0, 1)


def test_only_the_first_ten_failures_are_listed(minex: Minex, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n' + "{bad\n" * 13, encoding="utf-8")
    answer = minex("run", file, "--db", tmp_path / "x.db")
    assert answer.err.count("failed: ") == 10
    assert "... and 3 more, see the table `failure`" in answer.err
    assert len(failures(tmp_path / "x.db")) == 13


def test_a_run_notes_its_versions(database: Path) -> None:
    with Store.open(database, readonly=True) as store:
        ((status, versions),) = store.select("SELECT status, versions FROM run").rows
    assert status == "done"
    assert set(json.loads(versions)) == {"minex", "model", "lexicon", "rules"}
