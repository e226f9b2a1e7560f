"""What is said to keep nothing between calls keeps nothing: every known place to keep something is seen."""

import builtins
import collections
import itertools
import math
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from grader.sandbox import stateless
from tests.sandbox.conftest import Talk

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 14), reason="the instructions of later versions are not read"
)

FREE = {
    "the names of numpy and math": """
import math
import numpy as np
from numpy import exp
from numpy.typing import ArrayLike
def f(x: ArrayLike, y: "np.ndarray | None" = None) -> float:
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError(f"shape {x.shape} of {len(x)}")
    return float(np.mean(exp(-np.abs(x)))) + math.sqrt(2) + np.linalg.norm(x)
""",
    "constants, and functions of its own": """
import numpy as np
EPS, LIMITS = 1e-12, (0.0, 1.0)
def _clip(p, low=LIMITS[0] if False else 0.0, *, high=1.0):
    return np.clip(p, low + EPS, high - EPS)
def f(p):
    return -np.log(_clip(p)).sum()
""".replace("LIMITS[0] if False else 0.0", "0.0"),
    "lists, dictionaries and closures that live as long as a call": """
import numpy as np
from itertools import pairwise
def f(x):
    seen, counts = [], {}
    def step(value):
        nonlocal seen
        seen = [*seen, value]
        counts[value] = counts.get(value, 0) + 1
        return sum(key * n for key, n in counts.items())
    for left, right in pairwise(x):
        step(right - left)
    return [step(value) for value in sorted(x, key=lambda value: -value)]
""",
    "functions that call each other": """
def f(n):
    return 1 if n == 0 else n * g(n - 1)
def g(n):
    return 1 if n == 0 else n * f(n - 1)
""",
    "a random generator that is passed": """
import numpy as np
def f(n, rng):
    return rng.permutation(n), rng.normal(0.0, 1.0, size=n)
""",
    "error handling within a call": """
import numpy as np
def f(x):
    with np.errstate(divide="ignore"):
        try:
            return 1 / np.asarray(x)
        except (ValueError, ZeroDivisionError) as error:
            raise ValueError("no") from error
""",
    "a generator": "def f(n):\n    for i in range(n):\n        yield i\n",
    "operators, and names that only tell": """
import numpy as np
__author__ = "Ann"
Floats = np.float64 | None
DEGREE = 2 * np.pi / 360
def f(x: Floats):
    return x * DEGREE
""",
    "what it is given to change": "def f(x):\n    x[0] = 5\n    x.sort()\n    x += 1\n    return x\n",
    "all names of numpy": "from numpy import *\ndef f(x):\n    return exp(asarray(x)) + pi\n",
    "a docstring and nothing": '"""Nothing."""\ndef f(x):\n    """Nothing."""\n',
}

