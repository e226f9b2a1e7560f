"""The report as Markdown, for mails, issue trackers and notebooks."""

from collections.abc import Iterable
from functools import lru_cache

from grader.feedback.catalogue import Catalogue, catalogue
from grader.feedback.escape import fenced_markdown, inline_markdown, safe
from grader.feedback.pictures import describe
from grader.feedback.view import Evidence, FunctionRow, Message, View

LONGEST = 4000


def markdown(view: View) -> str:
    """The report; nothing that a submission wrote can start a heading, a link, HTML or a line of a table."""
    return "\n\n".join(part for part in _parts(view, catalogue(view.language)) if part) + "\n"


# A class's reports say the same few things of every student.
@lru_cache(4096)
def prose(text: str) -> str:
    """A sentence in which what stands between backticks is code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return inline_markdown(text)
    shown = [
        f"`{_code(piece)}`" if number % 2 and piece.strip() else inline_markdown(f"x{piece}x")[1:-1]
        for number, piece in enumerate(pieces)
    ]
    return "".join(shown)


def _code(text: str) -> str:
    return " ".join(safe(text).split())


def _parts(view: View, words: Catalogue) -> Iterable[str]:
    yield f"# {inline_markdown(view.title)}: {inline_markdown(view.student)}"
    if view.score is not None:
        score = f"{words.number(view.score)} / {words.number(view.max_score)}"
        yield f"**{score}** {words.say('score.points_from')}"
    yield "\n".join(f"- {prose(notice.text)}" for notice in view.notices)
    yield "\n".join(f"- {inline_markdown(note)}" for note in view.notes)
    if view.messages:
        yield f"## {words.say('page.causes')}"
        titles = {message.anchor: message.what.text for message in view.messages}
        for message in view.messages:
            yield from _message(message, titles, words)
    if view.functions:
        yield f"## {words.say('page.functions')}"
        yield _table(view.functions, words)
    if view.manual:
        yield f"## {words.say('page.manual')}"
        yield "\n".join(
            f"- {inline_markdown(item.item)}: "
            + (
                words.say("score.manual_open", max=item.max_points)
                if item.points is None
                else words.say("score.manual_done", points=item.points, max=item.max_points)
            )
            for item in view.manual
        )
    yield "---"
    yield "\n".join(prose(sentence.text) + "  " for sentence in view.about)


def _message(message: Message, titles: dict[str, str], words: Catalogue) -> Iterable[str]:
    yield f"### {prose(message.what.text)}"
    if message.lost is not None:
        cost = words.say("label.lost", n=message.lost) if message.lost else words.say("label.free")
        yield f"*{cost}*"
    evidence = [prose(message.where.text)] if message.where else []
    for example in message.examples:
        lines = (
            (words.say("label.try"), example.call),
            (words.say("label.got"), example.got),
            (words.say("label.expected"), example.expected),
        )
        width = max(len(label) for label, _ in lines) + 2
        evidence.append(
            fenced_markdown(
                "\n".join(f"{label + ':':<{width}}{_code(text)}" for label, text in lines)
            )
        )
    evidence += [inline_markdown(describe(picture, words)) for picture in message.pictures]
    for one in message.evidence:
        evidence += _evidence(one, words)
    if evidence:
        yield f"**{words.say('label.evidence')}:**"
        yield from evidence
    for number, cause in enumerate(message.causes):
        label = f"**{words.say(f'label.cause_{message.certainty}')}:** " if number == 0 else ""
        yield label + prose(cause.text)
    steps = [prose(step.text) for step in message.steps]
    steps += [prose(words.say("label.see", what=titles[anchor])) for anchor in message.see]
    for number, step in enumerate(steps):
        yield (f"**{words.say('label.next')}:** " if number == 0 else "") + step


def _evidence(one: Evidence, words: Catalogue) -> Iterable[str]:
    if one.test:
        yield f"{words.say('label.test')}: {inline_markdown(one.test)}"
    if one.text:
        yield fenced_markdown(one.text)
    if one.picture is not None:
        yield inline_markdown(describe(one.picture, words))
    if one.frames:
        lines = (
            f"{frame.file}, {words.say('label.line', line=str(frame.line), function=frame.function)}\n"
            f"    {frame.text}"
            for frame in one.frames
        )
        yield words.say("label.trace") + ":"
        yield fenced_markdown("\n".join(lines))
    if one.output:
        yield words.say("label.printed") + ":"
        yield fenced_markdown(safe(one.output, LONGEST))
    if one.warnings:
        yield words.say("label.warned") + ":"
        yield "\n".join(f"- {inline_markdown(warning)}" for warning in one.warnings)
    if one.source:
        yield words.say("function.source") + ":"
        yield fenced_markdown(one.source, "python")


def _table(rows: tuple[FunctionRow, ...], words: Catalogue) -> str:
    head = [words.say(f"function.{name}") for name in ("name", "result", "tests", "points")]
    lines = ["| " + " | ".join(head) + " |", "| --- | --- | --- | ---: |"]
    for row in rows:
        tests = ", ".join(
            f"{words.say(f'group.{one.group}')} {one.passed}/{one.total}" for one in row.groups
        )
        points = "–" if row.points is None else words.number(row.points)
        state = words.say(f"function.{row.state}")
        lines.append(
            f"| {inline_markdown(row.name)} | {state} | {tests} | {points} / {words.number(row.max_points)} |"
        )
    return "\n".join(lines)
