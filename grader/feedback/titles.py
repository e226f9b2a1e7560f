"""What tests are called where people read of them."""


def title(test: str) -> str:
    """A test's name as words: "test_x.py::test_one_row[2]" is "one row [2]"."""
    name, bracket, case = test.rpartition("::")[2].partition("[")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words} {bracket}{case}".strip()
