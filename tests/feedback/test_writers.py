"""Whatever a submission wrote stays text in every writer."""

import json
import re

import pytest
from rich.console import Console

from grader.feedback.escape import fenced_markdown, inline_markdown, safe
from grader.feedback.html import html
from grader.feedback.markdown import markdown
from grader.feedback.report import print_view
from grader.feedback.students import as_json
from grader.feedback.view import View
from tests.feedback.samples import HOSTILE, hostile_report, outcome, report, seen

AUDIENCES = ["student", "staff"]
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]"
)


def hostile_view(audience: str) -> View:
    return seen(hostile_report(), audience, "after-release")


def printed(view: View) -> str:
    console = Console(force_terminal=False, width=200)
    with console.capture() as capture:
        print_view(console, view)
    return capture.get()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_html_holds_no_markup_of_a_submission(audience: str) -> None:
    page = html(hostile_view(audience))
    for wrong in ("<script", "<img", "<!--", "pwned</", "javascript:alert(1))<", "<b>"):
        assert wrong not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert not UNSEEN.search(page)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_page_loads_nothing_and_runs_nothing(audience: str) -> None:
    page = html(hostile_view(audience))
    assert {link[0] for link in re.findall(r'(?:href|src)="([^"]*)"', page)} == {"#"}
    assert {link[0] for link in re.findall(r"url\((.)", page)} == {"#"}
    assert "<script" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_steers_the_terminal(audience: str) -> None:
    text = printed(hostile_view(audience))
    assert not UNSEEN.search(text)
    assert "[bold red]pwned[/]" in text.replace("\n", "")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_markdown_has_no_line_that_a_submission_could_have_begun(audience: str) -> None:
    text = markdown(hostile_view(audience))
    assert not UNSEEN.search(text)
    outside = re.sub(r"(?ms)^(`{3,})\w*\n.*?^\1$", "", text)
    assert outside != text
    assert not re.search(r"(?m)^# pwned|^\| a \| b|(?<!\\)\]\(javascript|(?<!&lt;)<\w", outside)
    assert re.findall(r"(?m)^# .*", outside) == [outside.splitlines()[0]]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_json_is_ascii_and_says_the_same(audience: str) -> None:
    view = hostile_view(audience)
    text = as_json(view)
    assert text.isascii()
    assert not UNSEEN.search(text)
    assert json.loads(text)["assignment"] == "small"


def test_unseen_characters_are_shown_as_escapes() -> None:
    assert safe("a\x1b[31m\u202eb\ud83d\tc\n") == "a\\x1b[31m\\u202eb\\ud83d\tc\n"


def test_letters_of_all_languages_stay() -> None:
    assert safe("Ωμέγα שלום 数学 é") == "Ωμέγα שלום 数学 é"


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    block = fenced_markdown("a\n`````\nb")
    assert block.splitlines()[0] == "``````text"
    assert block.splitlines()[-1] == "``````"


def test_inline_markdown_is_one_line() -> None:
    assert inline_markdown("# a\n* b <i> [c](d)") == r"\# a \* b &lt;i\> \[c\]\(d\)"


def test_every_writer_tells_what_is_wrong_and_what_to_do_next() -> None:
    view = seen(report(outcome(verdict="failed", hint="Try `softmax` on zeros.")))
    for text in (html(view), markdown(view), printed(view), as_json(view)):
        plain = re.sub(r"<[^>]+>|[`\\]", "", text)
        assert "softmax gives something else than what is wanted" in plain
        assert "Try softmax on zeros." in plain


def test_the_hostile_text_is_what_the_tests_say_it_is() -> None:
    assert UNSEEN.search(HOSTILE)
    assert "<script" in HOSTILE
