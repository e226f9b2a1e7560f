"""Whatever is killed, and whenever: the batch goes on, and every submission has the report that it should have."""

from pathlib import Path

import pytest

from tests.gradebook import crash

pytestmark = [pytest.mark.needs("landlock"), pytest.mark.slow]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> crash.Scene:
    return crash.set_up(Path(tmp_path_factory.mktemp("crash")) / "course", submissions=18)


@pytest.mark.parametrize("target", ["parent", "runner", "worker"])
def test_a_batch_that_is_killed_goes_on_as_if_nothing_had_happened(
    scene: crash.Scene, target: str
) -> None:
    crash.disturb(scene, 0, target)
