"""Whatever text a submission makes up, a page keeps its structure and a terminal its state."""

import re
from html.parser import HTMLParser
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.feedback.html import html
from grader.feedback.markdown import markdown
from tests.feedback.samples import HOSTILE, hostile_report, seen
from tests.feedback.test_writers import UNSEEN, printed

PIECES = [
    "<",
    ">",
    "&",
    '"',
    "'",
    "\\",
    "{{",
    "%}",
    "](",
    "|",
    "#",
    "\n",
    "\r",
    "~~~",
    "]]>",
    "-->",
    "\0",
]
#: A backtick makes code of what follows it, which is as it should be; the rest must change nothing.
TEXTS = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="`"), max_size=8),
        st.sampled_from([*PIECES, *HOSTILE.replace("`", " ").split(" ")]),
    ),
    max_size=12,
).map(lambda pieces: "x" + "".join(pieces) + "x")


class Tree(HTMLParser):
    """The elements of a page with their attributes, but for those that hold text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, ...]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = (f"{name}={value}" for name, value in attrs if name != "aria-label")
        self.seen.append((tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.seen.append(("comment", data))


def page(text: str) -> str:
    return html(seen(hostile_report(text, drawn=False), "staff"))


CALM = Tree(page("xx")).seen


@settings(max_examples=60)
@given(TEXTS)
def test_a_page_has_the_elements_that_it_has_with_a_calm_text(text: str) -> None:
    made = page(text)
    assert Tree(made).seen == CALM
    assert not UNSEEN.search(made)


def headings(text: str) -> list[str]:
    """The lines outside fenced blocks that begin something, by what they begin."""
    outside = re.sub(
        r"(?ms)^(`{3,})\w*\n.*?^\1$", "", markdown(seen(hostile_report(text, drawn=False)))
    )
    begun = (re.match(r"[#|>~=+*-]+|\d+\.|<", line) for line in outside.splitlines())
    return [kind for kind, _ in groupby(found.group() for found in begun if found)]


CALM_HEADINGS = headings("xx")


@settings(max_examples=60)
@given(TEXTS)
def test_markdown_begins_nothing_that_it_does_not_begin_with_a_calm_text(text: str) -> None:
    assert headings(text) == CALM_HEADINGS


@settings(max_examples=30)
@given(TEXTS)
def test_a_terminal_gets_nothing_but_text(text: str) -> None:
    assert not UNSEEN.search(printed(seen(hostile_report(text, drawn=False), "staff")))
