"""The notebooks that formgrader and `nbgrader generate_feedback` show: a student's code, and what is told of it.

Nothing in them was ever run, and nothing of a student's runs when they are shown: code and text of a submission stand
in code cells, fenced blocks and plain output, which every page escapes, and pictures were written anew.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import StoreError
from grader.exchange.nbgrader.parts import CODE, EXPERIMENTS, Layout, Part
from grader.feedback.catalogue import Catalogue
from grader.feedback.cells import Shown, cells_of
from grader.feedback.escape import fenced_markdown, inline_markdown, safe
from grader.feedback.files import write_private
from grader.feedback.view import Message, View
from grader.manifests import Experiment
from grader.sandbox.notebook import SUFFIX, code_cells

_LONGEST = 100_000
_PNG = "data:image/png;base64,"


@dataclass(frozen=True)
class Work:
    """What a student handed in, as far as it is at hand."""

    attempt: int | None = None
    #: By the name of the module, or of the notebook.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: The notebook with what people grade.
    notebook: bytes | None = None


def notebooks(plan: Layout, work: Work, view: View | None, words: Catalogue) -> dict[str, bytes]:
    """The notebooks of one student, by the names of their files."""
    return {
        f"{name}.ipynb": _notebook(
            list(
                _experiments(plan, work)
                if name == EXPERIMENTS
                else _module(plan, name, work, view, words)
            ),
            work.attempt,
        )
        for name in plan.notebooks
    }


def write(folder: Path, files: Mapping[str, bytes], *, shared: bool) -> int:
    """Write those that differ from what is there; how many. Raises StoreError."""
    written = 0
    for name, data in files.items():
        file = folder / name
        try:
            if file.read_bytes() == data:
                continue
        except OSError:
            # It is not there yet.
            pass
        write_private(file, data)
        written += 1
        if shared:
            try:
                file.chmod(0o660)
                folder.chmod(0o2770)
            except OSError as error:
                raise StoreError(f"cannot share {folder}: {error.strerror}") from error
    return written


def attempt_in(file: Path) -> int | None:
    """Which attempt a notebook of ours shows; None for any other file."""
    try:
        found = json.loads(file.read_bytes())["metadata"]["grader"]["attempt"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, int) else None


def _notebook(cells: list[dict[str, Any]], attempt: int | None) -> bytes:
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = {
        "cells": cells,
        "metadata": {
            "grader": {"attempt": attempt},
            "kernelspec": kernel,
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, separators=(",", ":")).encode()


def _markdown(source: str, **grading: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": _marked(grading, "markdown"), "source": source}


def _code(source: str, *outputs: dict[str, Any], **grading: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": _marked(grading, "code"),
        "outputs": list(outputs),
        "source": source,
    }


def _marked(grading: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What nbgrader wants to know of a cell; nothing of one that it has no part in."""
    if not grading:
        return {}
    plain = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**plain, "schema_version": 3, "cell_type": kind, **grading}}


