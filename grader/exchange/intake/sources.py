"""The files in a folder or a zip, one after another, none of them where it should not be and none of them too large.

Every name was chosen by a student or a system that let one choose it. A path that leads upwards, a link, an encrypted
or oversized member is told and passed over; what a zip claims of its sizes is not believed.
"""

import contextlib
import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.errors import UsageError
from grader.exchange.folders import MAX_NOTEBOOK
from grader.exchange.regular import Unacceptable, printable, read_regular

MAX_MEMBERS = 200_000
#: What a student's own zip may hold.
MAX_INNER_MEMBERS = 2_000
MAX_INNER = 50 << 20
_BITS_ENCRYPTED = 0x1
_BITS_UTF_8 = 0x800
_CLUTTER = re.compile(r"^(?:\..*|__MACOSX|__pycache__|Thumbs\.db|desktop\.ini|~.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """One file: the steps of its path, and a way to its bytes, which raises Unacceptable where it cannot be read."""

    steps: tuple[str, ...]
    read: Callable[[], bytes]

    @property
    def path(self) -> str:
        """The path as text."""
        return "/".join(self.steps)


Ignore = Callable[[str, str], None]


@contextmanager
def opened(source: Path, ignore: Ignore) -> Iterator[list[Member]]:
    """Every file in a folder or zip, to be read within; what is passed over goes to `ignore`, path and reason.
    Raises UsageError.
    """
    if source.is_dir():
        yield list(_in_folder(source, ignore))
        return
    if source.suffix in (".py", ".ipynb"):
        yield [Member((_normal(printable(source.name)),), partial(_read_file, source))]
        return
    try:
        archive = zipfile.ZipFile(source)
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}") from error
    except Exception as error:
        raise UsageError(f"{source} is neither a folder nor a zip: {error}") from error
    with archive:
        yield list(_in_zip(archive, (), ignore, MAX_MEMBERS))


def unpacked(member: Member, ignore: Ignore) -> Iterator[Member]:
    """The files of a zip that a student handed in, in the place of the zip; zips in it stay closed."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(member.read()))
    except Exception as error:  # noqa: BLE001  # whatever is made of bytes that somebody made up
        ignore(member.path, f"no readable zip: {error}")
        return
    left = MAX_INNER

    def within(read: Callable[[], bytes]) -> bytes:
        nonlocal left
        data = read()
        left -= len(data)
        if left < 0:
            raise Unacceptable(f"its zip holds more than {MAX_INNER >> 20} MiB")
        return data

    # It lies in memory and need not be closed.
    for inner in _in_zip(archive, member.steps[:-1], ignore, MAX_INNER_MEMBERS):
        yield Member(inner.steps, partial(within, inner.read))


def _in_folder(folder: Path, ignore: Ignore) -> Iterator[Member]:
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise UsageError(f"cannot read {folder}: {error.strerror}") from error

    def unread(error: OSError) -> None:
        inside = os.path.relpath(error.filename, folder)
        ignore(printable(inside), f"it cannot be read: {error.strerror}")

    count = 0
    for place, folders, files in os.walk(folder, onerror=unread, followlinks=False):
        steps = tuple(_normal(printable(step)) for step in Path(place).relative_to(folder).parts)
        for name in list(folders):
            link = os.path.islink(os.path.join(place, name))  # noqa: PTH114, PTH118  # names may be no text
            if link:
                ignore("/".join((*steps, printable(name))), "a link")
            if link or (_CLUTTER.match(name) and name != ".git"):
                folders.remove(name)
        if ".git" in folders:
            # What tells a clone from a plain folder.
            folders.remove(".git")
            yield Member((*steps, ".git"), bytes)
        folders.sort()
        for name in sorted(files):
            count += 1
            if count > MAX_MEMBERS:
                raise UsageError(f"{folder} holds more than {MAX_MEMBERS} files")
            if not _CLUTTER.match(name):
                shown = _normal(printable(name))
                yield Member((*steps, shown), partial(_read_file, Path(place) / name))


def _read_file(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_NOTEBOOK)
    except OSError as error:
        raise Unacceptable(f"it cannot be read: {error.strerror}") from error


def _in_zip(
    archive: zipfile.ZipFile, above: tuple[str, ...], ignore: Ignore, most: int
) -> Iterator[Member]:
    infos = archive.infolist()
    if len(infos) > most:
        ignore("/".join(above) or "the zip", f"it holds more than {most} files")
        infos = infos[:most]
    last = {info.filename: info for info in infos}
    for info in infos:
        name = _normal(printable(_name(info).replace("\\", "/")))
        steps = tuple(step for step in name.split("/") if step not in ("", "."))
        if info.is_dir() or not steps:
            continue
        if last[info.filename] is not info:
            ignore(name, "the zip holds a later file of that name")
            continue
        if ".." in steps or name.startswith("/") or ":" in steps[0][1:2] or "\0" in name:
            ignore(name[:200], "its path leads out of the zip")
        elif stat.S_ISLNK(info.external_attr >> 16):
            ignore(name, "a link")
        elif info.flag_bits & _BITS_ENCRYPTED:
            ignore(name, "encrypted")
        elif not any(_CLUTTER.match(step) for step in steps):
            yield Member((*above, *steps), partial(_read_member, archive, info))


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; macOS and others write it in UTF-8 and do not say so."""
    if not info.flag_bits & _BITS_UTF_8 and not info.filename.isascii():
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8")
    return info.filename


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # Its size is what somebody wrote into the zip: reading stops by itself.
    try:
        with archive.open(info) as file:
            data = file.read(MAX_NOTEBOOK + 1)
    except Exception as error:  # each way of packing has errors of its own
        raise Unacceptable(f"it cannot be unpacked: {error}") from error
    if len(data) > MAX_NOTEBOOK:
        raise Unacceptable(f"larger than {MAX_NOTEBOOK >> 20} MiB")
    return data


def _normal(name: str) -> str:
    """Letters and their accents as one, as rosters have them."""
    return unicodedata.normalize("NFC", name)
