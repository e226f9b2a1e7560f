import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import confine
from grader.sandbox.probe import Layers, probe, refusal

ROOT = Path(__file__).resolve().parents[2]
COMMAND = 'docker run --rm -it -v "${PWD}:/course" -w /course python:3.12-slim'
GIVEN_ALL = Layers(
    system="Linux",
    kernel="6.12",
    architecture="x86_64",
    landlock_abi=6,
    seccomp=True,
    user_namespaces=True,
    cgroup_delegated=False,
    uid=1000,
    interpreter_readable=True,
    missing=(),
)


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    program = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


@pytest.mark.needs("landlock")
def test_a_machine_with_landlock_gives_the_level_base() -> None:
    layers = probe()
    assert layers.base
    assert layers.landlock_abi == confine.landlock_abi() >= 1
    assert layers.seccomp
    assert refusal(layers) == ""


@pytest.mark.needs("linux")
def test_probing_leaves_the_process_as_it_was() -> None:
    code = """
import os, re
from grader.sandbox.probe import probe
def state():
    rights = re.findall(r"(?m)^(?:Uid|Cap|NoNew|Secc|Groups).*", open("/proc/self/status").read())
    return rights, os.listdir("/proc/self/fd")
before = state(); probe(); print(before == state())
"""
    assert run(code) == "True\n"


@pytest.mark.parametrize(
    ("platform", "reported", "system"),
    [("win32", "Windows", "Windows"), ("darwin", "Darwin", "macOS")],
)
def test_it_answers_where_there_is_no_linux(platform: str, reported: str, system: str) -> None:
    code = f"""
import os, platform, sysconfig
sysconfig.get_config_vars()  # computed now, of the system that it really is
sys.platform, platform.system = {platform!r}, lambda: {reported!r}
sys.modules["resource"] = sys.modules["fcntl"] = sys.modules["pwd"] = None
if sys.platform == "win32":
    del os.getuid, os.geteuid
import ctypes
ctypes.CDLL = None
from grader.sandbox.probe import probe, refusal
layers = probe()
print(layers.base, layers.landlock_abi, layers.seccomp, layers.missing)
print(refusal(layers))
"""
    facts, sentence = run(code).splitlines()
    assert facts == "False 0 False ('a Linux kernel',)"
    assert f"on {system}, run it in a container" in sentence
    assert COMMAND in sentence


def test_a_kernel_without_landlock_is_not_helped_by_a_container_on_it() -> None:
    lacking = dataclasses.replace(
        GIVEN_ALL, landlock_abi=0, missing=("landlock", "seccomp filters")
    )
    sentence = refusal(lacking)
    assert not lacking.base
    assert "landlock and seccomp filters" in sentence
    assert "shares this kernel" in sentence
    assert COMMAND in sentence


def test_a_runtime_that_refuses_landlock_is_told_apart_from_a_kernel_without_it() -> None:
    sentence = refusal(dataclasses.replace(GIVEN_ALL, landlock_abi=0, missing=(confine.FILTERED,)))
    assert "whose runtime allows landlock" in sentence
    assert "shares this kernel" not in sentence
