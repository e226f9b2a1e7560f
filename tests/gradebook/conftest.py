import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from grader.gradebook.connection import Gradebook
from grader.gradebook.schema import open_gradebook
from tests.gradebook import server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with server.running() as url:
        yield url


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.needs("postgresql"), pytest.mark.slow]),
    ]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a gradebook can be made: everything that a gradebook promises holds in both."""
    if request.param == "sqlite":
        return tmp_path / "gradebook.db"
    url: str = request.getfixturevalue("postgresql")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty gradebook: to copy it is quicker than to make one."""
    file = tmp_path_factory.mktemp("empty") / "gradebook.db"
    open_gradebook(file).close()
    return file


@pytest.fixture
def book(place: Path | str, empty: Path) -> Iterator[Gradebook]:
    """An empty gradebook."""
    if isinstance(place, Path):
        shutil.copy(empty, place)
    made = open_gradebook(place)
    yield made
    made.close()
