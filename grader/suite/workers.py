"""What makes the workers that an assignment is graded in."""

from grader.course import Assignment
from grader.sandbox.process import ForkServer, Setup, Spawner
from grader.sandbox.subprocesses import PlainSpawner


def make_spawner(
    assignment: Assignment, *, confined: bool = True, abi_cap: int | None = None
) -> Spawner:
    """The maker of workers for one assignment; `abi_cap` restricts Landlock to that ABI.

    Raises ConfinementError where this machine cannot confine.
    """
    given = assignment.release_dir / "given"
    limits = assignment.manifest.limits
    setup = Setup(
        given if given.is_dir() else None,
        assignment.manifest.allow,
        memory=limits.memory,
        cpu_seconds=int(limits.submission * 4) + 10,
        abi_cap=abi_cap,
        secret=(assignment.hidden_dir, assignment.solution_dir, assignment.root / ".grader"),
    )
    return ForkServer(setup) if confined else PlainSpawner(setup)
