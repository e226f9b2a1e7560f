"""The corpus: hostile submissions, each with the technique that it tries and the verdicts in which it must end.

An attempt is a file in the folder of its family: the module of a submission, a folder of modules, or a TOML file that
says what else lies in the student's folder. An attempt that gets what it wants answers rightly, and so earns points.
"""

import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from grader.errors import UsageError

FAMILIES: Final = (
    "reading",
    "forging",
    "escaping",
    "exhausting",
    "lingering",
    "leaking",
    "files",
)
#: In place of verdicts: nothing was there to be graded.
UNREAD: Final = "unread"

_HEAD: Final = re.compile(
    r"# (?P<technique>.+?): (?P<verdicts>[a-z, ]+)(; without a sandbox: (?P<else>[a-z]+))?"
    r"(?P<harmless>; harmless)?"
)
#: Where the corpus lies in a checkout and in an installed package.
_PLACES: Final = (
    Path(__file__).parents[2] / "tests" / "attacks" / "submissions",
    Path(__file__).parent / "submissions",
)


@dataclass(frozen=True)
class Layout:
    """What lies in the folder of a student, by its path there."""

    files: dict[str, bytes]
    links: dict[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()
    #: Files of so many zero bytes, none of them on the disk.
    sizes: dict[str, int] = field(default_factory=dict)

    def lay_out(self, folder: Path, fill: Callable[[bytes], bytes]) -> None:
        """Make the folder; `fill` puts places of this machine into text."""
        folder.mkdir(parents=True)
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(fill(data))
        for name, target in self.links.items():
            (folder / name).symlink_to(fill(target.encode()).decode())
        for name in self.pipes:
            os.mkfifo(folder / name)
        for name, size in self.sizes.items():
            with (folder / name).open("wb") as file:
                file.truncate(size)


@dataclass(frozen=True)
class Attempt:
    """One attempt: what it tries, and the verdicts in which its tests must end."""

    name: str
    family: str
    technique: str
    #: All of them together, or, where they are `certain` to no one, some of them.
    verdicts: frozenset[str]
    certain: bool
    #: How all of its tests would end without a sandbox, where that is known.
    unconfined: str | None
    #: Signals nobody, starts and fills nothing, and writes nowhere but in its own folder.
    harmless: bool
    layout: Layout

    def ends_as_it_must(self, verdicts: Iterable[str]) -> bool:
        """Whether these are the verdicts of its tests."""
        ended = frozenset(verdicts) or {UNREAD}
        return ended == self.verdicts if self.certain else ended <= self.verdicts

    @property
    def reaches_out(self) -> bool:
        """Whether it is after something beyond its own process that the kernel has to keep from it."""
        places = re.compile(rb"@[A-Z]+@")
        return self.family in ("reading", "escaping") or any(
            places.search(data) for data in self.layout.files.values()
        )


def read_attempt(path: Path) -> Attempt:
    """Read an attempt. Raises ValueError where its first line does not say what it is."""
    module = path / "small.py" if path.is_dir() else path
    head = _HEAD.fullmatch(module.read_text(encoding="utf-8").partition("\n")[0])
    if head is None:
        raise ValueError(f"{module}: the first line must say: # technique: verdict[, verdict]")
    family = path.parent.name
    return Attempt(
        f"{family}/{path.stem}",
        family,
        head["technique"],
        frozenset(re.split(", | or ", head["verdicts"])),
        " or " not in head["verdicts"],
        head["else"],
        head["harmless"] is not None,
        _layout(path),
    )


def _layout(path: Path) -> Layout:
    if path.is_dir():
        return Layout({file.name: file.read_bytes() for file in sorted(path.glob("*.py"))})
    if path.suffix == ".py":
        return Layout({"small.py": path.read_bytes()})
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    files = {name: text.encode() for name, text in told.get("text", {}).items()}
    files |= {name: bytes.fromhex(digits) for name, digits in told.get("hex", {}).items()}
    for pattern, count in told.get("many", {}).items():
        files |= dict.fromkeys((pattern % number for number in range(count)), b"")
    for name, (first, times, second, again) in told.get("repeat", {}).items():
        files[name] = (first * times + second * again).encode()
    return Layout(files, told.get("links", {}), tuple(told.get("pipes", ())), told.get("sizes", {}))


def corpus() -> list[Attempt]:
    """Every attempt, family by family."""
    place = next(place for place in _PLACES if place.is_dir())
    return [
        read_attempt(path)
        for family in FAMILIES
        for path in sorted((place / family).iterdir())
        if path.suffix in (".py", ".toml") or (path / "small.py").is_file()
    ]


def chosen(names: Collection[str]) -> list[Attempt]:
    """The attempts of these names or of the families so named, or all. Raises UsageError for what does not exist."""
    attempts = corpus()
    known = {name for attempt in attempts for name in (attempt.name, attempt.family)}
    unknown = sorted(set(names) - known)
    if unknown:
        raise UsageError(
            f"no attack and no family of attacks is called {', '.join(unknown)}; "
            f"the families are {', '.join(FAMILIES)}"
        )
    return [each for each in attempts if not names or {each.name, each.family} & set(names)]
