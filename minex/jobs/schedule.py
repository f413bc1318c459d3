"""A refresh every day, by cron or by systemd: its lines and units, put in place and taken away."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess  # nosec B404
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from minex.errors import MinexError, UsageError

PASSED_ON = ("MINEX_EMAIL", "MINEX_EUTILS", "MINEX_QUERIES", "MINEX_LEXICON", "XDG_CONFIG_HOME")
"""What a job is told of the environment in which it was scheduled. Never a key."""
_PATHS = ("MINEX_QUERIES", "MINEX_LEXICON")

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class ScheduleError(MinexError):
    """A schedule that cannot be put in place or taken away."""


@dataclass(frozen=True)
class Job:
    """What is to be done when. All paths are absolute; `environment` is set for the command."""

    name: str
    hour: int
    minute: int
    database: Path
    log: Path
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The whole command."""
        return (*self.command, "refresh", self.name, "--db", str(self.database))


def make_job(
    name: str, daily: str, database: Path, log: Path | None = None, *, environ: Mapping[str, str] | None = None
) -> Job:
    """Return a job for a saved query.

    Raises:
        UsageError: if the name, the time or a path cannot stand in a crontab or a unit.
    """
    check_name(name)
    match = _TIME.fullmatch(daily)
    if match is None:
        raise UsageError(
            "schedule-time", f"{daily!r} is no time of day", cure="give hours and minutes, as in 03:00"
        )
    environ = os.environ if environ is None else environ
    database = Path(os.path.abspath(database))
    log = Path(os.path.abspath(log)) if log else database.with_name(f"{database.name}.{name}.log")
    if not database.parent.is_dir():
        cure = f"mkdir -p {shlex.quote(str(database.parent))}"
        raise UsageError("no-folder", "the folder of the database does not exist", where=str(database), cure=cure)
    job = Job(
        name,
        int(match[1]),
        int(match[2]),
        database,
        log,
        _program(),
        tuple((key, _absolute(key, environ[key].strip())) for key in PASSED_ON if environ.get(key, "").strip()),
    )
    for text in (str(log), *job.arguments, *(value for _, value in job.environment)):
        # A line feed would begin another job; what a backslash means, cron, sh and systemd do not agree on.
        if not text.isprintable() or "\\" in text:
            cure = "choose a path without backslashes and control characters"
            raise UsageError("schedule-path", f"{text!r} cannot stand in a schedule", cure=cure)
    return job


def _absolute(key: str, value: str) -> str:
    return os.path.abspath(os.path.expanduser(value)) if key in _PATHS else value


def check_name(name: str) -> None:
    """Refuse what is no name of a saved query.

    Raises:
        UsageError: if it is none.
    """
    if not _NAME.fullmatch(name):
        cure = "a name has small letters, digits and hyphens; minex query list shows those there are"
        raise UsageError("query-name", f"{name!r} is no name of a saved query", cure=cure)


def _program() -> tuple[str, ...]:
    """Return how this minex is called from anywhere."""
    script = Path(sys.executable).with_name("minex")
    return (str(script),) if os.access(script, os.X_OK) else (sys.executable, "-m", "minex")


# cron


def crontab_line(job: Job) -> str:
    """Return the line of a crontab: all goes to the log, one line to standard output, which cron mails.

    The exit status is that of the refresh. A per cent sign, which cron takes for a line feed, is escaped.
    """
    settings = "".join(f"{key}={shlex.quote(value)} " for key, value in job.environment)
    log = shlex.quote(str(job.log))
    command = (
        f"out=$({settings}{shlex.join(job.arguments)} 2>>{log}); s=$?; "
        f'echo "${{out:-$(tail -n 1 {log})}}" | tee -a {log}; exit $s'
    )
    return f"{job.minute} {job.hour} * * * {command}".replace("%", "\\%")


def with_job(crontab: bytes, name: str, line: str | None) -> bytes:
    """Return a crontab with a job's line in place of the one that was there, or without it; else byte for byte.

    Raises:
        ScheduleError: if only one of the two marks around the line is there.
    """
    begin, end = (f"# minex: {name}{tail}".encode() for tail in ("", " end"))
    lines = re.findall(rb"[^\n]*\n|[^\n]+", crontab)
    starts = [place for place, text in enumerate(lines) if text.rstrip(b"\n") == begin]
    ends = [place for place, text in enumerate(lines) if text.rstrip(b"\n") == end]
    spans = [last - first for first, last in zip(starts, ends, strict=False)]
    if len(starts) != len(ends) or not all(0 < lines_between <= 2 for lines_between in spans):
        raise ScheduleError(
            "crontab-damaged",
            f"the lines around the job of {name} are not as minex left them",
            where="crontab",
            cure=f"remove them by hand with crontab -e: from `# minex: {name}` to `# minex: {name} end`",
        )
    taken = {number for first, last in zip(starts, ends, strict=True) for number in range(first, last + 1)}
    place = starts[0] if starts else len(lines)
    before = b"".join(text for number, text in enumerate(lines[:place]) if number not in taken)
    after = b"".join(text for number, text in enumerate(lines[place:], place) if number not in taken)
    if line is None:
        return before + after
    made = b"%b\n%b\n%b\n" % (begin, line.encode(), end)
    return before + (b"\n" if before and not before.endswith(b"\n") else b"") + made + after


