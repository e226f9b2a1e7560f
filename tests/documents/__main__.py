"""Puts what the commands of pages print now in place of what the pages say: python -m tests.documents PAGE..."""

import sys
import tempfile
from pathlib import Path

from tests.documents.page import steps
from tests.documents.stage import agree, run
from tests.documents.warm import installed


def renew(page: Path) -> None:
    """Renew one page."""
    text = page.read_text("utf-8")
    lines = text.splitlines()
    found = steps(text)
    with (
        tempfile.TemporaryDirectory() as home,
        tempfile.TemporaryDirectory() as programs,
        installed(Path(programs)),
    ):
        outputs = run(found, Path(home), Path(programs))
    for step, printed in reversed(list(zip(found, outputs, strict=True))):
        if step.kind == "command" and not agree(printed, step.printed):
            lines[step.line + 1 : step.line + 1 + len(step.printed)] = printed
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        renew(Path(name))
