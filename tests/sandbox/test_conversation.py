import builtins
import time
from typing import Any

import numpy as np
import pytest

from grader.sandbox.wire import Inert
from tests.sandbox.conftest import Talk
from tests.sandbox.payloads import same

WORK = """
import sys, os, warnings
from collections import namedtuple
from decimal import Decimal
import numpy as np

def echo(*args, **kwargs):
    return (*args, kwargs) if kwargs else args[0] if len(args) == 1 else args

def made(expression):
    return eval(expression)

def made_of(expression, args):
    return eval(expression, {"args": args, "np": np})

def take(w):
    w[0] = 1

def run(code, *args):
    exec(code, {"args": args, "np": np})
    return None

def show(value):
    return f"{type(value).__name__}: {value!r}"

def flags(array):
    return array.flags.writeable, array.flags.c_contiguous, array.flags.f_contiguous

def are_one(first, second):
    return first is second

def draw(rng, count):
    return rng.normal(size=count)

def spawn(rng, count):
    return [child.random() for child in rng.spawn(count)]

def same_generator(first, second):
    return first is second

def say(text):
    print(text)

def say_around(text):
    os.write(1, text.encode())
    os.write(2, b"!")

def read():
    return sys.stdin.read()

def ask():
    return input("your name? ")

class Bomb:
    def __getattribute__(self, name):
        raise SystemExit(0)

class Claim:
    __class__ = np.ndarray

class Endless(list):
    def __iter__(self):
        while True:
            yield 1.0

class Keys(dict):
    def items(self):
        return iter(lambda: ("key", 1), None)

    def __iter__(self):
        return iter(lambda: "key", None)

class Mine(ValueError):
    pass

class Odder(Mine, KeyError):
    pass

def deeper():
    return deeper()

def fail(name, *args):
    raise {**vars(__import__("builtins")), **globals(), "LinAlgError": np.linalg.LinAlgError}[name](*args)

def fail_by(code):
    exec(code)

def warn(message, category="UserWarning"):
    warnings.warn(message, getattr(__import__("builtins"), category))

def overflow():
    return np.exp(np.float64(1000.0))

def errors():
    return np.geterr()
"""


VALUES: list[Any] = [
    None,
    True,
    -(1 << 100),
    2.5,
    float("nan"),
    -0.0,
    1 - 2j,
    "text \ud800 ä",
    b"\0\xff",
    [],
    [1, [2.0, (3,)]],
    (),
    {"a": [1], 2: {"b": ()}, (1, "x"): None, None: 1},
    np.float32(1.5),
    np.int8(-3),
    np.bool_(True),
    np.complex64(1j),
    np.arange(6, dtype=np.int16).reshape(2, 3),
    np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    np.zeros((0, 3), np.float32),
    np.array(2.5),
    [np.eye(2), {"w": np.ones(3)}],
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__} {value!r}")
def test_a_value_of_every_kind_comes_back_as_it_was(talk: Talk, value: Any) -> None:
    assert same(talk.value("echo", value), value)


def test_arguments_by_name_arrive_by_name(talk: Talk) -> None:
    assert talk.value("echo", 1, b=2, a=(3,)) == (1, {"b": 2, "a": (3,)})


def test_arrays_arrive_with_their_order_and_right_to_write(talk: Talk) -> None:
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    assert talk.value("flags", array) == (True, False, True)
    array.flags.writeable = False
    assert talk.value("flags", array) == (False, False, True)
    assert talk.value("flags", np.arange(6.0)[::2]) == (True, True, True)


