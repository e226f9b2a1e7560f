import errno
import re
import struct
from pathlib import Path

import pytest

from grader.sandbox import syscalls
from grader.sandbox.syscalls import ALLOWED, MACHINES, NEWEST, UNSEEN, Syscall

ALLOW, KILL = -1, -2
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
BY_NAME = {call.name: call for call in (*ALLOWED, *UNSEEN)}
HIGH = 1 << 32


def numbers(machine: str) -> dict[str, int]:
    """Name -> number, from the kernel's header for that machine."""
    names: dict[str, int] = {}
    text = HEADERS[machine].read_text()
    for name, value in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)$", text, re.MULTILINE):
        # The generic header gives the 64-bit call of a pair under the number of the pair.
        names.setdefault({"fstatat": "newfstatat"}.get(name, name), int(value))
    return names


def judge(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """What the filter answers: ALLOW, KILL or an errno."""
    return follow(machine, number, *arguments, arch=arch)[0]


def follow(machine: str, number: int, *arguments: int, arch: int | None = None) -> tuple[int, int]:
    """The answer of the filter and the number of its steps: a small interpreter of classic BPF."""
    code = list(struct.iter_unpack("=HBBI", syscalls.program(machine)))
    padded = [*arguments, *[0] * (6 - len(arguments))]
    true_arch = MACHINES[machine] if arch is None else arch
    data = struct.pack("=iIQ6Q", number, true_arch, 0, *padded)
    accumulator, at, steps = 0, 0, 0
    while True:
        steps += 1
        operation, true, false, k = code[at]
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", data, k)
            case 0x54:
                accumulator &= k
            case 0x05:
                at += k
            case 0x15:
                at += true if accumulator == k else false
            case 0x35:
                at += true if accumulator >= k else false
            case 0x06:
                action = k & 0xFFFF_0000
                return {0x7FFF_0000: ALLOW, 0x8000_0000: KILL}.get(action, k & 0xFFFF), steps
            case _:
                raise AssertionError(f"unknown instruction {operation:#x}")


def numbered(name: str, machine: str) -> int:
    """The number of a call that `machine` has."""
    found = syscalls.number(BY_NAME[name], machine)
    assert found is not None
    return found


def passing(call: Syscall) -> list[int]:
    """Arguments that fulfil the checks of `call`."""
    arguments = [0] * 6
    for check in call.checks:
        arguments[check.index] = check.values[0]
    return arguments


@pytest.mark.parametrize("machine", MACHINES)
def test_every_number_is_that_of_the_kernel_header(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("needs the headers of linux-libc-dev")
    header = numbers(machine)
    listed = {call.name: syscalls.number(call, machine) for call in BY_NAME.values()}
    assert {name: n for name, n in listed.items() if n is not None} == {
        name: header[name] for name, n in listed.items() if n is not None
    }


def test_a_call_without_a_number_does_not_exist_on_that_machine() -> None:
    if not HEADERS["aarch64"].exists():
        pytest.skip("needs the headers of linux-libc-dev")
    absent = {call.name for call in BY_NAME.values() if call.aarch64 is None}
    # The generic header has them only for machines that ask for its deprecated part, which ends in other numbers.
    assert absent & set(numbers("aarch64")) == set()


@pytest.mark.parametrize("machine", MACHINES)
def test_every_number_but_the_listed_ones_is_refused(machine: str) -> None:
    listed = {syscalls.number(call, machine): call for call in BY_NAME.values()}
    answers = {
        number: judge(machine, number, *(passing(listed[number]) if number in listed else []))
        for number in range(NEWEST + 1)
    }
    assert answers == {
        number: errno.EPERM
        if number not in listed
        else errno.ENOSYS
        if listed[number] in UNSEEN
        else ALLOW
        for number in range(NEWEST + 1)
    }


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("number", [NEWEST + 1, 462, 5000, 0x3FFF_FFFF])
def test_calls_newer_than_the_list_look_absent(machine: str, number: int) -> None:
    assert judge(machine, number) == errno.ENOSYS


@pytest.mark.parametrize("number", [0x4000_0000, 0x4000_0000 + 39, -1])
def test_x32_numbers_end_the_process(number: int) -> None:
    assert judge("x86_64", number) == KILL


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("arch", [0x4000_0003, 0x4000_0028, 0xC000_00F3, 0])
def test_a_foreign_instruction_set_ends_the_process(machine: str, arch: int) -> None:
    assert judge(machine, numbered("read", machine), arch=arch) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_may_start_and_processes_may_not(machine: str) -> None:
    clone = numbered("clone", machine)
    assert judge(machine, clone, 0x3D0F00) == ALLOW
    assert judge(machine, clone, 0x7D0F00) == ALLOW
    for flags in (17, 0x4111, 0x1200011, 0x3D0F00 | 0x1000_0000, 0x3D0F00 | HIGH, 0x10000):
        assert judge(machine, clone, flags) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    "flags", [1, 2, 0o100, 0o101, 0o1000, 0o2001, 0x200000, 0x400000 | 2, HIGH | 1]
)
def test_a_file_cannot_be_opened_for_writing(machine: str, flags: int) -> None:
    openat = numbered("openat", machine)
    assert judge(machine, openat, 0, 0, flags) == errno.EPERM
    if machine == "x86_64":
        assert judge(machine, 2, 0, flags) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_a_file_can_be_opened_for_reading(machine: str) -> None:
    openat = numbered("openat", machine)
    close_on_exec, directory, garbage = 0o2000000, 0o200000, HIGH
    for flags in (0, close_on_exec, close_on_exec | directory, garbage):
        assert judge(machine, openat, 0, 0, flags) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_can_be_read_for_oneself_and_not_set(machine: str) -> None:
    prlimit = numbered("prlimit64", machine)
    assert judge(machine, prlimit, 0, 7, 0, 0x7FFF_0000_0000) == ALLOW
    assert judge(machine, prlimit, 0, 7, 0x1000) == errno.EPERM
    assert judge(machine, prlimit, 0, 7, HIGH) == errno.EPERM
    assert judge(machine, prlimit, 1, 7, 0) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_only_harmless_requests_reach_a_terminal(machine: str) -> None:
    ioctl = numbered("ioctl", machine)
    push_input, terminal_size = 0x5412, 0x5413
    assert judge(machine, ioctl, 0, terminal_size) == ALLOW
    assert judge(machine, ioctl, 0, push_input) == errno.ENOTTY
    assert judge(machine, ioctl, 0, HIGH | push_input) == errno.ENOTTY


@pytest.mark.parametrize("machine", MACHINES)
def test_every_jump_of_the_filter_stays_inside_and_every_path_ends(machine: str) -> None:
    code = list(struct.iter_unpack("=HBBI", syscalls.program(machine)))
    assert len(code) < 4096
    for at, (operation, true, false, k) in enumerate(code):
        if operation in (0x15, 0x35):
            assert at + 1 + max(true, false) < len(code)
        elif operation == 0x05:
            assert at + 1 + k < len(code)
    assert code[-1][0] == 0x06


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_is_found_in_few_steps(machine: str) -> None:
    for call in ALLOWED:
        if (number := syscalls.number(call, machine)) is not None:
            assert follow(machine, number, *passing(call))[1] <= 20


def test_every_call_has_a_reason_and_is_listed_once() -> None:
    assert len(BY_NAME) == len(ALLOWED) + len(UNSEEN)
    assert all(call.reason for call in BY_NAME.values())


def test_a_machine_without_a_table_has_no_filter() -> None:
    with pytest.raises(KeyError):
        syscalls.program("riscv64")


def test_a_check_reads_as_a_sentence() -> None:
    assert str(BY_NAME["open"].checks[0]) == "argument 1 & 0x600243 is 0x0"
    assert str(BY_NAME["ioctl"].checks[0]).startswith("argument 1 is one of 0x5401, 0x5413, ")
