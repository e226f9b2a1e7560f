"""The page for staff: two sides that can be read, and nothing in them but text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import Assignment, Course
from grader.feedback.catalogue import languages
from grader.similar.alike import pairs
from grader.similar.documents import document, grouped
from grader.similar.page import Found, find, html
from grader.similar.sides import Block, Line, Sides, sides
from tests.feedback.samples import HOSTILE
from tests.feedback.test_writers import UNSEEN
from tests.similar.samples import disguised, function, program
from tests.small_course import write_course

pytestmark = pytest.mark.needs("staff")
#: What the page itself is made of; nothing else may be in it, whatever was handed in.
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer"),
    *("div", "p", "h1", "h2", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "bdi", "code", "mark", "pre", "span"),
}


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course"))


class Parts(HTMLParser):
    """The tags and attributes of a page, and the addresses in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src"):
                self.addresses.add(value or "")

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")


def found(*texts: str) -> Found:
    listed = [(f"s{number}", text) for number, text in enumerate(texts)]
    return Found(len(listed), tuple(pairs(grouped(listed), document(""))))


def laid_out(*texts: str) -> Sides:
    return sides(found(*texts).pairs[0])


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


def shared(block: Block | None) -> str:
    """What of a block is marked, without blanks."""
    pieces = [piece for line in block.lines for piece in line.pieces] if block else []
    return "".join("".join(p.text.split()) for p in pieces if p.passage and p.kind != "comment")


def test_functions_that_share_a_passage_stand_beside_each_other_in_any_order() -> None:
    parts = program(5).split("\n\n")
    rows = laid_out(program(5), "\n\n".join((parts[2], "Q = {}", parts[0], parts[1]))).rows
    named = [(one.name, other.name) for one, other in rows if one and other]
    assert named == [("total", "total"), ("scaled", "scaled"), ("mean", "mean")]


def test_what_is_marked_on_one_side_is_marked_on_the_other() -> None:
    text = program(5)
    for one, other in laid_out(text, text.replace("total", "whole", 1) + "\nQ = 1\n").rows:
        assert shared(one).replace("total", "whole", 1) in (
            shared(other),
            shared(other).replace("total", "whole", 1),
        )


def test_what_is_called_otherwise_is_listed_and_marked() -> None:
    shown = laid_out(program(5), disguised(program(5)))
    assert ("x", "my_x") in shown.renamed
    pieces = [p for one, _ in shown.rows if one for line in one.lines for p in line.pieces]
    assert {p.text for p in pieces if p.differs} >= {"x", "y"}
    assert "def" not in {p.text for p in pieces if p.differs}


def test_functions_that_share_nothing_are_only_named() -> None:
    lonely = function("lonely", 9, lines=1)
    assert laid_out(f"{lonely}\n{program(5)}", program(5)).rest == ("lonely",)


def test_lines_have_their_own_numbers_and_long_docstrings_are_left_out() -> None:
    text = f'"""Mine.\n\nAll\nof it."""\nimport numpy\n\n\n@cached\n{program(5)}'
    rows = laid_out(text, program(5)).rows
    block = rows[0][0]
    assert block is not None
    lines = [line for line in block.lines if not line.left_out]
    assert all(text_of(line) == text.split("\n")[line.number - 1] for line in lines)
    assert text_of(block.lines[0]) == "@cached"
    (first, *_) = sides(found(f'{text}\n"""A\nB"""\n', text).pairs[0]).rows
    assert first[0] is not None
    assert [line.left_out for line in first[0].lines if line.left_out] == [3]


@pytest.mark.parametrize("language", languages())
def test_a_class_without_copies_is_told_so(assignment: Assignment, language: str) -> None:
    page = html(assignment, found(program(1), program(2)), language)
    assert "<mark" not in page
    assert Parts(page).tags <= TAGS


def hostile_page(assignment: Assignment, text: str) -> str:
    """A page in which names and code are this text, wherever it can stand."""
    quoted = text.replace("\n", " ")
    code = f"# {quoted}\n{program(3)}\nname = '''{text}'''\n{text}\n"
    files = {"small": code.encode("utf-8", "replace")}
    more = {"small": (disguised(program(3)) + code).encode("utf-8", "replace")}
    listed = [(text, files), (f"{text}2", files), (f"{text}3", more)]
    return html(assignment, find(assignment, listed), "en")


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(HOSTILE.split(" "))), max_size=10).map(
        "".join
    )
)
def test_no_text_of_a_submission_becomes_anything_but_text(
    assignment: Assignment, text: str
) -> None:
    page = hostile_page(assignment, text)
    parts = Parts(page)
    assert parts.tags <= TAGS
    assert not {name for name in parts.attributes if name.startswith("on") or name == "src"}
    assert all(re.fullmatch(r"#[a-z-]+\d*(-\d+)?", address) for address in parts.addresses)
    assert not UNSEEN.search(page)


def test_the_page_is_complete_in_itself(assignment: Assignment) -> None:
    page = hostile_page(assignment, HOSTILE)
    assert "default-src 'none'" in page
    assert Parts(page).addresses
    assert not re.search(r"(?:url\(|@import|<script|<link)", page.partition("</style>")[0])


def test_the_stub_of_the_course_does_not_count(tmp_path: Path) -> None:
    assignment = write_course(tmp_path)
    stub = function("given", 1, lines=40)
    (assignment.release_dir / "small.py").write_text(stub)
    listed = [(f"s{n}", {"small": f"{stub}\n{function('f', n)}".encode()}) for n in range(3)]
    assert find(Course.find(tmp_path).assignment("small"), listed).pairs == ()
