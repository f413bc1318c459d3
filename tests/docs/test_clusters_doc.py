"""docs/clusters.md: its sessions, and its scripts for SLURM with a stand-in that runs jobs on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from minex.store import Store
from tests.docs.pages import Cli, blocks, fits, session

TEXTS = [
    "miR-21 inhibits PTEN in lung cancer.",
    "Hypoxia increased miR-210 in exosomes of cancer cells.",
    "miR-155 targets SOCS1.",
    "miR-34a suppresses BCL2 in breast cancer.",
    "miR-145 represses MYC.",
]
_SBATCH = """#!/bin/bash
setsid bash "${@: -1}" > "$JOBS/log.$$" 2>&1 &
echo $! >> "$JOBS/pids"
echo "Submitted batch job $!"
"""
_SCANCEL = """#!/bin/bash
for job; do kill -TERM -- "-$job"; done
"""


@pytest.fixture(autouse=True)
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the page, in the folder that its commands run in."""
    for name, texts in (("first.jsonl", TEXTS[:3]), ("second.jsonl", TEXTS[3:])):
        lines = (json.dumps({"id": f"PMID:{TEXTS.index(text) + 1}", "text": text}) for text in texts)
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("MINEX_WORKERS", "1")


def _script(name: str) -> str:
    return next(block.text for block in blocks("clusters.md") if block.keys.get("file") == name)


def test_the_sessions_give_what_they_show_and_any_reader_reads_shards(
    minex: Cli, capsys: pytest.CaptureFixture[str]
) -> None:
    for block in blocks("clusters.md"):
        if block.language == "console":
            for command, output in session(block.text):
                printed = minex(command)
                assert fits(output, printed), f"{command}\n{printed}"
        elif block.language == "python" and not block.keys:
            exec(block.text, {})  # noqa: S102 - the page's own code
            assert "PMID:1 miR-21 " in capsys.readouterr().out


def test_the_array_job_reads_every_file_once(tmp_path: Path) -> None:
    """`minex` is a stand-in here: what each task gives it is the matter."""
    (tmp_path / "array.sh").write_text(_script("array.sh"))
    (tmp_path / "minex").write_text('#!/bin/bash\nprintf "%s\\n" "$@" >> "$GIVEN"\n')
    (tmp_path / "minex").chmod(0o755)
    names = [f"a file {number}.xml" for number in range(23)]
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "GIVEN": str(tmp_path / "given"),
        "SLURM_ARRAY_TASK_COUNT": "10",
        "SLURM_CPUS_PER_TASK": "4",
    }
    for task in range(10):
        environment["SLURM_ARRAY_TASK_ID"] = str(task)
        subprocess.run(["bash", "array.sh", "out", *names], check=True, cwd=tmp_path, env=environment)
    given = (tmp_path / "given").read_text().splitlines()
    assert sorted(name for name in given if name.endswith(".xml")) == sorted(names)
    assert given.count("--shards") == 10


@pytest.mark.slow
def test_the_slurm_script_reads_on_what_slurm_gives(tmp_path: Path) -> None:
    pytest.importorskip("dask_jobqueue")
    for name, text in (("sbatch", _SBATCH), ("scancel", _SCANCEL)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    script = _script("slurm.py").replace("cores=16", "cores=2").replace("processes=16", "processes=2")
    script = script.replace('memory="32GB"', 'memory="8GB", interface="lo"')
    (tmp_path / "slurm.py").write_text(script)
    files = ["first.jsonl", "second.jsonl"]
    path = f"{tmp_path}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "JOBS": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "slurm.py", *files, "--db", "papers.db"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 documents: 5 new" in done.stdout
    with Store.open(tmp_path / "papers.db", readonly=True) as store:
        assert store.select("SELECT count(*) FROM evidence").rows == [(5,)]
