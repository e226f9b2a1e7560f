"""Writes docs/reference/ from the code: commands, files, the report, and everything that has a slug."""

import inspect
import re
from collections.abc import Iterator, Mapping
from enum import EnumType
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from typer.main import get_command

from grader import manifests, models, policy
from grader.cli.register import application
from grader.explanations import explanations
from grader.readers import Audience, Phase

HERE = Path(__file__).parent / "reference"
_MADE = "Made from the code by `make docs`; do not edit.\n"
_HEADS = {
    "errors": """# Errors

A message that ends with `more: grader explain SLUG` is described here under that slug. Exit codes: 0 done, 1 something
needs a person, 2 a mistake in the command or the course, 3 this machine cannot confine student code, 4 the gradebook or
the disk, 130 interrupted.
""",
    "verdicts": """# Verdicts

How one test of one submission ends. There are no others, and none is read from a message.
""",
    "findings": """# Findings

What diagnosis may say of failing tests, and what was established before it says so. It speaks only where the finding
explains every wrong answer that it is about, and at least three of them; see [how](../explanation/diagnosis.md), and
[how often it is right](../diagnosis.md). Words in capitals depend on the submission.
""",
    "tolerances": """# Tolerance classes

A value is right when it lies within `atol + rtol * |wanted|` of the wanted one. Suites name a class; see
[why](../explanation/tolerance.md).
""",
}


def pages() -> dict[str, str]:
    """The pages by name."""
    made = {section: head + _slugs(section) for section, head in _HEADS.items()}
    made["policies"] = _policies()
    made["commands"] = "# Commands\n" + "".join(_commands())
    made["report"] = (
        "# The file of reports\n\nWhat `grader grade --json` writes, also as a [JSON schema](../report.schema.json) "
        "for programs. It is complete and for staff; students get views of it.\n"
        + _models(models.ReportFile)
    )
    made["files"] = (
        "# course.toml and assignment.toml\n\nA key that is not listed here is refused.\n\n## course.toml\n"
        + _models(manifests.CourseManifest, "###")
        + "\n## assignment.toml\n"
        + _models(manifests.Manifest, "###")
    )
    return {name: text.replace("\n", f"\n\n{_MADE}", 1) for name, text in made.items()}


def _slugs(section: str) -> str:
    parts = []
    for each in explanations():
        if each.section == section:
            parts.append(f"\n## {each.slug}\n\n**{each.title}.** {each.text}\n")
            if each.said:
                said = (
                    f"- “{_plain(message)}” {_plain(hint)}".rstrip() for message, hint in each.said
                )
                parts.append("\n" + "\n".join(said) + "\n")
    return "".join(parts)


def _policies() -> str:
    rows = "".join(
        f"| {rule.audience} | {rule.phase or 'always'} | `{rule.level.name.lower()}` |\n"
        for rule in policy.DEFAULT
    )
    return (
        "# Policies\n\nWhat a reader is told of each hidden test is a level. Rules in `assignment.toml` choose it; of "
        "those that fit, the last one counts, and these stand before them:\n\n| who reads | when | level |\n"
        f"| --- | --- | --- |\n{rows}\nWho reads is one of {_list(Audience)}; when is one of {_list(Phase)}. "
        "How rules are written stands in [feedback](../feedback.md#rules), and their keys in [files](files.md#rule).\n"
        + _slugs("levels")
    )


def _list(values: Any) -> str:
    return ", ".join(f"`{each.value}`" for each in values)


def _commands() -> Iterator[str]:
    yield (
        "\n`grader --help` lists these by who needs them, and `grader COMMAND --help` says what stands here. "
        "`grader --install-completion` lets your shell complete commands, options and names.\n"
    )
    yield from _tree(get_command(application()), "grader")


def _tree(command: Any, path: str) -> Iterator[str]:
    for name, each in sorted(getattr(command, "commands", {}).items()):
        here = f"{path} {name}"
        text = re.sub(r"Example: (.*)", r"```sh\n\1\n```", _unfolded(each.help or ""))
        yield f"\n## {here}\n\n{text}\n"
        if hasattr(each, "commands"):
            yield from _tree(each, here)
            continue
        rows = [row for row in map(_parameter, each.params) if row]
        if rows:
            yield "\n| | |\n| --- | --- |\n" + "".join(rows)


def _parameter(parameter: Any) -> str:
    if parameter.name == "help":
        return ""
    argument = parameter.param_type_name == "argument"
    shown = parameter.metavar or parameter.name.upper() if argument else ", ".join(parameter.opts)
    kind = parameter.type_descriptor.annotation
    values = f" One of {_list(kind)}." if isinstance(kind, EnumType) else ""
    return f"| `{shown}` | {_plain(parameter.help or '')}{values} |\n"


def _unfolded(text: str) -> str:
    """Text with each paragraph on one line, as Markdown wants it."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _models(model: type[BaseModel], depth: str = "##") -> str:
    schema = model.model_json_schema(by_alias=True)
    kinds: dict[str, Any] = {schema["title"]: schema, **schema.get("$defs", {})}
    values = {name: kind["enum"] for name, kind in kinds.items() if "enum" in kind}
    return "".join(
        f"\n{depth} {name}\n{_model(name, kind, values)}"
        for name, kind in kinds.items()
        if "properties" in kind
    )


def _comments(name: str) -> dict[str, str]:
    """What the comments `#:` above a model's fields say, by field."""
    module = next(module for module in (manifests, models, policy) if hasattr(module, name))
    found: dict[str, str] = {}
    said: list[str] = []
    for line in inspect.getsource(getattr(module, name)).splitlines():
        field = re.match(r"    (\w+?)_?: ", line)
        if line.startswith("    #: "):
            said.append(line[7:])
        elif field:
            found[field[1]] = " ".join(said)
        if not line.startswith("    #: "):
            said = []
    return found


def _model(name: str, kind: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    said = " ".join(kind.get("description", "").split())
    required, comments = set(kind.get("required", ())), _comments(name)
    rows = []
    for key, field in kind["properties"].items():
        default = "required" if key in required else _value(field.get("default"))
        told = _plain(" ".join(field.get("description", comments.get(key, "")).split()))
        rows.append(
            f"| `{key}` | {_type(field, values)} | {default} | {told} |\n".replace("|  |", "| |")
        )
    return f"\n{said}\n\n| key | type | default | |\n| --- | --- | --- | --- |\n" + "".join(rows)


def _type(field: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    if "$ref" in field:
        name = str(field["$ref"]).rpartition("/")[2]
        if name == "Level":
            return "[level](policies.md)"
        return (
            _type({"enum": values[name]}, values)
            if name in values
            else f"[{name}](#{name.lower()})"
        )
    if "anyOf" in field:
        return " or ".join(_type(each, values) for each in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{each}`" for each in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array" and "items" in field:
        return f"list of {_type(field['items'], values)}"
    return str(field.get("format") or field.get("type") or "anything")


def _value(value: Any) -> str:
    if value is None or value in ([], {}, ""):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "as below" if isinstance(value, dict) else f"`{value}`"


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing to do."""
    return (
        re.sub(r"([\\*_<>\[\]|])", r"\\\1", text) if "`" not in text else text.replace("|", "\\|")
    )


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (HERE / f"{name}.md").write_text(text, encoding="utf-8")
