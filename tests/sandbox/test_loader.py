import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import newer
from grader.sandbox.process import ForkServer, Setup, Spawner
from tests.sandbox.conftest import Talk

Load = Callable[..., Talk]
TWO = ("f", "g")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The support package of an assignment."""
    folder = tmp_path_factory.mktemp("assignment") / "given"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "checks.py").write_text("def ours():\n    return 'ours'\n")
    return folder


@pytest.fixture(scope="module")
def with_given(given: Path) -> Iterator[Spawner]:
    """Forks workers that have it, without confining them: what is under test is how files become functions."""
    pytest.importorskip("fcntl", reason="only where processes fork")
    server = ForkServer(Setup(given), confined=False)
    yield server
    server.close()


@pytest.fixture
def load(with_given: Spawner) -> Iterator[Load]:
    """Loads a submission in a fresh worker."""
    talks = []

    def start(source: str | bytes | Mapping[str, bytes], *args: Any, **kwargs: Any) -> Talk:
        talks.append(Talk(with_given, source, *args, **kwargs))
        return talks[-1]

    yield start
    for talk in talks:
        talk.conversation.end()


def states(talk: Talk) -> dict[str, str]:
    return dict(talk.loaded.functions)


def test_what_was_defined_before_the_first_error_is_graded(load: Load) -> None:
    talk = load("def f():\n    return 1\n\nprint(1 / 0)\n\ndef g():\n    return 2\n")
    assert states(talk) == {"f": "ready", "g": "missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["type"] == "ZeroDivisionError"
    assert talk.loaded.error["line"] == 4
    assert talk.value("f") == 1


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("import sys; sys.exit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("raise StopIteration", "StopIteration"),
        ("raise BaseExceptionGroup('many', [ValueError(), SystemExit()])", "BaseExceptionGroup"),
        ("def h(): h()\nh()", "RecursionError"),
        ("assert False", "AssertionError"),
        ("input()", "EOFError"),
    ],
)
def test_the_top_level_stops_at_whatever_is_raised(load: Load, statement: str, kind: str) -> None:
    talk = load(f"def f():\n    return 1\n{statement}\ndef g(): pass\n", TWO)
    assert states(talk) == {"f": "ready", "g": "missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["type"] == kind


def test_an_exception_whose_message_cannot_be_made_is_told_without_it(load: Load) -> None:
    source = "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit\nraise Odd\n"
    talk = load(source, ["f"])
    assert talk.loaded.error is not None
    assert "cannot be shown" in talk.loaded.error["message"]


def test_a_submission_that_ends_its_process_while_loading_has_no_functions(load: Load) -> None:
    talk = load("import os\ndef f(): pass\nos._exit(3)\n")
    assert states(talk) == {"f": "missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["kind"] == "killed"
    assert "exit status 3" in talk.loaded.error["message"]


def test_a_missing_module_is_told(load: Load) -> None:
    talk = load({"other": b"def f(): pass\n"}, ["f"])
    assert states(talk) == {"f": "missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["message"] == "there is no work.py"


def test_the_main_guard_never_runs(load: Load) -> None:
    talk = load("x = [1]\nif __name__ == '__main__':\n    x.append(2)\ndef f():\n    return x\n")
    assert talk.value("f") == [1]


STUBS = {
    "a docstring and the raise": 'def f(x):\n    """Double x."""\n    raise NotImplementedError\n',
    "the raise alone": "def f(x):\n    raise NotImplementedError('write me')\n",
}
NO_STUBS = {
    "work before the raise": "def f(x):\n    x + 1\n    raise NotImplementedError\n",
    "a raise in a branch": "def f(x):\n    if x < 0:\n        raise NotImplementedError\n    return x\n",
    "another error": "def f(x):\n    raise ValueError\n",
    "pass": "def f(x):\n    pass  # NotImplementedError\n",
    "defined again": "def f(x):\n    raise NotImplementedError\ndef f(x):\n    return x\n",
    "bound again": "def f(x):\n    raise NotImplementedError\ndef h(x):\n    return x\nf = h\n",
    "bound again with a type": "def f(x):\n    raise NotImplementedError\nf: object = abs\n",
    "imported after it": "def f(x):\n    raise NotImplementedError\nfrom math import sqrt as f\n",
    "defined in a branch": "def f(x):\n    raise NotImplementedError\nif 1:\n    def f(x): return x\n",
    "a class after it": "def f(x):\n    raise NotImplementedError\nclass f:\n    def __new__(cls, x): return x\n",
}


@pytest.mark.parametrize("source", STUBS.values(), ids=STUBS)
def test_a_stub_is_recognised_by_its_source(load: Load, source: str) -> None:
    assert states(load(source, ["f"])) == {"f": "stub"}


@pytest.mark.parametrize("source", NO_STUBS.values(), ids=NO_STUBS)
def test_what_is_no_stub_is_ready(load: Load, source: str) -> None:
    assert states(load(source, ["f"])) == {"f": "ready"}


@pytest.mark.parametrize(
    "graded",
    [
        "import functools\nf = functools.partial(pow, 3)",
        "class Call:\n    def __call__(self, x):\n        return 3 ** x\nf = Call()",
        "f = (3).__pow__",
        "f = lambda x: 3 ** x",
        "class f(int):\n    def __new__(cls, x):\n        return 3 ** x",
        "import functools\n@functools.lru_cache\ndef f(x):\n    return 3 ** x",
    ],
    ids=["partial", "instance", "bound method", "lambda", "class", "decorated"],
)
def test_a_graded_name_may_be_any_callable(load: Load, graded: str) -> None:
    assert load(graded + "\n", ["f"]).value("f", 2) == 9


def test_a_graded_name_that_cannot_be_called_is_told_apart_from_a_missing_one(load: Load) -> None:
    assert states(load("f = 3\n", TWO)) == {"f": "not callable", "g": "missing"}


CONFIGURED = """\
import matplotlib.pyplot as plt
import pandas as pd, seaborn as sns
from scipy.special import expit
import torch
from torch import nn
from numba import njit
from sklearn.linear_model import *

