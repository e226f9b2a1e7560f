import ast
from textwrap import dedent

import pytest

from grader.authoring.mutants import Mutant, mutants


def made(source: str) -> list[Mutant]:
    return list(mutants(dedent(source).encode()))


def after(source: str) -> set[str]:
    """What the statements of a function body may become."""
    body = "\n".join(f"    {line}" for line in dedent(source).strip().splitlines())
    return {mutant.after for mutant in made(f"def f(x, y, z):\n{body}\n")}


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("return x + y", {"return x - y"}),
        ("return x - y", {"return x + y", "return y - x"}),
        ("return x @ y", {"return x * y", "return y @ x"}),
        ("return x ** y", {"return x * y", "return y ** x"}),
        ("return -x", {"return x"}),
        ("return not x", {"return x"}),
        ("return x < y", {"return x <= y", "return x >= y"}),
        ("return x == y", {"return x != y"}),
        ("return x in y", {"return x not in y"}),
        ("return x and y", {"return x or y", "return x", "return y"}),
        ("return x[2]", {"return x[3]", "return x[1]"}),
        ("return x[0]", {"return x[1]", "return x[-1]"}),
        ("return x + 0.5", {"return x + 1.0", "return x + 0.25"}),
        ("return x[1:]", {"return x[:]", "return x[2:]", "return x[0:]"}),
        ("return x[:y:z]", {"return x[::z]", "return x[:y]"}),
        ("return np.dot(x, y)", {"return np.dot(y, x)", "return x"}),
        ("return np.sum(x, axis=y)", {"return np.sum(x)", "return np.mean(x, axis=y)"}),
        ("return x.max(axis=1)", {"return x.max()", "return x.min(axis=1)", "return x"}),
        ("return sorted(x, reverse=True)", {"return sorted(x, reverse=False)", "return x"}),
        ("return x if y else z", {"return z if y else x", "return x if not y else z"}),
        ("return (x, y)", {"return (y, x)", "return None"}),
        ("return x == 'mean'", {"return x == 'mean?'"}),
        ("return [v for v in x if v]", {"return [v for v in x]"}),
        ("return list(range(x))", {"return list(range(x - 1))"}),
        ("x += y", {"x -= y", "pass"}),
        ("x = abs(x)", {"pass"}),
        ("if x > y: return z", {"if x >= y:", "if x <= y:", "pass"}),
        ("while x: y = z", {"while not x:"}),
    ],
)
def test_a_fault_of_each_kind_is_made(statement: str, faults: set[str]) -> None:
    assert faults <= after(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        # Symmetric calls, and differences whose sign is lost.
        ("return np.maximum(x, y)", "return np.maximum(y, x)"),
        ("return (x - y) ** 2", "return (y - x) ** 2"),
        ("return np.abs(x - y)", "return np.abs(y - x)"),
        # A cast to the type that it has anyway.
        ("return float(x)", "return x"),
        # A name that is set to itself is a statement gone.
        ("x = np.asarray(x)", "x = x"),
        # Strings that are passed on, and names of parts.
        ("check(x, 'a name')", "check(x, 'a name?')"),
        ("check(('n', 'd'), x)", "check(('d', 'n'), x)"),
        # What zip is told to make sure of.
        ("return list(zip(x, y, strict=True))", "return list(zip(x, y))"),
        ("return list(zip(x, y, strict=True))", "return list(zip(x, y, strict=False))"),
        # A variable that would never be set.
        ("w = x\nreturn w", "pass"),
    ],
)
def test_what_cannot_be_told_from_the_reference_is_not_made(statement: str, fault: str) -> None:
    assert fault not in after(statement)


def test_docstrings_annotations_decorators_and_messages_stay() -> None:
    source = '''
        @cache(1)
        def f(x: Array[2], n: int = 3) -> Pair[4]:
            """Five 5."""
            y: Array[6] = x
            if n < 0:
                raise ValueError(f"n is {n + 7}, not {8}")
            return f"{n + 9}" + y
    '''
    whole = "\n".join(mutant.source.decode() for mutant in made(source))
    for kept in ("cache(1)", "Array[2]", "Pair[4]", "Five 5", "Array[6]", "{n + 7}", "{n + 9}"):
        assert whole.count(kept) >= len(made(source)) - 1, kept
    assert "n: int=4" in whole


def test_a_mutant_says_where_it_is() -> None:
    found = made("import numpy\n\n\ndef f(x):\n    if x:\n        return 1\n    return x - 2\n")
    (swapped,) = (mutant for mutant in found if mutant.after == "return 2 - x")
    assert (swapped.function, swapped.line, swapped.before) == ("f", 7, "return x - 2")


def test_every_mutant_is_one_program_with_one_function_changed() -> None:
    source = "A = 1\n\ndef f(x):\n    return x - 1\n\n\ndef g(x):\n    return -x\n"
    original = ast.parse(source).body
    for mutant in made(source):
        body = ast.parse(mutant.source).body
        changed = [
            place
            for place, (old, new) in enumerate(zip(original, body, strict=True))
            if ast.dump(old) != ast.dump(new)
        ]
        assert changed == [1 if mutant.function == "f" else 2]


def test_no_two_mutants_are_the_same() -> None:
    found = made("def f(x):\n    return x[1:-1, 0] + 1 - x\n")
    assert len({mutant.source for mutant in found}) == len(found)


def test_comments_and_other_functions_keep_their_text() -> None:
    source = (
        "# A comment.\ndef f(x):\n    return -x\n\n\ndef g( x ):  # as it stands\n    return x\n"
    )
    mutant = next(mutant for mutant in made(source) if mutant.function == "f")
    assert mutant.source.decode().startswith("# A comment.\n")
    assert "def g( x ):  # as it stands" in mutant.source.decode()
