"""Shards made and merged, in any order and twice, come to what one run comes to."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from minex.errors import UsageError
from minex.jobs import run, sharding
from minex.jobs.gathering import GatherReport, gather
from minex.jobs.sharding import Here, ShardReport, write_shards
from minex.model import Document, Failure, Reading
from minex.shards import files
from minex.store import Store
from tests.jobs.little import LittlePipeline

A_PART = 7


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several shards a file, though the files are small."""
    real = sharding.parts
    monkeypatch.setattr(sharding, "parts", lambda path, reader: real(path, reader, documents=A_PART))


@pytest.fixture
def corpus(tmp_path: Path) -> list[Path]:
    """Three files: texts that fail, lines that cannot be read, and records that come again with another text."""
    random_ = random.Random(3)  # noqa: S311
    made = []
    for number in (1, 2, 10):
        file = tmp_path / f"in{number}.jsonl"
        with file.open("w", encoding="utf-8") as stream:
            for line in range(30):
                facts = [f"miR-{random_.randint(1, 9)} targets G{random_.randint(1, 20)}." for _ in range(2)]
                text = "unreadable" if line == 11 else "\n".join(facts)
                # Every fifth record stands in all files, and twice in each.
                id_ = line if line % 5 == 0 else number * 100 + line
                stream.write(json.dumps({"id": f"PMID:{id_ // 2}", "text": text}) + "\n")
            stream.write("{damaged\n")
        made.append(file)
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "note.txt").write_text("miR-1 targets G1.\n")
    return [*made, tmp_path / "empty.jsonl", tmp_path / "note.txt"]


@pytest.fixture
def of_one_run(corpus: list[Path], tmp_path: Path) -> list[str]:
    with Store.open(tmp_path / "one.db") as store:
        run(corpus, store, LittlePipeline())
        return list(store.canonical_dump())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shards"


def _shards(corpus: list[Path], folder: Path, version: str = "1") -> ShardReport:
    return write_shards(corpus, folder, Here(LittlePipeline(version=version)))


def _merged(given: Iterable[Path], database: Path) -> GatherReport:
    with Store.open(database) as store:
        return gather(list(given), store)


def _dump(database: Path) -> list[str]:
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return list(store.canonical_dump())


def test_a_folder_of_shards_comes_to_what_one_run_comes_to(
    corpus: list[Path], folder: Path, of_one_run: list[str], tmp_path: Path
) -> None:
    made = _shards(corpus, folder)
    assert (made.files, made.shards, made.made) == (5, 17, 17)
    assert made.documents == 91
    assert made.exit_code == 1, "lines that could not be read"
    report = _merged([folder], tmp_path / "x.db")
    assert report.troubles == []
    assert report.exit_code == 1
    assert _dump(tmp_path / "x.db") == of_one_run


def test_what_is_merged_twice_is_there_once(
    corpus: list[Path], folder: Path, of_one_run: list[str], tmp_path: Path
) -> None:
    _shards(corpus, folder)
    shards = files.in_folder(folder)
    for _ in range(2):
        _merged([folder, *shards, folder / ".." / folder.name], tmp_path / "x.db")
    assert _dump(tmp_path / "x.db") == of_one_run


@pytest.mark.parametrize("seed", range(4))
def test_shards_merged_one_by_one_in_any_order_and_some_twice_come_to_the_same(
    corpus: list[Path], folder: Path, of_one_run: list[str], tmp_path: Path, seed: int
) -> None:
    _shards(corpus, folder)
    shards = files.in_folder(folder)
    random_ = random.Random(seed)  # noqa: S311
    order = shards + random_.sample(shards, 5)
    random_.shuffle(order)
    while order:
        taken, order = order[:3], order[3:]
        _merged(taken, tmp_path / "x.db")
    assert _dump(tmp_path / "x.db") == of_one_run


def test_a_merge_goes_on_into_a_database_that_a_run_has_made(
    corpus: list[Path], folder: Path, of_one_run: list[str], tmp_path: Path
) -> None:
    with Store.open(tmp_path / "x.db") as store:
        run(corpus[:1], store, LittlePipeline())
    _shards(corpus[1:], folder)
    _merged([folder], tmp_path / "x.db")
    assert _dump(tmp_path / "x.db") == of_one_run


