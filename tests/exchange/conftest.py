import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.nbgrader_course import Both, opened, write_both


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written") / "course"
    write_both(root)
    return root


@pytest.fixture
def synced(written: Path, tmp_path: Path) -> Iterator[Both]:
    made = opened(shutil.copytree(written, tmp_path / "course"))
    yield made
    made.book.close()