KEEPING = {
    "a global": "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\n",
    "a list of the module": "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)\n",
    "a dictionary of the module": "cache = {}\ndef f(x):\n    return cache.setdefault(0, x)\n",
    "a list in a tuple": "kept = ([],)\ndef f(x):\n    kept[0].append(x)\n",
    "an array of the module": "import numpy as np\nw = np.zeros(3)\ndef f(x):\n    w[0] += 1\n    return w[0]\n",
    "a default": "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)\n",
    "a keyword's default": "def f(x, *, seen={}):\n    return seen.setdefault(0, x)\n",
    "an attribute of itself": "def f(x):\n    f.last = x\n",
    "an attribute of numpy": "import numpy as np\ndef f(x):\n    np.last = x\n",
    "an attribute under another name": "import numpy as np\nm = np\ndef f(x):\n    setattr(m, 'last', x)\n",
    "numpy's error handling": "import numpy as np\ndef f(x):\n    np.seterr(all='ignore')\n",
    "numpy's error handling, imported": "from numpy import seterr\ndef f(x):\n    seterr(all='ignore')\n",
    "numpy's error handling, renamed": "import numpy as np\nquiet = np.seterr\ndef f(x):\n    quiet(all='ignore')\n",
    "error handling in a generator": """
import numpy as np
def f(x):
    with np.errstate(all="ignore"):
        yield x
""",
    "error handling in a generator, imported under another name": """
from numpy import errstate as quiet
def f(x):
    with quiet(all="ignore"):
        yield x
""",
    "error handling in a generator, made elsewhere": """
import numpy as np
def quiet():
    return np.errstate(all="ignore")
def f(x):
    with quiet():
        yield x
""",
    "what a generator does when it is thrown away": """
def f(x):
    try:
        yield x
    finally:
        print("in another call")
""",
    "a coroutine that warns when it is thrown away": "async def g():\n    pass\ndef f(x):\n    loop = [g()]\n",
    "the global random generator": "import numpy as np\ndef f(x):\n    return np.random.rand()\n",
    "the global random generator, imported": "from numpy import random\ndef f(x):\n    return random.rand()\n",
    "the standard library's random generator": "import random\ndef f(x):\n    return random.choice(x)\n",
    "memory that was not filled": "import numpy as np\ndef f(x):\n    return np.empty(3)\n",
    "memory that was not filled, imported": "from numpy import empty\ndef f(x):\n    return empty(3)\n",
    "memory that was not filled, imported with all": "from numpy import *\ndef f(x):\n    return empty(3)\n",
    "the global random generator, imported with all": "from numpy import *\ndef f(x):\n    return random.rand()\n",
    "memory that was left out": "import numpy as np\ndef f(x):\n    return np.divide(1, x, where=x != 0)\n",
    "memory that a dictionary left out": """
import numpy as np
def f(x):
    return np.add(1, x, **{"where": x != 0})
""",
    "memory that a put together name left out": """
import numpy as np
def f(x):
    return np.add(1, x, **{"".join(["wh", "ere"]): x != 0})
""",
    "memory that a name of the module left out": """
import numpy as np
NAME = "where"
def f(x):
    return np.add(1, x, **{NAME: x != 0})
""",
    "memory that a view still shows": """
import numpy as np
def f(x):
    kept = np.zeros(9)
    view = kept[:]
    kept.resize(1, refcheck=False)
    return view
""",
    "memory of an array made by its class": "import numpy as np\ndef f(x):\n    return np.ndarray(x)\n",
    "a class": "class Kept:\n    n = 0\ndef f(x):\n    return Kept.n\n",
    "a class made in a call": "def f(x):\n    class Kept:\n        n = x\n    return Kept\n",
    "a decorator": "import functools\n@functools.cache\ndef f(x):\n    return x\n",
    "a cache made in a call": "import functools\ndef f(x):\n    return functools.cache(abs)(x)\n",
    "an iterator of the module": "ticks = iter(range(99))\ndef f(x):\n    return next(ticks)\n",
    "a generator of the module": "ticks = (i for i in range(99))\ndef f(x):\n    return next(ticks)\n",
    "what a sibling keeps": "n = []\ndef f(x):\n    return g(x)\ndef g(x):\n    n.append(x)\n    return len(n)\n",
    "what a lambda keeps": "n = []\nf = lambda x: n.append(x)\n",
    "what an inner function keeps": "n = []\ndef f(x):\n    return (lambda: n.append(x))()\n",
    "a module that it imports in a call": "def f(x):\n    import sys\n    sys.last = x\n",
    "a module of its own": "import other\ndef f(x):\n    return other.f(x)\n",
    "its own globals": "def f(x):\n    globals()['n'] = x\n",
    "its own attributes": "def f(x):\n    f.__dict__['n'] = x\n",
    "the globals of a function": "def f(x):\n    f.__globals__['n'] = x\n",
    "its defaults": "def f(x, n=1):\n    vars(f)['n'] = x\n",
    "text that is executed": "def f(x):\n    exec('global n; n = 1')\n",
    "a builtin under the name of the module": "eval = eval\ndef f(x):\n    return eval('globals()')\n",
    "a name that is an attribute elsewhere": """
import numpy as np
random = 1
def f(x):
    return np.random.rand() + random
""",
    "an attribute that a pattern reads": """
import numpy as np
def f(x):
    match np:
        case object(random=r):
            return r.rand()
""",
    "a statement of the module": "import numpy as np\nnp.last = 1\ndef f(x):\n    return x\n",
    "a call of the module": "print('hello')\ndef f(x):\n    return x\n",
    "a name that is given back": "def f(x):\n    return x\ndel f\nf = len\n",
    "a file": "def f(x):\n    open('kept', 'w').write(x)\n",
    "what has been imported": """
import numpy as np
def f(x):
    return "{0.testing}{0.ctypeslib.sys.modules}".format(np)
""",
    "what has been imported, as attributes": """
import numpy as np
def f(x):
    return hasattr(np, "__warningregistry__"), hasattr(np, "matlib")
""",
    "builtins of the module's own": "__builtins__ = {'abs': exec}\ndef f(x):\n    abs('global n; n = 1')\n",
    "builtins that an operator changed": "b = __builtins__\nb |= {'abs': exec}\ndef f(x):\n    return x\n",
    "numpy that an operator changed": """
import numpy as np
names = np.typing.sys.modules
names |= {"kept": np}
def f(x):
    return x
""",
    "a module that is imported from elsewhere": """
__package__ = "numpy"
from .linalg import inv
def f(x):
    return x
""",
    "the clock": "import time\ndef f(x):\n    return time.time()\n",
}


def keeps_nothing(source: str) -> bool:
    code = compile(source, "work.py", "exec", dont_inherit=True)
    if not stateless.only_defines(code):
        return False
    module = ModuleType("work")
    exec(code, module.__dict__)
    return stateless.keep_nothing([vars(module)["f"]])


@pytest.mark.parametrize("source", FREE.values(), ids=FREE.keys())
def test_it_is_seen_that_nothing_is_kept(source: str) -> None:
    assert keeps_nothing(source)


