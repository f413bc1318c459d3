"""A pipeline in place of the bundled one: what it must have, and what is said of one that has it not."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.errors import ModelError
from minex.pipeline import Pipeline
from minex.syntax.installed import inspect, install_command
from minex.syntax.pipeline import ParseRequest, load
from tests.syntax.pipelines import write


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("models") / "small")


def test_a_folder_tells_its_name_version_and_scheme_without_being_loaded(small: Path) -> None:
    found = inspect(str(small))
    assert (found.name, found.universal, found.notices) == ("en_small", True, ())
    assert found.version


def test_a_scispacy_pipeline_that_is_not_installed_is_told_with_its_command() -> None:
    with pytest.raises(ModelError) as told:
        inspect("en_ner_craft_md")
    assert told.value.exit_code == 1
    assert told.value.cure == install_command("en_ner_craft_md")
    assert told.value.cure.endswith("/en_ner_craft_md-0.5.4.tar.gz")


def test_of_a_name_that_nobody_knows_the_known_ones_are_told() -> None:
    with pytest.raises(ModelError) as told:
        inspect("no_such_pipeline")
    assert told.value.exit_code == 1
    assert "en_core_sci_md" in told.value.cure


def test_a_folder_without_a_pipeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no meta\.json"):
        inspect(str(tmp_path))


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"lang": 1, "name": "x", "version": "1"}'])
def test_a_damaged_meta_file_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "meta.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"meta\.json cannot be read"):
        inspect(str(tmp_path))


def test_what_a_pipeline_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no parser"):
        inspect(str(write(tmp_path / "tagger", components=["tagger"])))
    with pytest.raises(ModelError, match="no tagger"):
        inspect(str(write(tmp_path / "parser", components=["parser"])))


def test_labels_that_no_rule_can_be_read_in_are_refused(tmp_path: Path) -> None:
    german = {"labels": {"tagger": ["NN", "VVFIN"], "parser": ["ROOT", "sb", "oa", "nk"]}}
    with pytest.raises(ModelError, match="the labels"):
        inspect(str(write(tmp_path / "german", meta=german)))


def test_another_great_version_of_spacy_is_refused_before_it_breaks(tmp_path: Path) -> None:
    folder = write(tmp_path / "old", meta={"spacy_version": ">=2.3.1,<2.4.0"})
    with pytest.raises(ModelError, match="made for spaCy"):
        inspect(str(folder))


def test_another_small_version_of_spacy_is_told_and_used(tmp_path: Path) -> None:
    # scispaCy's pipelines of today are made for spaCy 3.7.
    folder = write(tmp_path / "sci", meta={"spacy_version": ">=3.7.4,<3.8.0"})
    (notice,) = inspect(str(folder)).notices
    assert "3.7.4" in notice
    assert load(str(folder)).universal


def test_weights_that_are_damaged_are_told_with_a_cure(tmp_path: Path) -> None:
    folder = write(tmp_path / "damaged")
    (folder / "parser" / "model").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="does not load"):
        load(str(folder))


def test_the_scheme_is_that_of_the_labels(small: Path, tmp_path: Path) -> None:
    assert load(str(small)).universal
    assert not load(str(write(tmp_path / "clear", universal=False))).universal
    assert not load().universal


def test_words_are_cut_as_the_rules_know_them(small: Path) -> None:
    (parse,) = load(str(small)).parse([ParseRequest("hypoxia-induced exosomes rose", 0, ())])
    assert parse is not None
    assert [token.text for token in parse] == ["hypoxia", "-", "induced", "exosomes", "rose"]


def test_other_weights_are_another_model_and_make_documents_stale(small: Path, tmp_path: Path) -> None:
    again = write(tmp_path / "again")
    other = write(tmp_path / "other", seed=2)
    assert load(str(again)).identity == load(str(small)).identity
    assert load(str(other)).identity != load(str(small)).identity
    prints = {Pipeline(model).fingerprint for model in (None, str(small), str(other))}
    assert len(prints) == 3
    assert Pipeline(str(small)).versions["model"].startswith("small-")
