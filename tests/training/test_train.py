"""The settings of the later stages."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType


def test_a_later_stage_starts_from_the_earlier_weights_and_runs_to_its_end(train: ModuleType) -> None:
    config = train.tuning_config(Path("base"), 500)
    assert config["components"] == {name: {"source": "base"} for name in ("tok2vec", "tagger", "parser")}
    assert (config["training"]["max_steps"], config["training"]["patience"]) == (500, 0)
    assert config["training"]["optimizer"]["learn_rate"]["total_steps"] > train.TUNING_STEPS
