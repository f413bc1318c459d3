"""The scripts in training/, which are no package: they are run from a checkout."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "training"


@pytest.fixture(scope="session")
def training() -> Iterator[Path]:
    sys.path.insert(0, str(FOLDER))
    yield FOLDER
    sys.path.remove(str(FOLDER))


@pytest.fixture(scope="session")
def prepare(training: Path) -> ModuleType:
    return importlib.import_module("prepare")


@pytest.fixture(scope="session")
def silver(training: Path) -> ModuleType:
    return importlib.import_module("silver")


@pytest.fixture(scope="session")
def train(training: Path) -> ModuleType:
    return importlib.import_module("train")


@pytest.fixture(scope="session")
def compose(training: Path) -> ModuleType:
    return importlib.import_module("compose")


@pytest.fixture(scope="session")
def annotated(training: Path) -> ModuleType:
    return importlib.import_module("annotated")
