"""What all tests share: a cache of their own, empty when they begin, and all the time they need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from policy.pipeline.cache import VARIABLE

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

FOLDER = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FOLDER] = mkdtemp(prefix="policy-tests-")
    os.environ[VARIABLE] = str(Path(config.stash[FOLDER]) / "cache")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
