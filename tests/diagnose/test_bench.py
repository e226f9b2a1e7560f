"""The inputs of a diagnosis: as many as its results tell little, and none at a size that has no end."""

from typing import Any

import numpy as np
import pytest

from grader.diagnose import bench as benches
from grader.diagnose.bench import Bench, Undrawable
from grader.diagnose.timer import OutOfTime, within
from grader.domains import Domain, Size


def made(reference: Any, drawer: Any = lambda rng, size: (rng.normal(size=size.n),)) -> Bench:
    return Bench("f", reference, Domain("f", drawer, "T0"), {})


@pytest.mark.parametrize(
    ("reference", "enough"),
    [
        (lambda x: bool(x[0] > 0), 48),
        (lambda x: "up" if x[0] > 0 else "down", 48),
        (lambda x: int(x[0]), 33),
        (lambda x: x > 0, 14),
        (lambda x: (bool(x[0] > 0), bool(x[1] > 0), bool(x[2] > 0), bool(x[3] > 0)), 25),
        (lambda x: {"sign": bool(x[0] > 0), "whole": int(x[0])}, 25),
        (lambda x: float(x[0]), 12),
        (lambda x: x, 12),
    ],
    ids=["a truth", "a word", "a count", "an array", "four truths", "by name", "a float", "floats"],
)
def test_the_less_a_result_tells_the_more_inputs_are_enough(reference: Any, enough: int) -> None:
    assert made(reference).enough == enough


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benches, "DRAW_TIME", 0.02)


def endless_at_whole_numbers(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    while size.integers:
        pass
    return (rng.normal(size=size.n),)


@pytest.mark.usefixtures("impatient")
def test_a_size_at_which_a_domain_has_no_end_is_left_out_from_then_on() -> None:
    asked = []

    def drawer(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        asked.append(size)
        return endless_at_whole_numbers(rng, size)

    bench = made(np.sum, drawer)
    whole = Size(2, 2, 2, integers=True)
    for number in range(2):
        with pytest.raises(Undrawable):
            bench.drawn("check", number, whole)
    assert asked == [whole]
    assert bench.ordinary(0).wanted.returned


def test_the_time_of_the_whole_diagnosis_is_not_taken_for_that_of_a_draw() -> None:
    bench = made(np.sum, endless_at_whole_numbers)
    with pytest.raises(OutOfTime), within(0.02):
        bench.draw("check", 0, Size(integers=True))


def test_an_input_is_drawn_once_and_the_same_everywhere() -> None:
    one, other = made(np.sum), made(np.sum)
    assert one.ordinary(3) is one.ordinary(3)
    assert np.array_equal(one.ordinary(3).args[0], other.ordinary(3).args[0])
    assert len(one.ordinary(1).args[0]) == benches.SIZES[1].n
