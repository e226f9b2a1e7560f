"""The catalogue has a text for everything that is said, and says it again from the JSON of a finding."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader import grading
from grader.diagnose import examination
from grader.diagnose.sentences import catalogue, say
from grader.diagnose.trait import TRAITS
from tests.diagnose.asked import findings, judge
from tests.diagnose.test_relations import WRONG

SOURCES = [*Path(examination.__file__).parent.rglob("*.py"), Path(grading.__file__)]
#: Calls whose first argument, or second of a slip, is the id of a text.
PLACES = {"Words": (0, ""), "inner": (0, "inner."), "Slip": (1, "")}


def ids() -> set[str]:
    """Every id that is written out in the code; what is computed stands for a star."""
    found = set()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_bytes())):
            name = (
                node.func.id
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                else ""
            )
            if name in PLACES:
                assert isinstance(node, ast.Call)
                place, prefix = PLACES[name]
                for text in texts(node.args[place]):
                    found.add(prefix + text)
    return found


def fits(named: str, known: str) -> bool:
    """Whether an id of the catalogue is one that the code may name."""
    return re.fullmatch(re.escape(named).replace(r"\*", ".+"), known) is not None


def texts(node: ast.AST) -> list[str]:
    """The texts that an expression may be, with stars for what is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    return []


def test_every_text_that_the_code_names_is_in_the_catalogue() -> None:
    assert [
        one for one in sorted(ids()) if not any(fits(one, known) for known in catalogue())
    ] == []


def test_the_catalogue_holds_nothing_that_is_never_said() -> None:
    trees = (ast.parse(file.read_bytes()) for file in SOURCES)
    said = {text for tree in trees for node in ast.walk(tree) for text in texts(node)}
    said = {prefix + text for text in said if text.strip("*.") for prefix in ("", "inner.")}
    said |= {f"when.{trait.name}" for trait in TRAITS}
    computed = [re.compile(re.escape(text).replace(r"\*", ".+")) for text in said if "*" in text]
    rest = [known for known in catalogue() if known not in said]
    assert [known for known in rest if not any(one.fullmatch(known) for one in computed)] == []


def test_every_special_input_has_a_text() -> None:
    assert {f"when.{trait.name}" for trait in TRAITS} <= set(catalogue())


def test_every_message_has_a_next_step() -> None:
    within = ("inner.", "when.")
    messages = [known for known in catalogue() if not known.startswith(within)]
    assert [known for known in messages if not catalogue()[known].get("hint")] == []


@pytest.mark.parametrize(
    ("right", "wrong"), [pytest.param(*rest[:2], id=name) for name, *rest in WRONG[:12]]
)
def test_a_finding_is_said_again_from_its_json(right: Any, wrong: Any) -> None:
    for found in findings(judge(*right), wrong):
        again = json.loads(found.model_dump_json())
        assert say(again["params"]) == (found.message, found.hint)


def test_braces_in_a_parameter_are_only_text() -> None:
    message, _ = say({"text": "returns-argument", "argument": "{part}{0}"})
    assert message == "Your function returns {part}{0} as it was given."
