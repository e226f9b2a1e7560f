"""A workbook with the table of the format csv, in which no cell is a formula."""

import io
from decimal import Decimal
from typing import Any

from grader.errors import MissingExtraError
from grader.exchange.cells import guarded
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.formats.csv import table
from grader.exchange.grades import Grades
from grader.exchange.tables import Cell


def make(grades: Grades, request: Request) -> Export:
    """The workbook. Raises MissingExtraError where openpyxl is not installed."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtraError("staff", "a workbook") from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Grades")
    sheet.freeze_panes = "B2"
    number_format = f"0.{'0' * request.places}" if request.places else "0"
    for row in table(grades, request):
        sheet.append([_cell(sheet, cell, number_format) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return Export({FORMAT.file: out.getvalue()}, new_scores(grades, request))


def _cell(sheet: Any, value: Cell, number_format: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=guarded(value))
        cell.data_type = "s"
        return cell
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value=float(value))
        cell.number_format = number_format
        return cell
    return value


FORMAT = Format("xlsx", "A workbook with the table of the format csv.", "grades.xlsx", make)