def test_one_object_in_two_arguments_stays_one(talk: Talk) -> None:
    array = np.ones(3)
    assert talk.value("are_one", array, array) is True
    assert talk.value("are_one", array, array.copy()) is False


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("{1, 2}", "set"),
        ("(x for x in [1])", "generator"),
        ("lambda: 1", "function"),
        ("echo", "function"),
        ("np.array([None])", "array of dtype object"),
        ("np.ma.masked_array([1.0], [True])", "MaskedArray"),
        ("Decimal(1)", "Decimal"),
        ("Mine", "type"),
        ("Mine()", "Mine"),
        ("np", "module"),
        ("np.random.default_rng(1)", "Generator"),
        ("type('é' * 500, (), {})()", "é" * 100),
        ("range(3)", "range"),
        ("{object(): 1}", "dict with keys that cannot be sent"),
        ("Bomb()", "Bomb"),
        ("Claim()", "Claim"),
    ],
)
def test_what_is_no_data_comes_back_as_an_inert_handle(
    talk: Talk, expression: str, name: str
) -> None:
    assert talk.value("made", expression) == Inert(name)
    assert talk.value("made", f"[1, {expression}]") == [1, Inert(name)]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("namedtuple('P', 'x y')(1, 2)", (1, 2)),
        ("type('L', (list,), {'__eq__': lambda *a: True})([1])", [1]),
        ("type('F', (float,), {'__sub__': lambda *a: 0.0, '__abs__': lambda *a: 0.0})(3)", 3.0),
        ("type('A', (np.ndarray,), {'__array_ufunc__': lambda *a: 1})((2,)) * 0", None),
        ("Endless([1, 2])", [1, 2]),
        ("Keys(a=1)", {"a": 1}),
        ("(Endless([np.ones(1)]),)", ([np.ones(1)],)),
        ("np.matrix([[1.0]])", np.array([[1.0]])),
        ("[np.int64(1), True, 2 ** 70]", [np.int64(1), True, 2**70]),
    ],
)
def test_subclasses_come_back_as_their_base_type(talk: Talk, expression: str, value: Any) -> None:
    got = talk.value("made", expression)
    assert value is None or same(got, value)


def test_long_double_results_are_narrowed_with_a_note(talk: Talk) -> None:
    reply = talk("made", "np.ones(2, np.longdouble)")
    assert same(reply.value, np.ones(2))
    assert len(reply.notes) == 1
    assert "narrowed" in reply.notes[0]


READ_ONLY = np.zeros(3)
READ_ONLY.flags.writeable = False
CHANGES = [
    ("args[0][1] = 9", (np.zeros(3),), [(0,)]),
    ("args[1][0] += 1", (np.zeros(3), np.zeros(2)), [(1,)]),
    ("args[0][1]['w'][2] = 1", ([0, {"w": np.zeros(3)}],), [(0, 1, "w")]),
    ("args[0].append(1)", ([0],), [(0,)]),
    ("args[0].clear()", ([np.ones(2), np.ones(2)],), [(0,)]),
    ("args[0]['new'] = 1", ({"old": 1},), [(0,)]),
    ("args[0][0][0][0] = 1", ([[[0]], 5],), [(0, 0, 0, 0)]),
    ("args[0][0] = np.ones(2)", ([np.zeros(2), np.zeros(2)],), [(0, 0)]),
    ("args[0][0] = object()", ([1],), [(0, 0)]),
    ("args[0].shape = (3, 1)", (np.zeros(3),), [(0,)]),
    ("args[0].flags.writeable = False", (np.zeros(3),), [(0,)]),
    ("args[0].flags.writeable = True", (READ_ONLY,), [(0,)]),
    ("args[0].dtype = np.int64", (np.zeros(3),), [(0,)]),
    ("args[0].resize((2,), refcheck=False)", (np.zeros(3),), [(0,)]),
    ("args[0][1] = True", (np.zeros(3, bool),), [(0,)]),
    ("args[0][1, 0] = 5", (np.asfortranarray(np.eye(3)),), [(0,)]),
    ("args[1][0] = 5", (np.zeros(0), np.zeros(3)), [(1,)]),
    ("args[2][0] = 5", (*[np.zeros(3)] * 2, np.zeros(3)), [(2,)]),
    ("args[0][:] = args[0] + 0", (np.ones(3),), []),
    ("args[0][0] = args[0][0]; args[0].sort()", (np.array([1.0, 2.0]),), []),
    ("args[0][0] = -0.0", (np.zeros(1),), [(0,)]),
    ("args[0][0] = float('nan')", (np.array([np.nan]),), []),
]


