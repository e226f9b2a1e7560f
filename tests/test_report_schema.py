"""The schema in docs/ is what a program that reads our reports may rely on."""

import json
from pathlib import Path

from grader.reportfile import schema

FILE = Path(__file__).parents[1] / "docs" / "report.schema.json"


def test_the_schema_in_the_docs_is_the_one_of_the_models() -> None:
    assert FILE.read_text() == json.dumps(schema(), indent=1) + "\n", "renew it with: make docs"
