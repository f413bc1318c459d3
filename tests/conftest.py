"""What tests share: the real pipeline, made once."""

from __future__ import annotations

import pytest

from minex.pipeline import Pipeline
from minex.rules.language import RuleSet
from minex.rules.load import load


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The shipped model, lexicon and rules."""
    return Pipeline()


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The shipped rules."""
    return load()