@pytest.mark.parametrize(("code", "args", "paths"), CHANGES, ids=[change[0] for change in CHANGES])
def test_changes_of_arguments_are_listed_and_reach_nobody(
    talk: Talk, code: str, args: tuple[Any, ...], paths: list[Any]
) -> None:
    before = talk.value("show", args)
    reply = talk("run", code, *args)
    assert reply.kind == "value", reply
    # The call's first argument is the code.
    assert [(int(path[0]) - 1, *path[1:]) for path in reply.changed] == paths
    assert talk.value("show", args) == before


def test_changes_are_listed_by_the_name_of_an_argument_too(talk: Talk) -> None:
    assert talk("take", w=[0]).changed == (("w", 0),)
    assert talk("take", w=np.zeros(1)).changed == (("w",),)


def test_changes_are_listed_although_the_call_raised(talk: Talk) -> None:
    reply = talk("run", "args[0][0] = 1; raise ValueError", np.zeros(2))
    assert reply.kind == "raised"
    assert reply.changed == ((1,),)


ALIASES = [
    ("args[0]", (np.ones(3),), [(0,)]),
    ("args[0][1:]", (np.ones(3),), [(0,)]),
    ("args[0].T", (np.ones((2, 3)),), [(0,)]),
    ("args[0].copy()", (np.ones(3),), []),
    ("[1, {'w': args[1]}]", (np.ones(3), np.ones(2)), [(1,)]),
    ("args[0]['w']", ({"w": np.ones(3)},), [(0, "w")]),
    ("args[0]", ([1, 2],), [(0,)]),
    ("args[0][0]", ([[1], 2],), [(0, 0)]),
    ("(args[0][::2], args[0][1::2])", (np.ones(4),), [(0,)]),
    ("args[0][:0]", (np.ones(4),), []),
    ("args[0].sum()", (np.ones(4),), []),
    ("np.lib.stride_tricks.as_strided(args[0], (3,), (8,))", (np.ones(4),), [(0,)]),
]


@pytest.mark.parametrize(("code", "args", "paths"), ALIASES, ids=[alias[0] for alias in ALIASES])
def test_results_that_share_memory_with_arguments_are_listed(
    talk: Talk, code: str, args: tuple[Any, ...], paths: list[Any]
) -> None:
    reply = talk("made_of", code, args)
    assert reply.kind == "value", reply
    assert [(path[1:]) for path in reply.aliased] == paths


GENERATORS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]


@pytest.mark.parametrize("kind", GENERATORS)
def test_a_generator_goes_on_where_the_call_left_it(talk: Talk, kind: str) -> None:
    ours, twin = (np.random.Generator(getattr(np.random, kind)(7)) for _ in range(2))
    ours.integers(5, dtype=np.uint32)
    twin.integers(5, dtype=np.uint32)
    for count in (1, 3, 700):
        assert same(talk.value("draw", ours, count), twin.normal(size=count))
    assert ours.random() == twin.random()
    assert ours.integers(5, dtype=np.uint32) == twin.integers(5, dtype=np.uint32)


def test_a_generators_children_are_those_that_it_would_have_had_here(talk: Talk) -> None:
    ours, twin = np.random.default_rng([1, 2]), np.random.default_rng([1, 2])
    for count in (2, 3):
        assert talk.value("spawn", ours, count) == [child.random() for child in twin.spawn(count)]
    assert ours.spawn(1)[0].random() == twin.spawn(1)[0].random()


def test_one_generator_twice_stays_one(talk: Talk) -> None:
    rng = np.random.default_rng(1)
    assert talk.value("same_generator", rng, rng) is True
    assert talk.value("same_generator", rng, np.random.default_rng(1)) is False


def test_a_generator_is_not_listed_as_changed(talk: Talk) -> None:
    reply = talk("draw", np.random.default_rng(1), 3)
    assert reply.changed == ()


ERRORS = sorted(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, Exception)
    and not issubclass(kind, (UnicodeError, ExceptionGroup))
)


@pytest.mark.parametrize("name", [*ERRORS, "LinAlgError", "UnicodeError"])
def test_every_builtin_exception_arrives_with_its_type_and_message(talk: Talk, name: str) -> None:
    reply = talk("fail", name, "the reason")
    assert reply.kind == "raised"
    assert reply.raised is not None
    assert reply.raised.type in (name, "OSError")
    assert "the reason" in reply.raised.message


