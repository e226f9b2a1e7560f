"""Writes docs/syscalls.md from the table in grader/sandbox/syscalls.py; run it with `make docs`."""

import errno
from pathlib import Path

from grader.sandbox.syscalls import ALLOWED, NEWEST, UNSEEN, Syscall

_HEAD = f"""\
# What student code may ask of the kernel

Generated from `grader/sandbox/syscalls.py` by `make docs`.

Default deny: a call that is not listed fails with EPERM; one whose number is above {NEWEST} fails with ENOSYS,
as on a kernel that lacks it, so that a newer C library falls back on what it did before. The 32-bit entry of
x86-64 (`int 0x80`), the numbers of x32, and any other instruction set end the process. What may be read of the
file system is for landlock to say, and how much of the machine may be used for resource limits; this list is
the third wall and the only one that sees processes, signals, sockets and the rest of the kernel. Newer kernels
ask no filter about `uretprobe` and `uprobe` (335 and 336 on x86-64), and serve nobody there but a probe.

## Allowed

| call | x86-64 | aarch64 | only if | why |
| --- | ---: | ---: | --- | --- |
"""
_UNSEEN = """
## Refused with ENOSYS

Their arguments lie behind a pointer, where a filter cannot look.

| call | x86-64 | aarch64 | why |
| --- | ---: | ---: | --- |
"""


def _condition(call: Syscall) -> str:
    told = " and ".join(map(str, call.checks))
    if call.checks and call.otherwise != errno.EPERM:
        told += f"; else {errno.errorcode[call.otherwise]}"
    return told


def _number(number: int | None) -> str:
    return "–" if number is None else str(number)


def page() -> str:
    """The page."""
    allowed = "".join(
        f"| `{call.name}` | {_number(call.x86_64)} | {_number(call.aarch64)} | {_condition(call)} | {call.reason} |\n"
        for call in ALLOWED
    )
    unseen = "".join(
        f"| `{call.name}` | {_number(call.x86_64)} | {_number(call.aarch64)} | {call.reason} |\n"
        for call in UNSEEN
    )
    return _HEAD + allowed + _UNSEEN + unseen


if __name__ == "__main__":
    Path(__file__).with_suffix(".md").write_text(page(), encoding="utf-8")
