"""Files fetched from a server that can misbehave as real ones do."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.errors import RemoteError
from minex.mirror.download import download
from minex.mirror.files import md5_of
from minex.mirror.update import UpdateReport, update
from tests.mirror.content import titles
from tests.mirror.maker import Paper, file_of
from tests.mirror.server import Server


@pytest.fixture
def ncbi(tmp_path: Path) -> Path:
    """Return the folder of a server with a baseline of two files and one update file."""
    for name in ("baseline", "updatefiles"):
        (tmp_path / "ncbi" / name).mkdir(parents=True)
    file_of(tmp_path / "ncbi" / "baseline", 1, [Paper(n, f"Title {n}.", "Text. " * 90) for n in range(1, 60)])
    file_of(tmp_path / "ncbi" / "baseline", 2, [Paper(100)])
    file_of(tmp_path / "ncbi" / "updatefiles", 3, [Paper(100, "New title.")])
    (tmp_path / "mine").mkdir()
    return tmp_path / "ncbi"


def fetch(server: Server, folder: Path, year: int | None = None) -> UpdateReport:
    report = UpdateReport()
    download(folder, server.base, report, year=year, sleep=lambda seconds: None, timeout=5)
    return report


def test_all_files_come_and_are_loaded(ncbi: Path, tmp_path: Path) -> None:
    with Server(ncbi) as server:
        assert fetch(server, tmp_path / "mine").troubles == []
    assert [file.name for file in update(tmp_path / "mine").loaded] == [
        f"pubmed26n000{number}.xml.gz" for number in (1, 2, 3)
    ]
    assert titles(tmp_path / "mine")[100] == "New title."


def test_what_is_here_or_loaded_is_not_fetched_again(ncbi: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    with Server(ncbi) as server:
        fetch(server, mine)
        server.asked.clear()
        fetch(server, mine)
        assert not any(name.endswith(".gz") for name, _ in server.asked)
        update(mine)
        for path in mine.glob("*.gz*"):
            path.unlink()
        server.asked.clear()
        fetch(server, mine)
    assert [name for name, _ in server.asked] == ["baseline", "updatefiles"]


def test_an_answer_that_is_cut_off_goes_on_where_it_was(ncbi: Path, tmp_path: Path) -> None:
    with Server(ncbi) as server:
        server.faults.extend([100, 50, None])
        assert fetch(server, tmp_path / "mine").troubles == []
    name = "pubmed26n0001.xml.gz"
    assert [start for asked, start in server.asked if asked == name] == [0, 100, 150]
    assert md5_of(tmp_path / "mine" / name) == md5_of(ncbi / "baseline" / name)


def test_a_server_that_cannot_go_on_gives_all_of_it_again(ncbi: Path, tmp_path: Path) -> None:
    with Server(ncbi, ranges=False) as server:
        server.faults.extend([100, None])
        assert fetch(server, tmp_path / "mine").troubles == []


def test_a_download_that_was_stopped_is_gone_on_with(ncbi: Path, tmp_path: Path) -> None:
    name = "pubmed26n0001.xml.gz"
    (tmp_path / "mine" / f"{name}.part").write_bytes((ncbi / "baseline" / name).read_bytes()[:70])
    with Server(ncbi) as server:
        assert fetch(server, tmp_path / "mine").troubles == []
    assert (name, 70) in server.asked


def test_a_part_of_another_state_is_fetched_anew(ncbi: Path, tmp_path: Path) -> None:
    name = "pubmed26n0001.xml.gz"
    for part in (b"x" * 70, b"y" * 9000):
        (tmp_path / "mine" / f"{name}.part").write_bytes(part)
        with Server(ncbi) as server:
            assert fetch(server, tmp_path / "mine").troubles == []
        assert md5_of(tmp_path / "mine" / name) == md5_of(ncbi / "baseline" / name)
        (tmp_path / "mine" / name).unlink()


def test_a_wrong_checksum_is_tried_once_more_and_then_told(ncbi: Path, tmp_path: Path) -> None:
    with Server(ncbi) as server:
        server.faults.extend(["wrong", "wrong"])
        report = fetch(server, tmp_path / "mine")
    assert "checksum is not the one promised" in report.troubles[0]
    assert not (tmp_path / "mine" / "pubmed26n0001.xml.gz").exists()
    assert (tmp_path / "mine" / "pubmed26n0002.xml.gz").exists()


@pytest.mark.parametrize(("faults", "troubles"), [([503, 429, None], 0), ([404], 1), ([503] * 6, 1)])
def test_a_refusal_is_tried_again_if_it_may_pass(
    ncbi: Path, tmp_path: Path, faults: list[int | None], troubles: int
) -> None:
    with Server(ncbi) as server:
        server.faults.extend(faults)
        assert len(fetch(server, tmp_path / "mine").troubles) == troubles


def test_another_baseline_is_fetched_only_when_it_is_named(ncbi: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    with Server(ncbi) as server:
        fetch(server, mine)
        update(mine)
        file_of(ncbi / "baseline", 1, [Paper(7)], year=2027)
        fetch(server, mine)
        assert not (mine / "pubmed27n0001.xml.gz").exists()
        fetch(server, mine, 2027)
        assert (mine / "pubmed27n0001.xml.gz").exists()
        with pytest.raises(RemoteError, match="2031"):
            fetch(server, mine, 2031)


@pytest.mark.parametrize("base", ["http://127.0.0.1:9/", "ftp://example.org/", "file:///etc/"])
def test_a_server_that_is_none_is_an_error(tmp_path: Path, base: str) -> None:
    with pytest.raises(RemoteError):
        download(tmp_path, base, UpdateReport(), sleep=lambda seconds: None, timeout=2)
