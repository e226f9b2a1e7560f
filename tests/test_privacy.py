"""What is told of people, and to whom: nothing to logs, nothing over the network, no secret in a report."""

import ast
import base64
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch import Shipment, grade
from grader.models import Graded, Submission
from grader.orders import Plan
from tests.small_course import REFERENCE, write_course

PACKAGE = Path(__file__).parent.parent / "grader"
#: What reaches other machines.
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "ssl", "urllib3"}
#: Socket pairs to our own processes, and what attacks are given to reach for; Dask is asked for by name.
LOCAL = {"redteam/world.py", "sandbox/channel.py", "sandbox/forkserver.py", "sandbox/process.py"}
SECRET = b"correct horse battery staple"


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Everything in the package, with the file where it stands."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        yield from ((name, node) for node in ast.walk(ast.parse(file.read_bytes())))


def test_nothing_is_sent_anywhere() -> None:
    found = set()
    for file, node in nodes():
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            modules.append(node.module)
        found |= {
            (file, module)
            for module in modules
            if module.split(".")[0] in NETWORK
            or module == "urllib.request"
            or (module == "socket" and file not in LOCAL)
        }
    assert found == set()


def test_no_log_names_a_person() -> None:
    levels = {"debug", "info", "warning", "error", "exception", "critical", "log"}
    told = {
        name.id if isinstance(name, ast.Name) else name.attr
        for _, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in levels
        and ast.unparse(node.func.value).split(".")[-1] in ("log", "logger", "logging")
        for argument in node.args
        for name in ast.walk(argument)
        if isinstance(name, (ast.Name, ast.Attribute))
    }
    assert told
    assert not {name for name in told if "student" in name or "submission" in name}


@pytest.mark.needs("landlock")
def test_the_secret_of_a_course_is_in_no_report_and_leaves_no_machine(tmp_path: Path) -> None:
    plan = Plan(write_course(tmp_path), SECRET)
    wrong = REFERENCE.replace("v.sum()", "v.max()").encode()
    done: list[Graded] = []
    grade(plan, [Submission("ann", {"small": wrong})], done.append, jobs=1)
    told = [done[0].text.encode(), pickle.dumps(Shipment.of(plan))]
    forms = (SECRET, SECRET.hex().encode(), base64.b64encode(SECRET))
    assert json.loads(done[0].text)["seed"]
    assert not any(form in text for form in forms for text in told)
