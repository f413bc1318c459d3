from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from minex.errors import InputError, ModelError, StoreError
from minex.jobs import Counts, Ledger, RunReport, run
from minex.model import Document, Failure, Passage, Status
from minex.store import Store
from tests.jobs.little import LittlePipeline


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "x.db") as made:
        yield made


def jsonl(path: Path, texts: dict[str, str] | Iterable[tuple[str, str]]) -> Path:
    pairs = texts.items() if isinstance(texts, dict) else texts
    path.write_text("".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in pairs))
    return path


def targets(store: Store) -> list[tuple[str, str]]:
    return sorted(store.select("SELECT subject, object FROM triple_named").rows)


def test_a_run_puts_triples_into_the_database_and_itself_into_the_ledger(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {"PMID:1": "miR-21 targets PTEN.", "PMID:2": "Nothing."})
    report = run([file], store, LittlePipeline())
    assert targets(store) == [("miR-21", "PTEN")]
    assert report.counts == Counts(files=1, documents=2, new=2, evidence=1, triples=1)
    assert report.exit_code == 0
    assert set(report.timings) == {"read", "extract", "store"}
    (row,) = Ledger(store).runs()
    assert (row.status, row.versions["rules"], row.arguments) == ("done", "1", [str(file)])
    assert row.finished is not None
    assert row.counts["documents"] == 2


def test_running_again_extracts_nothing(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {f"PMID:{n}": f"miR-{n} targets PTEN." for n in range(1, 30)})
    run([file], store, LittlePipeline())
    before = list(store.canonical_dump())
    pipeline = LittlePipeline()
    report = run([file], store, pipeline)
    assert pipeline.extracted == []
    assert report.counts == Counts(files=1, documents=29, unchanged=29)
    assert list(store.canonical_dump()) == before


def test_only_what_changed_is_read_again(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {"PMID:1": "miR-1 targets PTEN.", "PMID:2": "miR-2 targets PTEN."})
    run([file], store, LittlePipeline())
    jsonl(file, {"PMID:1": "miR-1 targets PTEN.", "PMID:2": "miR-9 targets PTEN."})
    pipeline = LittlePipeline()
    report = run([file], store, pipeline)
    assert pipeline.extracted == ["PMID:2"]
    assert (report.counts.changed, report.counts.unchanged) == (1, 1)
    assert targets(store) == [("miR-1", "PTEN"), ("miR-9", "PTEN")]
    assert store.select("SELECT id FROM concept WHERE name = 'miR-2'").rows == []


def test_new_versions_and_a_new_setting_read_everything_again(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {"PMID:1": "miR-1 targets PTEN.", "PMID:2": "Nothing."})
    run([file], store, LittlePipeline())
    assert run([file], store, LittlePipeline(version="2")).counts.changed == 2
    assert run([file], store, LittlePipeline(version="2"), keep="all").counts.changed == 2
    assert store.select("SELECT count(*) FROM passage").rows == [(2,)]
    assert run([file], store, LittlePipeline(version="2"), keep="all").counts.unchanged == 2


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_an_id_twice_in_one_run_the_later_wins(store: Store, tmp_path: Path, batch: int) -> None:
    old, new = "miR-1 targets OLD.", "miR-1 targets NEW."
    file = jsonl(tmp_path / "in.jsonl", [("PMID:1", old), ("PMID:2", "x"), ("PMID:1", new)])
    run([file], store, LittlePipeline(batch=batch), batch_documents=1)
    assert targets(store) == [("miR-1", "NEW")]
    # What is stored is NEW. Then OLD comes while NEW is what the database knows, and NEW again after it.
    jsonl(file, [("PMID:1", old), ("PMID:1", new)])
    run([file], store, LittlePipeline(batch=batch))
    assert targets(store) == [("miR-1", "NEW")]


