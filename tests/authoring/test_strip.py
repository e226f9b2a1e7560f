import ast
import textwrap

import pytest

from grader.authoring.strip import Master, parse_master
from grader.errors import CourseError

SIMPLE = '''\
"""A module."""

import numpy as np


def double(x):
    """Return twice x.

    >>> double(2)
    4
    """
    ### BEGIN SOLUTION
    y = np.asarray(x)  # a comment
    return 2 * y
    ### END SOLUTION


def given(x):
    return x
'''


def master(text: str) -> Master:
    return parse_master(textwrap.dedent(text).encode(), "source/a/a.master.py")


def stub(text: str) -> str:
    return master(text).stub().decode()


def message(text: str) -> str:
    with pytest.raises(CourseError) as caught:
        master(text).stub()
    return str(caught.value)


def test_a_stub_keeps_the_docstring_and_raises_under_it() -> None:
    assert stub(SIMPLE) == SIMPLE.replace(
        "    ### BEGIN SOLUTION\n    y = np.asarray(x)  # a comment\n    return 2 * y\n"
        "    ### END SOLUTION\n",
        "    raise NotImplementedError\n",
    )


def test_the_reference_is_the_master_without_its_marker_lines() -> None:
    lines = SIMPLE.splitlines(keepends=True)
    expected = "".join(line for line in lines if "SOLUTION" not in line)
    assert master(SIMPLE).reference().decode() == expected


def test_an_escape_that_newer_pythons_warn_of_is_nobodys_business_here() -> None:
    assert stub('x = "\\d"\n') == 'x = "\\d"\n'


def test_a_module_without_regions_stays_as_it_is() -> None:
    text = "x = 1\n\n\n\n\ny = 2"
    assert stub(text) == text


def test_line_endings_byte_order_mark_and_encoding_survive() -> None:
    crlf = b"\xef\xbb\xbf" + SIMPLE.replace("\n", "\r\n").encode()
    parsed = parse_master(crlf, "a")
    assert parsed.stub() == b"\xef\xbb\xbf" + stub(SIMPLE).replace("\n", "\r\n").encode()
    latin = ("# -*- coding: latin-1 -*-\n# caf\xe9\n" + SIMPLE).encode("latin-1")
    assert b"# caf\xe9\n" in parse_master(latin, "a").reference()


def test_markers_inside_strings_mean_nothing() -> None:
    text = '''\
    TEXT = """
    ### BEGIN SOLUTION
    """
    OTHER = "### END SOLUTION"
    '''
    assert stub(text) == textwrap.dedent(text)


def test_a_marker_inside_a_string_of_a_solution_does_not_end_the_region() -> None:
    text = '''\
    def f():
        """Doc."""
        ### BEGIN SOLUTION
        text = """
        ### END SOLUTION
        secret
        """
        return text
        ### END SOLUTION
    '''
    assert "secret" not in stub(text)


def test_a_region_in_the_middle_leaves_the_frame_around_it() -> None:
    text = """\
    def f(xs):
        total = 0.0
        for x in xs:
            ### BEGIN SOLUTION
            total += x * x
            ### END SOLUTION
        return total
    """
    assert stub(text) == textwrap.dedent("""\
    def f(xs):
        total = 0.0
        for x in xs:
            raise NotImplementedError
        return total
    """)


def test_a_region_outside_functions_disappears() -> None:
    text = """\
    import numpy as np


    ### BEGIN SOLUTION
    def _helper(x):
        return x

    LIMIT = 3
    ### END SOLUTION


    def f(x):
        return x
    """
    assert stub(text) == "import numpy as np\n\n\ndef f(x):\n    return x\n"


def test_a_class_left_empty_gets_a_pass() -> None:
    text = """\
    class Model:
        ### BEGIN SOLUTION
        def fit(self):
            return self
        ### END SOLUTION
    """
    assert stub(text) == "class Model:\n    pass\n"


def test_a_region_in_a_method_raises() -> None:
    text = """\
    class Model:
        def fit(self):
            '''Doc.'''
            ### BEGIN SOLUTION
            return self
            ### END SOLUTION
    """
    assert stub(text).endswith("'''Doc.'''\n        raise NotImplementedError\n")