def test_a_custom_exception_arrives_with_the_names_of_its_bases(talk: Talk) -> None:
    reply = talk("fail", "Odder", "why")
    assert reply.raised is not None
    assert reply.raised.type == "Odder"
    assert reply.raised.bases[:4] == ("Odder", "Mine", "ValueError", "KeyError")


def test_the_place_of_an_exception_is_the_submissions_own_line(talk: Talk) -> None:
    reply = talk("fail", "ValueError")
    assert reply.raised is not None
    assert reply.raised.line == WORK[: WORK.index("    raise {**")].count("\n") + 1
    assert reply.raised.frames[-1][2] == "fail"


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(0)",
        "import sys; sys.exit()",
        "raise KeyboardInterrupt",
        "raise GeneratorExit",
        "raise StopIteration(3)",
        "raise StopAsyncIteration",
        "raise BaseException('base')",
        "class Own(BaseException): pass\nraise Own",
        "raise ExceptionGroup('many', [ValueError()])",
        "class Evil(Exception):\n    def __str__(self): import sys; sys.exit()\nraise Evil",
        """
class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit

class Evil(Exception, metaclass=Meta):
    pass

raise Evil
""",
        "raise ValueError('x' * 10**6)",
        "raise ValueError('\\ud800')",
        "class E(Exception): pass\nE.__name__ = '\\ud800' * 500\nraise E",
    ],
)
def test_whatever_is_raised_arrives_and_the_worker_lives_on(talk: Talk, code: str) -> None:
    reply = talk("fail_by", code)
    assert reply.kind == "raised", reply
    assert reply.raised is not None
    assert len(reply.raised.message) <= 2000
    assert talk.value("echo", 1) == 1


def test_endless_recursion_arrives_as_a_recursion_error(talk: Talk) -> None:
    reply = talk("deeper")
    assert reply.raised is not None
    assert reply.raised.type == "RecursionError"


def test_what_was_printed_comes_with_the_reply(talk: Talk) -> None:
    assert talk("say", "hello").output == "hello\n"
    assert talk("echo", 1).output == ""


def test_what_was_printed_around_the_stream_is_kept_too(talk: Talk) -> None:
    talk("say_around", "raw")
    got = ""
    for _ in range(1000):
        got += talk.conversation.output()
        if got == "raw!":
            break
        # A reading thread has to come round.
        time.sleep(0.01)
    assert got == "raw!"


def test_output_is_cut_at_64_kib(talk: Talk) -> None:
    reply = talk("say", "x" * 1_000_000)
    assert len(reply.output) == 64 << 10


def test_a_flood_of_raw_output_is_drained_and_cut(talk: Talk) -> None:
    assert talk("run", "import os\nfor _ in range(2000): os.write(1, b'x' * 5000)").kind == "value"
    assert len(talk.conversation.output()) <= 64 << 10


def test_standard_input_is_empty_and_input_says_so(talk: Talk) -> None:
    assert talk.value("read") == ""
    reply = talk("ask")
    assert reply.raised is not None
    assert reply.raised.type == "EOFError"
    assert "the grader passes arguments instead" in reply.raised.message


def test_warnings_come_with_category_message_and_line(talk: Talk) -> None:
    line = WORK[: WORK.index("    warnings.warn(")].count("\n") + 1
    assert talk("warn", "careful").warnings == (("UserWarning", "careful", line),)
    assert talk("warn", "careful").warnings == (("UserWarning", "careful", line),)
    assert talk("warn", "x" * 9999, "DeprecationWarning").warnings[0][0] == "DeprecationWarning"
    assert talk("echo", 1).warnings == ()


def test_only_so_many_warnings_come(talk: Talk) -> None:
    reply = talk("run", "import warnings\nfor n in range(999): warnings.warn(str(n), UserWarning)")
    assert len(reply.warnings) == 32


def test_a_call_runs_under_the_errstate_that_was_asked_for_and_no_other(talk: Talk) -> None:
    conversation = talk.conversation
    reply, _ = conversation.call("overflow", (), {}, {"over": "raise"})
    assert reply.raised is not None
    assert reply.raised.type == "FloatingPointError"
    assert talk.value("overflow") == np.inf
    assert conversation.call("errors", (), {}, {"all": "ignore"})[0].value["over"] == "ignore"