def test_a_file_that_cannot_be_read_is_a_failure_and_the_others_are_read(store: Store, tmp_path: Path) -> None:
    good = jsonl(tmp_path / "good.jsonl", {"PMID:1": "miR-1 targets PTEN."})
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    report = run([empty, tmp_path / "missing.xml", good], store, LittlePipeline())
    assert report.exit_code == 1
    assert report.counts.failed == len(report.failures) == 2
    assert targets(store) == [("miR-1", "PTEN")]
    assert len(store.select("SELECT * FROM failure WHERE stage = 'read'").rows) == 2
    jsonl(empty, {"PMID:2": "miR-2 targets PTEN."})
    assert run([empty], store, LittlePipeline()).exit_code == 0
    files = store.select("SELECT file FROM failure").rows
    assert files == [(str(tmp_path / "missing.xml"),)]


def test_a_reader_that_fails_in_the_middle_leaves_what_it_gave(store: Store) -> None:
    def reader(path: Path) -> Iterator[Document | Failure]:
        yield Document("PMID:1", (Passage("miR-1 targets PTEN."),))
        yield Failure("read", "record", "a record is cut off", "a.xml, record 2")
        yield Document("PMID:3", (Passage("miR-3 targets PTEN."),))
        raise InputError("gzip", "the file ends too early", where=str(path), cure="fetch it again")

    report = run([Path("a.xml")], store, LittlePipeline(), reader=reader)
    assert report.counts.documents == 2
    assert [failure.code for failure in report.failures] == ["record", "gzip"]
    assert len(targets(store)) == 2


def test_a_document_that_fails_is_tried_again_and_its_failure_goes_when_it_succeeds(
    store: Store, tmp_path: Path
) -> None:
    file = jsonl(tmp_path / "in.jsonl", {"PMID:1": "unreadable", "PMID:2": "miR-2 targets PTEN."})
    assert run([file], store, LittlePipeline()).exit_code == 1
    pipeline = LittlePipeline()
    assert run([file], store, pipeline).counts.failed == 1
    assert pipeline.extracted == ["PMID:1"]
    assert store.select("SELECT document, code, file FROM failure").rows == [("PMID:1", "test", str(file))]
    jsonl(file, {"PMID:1": "miR-1 targets PTEN.", "PMID:2": "miR-2 targets PTEN."})
    assert run([file], store, LittlePipeline()).exit_code == 0
    assert store.select("SELECT * FROM failure").rows == []


def test_a_text_that_now_fails_leaves_the_old_evidence_and_says_so(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {"PMID:1": "miR-1 targets PTEN."})
    run([file], store, LittlePipeline())
    jsonl(file, {"PMID:1": "unreadable"})
    run([file], store, LittlePipeline())
    assert targets(store) == [("miR-1", "PTEN")]
    assert store.select("SELECT document FROM failure").rows == [("PMID:1",)]


def test_deleted_documents_count_no_more(store: Store, tmp_path: Path) -> None:
    run([jsonl(tmp_path / "in.jsonl", {"PMID:1": "miR-1 targets PTEN."})], store, LittlePipeline())

    def reader(path: Path) -> Iterator[Document | Failure]:
        yield Document("PMID:1", status=Status.DELETED, status_reason="DeleteCitation")

    report = run([Path("gone.xml")], store, LittlePipeline(), reader=reader)
    assert (report.counts.deleted, report.counts.changed) == (1, 1)
    assert targets(store) == []
    assert run([Path("gone.xml")], store, LittlePipeline(), reader=reader).counts.unchanged == 1


def test_ctrl_c_commits_what_is_whole_and_says_how_to_go_on(store: Store, tmp_path: Path) -> None:
    texts = {f"PMID:{n}": f"miR-{n} targets PTEN." for n in range(40)}
    file = jsonl(tmp_path / "in.jsonl", texts)
    pipeline = LittlePipeline(batch=5)

    def stop(document: Document) -> None:
        if document.id == "PMID:23":
            raise KeyboardInterrupt

    pipeline.before_document = stop
    report = run([file], store, pipeline)
    assert (report.status, report.exit_code) == ("interrupted", 130)
    assert f"minex run {file} --db {store.path}" in report.message
    assert len(targets(store)) == 20
    assert Ledger(store).runs()[0].status == "interrupted"
    rest = LittlePipeline()
    assert run([file], store, rest).exit_code == 0
    assert rest.extracted == list(texts)[20:]