plt.style.use("ggplot")
plt.rcParams["figure.figsize"] = (10, 6)
pd.options.display.max_rows = 10
sns.set_theme()
if torch.cuda.is_available():
    device = torch.device("cuda")

class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()

class Layer(nn.Module, object):
    size = 3

with plt.style.context("dark"):
    pass
for line in plt.plot([1]):
    pass

@torch.no_grad()
def f(x):
    return x + 1

@njit
def compiled(x):
    return x

@pd.api.extensions.register_dataframe_accessor("mine")
class Accessor:
    pass

def g(x):
    return expit(x)

def h(x):
    plt.plot(x)
    return x

def size():
    return Layer().size
"""


def test_packages_that_are_not_allowed_may_be_imported_and_configured(load: Load) -> None:
    talk = load(CONFIGURED)
    assert talk.loaded.error is None
    assert talk.value("size") == 3


@pytest.mark.parametrize(
    ("name", "package"), [("g", "scipy.special.expit"), ("h", "matplotlib.pyplot")]
)
def test_a_call_that_uses_such_a_package_raises_one_clear_sentence(
    load: Load, name: str, package: str
) -> None:
    reply = load(CONFIGURED)(name, 1.0)
    assert reply.raised is not None
    assert "ImportError" in reply.raised.bases
    assert reply.raised.message.startswith(f"{package} is not available here")
    assert "this assignment allows numpy, the standard library and given" in reply.raised.message


@pytest.mark.parametrize(
    "line",
    [
        "print(torch.__version__)",
        "new = torch.__version__ >= '2.0'",
        "x = torch.pi * 2 + 1 - torch.tensor([1.0]) @ torch.ones(3) / 2",
        "y = -torch.ones(3) ** 2",
        "def g(x: torch.Tensor | None) -> 'None | torch.Tensor': return x",
        "def g(x: None | torch.Tensor = None): return x",
        "from typing import Optional\ndef g(x: Optional[torch.Tensor]): return x",
        "assert len(torch.ones(3)) < 4",
        "if torch.ones(3).sum() > 2 and torch.e != 3: pass",
        "z = float(torch.pi)",
        "fig, axis = torch.subplots()",
        "torch.table['row'] += 1",
        "del torch.table['row']",
    ],
)
def test_what_a_notebook_does_with_a_package_before_its_functions_costs_nothing(
    load: Load, line: str
) -> None:
    talk = load(f"import torch\n{line}\ndef f():\n    return 1\n", ["f"])
    assert talk.loaded.error is None
    assert talk.value("f") == 1


def test_a_package_that_is_allowed_is_itself(load: Load) -> None:
    source = "import pytest, scipy\nf = pytest.approx\ng = scipy.optimize\n"
    talk = load(source, TWO, allow=["pytest"])
    assert talk.value("f", 1) != 1
    reply = talk("g")
    assert reply.raised is not None
    assert "allows numpy, pytest, the standard library and given" in reply.raised.message


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfdef f():\n    return '\xc3\xa4'\n",
        b"def f():\r\n    return '\xc3\xa4'\r\n",
        b"def f():\r    return '\xc3\xa4'\r",
        b"# -*- coding: latin-1 -*-\ndef f():\n    return '\xe4'\n",
        b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\ndef f():\n    return '\xe4'",
    ],
    ids=["BOM", "CRLF", "CR", "latin-1", "cp1252"],
)
def test_a_source_may_be_written_as_python_allows(load: Load, source: bytes) -> None:
    assert load(source, ["f"]).value("f") == "ä"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"def f():\n    return 1\n\n# \xe4\n", 4),
        ("def f(): pass\n".encode("utf-16"), 1),
        (b"# -*- coding: klingon -*-\ndef f(): pass\n", 1),
        (b"# coding: zlib\ndef f():\n    raise NotImplementedError\n", 1),
    ],
    ids=["latin-1", "UTF-16", "klingon", "zlib"],
)
def test_a_file_in_another_encoding_is_told_its_line_and_what_to_do(
    load: Load, source: bytes, line: int
) -> None:
    error = load(source, ["f"]).loaded.error
    assert error is not None
    assert error["message"].endswith("save the file as UTF-8")
    assert (error["kind"], error["line"]) == ("syntax", line)


@pytest.mark.parametrize(
    "source",
    [
        b"def f():\n    return 1\n\0\n",
        "def f(): pass\n".encode("utf-16"),
        b"# -*- coding: latin-1 -*-\n".join([b"\xef\xbb\xbf", b"def f(): pass\n"]),
        b"# -*- coding: klingon -*-\ndef f(): pass\n",
        b"def f():\n    return '\xe4'\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"def f():\n\treturn 1\n        return 2\n",
        b"(" * 300,
        b"x = " + b"-" * 100_000 + b"1\n",
    ],
    ids=["NUL", "UTF-16", "BOM and latin-1", "klingon", "undeclared", "image", "tabs", "((", "--"],
)
def test_what_is_no_python_is_an_error_that_ends_nothing(load: Load, source: bytes) -> None:
    talk = load(source, ["f"])
    assert states(talk) == {"f": "missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["kind"] in ("syntax", "raised")
    assert talk.conversation.alive


def test_an_empty_file_defines_nothing_and_is_no_error(load: Load) -> None:
    talk = load(b"", ["f"])
    assert states(talk) == {"f": "missing"}
    assert talk.loaded.error is None


def test_dataclasses_work_where_annotations_are_text(load: Load) -> None:
    source = (
        "from __future__ import annotations\nfrom dataclasses import dataclass, field\n"
        "from typing import ClassVar\n@dataclass\nclass Point:\n    count: ClassVar[int] = 2\n"
        "    x: float\n    y: list[float] = field(default_factory=list)\n"
        "def f(x):\n    return Point(x).y, Point.count\n"
    )
    assert load(source).value("f", 1.0) == ([], 2)


def test_the_source_is_there_for_inspect_and_for_tracebacks(load: Load) -> None:
    source = (
        "import inspect\ndef f():\n    return inspect.getsource(f)\ndef g():\n    return 1 / 0\n"
    )
    talk = load(source)
    assert talk.value("f") == "def f():\n    return inspect.getsource(f)\n"
    reply = talk("g")
    assert reply.raised is not None
    assert reply.raised.frames == (("work.py", 5, "g", "return 1 / 0"),)


@pytest.mark.parametrize("name", ["numpy", "given", "grader", "random", "math", "sys", "string"])
def test_a_file_whose_name_is_taken_is_ignored_with_a_note(load: Load, name: str) -> None:
    source = f"import {name}\ndef f():\n    return getattr({name}, 'ours', 'theirs')\n".encode()
    talk = load(
        {"work": source.replace(b"import grader\n", b"grader = 0\n"), name: b"ours = 'me'\n"}
    )
    assert talk.value("f") == "theirs"
    assert [note for note in talk.loaded.notes if note.startswith(f"{name}.py is ignored")]


def test_given_is_the_courses_own(load: Load) -> None:
    source = b"from given.checks import ours\ndef f():\n    return ours()\n"
    assert load({"work": source, "given": b"def ours(): return 1\n"}).value("f") == "ours"


def test_modules_beside_the_graded_one_are_imported_from_memory(load: Load) -> None:
    files = {
        "work": b"import helper\nfrom more import scale as g\ndef f(x):\n    return helper.add(x)\n",
        "helper": b"import more\ndef add(x):\n    return x + more.ONE\n",
        "more": b"ONE = 1\ndef scale(x):\n    return 3 * x\n",
    }
    talk = load(files, TWO)
    assert talk.value("f", 1) == 2
    assert talk.value("g", 1) == 3


def test_a_helper_takes_the_place_of_a_package_that_the_worker_has(load: Load) -> None:
    files = {"work": b"import pip\ndef f():\n    return pip.who\n", "pip": b"who = 'mine'\n"}
    assert load(files).value("f") == "mine"


def test_an_error_in_a_helper_is_told_with_its_place(load: Load) -> None:
    talk = load({"work": b"import helper\ndef f(): pass\n", "helper": b"x = 1\ny = 1 / 0\n"})
    assert talk.loaded.error is not None
    assert talk.loaded.error["type"] == "ZeroDivisionError"
    assert talk.loaded.error["line"] == 2


def test_importing_itself_gives_the_same_module(load: Load) -> None:
    source = "import work, sys\ndef f():\n    return work is sys.modules['work'] and work.f is f\n"
    assert load(source).value("f") is True


def test_the_worker_keeps_the_graders_own_modules_out_of_sight(load: Load) -> None:
    source = (
        "import sys\ndef f():\n"
        "    return [name for name in sys.modules if name.partition('.')[0] in ('grader', 'pytest')]\n"
    )
    assert load(source).value("f") == []


NEWER = {
    "type X = int": "3.12",
    "def f[T](x: T) -> T: return x": "3.12",
    "class C[T]: pass": "3.12",
    "d = {'a': 1}; x = f'{d['a']}'": "3.12",
    "def f[T = int](x: T): return x": "3.12" if sys.version_info < (3, 12) else "3.13",
    "x = t'{1}'": "3.14",
    "try: pass\nexcept ValueError, TypeError: pass": "3.14",
}
NOT_NEWER = [
    "print 'hello'",
    "print 'it'",
    'print "t"',
    "exec 'x = 1'",
    "try: pass\nexcept ValueError, e: pass",
    "raise ValueError, 'no'",
    "x = 0777",
    "x = (1,\ny = 2",
    "def f(x)\n    return 't'",
    "x = 'don't'",
    "type x",
    "if x = 't': pass",
    "class C(: pass",
]


def syntax_error(load: Load, source: str) -> Any:
    error = load(source + "\n", ["f"]).loaded.error
    assert error is not None
    assert error["kind"] == "syntax"
    return error


@pytest.mark.parametrize(("source", "version"), NEWER.items())
def test_syntax_of_a_newer_python_is_recognised(load: Load, source: str, version: str) -> None:
    if tuple(map(int, version.split("."))) <= sys.version_info:
        assert load(source + "\n", ["f"]).loaded.error is None
    else:
        assert syntax_error(load, source)["newer"] == version


@pytest.mark.parametrize("source", NOT_NEWER)
def test_an_ordinary_mistake_is_not_taken_for_a_newer_python(load: Load, source: str) -> None:
    assert syntax_error(load, source)["newer"] == ""


def test_a_line_that_the_source_does_not_have_needs_no_newer_python() -> None:
    assert newer.needs(b"x = 1\n", 99) is None
    assert newer.needs(b"\xff", 1) is None
    assert newer.needs(b"x = 1\n", None) is None
