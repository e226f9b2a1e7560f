"""The threat model promises nothing without a test that holds it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "threat-model.md"
PROMISES = re.findall(r"\[test\]\(\.\./([^)]+)\) `(\w+)`", PAGE.read_text(encoding="utf-8"))
PAGES = (PAGE, ROOT / "SECURITY.md")
LINKS = [
    (page, link)
    for page in PAGES
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("file", "name"), PROMISES, ids=[name for _, name in PROMISES])
def test_a_promise_names_a_test_that_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert name in defined | assigned


def test_every_row_of_promises_has_its_test() -> None:
    text = PAGE.read_text(encoding="utf-8")
    told = text[text.index("## What is promised") : text.index("## What is not stopped")]
    rows = [line for line in told.splitlines() if line.startswith("| ") and "---" not in line]
    promises = [row for row in rows if not row.startswith("| promise |")]
    assert promises
    assert [row for row in promises if "[test](" not in row] == []


@pytest.mark.parametrize(("page", "link"), LINKS, ids=[link for _, link in LINKS])
def test_every_link_leads_somewhere(page: Path, link: str) -> None:
    assert (page.parent / link).exists()