def test_a_run_after_a_merge_reads_nothing_again(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(f'{{"id": "PMID:{n}", "text": "miR-{n} targets G1."}}\n' for n in range(9)))
    _shards([file], folder)
    _merged([folder], tmp_path / "x.db")
    pipeline = LittlePipeline()
    with Store.open(tmp_path / "x.db") as store:
        assert run([file], store, pipeline).counts.unchanged == 9
    assert pipeline.extracted == []


def test_a_second_run_makes_only_what_is_missing(corpus: list[Path], folder: Path) -> None:
    first = _shards(corpus, folder)
    before = {path: path.stat().st_mtime_ns for path in files.in_folder(folder)}
    gone, cut = files.in_folder(folder)[3:5]
    gone.unlink()
    cut.write_bytes(cut.read_bytes()[:-50])
    second = _shards(corpus, folder)
    assert second.made == 2
    assert (second.shards, second.documents, second.evidence) == (first.shards, first.documents, first.evidence)
    assert [each.where for each in second.failures] == [each.where for each in first.failures]
    after = {path: path.stat().st_mtime_ns for path in files.in_folder(folder)}
    assert {path for path in before if before[path] != after[path]} == {gone, cut}


def test_shards_of_an_earlier_state_and_of_other_versions_are_replaced_when_the_new_ones_are_there(
    corpus: list[Path], folder: Path
) -> None:
    _shards(corpus, folder)
    others = {path.name for path in files.in_folder(folder)} - {
        path.name for path in files.of_file(folder, str(corpus[0]))
    }
    corpus[0].write_text('{"id": "PMID:1", "text": "miR-1 targets G1."}\n')
    report = _shards(corpus[:1], folder)
    assert (report.made, report.replaced) == (1, 5)
    assert {path.name for path in files.in_folder(folder)} >= others
    assert _shards(corpus, folder, version="2").replaced == 13
    assert len(files.in_folder(folder)) == 13


def test_what_a_kill_left_half_written_is_no_shard_and_goes_with_the_next_run(
    corpus: list[Path], folder: Path, of_one_run: list[str], tmp_path: Path
) -> None:
    _shards(corpus, folder)
    one = files.in_folder(folder)[0]
    draft = folder / f".{one.name}.host-1-0.tmp"
    draft.write_bytes(one.read_bytes()[:100])
    assert _merged([folder], tmp_path / "x.db").troubles == []
    assert _dump(tmp_path / "x.db") == of_one_run
    _shards(corpus, folder)
    assert not draft.exists()


def test_a_damaged_shard_is_told_and_the_rest_is_merged(corpus: list[Path], folder: Path, tmp_path: Path) -> None:
    _shards(corpus[:1], folder)
    shards = files.in_folder(folder)
    whole = shards[2].read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 4
    shards[2].write_bytes(flipped)
    report = _merged([folder], tmp_path / "x.db")
    assert report.exit_code == 1
    assert [trouble.code for trouble in report.troubles] == ["shard-damaged", "shard-missing"]
    assert "part 3 of 5 is missing" in str(report.troubles[1])
    assert report.run is not None
    assert report.run.counts.documents == 30 - A_PART
    shards[2].write_bytes(whole)
    assert _merged([shards[2]], tmp_path / "x.db").exit_code == 1, "the others were not given"
    assert _merged([folder], tmp_path / "x.db").troubles == []
    with Store.open(tmp_path / "one.db") as store:
        run(corpus[:1], store, LittlePipeline())
    assert _dump(tmp_path / "x.db") == _dump(tmp_path / "one.db")


def test_a_foreign_file_among_shards_is_told_and_the_rest_is_merged(
    corpus: list[Path], folder: Path, of_one_run: list[str], tmp_path: Path
) -> None:
    _shards(corpus, folder)
    (folder / "mine.parquet").write_bytes(b"PAR1 something else PAR1")
    report = _merged([folder], tmp_path / "x.db")
    assert [trouble.code for trouble in report.troubles] == ["not-a-shard"]
    assert _dump(tmp_path / "x.db") == of_one_run


