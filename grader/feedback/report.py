"""The report in a terminal, by rich."""

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.feedback.catalogue import Catalogue, catalogue
from grader.feedback.escape import one_line, safe
from grader.feedback.pictures import describe
from grader.feedback.view import Evidence, Message, View

STYLES = {
    "right": "green",
    "excused": "green",
    "partly": "yellow",
    "review": "yellow",
    "wrong": "red",
    "blocked": "dim",
    "unknown": "dim",
}
_LINES = 12


def print_view(console: Console, view: View) -> None:
    """Print a report."""
    words = catalogue(view.language)
    title = Text.assemble((one_line(view.title), "bold"), "  ", one_line(view.student))
    if view.score is not None:
        score = f"{words.number(view.score)}/{words.number(view.max_score)}"
        title.append(f"  {score} ", "bold cyan").append(words.say("score.points_from"))
    console.print(title)
    for notice in (*(notice.text for notice in view.notices), *view.notes):
        console.print(Padding(_prose(notice), (0, 0, 0, 2)))
    titles = {message.anchor: message.what.text for message in view.messages}
    for message in view.messages:
        console.print()
        console.print(_message(message, titles, words))
    if view.functions:
        console.print()
        console.print(_functions(view, words))
    for item in view.manual:
        points = (
            words.say("score.manual_open", max=item.max_points)
            if item.points is None
            else words.say("score.manual_done", points=item.points, max=item.max_points)
        )
        console.print(Text.assemble(one_line(item.item), (f"  {points}", "dim")))
    console.print()
    for sentence in view.about:
        console.print(Text(safe(sentence.text), "dim"))


def _prose(text: str, style: str = "") -> Text:
    """A sentence in which what stands between backticks is code."""
    pieces = safe(text).split("`")
    if len(pieces) % 2 == 0:
        return Text(safe(text), style)
    return Text.assemble(
        *((piece, "bold" if number % 2 else "") for number, piece in enumerate(pieces)), style=style
    )


def _message(message: Message, titles: dict[str, str], words: Catalogue) -> Group:
    head = _prose(message.what.text, "bold red" if message.lost else "bold")
    if message.lost is not None:
        cost = words.say("label.lost", n=message.lost) if message.lost else words.say("label.free")
        head.append(f"  {cost}", "dim not bold")
    parts = Table.grid(padding=(0, 2))
    parts.add_column(style="dim", no_wrap=True)
    parts.add_column()
    evidence: list[Text] = [_prose(message.where.text)] if message.where else []
    for example in message.examples:
        evidence += [
            Text.assemble((f"{words.say(f'label.{name}')}  ", "dim"), (safe(text), style))
            for name, text, style in (
                ("try", example.call, ""),
                ("got", example.got, "red"),
                ("expected", example.expected, "green"),
            )
        ]
    evidence += [Text(describe(picture, words), "dim") for picture in message.pictures]
    for one in message.evidence:
        evidence += _evidence(one, words)
    steps = [_prose(step.text) for step in message.steps]
    steps += [_prose(words.say("label.see", what=titles[anchor])) for anchor in message.see]
    for label, lines in (
        ("evidence", evidence),
        (f"cause_{message.certainty}", [_prose(cause.text) for cause in message.causes]),
        ("next", steps),
    ):
        if lines:
            parts.add_row(words.say(f"label.{label}"), Text("\n").join(lines))
    return Group(head, Padding(parts, (0, 0, 0, 2)))


def _evidence(one: Evidence, words: Catalogue) -> list[Text]:
    lines = [Text(f"{words.say('label.test')}: {one_line(one.test)}", "dim")] if one.test else []
    if one.text:
        lines.append(Text(safe(one.text)))
    if one.picture is not None:
        lines.append(Text(describe(one.picture, words), "dim"))
    if one.frames:
        # The rest of a traceback is a key press away in the page, and here only noise.
        frame = one.frames[-1]
        where = words.say("label.line", line=str(frame.line), function=frame.function)
        lines.append(Text(f"{one_line(frame.file)}, {safe(where)}: {one_line(frame.text)}", "dim"))
    if one.output:
        printed = safe(one.output).splitlines()
        lines.append(Text(f"{words.say('label.printed')}:", "dim"))
        lines += [Text(f"  {line}", "dim") for line in printed[:_LINES]]
        if len(printed) > _LINES:
            lines.append(Text("  …", "dim"))
    lines += [
        Text(f"{words.say('label.warned')}: {one_line(warning)}", "dim") for warning in one.warnings
    ]
    return lines


def _functions(view: View, words: Catalogue) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("name", "result", "tests", "points"):
        table.add_column(
            words.say(f"function.{name}"), justify="right" if name == "points" else "left"
        )
    for row in view.functions:
        tests = ", ".join(
            f"{words.say(f'group.{one.group}')} {one.passed}/{one.total}" for one in row.groups
        )
        points = "–" if row.points is None else words.number(row.points)
        table.add_row(
            Text(row.name),
            Text(words.say(f"function.{row.state}"), STYLES[row.state]),
            Text(tests, "dim"),
            f"{points}/{words.number(row.max_points)}",
        )
    return table
