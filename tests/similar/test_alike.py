"""Copies are found whatever was done to hide them, and nobody else is shown beside them."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.similar.alike import SHORTEST, SURE, Pair, pairs
from grader.similar.documents import code_of, document, grouped, lexed
from tests.exchange.test_notebooks import notebook
from tests.similar.samples import disguised, function, program

pytestmark = pytest.mark.needs("staff")
CLASS = {f"s{seed:02}": program(seed) for seed in range(12)}


def found(stub: str = "", **texts: str) -> list[Pair]:
    return pairs(grouped(texts.items()), document(stub))


def names(found: list[Pair]) -> list[tuple[str, str]]:
    return [(pair.first.student, pair.second.student) for pair in found]


def test_people_who_wrote_their_own_are_not_shown() -> None:
    assert found(**CLASS) == []


def test_a_copy_under_other_names_and_in_another_layout_is_the_same() -> None:
    (pair,) = found(**CLASS, copy=disguised(CLASS["s03"]))
    assert names([pair]) == [("s03", "copy")]
    assert pair.share == 1


def test_a_copy_whose_functions_are_in_another_order_is_found() -> None:
    parts = CLASS["s03"].split("\n\n")
    (pair,) = found(**CLASS, copy=disguised("\n\n".join(reversed(parts))))
    assert names([pair]) == [("s03", "copy")]
    assert pair.share > 0.8


def test_one_function_that_was_copied_is_found() -> None:
    mine = program(77, ("scaled", "mean", "more", "even_more"))
    copied = disguised(function("total", 301, lines=14))
    long = CLASS | {"s03": f"{function('total', 301, lines=14)}\n{program(78)}"}
    (pair,) = found(**long, copy=f"{copied}\n{mine}")
    assert names([pair]) == [("s03", "copy")]


def test_all_who_handed_in_the_same_stand_together() -> None:
    copies = dict.fromkeys(("x", "y", "z"), CLASS["s03"])
    (pair,) = found(**CLASS, **copies)
    assert (pair.first.student, pair.second.student, pair.others) == ("s03", "x", ((), ("y", "z")))


def test_what_stands_in_the_stub_does_not_count() -> None:
    stub = function("given", 1, lines=40)
    texts = {name: f"{stub}\n{function('total', seed)}" for seed, name in enumerate(CLASS)}
    assert found(stub, **texts) == []
    assert found("", **dict(list(texts.items())[:3])) != []


def test_what_everybody_has_hardly_counts() -> None:
    common = function("common", 1, lines=20)
    texts = {name: f"{common}\n{text}" for name, text in CLASS.items()}
    assert found(**texts) == []
    copy = f"{common}\n{disguised(CLASS['s03'])}"
    assert names(found(**texts, copy=copy)) == [("s03", "copy")]


def test_a_copy_in_a_notebook_is_found() -> None:
    copied = code_of({"small.ipynb": notebook(*disguised(CLASS["s03"]).split("\n\n\n"))})
    assert names(found(**CLASS, copy=copied)) == [("s03", "copy")]


def test_each_passage_holds_the_same_symbols_on_both_sides() -> None:
    parts = CLASS["s03"].split("\n\n")
    (pair,) = found(**CLASS, copy="\n\n".join((parts[2], "q = 1", parts[0], "q = 2", parts[1])))
    taken: set[int] = set()
    for each in pair.passages:
        here = pair.first.symbols[each.first : each.first + each.length]
        assert here == pair.second.symbols[each.second : each.second + each.length]
        places = set(range(each.first, each.first + each.length))
        assert not places & taken
        taken |= places
    assert len(taken) > 0.9 * len(pair.first.symbols)


@pytest.mark.parametrize("cut", range(8))
def test_a_passage_that_is_long_enough_leaves_a_fingerprint_wherever_it_stands(cut: int) -> None:
    from copydetect.utils import winnow

    from grader.similar.alike import WINDOW, _hashes

    whole = document(program(1)).symbols
    part = whole[cut : cut + SURE]
    other = document(program(2)).symbols
    hidden = other[: 3 * cut] + part + other[3 * cut :]
    chosen = [set(winnow(_hashes(text), WINDOW)[0].tolist()) for text in (whole, hidden)]
    assert len(_hashes(part)) == SURE - SHORTEST + 1
    assert chosen[0] & chosen[1]


def test_every_process_chooses_the_same_fingerprints() -> None:
    program = "from grader.similar.alike import _hashes; print(_hashes('abcdefghij' * 3).tolist())"
    said = {
        subprocess.check_output([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert said != {b""}


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("\"'\\#rfb \n\t=(){}x1.é\0"), max_size=60))
def test_the_pieces_of_any_text_are_the_whole_of_it(text: str) -> None:
    pieces = list(lexed(text))
    assert "".join(text[start:end] for _, start, end in pieces) == text


@pytest.mark.parametrize(
    "text", ["\n  " * 40_000 + '"""', '"' * 100_000, "f'" * 50_000, "(" * 100_000]
)
def test_a_text_made_to_be_slow_is_compared_like_any_other(text: str) -> None:
    assert found(one=text, other=text + "x") is not None


def test_what_is_empty_or_cannot_be_read_has_nothing_in_common() -> None:
    texts = ("", "\n", code_of({"small.ipynb": b"no notebook"}), code_of({"small": b"\xff\xfe\0"}))
    assert found(**{f"s{number}": text for number, text in enumerate(texts)}) == []
    assert found() == []