def _text(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _module(
    plan: Layout, module: str, work: Work, view: View | None, words: Catalogue
) -> Iterator[dict[str, Any]]:
    first = module == plan.notebooks[0]
    title = plan.assignment.manifest.title
    yield _markdown(f"# {inline_markdown(title)}: {inline_markdown(module)}")
    if first and view is not None:
        said = [*(notice.text for notice in view.notices), *view.notes]
        if said:
            yield _markdown(fenced_markdown("\n".join(said)))
    grading = {"solution": True, "grade_id": CODE} if first else {}
    yield _code(_source(work.files, module), **grading)
    for part in plan.parts:
        if part.notebook == module:
            yield _graded(part, view, words)


def _graded(part: Part, view: View | None, words: Catalogue) -> dict[str, Any]:
    grading = {
        "grade": True,
        "locked": True,
        "grade_id": part.cell,
        "points": part.max_score,
    }
    if part.kind == "after":
        return _code(
            "# What was decided after grading: waived tests, points set by a person", **grading
        )
    told = "" if view is None else _told(view, part.item, words)
    return _code(f"# {part.item}", *([_text(told)] if told else []), **grading)


def _source(files: Mapping[str, bytes], module: str) -> str:
    """The student's code of a module, from its file and from the notebook that stands in for what it lacks."""
    pieces = [files[module].decode("utf-8", "replace")] if module in files else []
    try:
        pieces += code_cells(files[module + SUFFIX]) if module + SUFFIX in files else []
    except ValueError:
        pieces.append("# The notebook cannot be read.")
    if not any(piece.strip() for piece in pieces):
        return f"# There is nothing of {module}, or it is not at hand."
    return _safe("\n\n".join(pieces))


def _safe(text: str) -> str:
    """Text of any length made safe, line by line: of most lines that is seen at once."""
    return "\n".join(safe(line, _LONGEST) for line in text[:_LONGEST].split("\n"))


def _told(view: View, function: str, words: Catalogue) -> str:
    """What a student is told of a function, as plain text."""
    lines: list[str] = []
    for row in view.functions:
        if row.name == function:
            passed = ", ".join(
                f"{words.say(f'group.{one.group}')} {one.passed}/{one.total}" for one in row.groups
            )
            lines.append(f"{words.say(f'function.{row.state}')}: {passed}")
            lines += [row.note.text] if row.note is not None else []
    titles = {message.anchor: message.what.text for message in view.messages}
    for message in view.messages:
        if function in message.functions:
            lines += ["", message.what.text]
            # What several functions share is told once.
            if function == message.functions[0]:
                lines += [f"  {line}" for line in _message(message, titles, words)]
    return _safe("\n".join(lines).replace("`", "")) + "\n" if lines else ""


def _message(message: Message, titles: Mapping[str, str], words: Catalogue) -> Iterator[str]:
    if message.where is not None:
        yield message.where.text
    for example in message.examples:
        yield f"{words.say('label.try')}: {example.call}"
        yield f"{words.say('label.got')}: {example.got}"
        yield f"{words.say('label.expected')}: {example.expected}"
    for one in message.evidence:
        if one.text:
            yield from one.text.splitlines()
        if one.frames:
            frame = one.frames[-1]
            line = words.say("label.line", line=str(frame.line), function=frame.function)
            yield f"{frame.file}, {line}: {frame.text}"
    for cause in message.causes:
        yield f"{words.say(f'label.cause_{message.certainty}')}: {cause.text}"
    steps = [step.text for step in message.steps]
    steps += [words.say("label.see", what=titles[anchor]) for anchor in message.see]
    for step in steps:
        yield f"{words.say('label.next')}: {step}"


def _experiments(plan: Layout, work: Work) -> Iterator[dict[str, Any]]:
    yield _markdown(f"# {inline_markdown(plan.assignment.manifest.title)}")
    for experiment in plan.assignment.manifest.experiments:
        yield _markdown(f"## {inline_markdown(experiment.id)}: {inline_markdown(experiment.title)}")
        yield from _shown(experiment, work.notebook)
        labels = experiment.labels
        for part in plan.parts:
            if part.item in labels and part.answer:
                criteria = inline_markdown(labels[part.item].criteria)
                yield _markdown(
                    f"**{inline_markdown(part.item)}**: {criteria}",
                    grade=True,
                    solution=True,
                    grade_id=part.cell,
                    points=part.max_score,
                )


def _shown(experiment: Experiment, notebook: bytes | None) -> Iterator[dict[str, Any]]:
    """The student's cells of an experiment."""
    if notebook is None:
        yield _markdown("*No notebook was handed in, or it is not at hand.*")
        return
    found = cells_of(notebook, experiment.id)
    for note in found.notes:
        yield _markdown(f"*{inline_markdown(note)}*")
    for cell in found.cells:
        source = ""
        outputs = []
        for piece in cell.pieces:
            if piece.kind == "prose":
                yield _markdown(fenced_markdown(piece.text, limit=_LONGEST))
            elif piece.kind == "source":
                source = _safe(piece.text)
            else:
                outputs.append(_output(piece))
        if source or outputs:
            yield _code(source, *outputs)


def _output(piece: Shown) -> dict[str, Any]:
    if piece.kind == "picture":
        data = {"image/png": piece.text.removeprefix(_PNG)}
        return {"output_type": "display_data", "data": data, "metadata": {}}
    return _text(_safe(piece.text) + "\n")
