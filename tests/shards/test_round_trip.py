"""What goes into a shard comes out of it, whole; and every field of the nouns has its column."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pyarrow import parquet

from minex.model import Document, Mention, MentionType, Passage, Reading
from minex.shards import files, schema
from minex.shards.about import About, read_about
from minex.shards.columns import ListOf, Struct
from minex.shards.schema import ROW, Row
from tests.shards import nouns
from tests.store.build import reading, said

ABOUT = About({"minex": "0.1.0", "rules": "r"}, "f", "/data/\udcffin.jsonl", 2, False, "0123", 1, 0, 3)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(some.lists(nouns.rows, max_size=4))
def test_any_rows_come_back_as_they_were(rows: list[Row]) -> None:
    array = ROW.build(rows)
    back = ROW.parse(array)
    assert back == rows
    # The parts of a document are no part of its equality.
    assert [_parts(row) for row in back] == [_parts(row) for row in rows]


def _parts(row: Row) -> tuple[Document, ...]:
    return row.document.parts if row.document is not None else ()


def test_a_reading_comes_back_from_a_file_with_what_the_file_is_of(tmp_path: Path) -> None:
    one = reading("PMID:1", [said("miR-21", "targets", "PTEN", cancer="lung cancer"), said("a", "binds", "b")])
    path = files.write(tmp_path, ABOUT, [Row.of(one)])
    about, (row,) = files.read(path)
    assert about == ABOUT == read_about(path)
    assert row.document is not None
    assert row.reading(row.document) == one
    assert [child.name for child in tmp_path.iterdir()] == [path.name]


def test_words_that_utf8_cannot_hold_come_back(tmp_path: Path) -> None:
    strange = Document("text:\ud800", (Passage("a \x10d83d \ud83d minex-shard:{}|"),))
    path = files.write(tmp_path, ABOUT, [Row.of(Reading(strange))])
    assert files.read(path)[1][0].document == strange


def test_a_shard_may_be_empty(tmp_path: Path) -> None:
    assert files.read(files.write(tmp_path, ABOUT, []))[1] == []


def test_any_parquet_reader_reads_the_columns() -> None:
    one = reading("PMID:1", [said("miR-21", "targets", "PTEN")])
    table = parquet.read_table(io.BytesIO(files.encode(ABOUT, [Row.of(one)])))
    (row,) = table.to_pylist()
    assert row["document"]["id"] == "PMID:1"
    assert row["evidence"][0]["subject"]["text"] == "miR-21"
    assert row["failure"] is None


@pytest.mark.parametrize("struct", [each for each in vars(schema).values() if isinstance(each, Struct)])
def test_every_field_of_a_noun_has_a_column_of_its_name_and_place(struct: Struct) -> None:
    if not dataclasses.is_dataclass(struct.make):
        return
    expected = [field.name for field in dataclasses.fields(struct.make)]
    if struct is schema.RECORD:
        expected.remove("parts")
    assert list(struct.columns) == expected


def test_every_column_of_a_row_is_described_and_no_other() -> None:
    listed = {name: kind for name, kind, _ in schema.listing()}
    assert set(schema.SCHEMA.names) <= set(listed)
    assert isinstance(ROW.columns["mentions"], ListOf)
    assert listed["mentions"] == "list"


def test_a_type_of_ours_and_a_foreign_one_are_both_words() -> None:
    ours, foreign = Mention(0, 1, "a", MentionType.GENE), Mention(0, 1, "a", "Gene_or_product")
    assert schema.MENTION.parse(schema.MENTION.build([ours, foreign])) == [ours, foreign]


def test_the_name_says_file_part_and_content() -> None:
    first = files.name_of("/a/x.xml.gz", 1, last=False, digest="d")
    assert first != files.name_of("/b/x.xml.gz", 1, last=False, digest="d")
    assert first != files.name_of("/a/x.xml.gz", 1, last=True, digest="d")
    assert first.startswith("x-")
    assert "/" not in files.name_of("/a/\udcff ../é.gz", 1, last=False, digest="d")