def test_shards_that_end_too_early_are_told(corpus: list[Path], folder: Path, tmp_path: Path) -> None:
    _shards(corpus[:1], folder)
    files.in_folder(folder)[-1].unlink()
    (trouble,) = _merged([folder], tmp_path / "x.db").troubles
    assert "its last part is missing" in str(trouble)


def test_shards_of_two_versions_are_refused_by_name(corpus: list[Path], folder: Path, tmp_path: Path) -> None:
    _shards(corpus[:1], folder)
    _shards(corpus[1:2], folder, version="2")
    with pytest.raises(UsageError, match="rules 1 and 2"):
        _merged([folder], tmp_path / "x.db")


def test_two_states_of_a_file_are_told_and_other_files_merged(
    corpus: list[Path], folder: Path, tmp_path: Path
) -> None:
    _shards(corpus[:2], folder)
    older = tmp_path / "older"
    shutil.copytree(folder, older)
    corpus[0].write_text('{"id": "PMID:1", "text": "miR-1 targets G1."}\n')
    _shards(corpus[:1], folder)
    report = _merged([older, folder], tmp_path / "x.db")
    assert [trouble.code for trouble in report.troubles] == ["shard-states"]
    assert report.run is not None
    assert report.run.counts.files == 1


def test_a_folder_without_shards_and_one_that_is_not_there_are_usage_errors(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "no-shards"), (tmp_path / "gone", "no-such-file")):
        with pytest.raises(UsageError) as caught:
            _merged([path], tmp_path / "x.db")
        assert caught.value.code == code


def test_ctrl_c_keeps_the_shards_that_are_whole(corpus: list[Path], folder: Path) -> None:
    pipeline = LittlePipeline(batch=1)

    def stop(document: Document) -> None:
        if len(pipeline.extracted) == 20:
            raise KeyboardInterrupt

    pipeline.before_document = stop
    report = write_shards(corpus[:1], folder, Here(pipeline))
    assert (report.status, report.exit_code, report.made) == ("interrupted", 130, 2)
    assert _shards(corpus[:1], folder).made == 3


def test_a_reading_that_breaks_the_model_costs_only_itself(
    corpus: list[Path], folder: Path, tmp_path: Path
) -> None:
    class Broken(LittlePipeline):
        def read(self, documents: Iterable[Document], /) -> Iterator[Reading | Failure]:
            for number, item in enumerate(super().read(documents)):
                if number == 4 and isinstance(item, Reading):
                    object.__setattr__(item.mentions[0], "start", "first")
                yield item

    report = write_shards(corpus[:1], folder, Here(Broken()))
    assert [failure.code for failure in report.failures].count("reading-invalid") == 1
    merged = _merged([folder], tmp_path / "x.db")
    assert merged.run is not None
    assert merged.run.counts.documents == 29


def test_a_deletion_and_a_return_come_to_the_same_in_any_order(folder: Path, tmp_path: Path) -> None:
    record = (
        "<PubmedArticle><MedlineCitation><PMID Version='1'>{0}</PMID><Article><ArticleTitle>T</ArticleTitle>"
        "<Abstract><AbstractText>{1}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
    )
    gone = "<DeleteCitation><PMID Version='1'>{0}</PMID></DeleteCitation>"
    bodies = [
        record.format(1, "miR-1 targets G1.") + record.format(2, "miR-2 targets G2."),
        record.format(3, "miR-3 targets G3.") + gone.format(1) + gone.format(2),
        record.format(2, "miR-2 targets G4."),
    ]
    papers = []
    for number, body in enumerate(bodies, 1):
        papers.append(tmp_path / f"pubmed26n{number:04d}.xml")
        papers[-1].write_text(f"<?xml version='1.0'?><PubmedArticleSet>{body}</PubmedArticleSet>")
    with Store.open(tmp_path / "one.db") as store:
        run(papers, store, LittlePipeline())
    _shards(papers, folder)
    shards = files.in_folder(folder)
    for number, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1])):
        database = tmp_path / f"{number}.db"
        for index in order:
            _merged([shards[index]], database)
        assert _dump(database) == _dump(tmp_path / "one.db"), order
