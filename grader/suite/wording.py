"""What a test that failed says: what the exception says that ended it, without what only its author understands."""

import re
from typing import Final

MAX_MESSAGE: Final = 4000
#: Where an object happened to lie: never the same twice, and nobody's business.
_ADDRESS: Final = re.compile(r" at 0x[0-9a-fA-F]+")
#: What `pytest.raises` says, in the words of its several versions.
_NOT_RAISED: Final = re.compile(r"DID NOT RAISE (?:any of \()?(?P<types>.*?)\)?$")
_CLASS: Final = re.compile(r"<class '(?:\w+\.)*(\w+)'>")
_NOT_MATCHED: Final = re.compile(
    r"Regex pattern did not match\.\s+Expected regex: (?:re\.compile\()?'(?P<regex>[^'\n]*)'.*?"
    r"\s+Actual message: (?P<quote>['\"])(?P<said>.*)(?P=quote)",
    re.DOTALL,
)
#: A pattern that asks for one of a few words.
_WORDS: Final = re.compile(r"(?:\(\?i\))?((?:\\+b)?\w+(?:\\+b)?(?:\|(?:\\+b)?\w+(?:\\+b)?)*)")


def message_of(error: BaseException | None) -> str:
    """The message of what ended a test; values of a submission in it may make even that fail."""
    try:
        message = str(error)[:MAX_MESSAGE].encode("utf-8", "backslashreplace").decode()
    except Exception as worse:
        return f"{type(error).__name__} (its message cannot be shown: {type(worse).__name__})"
    message = _ADDRESS.sub("", message)
    if missed := _NOT_RAISED.match(message):
        types = _CLASS.sub(r"\1", missed["types"]).replace(", ", " or ")
        return f"no error was raised; {types} was wanted."
    if other := _NOT_MATCHED.match(message):
        return (
            f"the message of the error must say {_wanted(other['regex'])}; it says: {other['said']}"
        )
    if isinstance(error, AssertionError):
        return message or "an assertion failed"
    return named(type(error).__name__, message)


def named(kind: str, message: str) -> str:
    """An error as Python prints it: some say nothing but their name."""
    return f"{kind}: {message}" if message else kind


def _wanted(regex: str) -> str:
    """A pattern as a person would say it."""
    words = _WORDS.fullmatch(regex)
    if words is None:
        return f"what matches {regex}"
    return " or ".join(f'"{word}"' for word in re.sub(r"\\+b", "", words[1]).split("|"))