def test_a_pipeline_that_breaks_down_leaves_what_is_whole_and_a_failed_run(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {f"PMID:{n}": f"miR-{n} targets PTEN." for n in range(20)})
    pipeline = LittlePipeline(batch=5)

    def explode(document: Document) -> None:
        if document.id == "PMID:12":
            raise ModelError("model", "the model is damaged", cure="install it again")

    pipeline.before_document = explode
    with pytest.raises(ModelError):
        run([file], store, pipeline)
    assert len(targets(store)) == 10
    ((status, message),) = store.select("SELECT status, message FROM run").rows
    assert status == "failed"
    assert "the model is damaged" in message


def test_a_database_that_cannot_be_written_ends_the_run_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    run([jsonl(tmp_path / "a.jsonl", {"PMID:1": "miR-1 targets PTEN."})], store, LittlePipeline())
    before = list(store.canonical_dump())
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    big = jsonl(tmp_path / "b.jsonl", {f"PMID:{n}": f"miR-{n} targets PTEN.\n" + "x" * 2000 for n in range(2, 99)})
    with pytest.raises(StoreError) as caught:
        run([big], store, LittlePipeline())
    assert caught.value.code == "disk-full"
    assert list(store.canonical_dump()) == before
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert run([big], store, LittlePipeline()).counts.new == 97
    assert Ledger(store).runs()[1].status in {"failed", "killed"}


def test_progress_is_told_while_it_happens(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {f"PMID:{n}": "miR-1 targets PTEN." for n in range(30)})
    seen: list[int] = []

    def progress(report: RunReport) -> None:
        seen.append(report.counts.documents)

    run([file], store, LittlePipeline(seconds=0.01), progress=progress)
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert seen[-1] == 30


def test_work_is_committed_about_as_often_as_asked(store: Store, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in.jsonl", {f"PMID:{n}": "miR-1 targets PTEN." for n in range(20)})
    sizes: list[int] = []
    write = store.write

    def spy(readings: object, *rest: object, **more: object) -> object:
        sizes.append(len(readings))  # type: ignore[arg-type]
        return write(readings, *rest, **more)  # type: ignore[arg-type]

    store.write = spy  # type: ignore[assignment, method-assign]
    run([file], store, LittlePipeline(batch=1), batch_documents=6)
    assert sizes == [6, 6, 6, 2]


def test_files_are_read_lazily(store: Store) -> None:
    taken = 0

    def reader(path: Path) -> Iterator[Document | Failure]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield Document(f"PMID:{number}", (Passage("miR-1 targets PTEN."),))

    pipeline = LittlePipeline(batch=5)

    def stop(document: Document) -> None:
        if document.id == "PMID:50":
            raise KeyboardInterrupt

    pipeline.before_document = stop
    run([Path("x")], store, pipeline, reader=reader)
    assert taken <= 51


def test_two_texts_of_one_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    for folder, text in (("a", "miR-1 targets AAA."), ("b", "miR-2 targets BBB.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.txt").write_text(text, encoding="utf-8")
    files = [tmp_path / "a" / "notes.txt", tmp_path / "b" / "notes.txt"]
    with Store.open(tmp_path / "x.db") as store:
        report = run(files, store, LittlePipeline())
        assert (report.counts.new, report.counts.failed, report.exit_code) == (1, 1, 1)
        assert report.failures[0].code == "name-twice"
        assert run(files, store, LittlePipeline()).counts.changed == 0


def test_a_text_of_a_name_that_is_stored_from_elsewhere_does_not_replace_it(tmp_path: Path) -> None:
    for folder, text in (("a", "miR-1 targets AAA."), ("b", "miR-2 targets BBB.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.txt").write_text(text, encoding="utf-8")
    first, second = (tmp_path / folder / "notes.txt" for folder in "ab")
    with Store.open(tmp_path / "x.db") as store:
        run([first], store, LittlePipeline())
        assert run([second], store, LittlePipeline()).failures[0].code == "name-twice"
        assert run([first], store, LittlePipeline()).counts.unchanged == 1
        first.rename(tmp_path / "a" / "old.txt")
        assert run([second], store, LittlePipeline()).counts.changed == 1
