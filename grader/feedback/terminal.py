"""Tables and lines for a terminal; nothing that a submission wrote can steer it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Timer
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.feedback.catalogue import Catalogue
from grader.feedback.escape import one_line, safe
from grader.feedback.titles import title
from grader.models import Checked, Outcome, Verdict

if TYPE_CHECKING:
    from grader.doctor import Examination

_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("·", "yellow")}
#: Verdicts whose message is no reason by itself, for which there is one piece of advice.
_ADVISED = (Verdict.TIMEOUT, Verdict.KILLED, Verdict.REFUSED)
#: Lines that are shown of what a submission printed in a test.
_PRINTED = 6
#: Remarks that are told to their end below a table.
_WHOLE = 5
#: Seconds after which people wonder.
_LONG = 3.0
_LETTERS = {True: "+", False: "x", None: "-"}


def mark(passed: bool | None, encoding: str) -> Text:
    """A tick, a cross, or a dot for what was not run; letters where the output's encoding has none of them."""
    sign, style = _MARKS[passed]
    try:
        sign.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        sign = _LETTERS[passed]
    return Text(sign, style)


def print_batch(console: Console, rows: Iterable[tuple[str, str, float, float, str]]) -> None:
    """The table of a batch: student, state, score, maximum, remark; remarks take what width is left."""
    styles = {"graded": "", "needs_review": "bold yellow", "missing": "yellow"}
    lines = [
        (
            one_line(student, 40),
            "–" if state == "missing" else f"{score:g}/{top:g}",
            state,
            one_line(remark, 200),
        )
        for student, state, score, top, remark in rows
    ]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("student", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("remark", no_wrap=True)
    # Cut here: rich would take from every column alike.
    widths = [max((len(line[column]) for line in lines), default=0) for column in range(3)]
    left = max(console.width - sum(max(width, 7) for width in widths) - 8, 20)
    whole = []
    for student, points, state, remark in lines:
        cut = remark if len(remark) <= left else remark[: left - 1] + "…"
        table.add_row(
            Text(student), points, Text(state.replace("_", " "), styles[state]), Text(cut, "dim")
        )
        if state == "needs_review" and cut != remark:
            whole.append((student, remark))
    console.print(table)
    # What somebody must look at is told to its end.
    if whole:
        console.print()
    for student, remark in whole[:_WHOLE]:
        _say(console, f"{student}: {remark}")


def print_checked(console: Console, checked: Checked, words: Catalogue) -> None:
    """What `grader check` found, in the language of `words`."""
    console.print(Text(checked.title, "bold"))
    for warning in checked.warnings:
        _say(console, words.say("check.note", text=safe(warning)), "yellow")
    if checked.load.error:
        _say(console, words.say("check.stopped", text=safe(checked.load.error)), "red")
        if checked.stopped_at:
            _say(console, safe(checked.stopped_at), indent=4)
    for note in checked.load.notes:
        _say(console, words.say("check.note", text=safe(note)), "yellow")
    _print_functions(console, checked, words)
    seconds = words.number(checked.seconds, 1)
    n = len(checked.outcomes)
    said = words.say("check.all", passed=checked.passed, n=n, seconds=seconds)
    console.print(f"\n{said}", highlight=False)


@contextmanager
def patient(console: Console, words: Catalogue) -> Iterator[None]:
    """Say that tests still run where they take long: an endless loop is not given up at once."""
    notice = Timer(_LONG, lambda: _say(console, words.say("check.running"), "dim"))
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()


def print_watching(console: Console, words: Catalogue) -> None:
    """That there will be another check, below what the last one found."""
    now = f"{datetime.now().astimezone():%H:%M:%S}"
    _say(console, words.say("check.watching", time=now), "dim")


def _say(console: Console, text: str, style: str = "", indent: int = 0) -> None:
    """Lines that a terminal breaks where they are indented, and that nothing breaks elsewhere."""
    lines = [Text(line, style) for line in text.splitlines()]
    if console.is_terminal:
        width = max(console.width - indent, 20)
        lines = [part for line in lines for part in line.wrap(console, width)]
    for line in lines:
        line.rstrip()
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)


