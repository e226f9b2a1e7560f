"""The filter as the kernel applies it, call by call, in a confined process of this machine."""

import errno
import platform
import runpy
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.syscalls import ALLOWED, NEWEST, UNSEEN, number
from tests.sandbox.cage import Cage

pytestmark = pytest.mark.needs("landlock")

DOCS = Path(__file__).parents[2] / "docs"
BEYOND = 500
#: uretprobe and uprobe of x86-64, about which newer kernels ask no filter; they serve nobody but a probe.
UNFILTERED = (335, 336)
ON_X86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="entry points of x86-64")

WALK = """
import ctypes
call = ctypes.CDLL(None, use_errno=True).syscall
call.restype = ctypes.c_long
result = {}
for number in at["numbers"]:
    answer = call(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
    result[number] = 0 if answer >= 0 else ctypes.get_errno()
"""
BY_X32 = """
import ctypes
ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))
"""
# mov eax, 20 (getpid); int 0x80; ret
BY_I386 = """
import ctypes, mmap
memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(bytes.fromhex("b814000000cd80c3"))
ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
"""


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    made = Cage()
    yield made
    made.close()


def test_the_kernel_refuses_every_number_that_is_not_listed(cage: Cage) -> None:
    machine = platform.machine()
    plain = {number(call, machine) for call in ALLOWED if not call.checks}
    otherwise = {number(call, machine): call.otherwise for call in (*ALLOWED, *UNSEEN)}
    asked = [each for each in range(BEYOND + 1) if each not in (*plain, *UNFILTERED)]
    answered = cage.run(WALK, {"numbers": asked}).result
    assert {int(each): answer for each, answer in answered.items()} == {
        each: otherwise.get(each, errno.EPERM if each <= NEWEST else errno.ENOSYS) for each in asked
    }


@ON_X86
@pytest.mark.parametrize("number", UNFILTERED)
def test_a_call_that_no_filter_sees_does_nothing(cage: Cage, number: int) -> None:
    outcome = cage.run(WALK, {"numbers": [number]})
    refused = [{str(number): each} for each in (errno.EPERM, errno.ENOSYS, errno.ENXIO)]
    assert outcome.exit == -signal.SIGILL or outcome.result in refused


@ON_X86
@pytest.mark.parametrize("entry", [BY_X32, BY_I386], ids=["x32", "i386"])
def test_another_way_into_the_kernel_ends_the_process(cage: Cage, entry: str) -> None:
    assert cage.run(entry).exit == -signal.SIGSYS


def test_the_page_about_the_calls_is_that_of_the_table() -> None:
    page = runpy.run_path(str(DOCS / "syscalls.py"))["page"]()
    assert (DOCS / "syscalls.md").read_text(encoding="utf-8") == page, "run: make docs"
