"""0 is right, 1 is failed, 2 is called wrongly; an error says what, where and the cure, without a stack trace."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Minex


@pytest.fixture(autouse=True)
def here(tmp_path: Path, good: Path, demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good file, a bad one, a database and one that is damaged."""
    monkeypatch.chdir(tmp_path)
    Path("bad.jsonl").write_text("{bad\n", encoding="utf-8")
    Path("empty.txt").touch()
    Path("demo.db").write_bytes(demo_db.read_bytes())
    Path("damaged.db").write_bytes(demo_db.read_bytes()[:100_000])
    Path("notdb.db").write_text("this is no database", encoding="utf-8")
    Path("rules").mkdir()
    Path("map.tsv").write_text("Widget\tNOTYPE\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "run good.jsonl --db x.db",
        "run good.jsonl --db x.db --keep all",
        "annotate good.jsonl -o out.jsonl",
        "annotate good.jsonl --mentions-only",
        "schema",
        "sql SELECT:1 --db demo.db",
        "search miR-21 --db demo.db",
        "search nosuchword --db demo.db",
        "explain miR-21:inhibits:PTEN.",
        "doctor --db demo.db",
        "lexicon info",
        "patterns test active_verb",
    ],
)
def test_right_is_zero(minex: Minex, line: str) -> None:
    answer = minex(*(word.replace(":", " ") for word in line.split()))
    assert answer.code == 0, answer.err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("run empty.txt --db x.db", "empty.txt: the file is empty; check the download"),
        ("run good.jsonl --db damaged.db", "damaged.db: SQLite says: database disk image is malformed; restore"),
        ("run good.jsonl --db notdb.db", "notdb.db: this is not a SQLite database, and was left as it is; give"),
        ("run good.jsonl --db none/x.db", "none/x.db: "),
        ("run good.jsonl --model nowhere --db x.db", "nowhere"),
        ("run good.jsonl --patterns rules --db x.db", "rules"),
        ("demo --db none/x.db", "none/x.db: "),
        ("annotate bad.jsonl", "1 line(s) could not be read; see their `error`"),
        ("annotate rules", "rules: the input cannot be read (Is a directory)"),
        ("annotate good.jsonl -o none/out.jsonl", "none/out.jsonl: the output cannot be written"),
        ("sql SELECT:1 --db none.db", "none.db: there is no such database; make one with: minex run"),
        ("sql SELECT:1 --db damaged.db", "malformed"),
        ("search miR-21 --db notdb.db", "notdb.db: this is not a SQLite database"),
        ("explain x --model nowhere", "nowhere"),
    ],
)
def test_failed_is_one(minex: Minex, line: str, says: str) -> None:
    answer = minex(*(word.replace(":", " ") for word in line.split()))
    assert answer.code == 1
    assert says in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("run", "Missing argument 'FILE...'"),
        ("run good.jsonl none.xml --db x.db", "none.xml: there is no such file; check the path"),
        ("run good.jsonl --keep some --db x.db", "--keep some is unknown; allowed: evidence, all"),
        ("run good.jsonl --nope", "No such option: --nope"),
        ("annotate", "Missing argument 'IN.jsonl'"),
        ("annotate none.jsonl", "none.jsonl: there is no such file; check the path"),
        ("annotate good.jsonl -o good.jsonl", "good.jsonl: input and output are one file; write to another one"),
        ("annotate good.jsonl -o ./rules/../good.jsonl", "input and output are one file"),
        (
            "annotate good.jsonl --given-mentions --type-map map.tsv",
            "'NOTYPE', which is no mention type; allowed:",
        ),
        ("annotate good.jsonl --given-mentions --type-map none.tsv", "the type map cannot be read"),
        ("schema now", "unexpected extra argument"),
        ("sql --db demo.db", "Missing argument"),
        ("sql SELECT:1 --db demo.db --format xml", "--format xml is unknown; allowed: table, csv, json"),
        ("sql SELEC:1 --db demo.db", "SQL does not go on with 'SELEC'"),
        ("search --db demo.db", "Missing argument"),
        ("search miR-21 --limit 0 --db demo.db", "--limit"),
        ("explain", "Missing argument"),
        ("doctor now", "unexpected extra argument"),
        ("patterns test no_such_rule", "there is no rule 'no_such_rule'; rules: "),
        ("patterns try", "No such command 'try'"),
        ("lexicon info now", "unexpected extra argument"),
        ("lexikon", "No such command 'lexikon'"),
    ],
)
def test_a_wrong_call_is_two_and_changes_nothing(minex: Minex, line: str, says: str, good: Path) -> None:
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    answer = minex(*(word.replace(":", " ") for word in line.split()))
    assert answer.code == 2
    assert says in answer.err
    assert "Traceback" not in answer.err
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


def test_a_file_name_that_is_no_text_is_shown_escaped(minex: Minex) -> None:
    answer = minex("annotate", "caf\udce9.jsonl")
    assert (answer.code, answer.err) == (2, "minex: caf\\udce9.jsonl: there is no such file; check the path\n")


def test_a_full_disk_is_told_in_one_line() -> None:
    done = subprocess.run(["bash", "-c", "minex schema > /dev/full"], capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"minex: No space left on device\n")


def test_a_pipe_that_closes_is_silent() -> None:
    done = subprocess.run(["bash", "-c", "minex schema | true"], capture_output=True)
    assert done.stderr == b""


def test_ctrl_c_ends_quietly(good: Path) -> None:
    process = subprocess.Popen(
        ["minex", "annotate", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(good.read_bytes() * 64)
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