@pytest.mark.parametrize("source", KEEPING.values(), ids=KEEPING.keys())
def test_a_place_to_keep_something_is_seen(source: str) -> None:
    assert not keeps_nothing(source)


def test_names_beyond_the_256th_are_not_mistaken_for_others() -> None:
    """Their numbers need two instructions."""
    many = sorted(stateless.HARMLESS.intersection(np.__all__))
    assert len(many) > 256
    uses = ", ".join(f"np.{name}" for name in many)
    source = f"import numpy as np\nrandom = 1\ndef f(x):\n    return {uses}, np.random\n"
    assert not keeps_nothing(source)
    assert keeps_nothing(source.replace("np.random", "1"))


def test_a_chain_of_calls_that_is_too_long_to_follow_may_keep_something() -> None:
    links = "".join(f"def g{i}(x):\n    return g{i + 1}(x)\n" for i in range(5000))
    assert not keeps_nothing(f"{links}def g5000(x):\n    return x\ndef f(x):\n    return g0(x)\n")


def test_an_object_that_answers_no_question_may_keep_something() -> None:
    class Options(dict[str, float]):
        __getattr__ = dict.__getitem__

    work: dict[str, Any] = {"options": Options()}
    exec("def f(x):\n    return options\n", work)
    assert not stateless.keep_nothing([work["f"]])


def test_a_record_can_be_written_to() -> None:
    work: dict[str, Any] = {"record": np.zeros(1, dtype=[("n", int)])[0]}
    exec("def f(x):\n    record[0] = x\n", work)
    assert not stateless.keep_nothing([work["f"]])


def test_functions_of_given_are_known_where_they_keep_nothing() -> None:
    given = ModuleType("given.checks")
    exec(
        "kept = []\ndef check(x):\n    return x > 0\ndef count(x):\n    kept.append(x)\n",
        given.__dict__,
    )
    stateless.learn(given)

    def calling(helper: FunctionType) -> FunctionType:
        work = {"helper": helper}
        exec("def f(x):\n    return helper(x)\n", work)
        return work["f"]

    assert stateless.keep_nothing([calling(vars(given)["check"])])
    assert not stateless.keep_nothing([calling(vars(given)["count"])])


def test_every_harmless_name_of_numpy_is_one_that_it_has() -> None:
    """A name that nobody has lets nothing through, and says that the list was not read."""
    holders = (
        *(builtins, collections, itertools, math, np, np.linalg),
        *(str, list, dict, set, int, float, np.ndarray, np.ufunc, np.finfo, np.random.Generator),
        *(collections.Counter, collections.deque, itertools.chain, np.dtype, np.generic),
    )
    own = {"np", "numpy", "math", "itertools", "collections", "eps"}
    # In other versions of Python or numpy than this.
    elsewhere = {"matvec", "vecmat", "sumprod"}
    lost = {
        name
        for name in stateless.HARMLESS - own - elsewhere
        if not any(hasattr(holder, name) for holder in holders)
    }
    assert lost == set()


@pytest.mark.parametrize(
    ("source", "stateful"),
    [
        ("def f(x):\n    return x\n", False),
        ("kept = []\ndef f(x):\n    return kept\n", True),
        ("print('hello')\ndef f(x):\n    return x\n", True),
        ("def f(x):\n    return x\n\nraise ValueError\n", True),
        ("def f(x)\n", True),
    ],
    ids=["nothing", "in the module", "while loading", "after an error", "no Python"],
)
def test_a_worker_says_whether_its_submission_may_keep_something(
    talk_to: Callable[..., Talk], source: str, stateful: bool
) -> None:
    assert talk_to(source, graded=["f"]).loaded.stateful is stateful


def test_a_file_of_a_submission_does_not_stand_in_for_a_part_of_a_package(
    talk_to: Callable[..., Talk],
) -> None:
    """What is imported under such a name counts as harmless, and is not read."""
    talk = talk_to(
        {
            "work": b"import numpy.typing\nimport numpy as np\ndef f(x):\n    return x\n",
            "numpy.typing": b"raise ValueError\n",
        }
    )
    assert talk.loaded.error is None
    assert talk.loaded.notes == ("numpy.typing.py is ignored: the name belongs to numpy itself",)
    assert talk.value("f", 1) == 1


def test_a_submission_cannot_deny_that_it_may_keep_something(talk_to: Callable[..., Talk]) -> None:
    """Its code runs only after the worker said so, whatever it then does to the reader."""
    talk = talk_to(
        "import sys\n"
        "frame = sys._getframe()\n"
        "while frame is not None:\n"
        "    for value in list(frame.f_locals.values()):\n"
        "        if hasattr(value, '_doubted'):\n"
        "            value._doubted = False\n"
        "    frame = frame.f_back\n"
        "def f(x):\n    return x\n"
    )
    assert talk.loaded.stateful
    assert talk.value("f", 1) == 1