def test_decorators_belong_to_their_function() -> None:
    text = """\
    ### BEGIN SOLUTION
    @staticmethod
    def helper():
        pass
    ### END SOLUTION
    x = 1
    """
    assert stub(text) == "x = 1\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n", 2, "without an"),
        ("def f():\n    return 1\n    ### END SOLUTION\n", 3, "without a"),
        (
            (
                "def f():\n    ### BEGIN SOLUTION\n    ### BEGIN SOLUTION\n    return 1\n"
                "    ### END SOLUTION\n    ### END SOLUTION\n"
            ),
            3,
            "inside the one that begins in line 2",
        ),
        ("def f():\n    x = 1  ### BEGIN SOLUTION\n    ### END SOLUTION\n", 2, "alone"),
        ("def f():\n    # BEGIN SOLUTION\n    return 1\n", 2, "exactly"),
        ("def f():\n    ###BEGIN SOLUTION\n    return 1\n", 2, "exactly"),
        ("def f():\n    ### begin solution\n    return 1\n", 2, "exactly"),
        ("def f():\n    ### END SOLUTION of f\n    return 1\n", 2, "exactly"),
        (
            "def f():\n    ### BEGIN SOLUTION\n    # later\n    ### END SOLUTION\n    x = 1\n",
            2,
            "no whole",
        ),
        (
            (
                "def f(x):\n    if x:\n        y = 1\n        ### BEGIN SOLUTION\n        z = 2\n"
                "    else:\n        w = 3\n        ### END SOLUTION\n    return x\n"
            ),
            4,
            "no whole",
        ),
        (
            (
                "def f(x):\n    try:\n        y = 1\n    ### BEGIN SOLUTION\n    except OSError:\n"
                "        y = 2\n    ### END SOLUTION\n    finally:\n        w = 3\n"
            ),
            5,
            "cuts through",
        ),
        (
            (
                "def f(x):\n    y = [\n        ### BEGIN SOLUTION\n        1,\n"
                "        ### END SOLUTION\n    ]\n"
            ),
            3,
            "no whole",
        ),
        (
            "def f(x):\n    ### BEGIN SOLUTION\n    y = (1 +\n    ### END SOLUTION\n    2)\n",
            2,
            "no whole",
        ),
        ("def f(:\n    return 1\n", 1, "syntax"),
    ],
)
def test_an_unsafe_region_is_an_error_that_names_file_and_line(
    text: str, line: int, words: str
) -> None:
    with pytest.raises(CourseError, match=words) as caught:
        master(text)
    assert str(caught.value).startswith(f"source/a/a.master.py:{line}: ")
    assert caught.value.slug == ("course" if words == "syntax" else "solution-region")


def test_graded_functions_need_a_docstring_above_a_region() -> None:
    parsed = master(SIMPLE)
    parsed.check_functions(["double"])
    with pytest.raises(CourseError, match=r"a\.master\.py:18: given has no solution region"):
        parsed.check_functions(["given"])
    with pytest.raises(CourseError, match="no function missing at the top level"):
        parsed.check_functions(["missing"])


def test_a_docstring_inside_the_region_would_be_lost_and_is_refused() -> None:
    text = '''\
    def f():
        ### BEGIN SOLUTION
        """Doc."""
        return 1
        ### END SOLUTION
    '''
    with pytest.raises(CourseError, match="docstring above"):
        master(text).check_functions(["f"])


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("    x = 1\n    {begin}\n    return x\n    {end}\n", 3),
        ("    {begin}\n    x = 1\n    {end}\n    return x\n", 6),
        ("    for x in (1, 2):\n        {begin}\n        print(x)\n        {end}\n", 3),
        ("    {begin}\n    x = 1\n    {end}\n    {begin}\n    return x\n    {end}\n", 7),
    ],
    ids=["above it", "below it", "around it", "in a second one"],
)
def test_what_a_graded_function_has_outside_its_region_is_refused(body: str, line: int) -> None:
    body = body.format(begin="### BEGIN SOLUTION", end="### END SOLUTION")
    with pytest.raises(CourseError, match=rf"^source/a/a\.master\.py:{line}: all of f but"):
        master(f'def f():\n    """Doc."""\n{body}').check_functions(["f"])


def test_stub_and_reference_declare_the_same_signatures() -> None:
    parsed = master(SIMPLE)

    def signatures(data: bytes) -> list[str]:
        nodes = ast.walk(ast.parse(data))
        return [ast.dump(node.args) for node in nodes if isinstance(node, ast.FunctionDef)]

    assert signatures(parsed.stub()) == signatures(parsed.reference())
