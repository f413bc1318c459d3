"""`minex schedule`, with a real program in the place of crontab, and of systemctl."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.jobs.schedule import Job, crontab_line, units, with_job
from tests.cli.conftest import Minex

NAME = "mirna-cancer"

CRONTAB = """#!/bin/sh
# What cron's crontab does: -l writes the table or says that there is none, - takes a new one.
case "$1" in
-l) [ -f "$TABLE" ] || { echo "no crontab for tester" >&2; exit 1; }
    [ ! -f "$TABLE.refuse" ] || { echo "you are not allowed to use this program" >&2; exit 1; }
    cat "$TABLE" ;;
-) cat > "$TABLE.new" && mv "$TABLE.new" "$TABLE" ;;
*) exit 2 ;;
esac
"""

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$TABLE.calls"
[ ! -f "$TABLE.refuse" ] || { echo "Failed to connect to bus" >&2; exit 1; }
"""


def program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the crontab of this test keeps; nothing but it and what a shell needs is on the path."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("cat", "mv", "sh", "tail", "tee"):
        found = shutil.which(tool)
        assert found
        (tools / tool).symlink_to(found)
    program(tools / "crontab", CRONTAB)
    path = tmp_path / "table"
    monkeypatch.setenv("TABLE", str(path))
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MINEX_EMAIL", "tester@example.org")
    monkeypatch.setenv("NCBI_API_KEY", "0123456789abcdef0123")
    for name in ("XDG_CONFIG_HOME", "MINEX_QUERIES", "MINEX_LEXICON", "MINEX_EUTILS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return path


def obey(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Do what cron does with a line: /bin/sh gets its sixth field, per cent signs unescaped, and little else."""
    fields = line.split(" ", 5)
    assert "%" not in fields[5].replace("\\%", "")
    command = fields[5].replace("\\%", "%")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "SHELL": "/bin/sh"}
    return subprocess.run(["/bin/sh", "-c", command], cwd="/", env=environment, capture_output=True, text=True)


def test_the_line_is_shown_and_nothing_installed(minex: Minex, table: Path) -> None:
    answer = minex("schedule", NAME, "--daily", "03:05", "--db", "x.db", "--print")
    assert answer.code == 0
    assert answer.out.startswith("5 3 * * * ")
    assert f" refresh {NAME} --db {table.parent}/x.db" in answer.out
    assert answer.out.count("\n") == 1
    assert minex("schedule", NAME, "--daily", "3:05", "--db", "x.db").out == answer.out
    assert not table.exists()


def test_installed_twice_it_stands_once_and_removed_it_is_gone(minex: Minex, table: Path) -> None:
    others = b"# mine\n\nMAILTO=me@example.org\n0 5 * * * /bin/true \xff \\%\r\n# minex: other\n1 1 * * * x\n"
    table.write_bytes(others + b"# minex: other end\n")
    before = table.read_bytes()
    for time in ("03:00", "03:00", "04:30"):
        assert minex("schedule", NAME, "--daily", time, "--db", "x.db", "--install").code == 0
    text = table.read_bytes()
    assert text.startswith(before)
    assert text.count(b" refresh ") == 1
    begin, line, end = text[len(before) :].decode().splitlines()
    assert (begin, end) == (f"# minex: {NAME}", f"# minex: {NAME} end")
    assert line.startswith("30 4 * * * ")
    answer = minex("schedule", NAME, "--remove")
    assert answer.out == f"{NAME} is no longer in the crontab\n"
    assert table.read_bytes() == before
    answer = minex("schedule", NAME, "--remove")
    assert (answer.code, answer.out) == (0, f"{NAME} was not scheduled\n")
    assert table.read_bytes() == before


def test_the_first_job_of_a_user_without_a_crontab(minex: Minex, table: Path) -> None:
    answer = minex("schedule", NAME, "--daily", "03:00", "--install")
    assert answer.code == 0
    assert "every day at 03:00" in answer.out
    assert "MAILTO" in answer.out
    assert table.read_text(encoding="utf-8").startswith(f"# minex: {NAME}\n0 3 * * * ")


def test_the_key_is_never_written(minex: Minex, table: Path) -> None:
    minex("schedule", NAME, "--daily", "03:00", "--install")
    shown = [minex("schedule", NAME, "--daily", "03:00", kind).out for kind in ("--systemd", "--cron")]
    for text in (table.read_text(encoding="utf-8"), *shown):
        assert "0123456789abcdef" not in text
        assert "tester@example.org" in text


def test_a_crontab_that_cannot_be_read_is_not_overwritten(minex: Minex, table: Path) -> None:
    table.write_bytes(b"0 5 * * * /bin/true\n")
    table.with_name("table.refuse").touch()
    answer = minex("schedule", NAME, "--daily", "03:00", "--install")
    assert answer.code == 1
    assert "you are not allowed to use this program" in answer.err
    assert table.read_bytes() == b"0 5 * * * /bin/true\n"


@pytest.mark.parametrize("damage", ["# minex: {0}\n0 3 * * * x\n", "x\n# minex: {0} end\n"])
def test_half_a_job_is_left_for_people_to_mend(minex: Minex, table: Path, damage: str) -> None:
    table.write_text(damage.format(NAME), encoding="utf-8")
    for arguments in (("--daily", "03:00", "--install"), ("--remove",)):
        answer = minex("schedule", NAME, *arguments)
        assert answer.code == 1
        assert "crontab -e" in answer.err
    assert table.read_text(encoding="utf-8") == damage.format(NAME)


@pytest.mark.parametrize(
    "name", ["A", "x y", "x;rm -rf ~", "../x", "-x-", "x\n* * * * * evil", "ä", "", "%", "$(id)"]
)
def test_a_hostile_name_is_refused(minex: Minex, table: Path, name: str) -> None:
    for arguments in (("--daily", "03:00", "--install"), ("--remove",), ("--daily", "03:00")):
        answer = minex("schedule", *arguments, "--", name)
        assert answer.code == 2
    assert not table.exists()


@pytest.mark.parametrize(
    "time", ["24:00", "3", "03:60", "3:5", "03:00:00", "-1:00", "", "noon", "03:00\n", "０3:00"]
)
def test_a_time_that_is_none_is_refused(minex: Minex, table: Path, time: str) -> None:
    answer = minex("schedule", NAME, f"--daily={time}", "--install")
    assert answer.code == 2
    assert "give hours and minutes, as in 03:00" in answer.err
    assert not table.exists()


def test_what_else_is_wrong_with_a_call_is_told(
    minex: Minex, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, words in (
        ((NAME,), "--daily 03:00"),
        ((NAME, "--daily", "03:00", "--cron", "--systemd"), "exclude each other"),
        ((NAME, "--daily", "03:00", "--install", "--remove"), "exclude each other"),
        ((NAME, "--daily", "03:00", "--db", "none/x.db"), "mkdir -p"),
        ((NAME, "--daily", "03:00", "--db", "a\nb.db"), "cannot stand in a schedule"),
        ((NAME, "--daily", "03:00", "--log", "a\\b"), "cannot stand in a schedule"),
        (("no-such-query", "--daily", "03:00"), "no-such-query"),
    ):
        answer = minex("schedule", *arguments)
        assert answer.code in (1, 2)
        assert words in answer.err
        assert "Traceback" not in answer.err
    monkeypatch.delenv("MINEX_EMAIL")
    assert "export MINEX_EMAIL" in minex("schedule", NAME, "--daily", "03:00", "--install").err
    assert not table.exists()


def test_without_cron_and_systemd_it_says_what_to_do(minex: Minex, table: Path) -> None:
    (table.parent / "bin" / "crontab").unlink()
    answer = minex("schedule", NAME, "--daily", "03:00", "--install")
    assert answer.code == 1
    assert "neither cron nor systemd" in answer.err
    assert f" refresh {NAME} --db " in answer.err
    assert minex("schedule", NAME, "--daily", "03:00").code == 0
    assert minex("schedule", NAME, "--remove", "--cron").code == 1


FAKE_REFRESH = """#!/bin/sh
echo "$MINEX_EMAIL | $@"
echo "a warning" >&2
exit $(cat "${0}.status")
"""


@pytest.mark.parametrize("status", [0, 1])
def test_the_line_mails_one_line_logs_the_rest_and_has_the_status(tmp_path: Path, status: int) -> None:
    folder = tmp_path / "a b 100% 'x'"
    folder.mkdir()
    tool = folder / "minex"
    program(tool, FAKE_REFRESH)
    tool.with_name("minex.status").write_text(f"{status}\n")
    log = folder / "the log"
    job = Job("q", 3, 0, folder / "x y.db", log, (str(tool),), (("MINEX_EMAIL", "a@b.org"),))
    done = obey(crontab_line(job), tmp_path)
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout == f"a@b.org | refresh q --db {folder}/x y.db\n"
    assert log.read_text() == "a warning\n" + done.stdout


def test_a_run_that_says_nothing_mails_its_last_error(tmp_path: Path) -> None:
    tool = tmp_path / "minex"
    program(tool, "#!/bin/sh\necho 'minex: the cure' >&2\nexit 2\n")
    job = Job("q", 3, 0, tmp_path / "x.db", tmp_path / "log", (str(tool),))
    done = obey(crontab_line(job), tmp_path)
    assert (done.returncode, done.stdout) == (2, "minex: the cure\n")


def test_the_real_command_is_found_from_anywhere_and_its_failure_is_mailed(minex: Minex, table: Path) -> None:
    """The database lies in a folder that is gone: nothing needs PubMed for that."""
    folder = table.parent / "gone"
    folder.mkdir()
    line = minex("schedule", NAME, "--daily", "03:00", "--db", "gone/x.db", "--log", "x.log").out
    folder.rmdir()
    done = obey(line.rstrip("\n"), table.parent)
    log = (table.parent / "x.log").read_text(encoding="utf-8")
    assert done.returncode not in (0, 126, 127)
    assert done.stdout.count("\n") == 1
    assert log.endswith(done.stdout)
    assert "Traceback" not in log


@given(st.binary(max_size=80), st.booleans())
def test_other_lines_of_a_crontab_stay_byte_for_byte(text: bytes, newline: bool) -> None:
    text += b"\n" * newline
    added = with_job(text, "q", "0 3 * * * x")
    assert added.startswith(text)
    assert with_job(added, "q", "0 3 * * * x") == added
    assert with_job(added, "q", None) == (text if not text or text.endswith(b"\n") else text + b"\n")
    assert with_job(with_job(added, "other", "1 1 * * * y"), "q", None) == with_job(
        with_job(added, "q", None), "other", "1 1 * * * y"
    )


def test_two_jobs_on_one_database_never_meet(minex: Minex, good: Path, tmp_path: Path) -> None:
    """Another process holds the database; the second one ends at once and names it."""
    holder = "import sys; from minex.store import Store; s = Store.open(sys.argv[1]); print(); sys.stdin.read()"
    database = tmp_path / "x.db"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        answer = minex("run", good, "--db", database)
        first.communicate(b"")
    assert answer.code == 1
    assert f"process {first.pid} is writing to it" in answer.err
    assert minex("run", good, "--db", database).code == 0


# systemd


@pytest.fixture
def systemd(table: Path) -> Path:
    """A systemctl that writes its calls down, and no crontab; the folder of the units."""
    (table.parent / "bin" / "crontab").unlink()
    program(table.parent / "bin" / "systemctl", SYSTEMCTL)
    return table.parent / ".config" / "systemd" / "user"


def calls(table: Path) -> list[str]:
    return table.with_name("table.calls").read_text(encoding="utf-8").splitlines()


def test_units_are_installed_once_and_removed(minex: Minex, table: Path, systemd: Path) -> None:
    for time in ("03:00", "04:30"):
        assert minex("schedule", NAME, "--daily", time, "--db", "x.db", "--install").code == 0
    assert sorted(path.name for path in systemd.iterdir()) == [f"minex-{NAME}.service", f"minex-{NAME}.timer"]
    assert "OnCalendar=*-*-* 04:30:00\n" in (systemd / f"minex-{NAME}.timer").read_text(encoding="utf-8")
    assert calls(table)[-2:] == ["--user daemon-reload", f"--user enable --now minex-{NAME}.timer"]
    assert minex("schedule", NAME, "--remove").out == f"{NAME} is no longer in systemd's timers\n"
    assert list(systemd.iterdir()) == []
    assert f"--user disable --now minex-{NAME}.timer" in calls(table)


def test_units_that_systemd_refuses_are_not_left_behind(minex: Minex, table: Path, systemd: Path) -> None:
    table.with_name("table.refuse").touch()
    answer = minex("schedule", NAME, "--daily", "03:00", "--systemd", "--install")
    assert answer.code == 1
    assert "Failed to connect to bus" in answer.err
    assert "use --cron" in answer.err
    assert list(systemd.iterdir()) == []


def test_one_kind_takes_the_place_of_the_other(minex: Minex, table: Path, systemd: Path) -> None:
    minex("schedule", NAME, "--daily", "03:00", "--install")
    program(table.parent / "bin" / "crontab", CRONTAB)
    assert minex("schedule", NAME, "--daily", "03:00", "--cron", "--install").code == 0
    assert list(systemd.iterdir()) == []
    assert NAME in table.read_text(encoding="utf-8")
    assert minex("schedule", NAME, "--daily", "03:00", "--systemd", "--install").code == 0
    assert len(list(systemd.iterdir())) == 2
    assert table.read_bytes() == b""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    folder = tmp_path / "a b $HOME 100%n"
    folder.mkdir()
    tool = folder / "minex"
    program(tool, "#!/bin/sh\n")
    job = Job("q", 3, 0, folder / 'x "y".db', folder / "log", (str(tool),), (("MINEX_EMAIL", "a@b.org"),))
    made = units(job)
    for file, text in made.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / file) for file in made)],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    started = shlex.split(made["minex-q.service"].partition("ExecStart=")[2].partition("\n")[0])
    tool_again, *words = (word.replace("%%", "%") for word in started)
    assert [tool_again, *(word.replace("$$", "$") for word in words)] == list(job.arguments)