def change_crontab(name: str, line: str | None) -> bool:
    """Put a job into the user's crontab or take it out; return whether anything was to be changed.

    Raises:
        ScheduleError: if crontab cannot be read or written. It is then as it was.
    """
    before = _crontab()
    after = with_job(before, name, line)
    if after == before:
        return False
    done = _run("crontab", "-", given=after)
    if done.returncode:
        raise ScheduleError("crontab", f"crontab does not take it: {_said(done)}", cure="may you use cron here?")
    return True


def _crontab() -> bytes:
    done = _run("crontab", "-l")
    if done.returncode == 0:
        return done.stdout
    if b"no crontab" in done.stderr.lower():
        return b""
    # Not knowing what is there, writing would lose it.
    raise ScheduleError("crontab", f"crontab -l failed: {_said(done)}", cure="may you use cron here?")


# systemd


def units(job: Job) -> dict[str, str]:
    """Return the service and the timer by file name."""
    settings = "".join(f"Environment={_quoted(f'{key}={value}')}\n" for key, value in job.environment)
    log = str(job.log).replace("%", "%%")
    # In all words but the first, systemd takes $NAME for a variable.
    program, *words = (_quoted(word) for word in job.arguments)
    words = [word.replace("$", "$$") for word in words]
    service = (
        f"# minex: {job.name}\n[Unit]\nDescription=minex refresh {job.name}\n\n[Service]\nType=oneshot\n{settings}"
        f"ExecStart={' '.join((program, *words))}\n"
        f"StandardOutput=append:{log}\nStandardError=append:{log}\n"
    )
    timer = (
        f"# minex: {job.name}\n[Unit]\nDescription=minex refresh {job.name}, daily\n\n[Timer]\n"
        f"OnCalendar=*-*-* {job.hour:02}:{job.minute:02}:00\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {f"minex-{job.name}.service": service, f"minex-{job.name}.timer": timer}


def _quoted(word: str) -> str:
    """Return a word as systemd reads it: in double quotes, specifiers doubled."""
    return '"' + word.replace('"', '\\"').replace("%", "%%") + '"'


def unit_folder() -> Path:
    """Return where systemd looks for the user's own units."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "systemd" / "user"


def install_units(job: Job) -> None:
    """Write the units and start the timer.

    Raises:
        ScheduleError: if systemd does not take them; the folder is then as it was.
    """
    folder = unit_folder()
    folder.mkdir(parents=True, exist_ok=True)
    made = units(job)
    before = {file: (folder / file).read_bytes() if (folder / file).exists() else None for file in made}
    for file, text in made.items():
        _replace(folder / file, text.encode())
    try:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"minex-{job.name}.timer")
    except ScheduleError:
        for file, content in before.items():
            if content is None:
                (folder / file).unlink(missing_ok=True)
            else:
                _replace(folder / file, content)
        raise


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    os.replace(draft, path)


def remove_units(name: str) -> bool:
    """Stop the timer and remove the units; return whether there were any."""
    files = [unit_folder() / f"minex-{name}.{kind}" for kind in ("timer", "service")]
    present = [file for file in files if file.exists()]
    if not present:
        return False
    _systemctl("disable", "--now", f"minex-{name}.timer")
    for file in present:
        file.unlink()
    _systemctl("daemon-reload")
    return True


def _systemctl(*arguments: str) -> None:
    done = _run("systemctl", "--user", *arguments)
    if done.returncode:
        raise ScheduleError(
            "systemctl",
            f"systemctl --user {arguments[0]} failed: {_said(done)}",
            cure="use --cron, or log in so that systemd runs for you (loginctl enable-linger)",
        )


def _run(tool: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    path = shutil.which(tool)
    if path is None:
        raise ScheduleError("no-scheduler", f"there is no {tool} command on this machine", cure="install it")
    environment = {**os.environ, "LC_ALL": "C"}
    # The program is systemctl, crontab or the like as this machine has it; there is no shell.
    call = [path, *arguments]
    return subprocess.run(call, input=given, capture_output=True, env=environment)  # noqa: S603  # nosec B603


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    words = " ".join(done.stderr.decode("utf-8", "replace").split())
    return words or f"exit status {done.returncode}"


def choose(wanted: str | None) -> str | None:
    """Return `cron` or `systemd`: the one wanted, else one that is there, else None."""
    tools = {"cron": "crontab", "systemd": "systemctl"}
    kinds = (wanted,) if wanted else ("cron", "systemd")
    return next((kind for kind in kinds if shutil.which(tools[kind])), None)
