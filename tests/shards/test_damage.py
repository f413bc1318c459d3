"""A shard of which one bit is not as it was written is refused, with words; nothing of it is parsed before."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as arrow
import pytest
from pyarrow import parquet

from minex.errors import ShardError
from minex.shards import about as label
from minex.shards import files
from minex.shards.about import About, read_about
from minex.shards.schema import Row
from tests.store.build import reading, said

ABOUT = About({"minex": "0.1.0"}, "f", "/data/in.jsonl", 1, True, "0123")


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    return files.write(tmp_path, ABOUT, [Row.of(reading("PMID:1", [said("miR-21", "targets", "PTEN")]))])


def _refused(path: Path) -> ShardError:
    with pytest.raises(ShardError) as caught:
        files.read(path)
    assert caught.value.where == str(path)
    return caught.value


def test_any_flipped_bit_is_noticed(shard: Path) -> None:
    whole = shard.read_bytes()
    random_ = random.Random(1)  # noqa: S311
    for place in random_.sample(range(len(whole)), 400):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << random_.randrange(8)
        shard.write_bytes(damaged)
        assert _refused(shard).code in ("shard-damaged", "not-a-shard")


def test_what_is_cut_off_at_any_place_is_noticed(shard: Path) -> None:
    whole = shard.read_bytes()
    for length in [*range(0, len(whole), 997), len(whole) - 1]:
        shard.write_bytes(whole[:length])
        assert _refused(shard).code in ("shard-damaged", "not-a-shard")
    shard.write_bytes(whole[: len(whole) // 2])
    assert "its end is missing" in str(_refused(shard))
    assert "make" in _refused(shard).cure


def test_a_foreign_parquet_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    parquet.write_table(arrow.table({"document": ["a"]}), path)
    assert _refused(path).code == "not-a-shard"
    assert "a Parquet file, but not one that minex made" in str(_refused(path))


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_text("nothing of the kind")
    assert "no Parquet file" in str(_refused(path))


def test_another_format_is_told_with_who_made_it(tmp_path: Path) -> None:
    newer = About({"minex": "9.0"}, "f", "/data/in.jsonl", 1, True, "0123", format=label.FORMAT + 1)
    path = files.write(tmp_path, newer, [])
    for read in (files.read, read_about):
        with pytest.raises(ShardError, match=r"format 2, made by minex 9\.0; this minex reads 1") as caught:
            read(path)
        assert caught.value.code == "shard-format"


def test_a_file_with_our_label_and_other_columns_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    schema = arrow.schema([("document", arrow.string())], metadata={b"minex": label.label(ABOUT)})
    parquet.write_table(arrow.table({"document": ["a"]}, schema=schema), path)
    data = bytearray(path.read_bytes())
    label.seal(data)
    path.write_bytes(data)
    assert "its columns are not those of a shard" in str(_refused(path))


def test_a_word_that_the_model_has_not_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = reading("PMID:1", [said("miR-21", "targets", "PTEN")])
    object.__setattr__(one.document, "status", "forgotten")
    path = files.write(tmp_path, ABOUT, [Row.of(one)])
    assert "'forgotten' is no Status" in str(_refused(path))


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert _refused(tmp_path / "gone.parquet").code == "unreadable"


def test_a_shard_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ShardError) as caught:
        files.write(tmp_path / "no" / "folder", ABOUT, [])
    assert caught.value.code == "shard-write"
    assert list(tmp_path.iterdir()) == []
