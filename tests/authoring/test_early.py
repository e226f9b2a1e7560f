"""Random numbers that a suite draws while it is read are found, those that its tests draw are not."""

import importlib.util
import random
from pathlib import Path

import numpy as np

from grader.authoring.early import streams_made_at_import, watching

SUITE = """\
import random
import numpy as np

A = random.random()
B = np.random.random()


def draws():
    return random.random()
"""
STREAMS = """\
import numpy as np

RNG = np.random.default_rng(1).normal()
OWN = np.random.Generator(np.random.PCG64(1))


def test(rng=np.random.RandomState(1), *, other=np.random.Philox(2)):
    return np.random.Generator(np.random.PCG64(3))


class Cases:
    rng = np.random.MT19937(4)

    def test(self):
        return np.random.SFC64(5)
"""


def test_what_is_drawn_while_a_file_is_read_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "suite.py"
    file.write_text(SUITE)
    spec = importlib.util.spec_from_file_location("suite", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with watching(tmp_path) as stop:
        spec.loader.exec_module(module)
        elsewhere = np.random.random()  # noqa: NPY002  # a line of another file
        found = stop()
        module.draws()
    assert found == [
        "suite.py:4 calls random.random while the suite is read",
        "suite.py:5 calls np.random.random while the suite is read",
    ]
    assert 0 <= elsewhere < 1


def test_functions_that_were_watched_are_themselves_again(tmp_path: Path) -> None:
    before = random.random, np.random.normal
    with watching(tmp_path):
        assert random.random is not before[0]
    assert (random.random, np.random.normal) == before


def test_a_stream_is_made_at_import_unless_a_function_makes_it(tmp_path: Path) -> None:
    (tmp_path / "suite.py").write_text(STREAMS)
    assert [found.partition(" while")[0] for found in streams_made_at_import(tmp_path)] == [
        "suite.py:4 calls np.random.Generator",
        "suite.py:4 calls np.random.PCG64",
        "suite.py:7 calls np.random.RandomState",
        "suite.py:7 calls np.random.Philox",
        "suite.py:12 calls np.random.MT19937",
    ]
