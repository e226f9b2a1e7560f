"""Of a student's notebook, cells are shown as text and pictures, and nothing else."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.feedback.cells import cells_of
from grader.feedback.png import rewritten
from tests.feedback.handmade import HOSTILE, PICTURE, cell, chunk, notebook, png


def test_the_cells_of_an_experiment_are_those_between_its_names_and_what_follows() -> None:
    found = cells_of(HOSTILE, "E1")
    assert [each.name for each in found.cells] == ["E1-plot", "", "E1-why", ""]
    assert found.notes == ()
    kinds = [[piece.kind for piece in each.pieces] for each in found.cells]
    assert kinds == [
        ["source", "picture"],
        ["source"],
        ["source", "note", "output", "error"],
        ["source"],
    ]
    whole = cells_of(HOSTILE, "E3")
    assert len(whole.cells) == 6
    assert "the whole notebook is shown" in whole.notes[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"cells": 3}',
        b'{"cells": [3, null, {}]}',
        b"[" * 100_000,
        notebook({"cell_type": 1, "source": {"a": 1}, "outputs": 3, "attachments": 4}),
        notebook(cell("E1-x", "x", 3, {"data": 4}, {"data": {"image/png": [1]}}, {"text": {}})),
    ],
)
def test_what_is_no_notebook_shows_nothing_and_breaks_nothing(data: bytes) -> None:
    for each in cells_of(data, "E1").cells:
        assert all(piece.kind != "picture" for piece in each.pieces)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "outputs", "data", "metadata", "text"]), inner
        )
    ),
    max_leaves=10,
)


@given(JSON)
def test_no_notebook_breaks_it(data: Any) -> None:
    cells_of(json.dumps({"cells": data}).encode(), "E1")
    cells_of(json.dumps({"cells": [data]}).encode(), "E1")


def test_a_picture_keeps_its_pixels_and_nothing_else() -> None:
    comment = chunk(b"tEXt", b"Comment\0a secret") + chunk(b"evIl", b"<script>")
    made = rewritten(png(extra=comment) + b"trailing <script>")
    assert made is not None
    assert made == rewritten(png())
    assert b"secret" not in made
    assert b"script" not in made


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        png()[:40],
        png(interlaced=1),
        png(width=0),
        png(width=70_000, height=70_000, pixels=b"\0"),
        png(depth=3),
        png(colour=5),
        png(colour=3),
        png(pixels=b"\0"),
        png(pixels=b"\7" + b"\0" * 13),
        png(pixels=b"\0" * 5_000_000),
        png().replace(b"IDAT", b"IDAX"),
    ],
    ids=lambda data: str(len(data)),
)
def test_what_is_no_picture_is_not_shown(data: bytes) -> None:
    assert rewritten(data) is None


@given(st.binary(max_size=60))
def test_no_picture_breaks_it(data: bytes) -> None:
    rewritten(b"\x89PNG\r\n\x1a\n" + data)
    rewritten(png(extra=chunk(b"PLTE", data)))


@pytest.mark.parametrize(
    ("palette", "transparency", "kept"),
    [
        (b"\1\2\3\4\5\6", b"\7\7", [b"PLTE", b"tRNS"]),
        (b"\1\2\3\4\5\6", b"\7\7\7", [b"PLTE"]),
        (b"\1\2\3\4\5\6", b"", [b"PLTE"]),
    ],
)
def test_a_picture_keeps_its_palette_and_what_is_transparent_of_it(
    palette: bytes, transparency: bytes, kept: list[bytes]
) -> None:
    extra = chunk(b"PLTE", palette) + chunk(b"tRNS", transparency)
    made = rewritten(png(colour=3, pixels=b"\0\1\0" * 2, extra=extra))
    assert made is not None
    assert [kind for kind in (b"PLTE", b"tRNS") if kind in made] == kept


@pytest.mark.parametrize("palette", [b"\1\2", b"\0" * 771], ids=["no colours", "too many"])
def test_a_palette_that_is_none_makes_no_picture(palette: bytes) -> None:
    extra = chunk(b"PLTE", palette)
    assert rewritten(png(colour=3, pixels=b"\0\1\0" * 2, extra=extra)) is None


def pieces(*outputs: Any, **more: Any) -> list[tuple[str, str]]:
    """What is shown of a cell."""
    made = {**cell("E1-plot", "", *outputs), **more}
    (found,) = cells_of(notebook(made), "E1").cells
    return [(piece.kind, piece.text) for piece in found.pieces]


def test_an_output_is_shown_in_the_first_form_that_is_safe() -> None:
    forms = {"text/html": "<b>7</b>", "text/plain": ["7", "\n"], "image/svg+xml": "<svg>"}
    assert pieces({"data": forms}) == [("output", "7\n")]


@pytest.mark.parametrize(
    "encoded",
    ["no base64!", base64.b64encode(b"GIF89a").decode(), "AAA"],
    ids=["other letters", "another kind", "cut short"],
)
def test_a_picture_that_cannot_be_shown_is_told(encoded: str) -> None:
    damaged = ("note", "a picture that is damaged, interlaced or too large")
    assert pieces({"data": {"image/png": encoded}}) == [damaged]


def test_pictures_that_are_attached_to_text_are_shown_and_not_more_than_fit() -> None:
    attached = {f"{number}.png": PICTURE["data"] for number in range(19)}
    kinds = [kind for kind, _ in pieces(attachments=attached)]
    assert kinds == ["picture"] * 19
    many = [piece for piece in pieces(*[PICTURE] * 62) if piece[0] == "note"]
    assert many == [("note", "one of more pictures than are shown")] * 2
