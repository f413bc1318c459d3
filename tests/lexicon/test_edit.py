"""Adding to a user's own lexicon: what is written, what is left alone, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minex.errors import LexiconError, UsageError
from minex.lexicon import Lexicon
from minex.lexicon.edit import add_name, block_name
from minex.lexicon.user import default_file, default_place, parse
from tests.lexicon.test_build import small

PTEN = "HGNC:9588"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own" / "lexicon.yaml"


def meant(path: Path, name: str) -> list[str]:
    return [candidate.id for candidate in Lexicon.load(user=path).candidates(name)]


def test_a_name_that_is_added_means_what_was_said(path: Path) -> None:
    assert add_name(path, "big brake", PTEN)
    assert meant(path, "Big-brake") == [PTEN]
    (match,) = Lexicon.load(user=path).match("the big brake fell")
    assert match.candidates[0].id == PTEN


def test_the_same_again_changes_no_byte(path: Path) -> None:
    add_name(path, "big brake", PTEN)
    block_name(path, "vimentin")
    before = path.read_bytes()
    assert not add_name(path, "Big Brake", PTEN)
    assert not block_name(path, "Vimentin")
    assert not block_name(path, "vimentin", "GENE"), "nothing is left to block"
    assert path.read_bytes() == before


def test_an_id_with_a_type_makes_a_concept_which_further_names_do_not_change(path: Path) -> None:
    add_name(path, "plural zed", "my:1", "PROCESS", "zedding")
    add_name(path, "zed's plural", "my:1")
    concept = Lexicon.load(user=path).concept("my:1")
    assert concept
    assert (concept.name, concept.type) == ("zedding", "PROCESS")
    for name in ("plural zed", "zedding", "zed's plural"):
        assert meant(path, name) == ["my:1"]


def test_a_blocked_name_means_nothing_or_nothing_of_a_type_or_not_that_concept(path: Path) -> None:
    lexicon = Lexicon.load()
    several = lexicon.candidates("ACC2")
    line = next(c for c in several if c.type == "CELL_LINE")
    genes = [c.id for c in several if c.type == "GENE"]
    assert len(genes) > 1
    block_name(path, "ACC2", "CELL_LINE")
    assert meant(path, "ACC2") == genes
    block_name(path, "ACC2", id=genes[0])
    assert meant(path, "ACC2") == genes[1:]
    block_name(path, "ACC2")
    assert meant(path, "ACC2") == []
    add_name(path, "ACC2", line.id)
    assert meant(path, "ACC2") == [line.id], "one's own name stands above a block"


LAYOUTS = [
    "",
    "# only a remark\n",
    "# mine\nnames:\n  # one\n  - {id: 'HGNC:644', name: steroid switch}  # why\n\n# no\nblock:\n  - {name: NO}\n",
    "names:\n- id: HGNC:644\n  name: steroid switch\n  synonyms:\n  - switch of steroids\n# the end",
    "names: []\nblock: [{name: NO}]\n",
    "names:\nblock:   # none so far\n",
    "block:\r\n  - {name: NO}\r\n",
]


@pytest.mark.parametrize("text", LAYOUTS)
def test_comments_and_other_lines_stay_as_they_are(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_bytes(text.encode())
    before = parse(text, path)
    add_name(path, "big brake", PTEN)
    block_name(path, "vimentin")
    written = path.read_bytes().decode()
    after = parse(written, path)
    assert after.names[:-1] == before.names
    assert after.block[:-1] == before.block
    assert (after.names[-1].id, after.block[-1].name) == (PTEN, "vimentin")
    assert [line for line in text.splitlines() if "#" in line] == [
        line for line in written.splitlines() if "#" in line and (text or "minex" not in line)
    ]
    assert not text or written.count("\r\n") in (0, written.count("\n"))


def test_a_layout_that_cannot_be_added_to_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{names: []}\n")
    with pytest.raises(LexiconError, match="by hand"):
        block_name(path, "vimentin")
    assert path.read_text() == "{names: []}\n"


def test_nothing_else_is_left_in_the_folder_and_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.yaml"
    real.write_text("# mine\n")
    real.chmod(0o600)
    path.parent.mkdir()
    path.symlink_to(real)
    add_name(path, "big brake", PTEN)
    assert path.is_symlink()
    assert "big brake" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["lexicon.yaml"]
    assert sorted(os.listdir(tmp_path)) == ["dotfiles.yaml", "own"]


@pytest.mark.parametrize(
    ("name", "id", "type", "said"),
    [
        ("big brake", "HGNC:99999999", "", "not in the lexicon.*--type"),
        ("big brake", "PTEN", "", f"did you mean {PTEN} "),
        ("big brake", "NCBIGene:7157", "", r"did you mean HGNC:11998 \(TP53\)"),
        ("big brake", "nonsense zz", "GENE", "is no id"),
        ("big brake", "my:1", "GENES", "LNCRNA"),
        ("big brake", PTEN, "CANCER", "is PTEN, of type GENE"),
        ("was", PTEN, "", "stop word"),
        ("WAS", PTEN, "", "stop word"),
        ("the", "my:1", "CONDITION", "stop word"),
        ("sponge", PTEN, "", "stop word"),
        ("patient care", "my:1", "PROCESS", "stop word"),
        ("7", PTEN, "", "cannot be a name"),
        ("big\x1bbrake", PTEN, "", "cannot be a name"),
        ("brake, big", PTEN, "", "never be found"),
    ],
)
def test_what_would_do_harm_is_refused_and_nothing_written(
    path: Path, name: str, id: str, type: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        add_name(path, name, id, type)
    assert not path.exists()


def test_what_a_file_already_says_otherwise_is_refused(path: Path) -> None:
    block_name(path, "big brake", id=PTEN)
    with pytest.raises(UsageError, match="blocked"):
        add_name(path, "big brake", PTEN)
    add_name(path, "great brake", PTEN)
    with pytest.raises(UsageError, match="your own name"):
        block_name(path, "great brake", id=PTEN)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("names:\n  - {id: 'a:b'}\n  - {id: 'a:b', kind: GENE}\n", 3, "not understood"),
        ("names:\n  - {id: 'a:b', type: GENES}\n", 2, "no type of mention"),
        ("block:\n\n  - vimentin\n", 3, "not understood"),
        ("block:\n  - {name: [x]}\n", 2, "not understood"),
        ("names: []\nnames: []\n", 2, "twice"),
        ("names: []\nstop: []\n", 2, "names and block"),
        ("names: big brake\n", 1, "no list"),
        ("- a\n- b\n", 1, "names and block"),
        ("names:\n  - {id: [\n", 3, "not YAML"),
    ],
)
def test_a_malformed_file_is_told_with_its_line_and_kept(path: Path, content: str, line: int, said: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    for change in (lambda: add_name(path, "big brake", PTEN), lambda: block_name(path, "vimentin")):
        with pytest.raises(LexiconError, match=said) as told:
            change()
        assert told.value.where.startswith(f"{path}:{line}")
    assert path.read_text() == content


def test_what_is_no_text_and_what_is_no_file_are_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"names: [\xff]")
    with pytest.raises(LexiconError, match="UTF-8"):
        block_name(path, "vimentin")
    with pytest.raises(UsageError, match="no file"):
        block_name(Path(os.devnull), "vimentin")


def test_names_are_strings_whatever_yaml_makes_of_them(path: Path) -> None:
    own = parse("names:\n  - {id: my:1, name: NO, synonyms: on}\nblock:\n  - name: 1e5\n", path)
    assert own.names[0].spellings == ("NO", "on")
    assert own.block[0].name == "1e5"


def test_the_default_place_is_told_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINEX_LEXICON", str(tmp_path / "mine.yaml"))
    assert default_place() == tmp_path / "mine.yaml"
    monkeypatch.delenv("MINEX_LEXICON")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_place() == tmp_path / "minex" / "lexicon.yaml"
    assert default_file() is None
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_place() == tmp_path / ".config" / "minex" / "lexicon.yaml"


def test_a_file_without_names_is_the_shipped_lexicon(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("# nothing yet\nnames: []\n")
    assert Lexicon.load(user=path) is Lexicon.load()


def test_names_and_blocks_are_on_top_of_whatever_lexicon_is_built(path: Path, tmp_path: Path) -> None:
    built = small(tmp_path / "built.xz").output
    add_name(path, "big brake", "my:1", "GENE")
    mine = Lexicon.load(built, user=path)
    assert [candidate.id for candidate in mine.candidates("big brake")] == ["my:1"]
    assert mine.version != Lexicon.load(built).version
