"""What tests share: the real pipeline, made once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from minex.pipeline import Pipeline
from minex.rules.language import RuleSet
from minex.rules.load import load
from tests.chromium import browser, watched

__all__ = ["browser", "pipeline", "rules", "watched"]

# Tests of the real command start `minex`; it is the one beside this Python, whatever else is on the path.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
# Nobody's own names and blocks: what the shipped lexicon reads, these tests say.
os.environ["MINEX_LEXICON"] = os.devnull


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The shipped model, lexicon and rules."""
    return Pipeline()


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The shipped rules."""
    return load()