def _print_functions(console: Console, checked: Checked, words: Catalogue) -> None:
    """The public tests by function: what passed, and for what did not, why."""
    unread = {outcome.function for outcome in checked.outcomes if outcome.blocked_by == "load"}
    if len(unread) > 1 and unread == set(checked.functions):
        # Where the file cannot be read, that is all there is to say of each.
        line = Text.assemble(mark(None, console.encoding), " ")
        line.append(words.say("what.blocked", functions="", n=len(unread)), "dim")
        console.print(line, soft_wrap=True)
        return
    width = max((len(name) for name in checked.functions), default=0)
    for name in checked.functions:
        mine = [outcome for outcome in checked.outcomes if outcome.function == name]
        if not mine:
            continue
        passed = sum(outcome.verdict is Verdict.PASSED for outcome in mine)
        blocked = [outcome for outcome in mine if outcome.verdict is Verdict.BLOCKED]
        state = None if len(blocked) == len(mine) else passed == len(mine)
        line = Text.assemble(mark(state, console.encoding), " ", f"{name:<{width}}  ")
        if state is None:
            line.append(one_line(_why_blocked(blocked[0], words)), "dim")
            if other := checked.load.alike.get(name):
                line.append(words.say("check.alike", other=safe(other)), "cyan")
        else:
            line.append(words.say("check.passed", passed=passed, n=len(mine)), "dim")
        console.print(line, soft_wrap=True)
        if state is None:
            continue
        for outcome in mine:
            if outcome.verdict is not Verdict.PASSED:
                _print_failure(console, outcome, checked.calls.get(outcome.test), words)


def _why_blocked(outcome: Outcome, words: Catalogue) -> str:
    why = (outcome.blocked_by or "").replace(" ", "_")
    if why not in ("stub", "missing", "not_callable", "timeouts"):
        why = "blocked"
    return words.say(f"what.{why}", functions=outcome.function, n=1)


def _print_failure(console: Console, outcome: Outcome, call: str | None, words: Catalogue) -> None:
    verdict = words.say(f"verdict.{outcome.verdict.value}")
    console.print(
        Text.assemble("    ", (f"{verdict}: ", "red"), (safe(title(outcome.test)), "bold")),
        soft_wrap=True,
    )
    if call is not None:
        _say(console, safe(call), indent=6)
    _say(console, safe(outcome.message), indent=6)
    if outcome.verdict in _ADVISED:
        _say(console, words.say(f"next.{outcome.verdict.value}"), "cyan", indent=6)
    if outcome.hint:
        _say(console, safe(outcome.hint), "cyan", indent=6)
    if outcome.output.strip():
        printed = _beginning(safe(outcome.output.strip("\n"), 500))
        _say(console, words.say("check.printed", text=printed), "dim", indent=6)


def _beginning(text: str) -> str:
    """The first lines of what was printed; loops print thousands."""
    lines = text.splitlines()
    return text if len(lines) <= _PRINTED else "\n".join([*lines[:_PRINTED], "…"])


def print_examination(console: Console, found: "Examination") -> None:
    """What `grader doctor` found."""
    layers = found.layers

    def line(good: bool | None, name: str, value: str) -> None:
        console.print(
            Text.assemble(mark(good, console.encoding), " ", f"{name:<22}", value), soft_wrap=True
        )

    console.print(Text("Confinement of student code", "bold"))
    line(
        layers.landlock_abi > 0,
        "landlock",
        f"ABI {layers.landlock_abi}" if layers.landlock_abi else "not available",
    )
    line(layers.seccomp, "seccomp filters", "available" if layers.seccomp else "not available")
    line(
        True if layers.user_namespaces else None,
        "user namespaces",
        "allowed" if layers.user_namespaces else "not allowed (not needed)",
    )
    line(
        True if layers.cgroup_delegated else None,
        "cgroup v2 delegation",
        "yes" if layers.cgroup_delegated else "no (not needed)",
    )
    line(
        True if layers.interpreter_readable else None,
        "interpreter",
        "readable for an unprivileged user"
        if layers.interpreter_readable
        else "in a private folder: workers keep the right to read it",
    )
    user = "root: workers run as an unprivileged user" if layers.uid == 0 else "an ordinary user"
    line(True, "you are", user if layers.uid is not None else "a user of this system")
    line(
        layers.base,
        "level base",
        "in force when you run grader grade" if layers.base else "cannot be reached",
    )
    console.print(Text("\nVersions", "bold"))
    for name, version in found.versions:
        line(True, name, version)
    line(True, "system", f"{layers.system} {layers.kernel} {layers.architecture}")
    console.print(Text("\nOptional parts", "bold"))
    for extra in found.extras:
        install = (
            "" if extra.installed else f"; to install: pip install 'grading-descent[{extra.name}]'"
        )
        line(True if extra.installed else None, extra.name, extra.purpose + install)
    if found.refusal:
        console.print(Text(f"\n{found.refusal}", "red"), soft_wrap=True)
