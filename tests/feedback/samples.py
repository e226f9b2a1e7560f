"""Reports made by hand, for tests of what is shown of them."""

from typing import Any

from grader.feedback.catalogue import catalogue
from grader.feedback.compose import About, Reading, view
from grader.feedback.view import View
from grader.models import (
    Digests,
    Environment,
    Finding,
    Frame,
    GradeReport,
    Load,
    ManualItem,
    Outcome,
    Picture,
    Thrown,
    Verdict,
    Warned,
)
from grader.policy import Rule
from grader.readers import Audience, Phase

#: What a submission could try to do with a text that it controls.
HOSTILE = (
    "</title></style><script>document.body.innerHTML='pwned'</script>"
    "<img src=x onerror=\"document.title='pwned'\"><!-- ]]> {{ 7 * 7 }} {% raw %}\n"
    "# pwned\n| a | b |\n---\n```\n[pwned](javascript:alert(1)) ![x](http://127.0.0.1/x) <b>&amp;\n"
    "\x1b]0;pwned\x07\x1b[2J\x1b[31m\r\x00\x08[bold red]pwned[/] \u202edenwp\u2066 \u200f\ud83d\u2028 `code` ``````"
)


def outcome(function: str = "softmax", number: int = 1, **fields: Any) -> Outcome:
    """A hidden test of a function: passed, one point, unless said otherwise."""
    verdict = Verdict(fields.pop("verdict", "passed"))
    points = fields.pop("max_points", 1.0)
    earned = {Verdict.PASSED: points, Verdict.FAULT: None}.get(verdict, 0.0)
    made: dict[str, Any] = {
        "test": f"test_{function}.py::test_number_{number}",
        "function": function,
        "group": "value",
        "visibility": "hidden",
        "verdict": verdict,
        "points": points if fields.get("consequential_of") else earned,
        "max_points": points,
        **fields,
    }
    return Outcome(**made)


def finding(**fields: Any) -> Finding:
    """A finding with a public example."""
    example = {"call": "softmax([[0, 1]])", "got": "[[1, 2]]", "expected": "[[0.5, 1]]"}
    made: dict[str, Any] = {
        "kind": "factor",
        "params": {"example": example},
        "confidence": 0.9,
        "message": "Your result is 2 times too large.",
        "hint": "Where does the 2 come from?",
        **fields,
    }
    return Finding(**made)


def report(*outcomes: Outcome, **fields: Any) -> GradeReport:
    """A report of these outcomes."""
    made: dict[str, Any] = {
        "student": "ann",
        "state": "graded",
        "provisional": False,
        "score": sum(one.points or 0.0 for one in outcomes),
        "max_score": sum(one.max_points for one in outcomes),
        "isolation": "base",
        "environment": Environment(python="3.11.9", numpy="2.4.0", machine="Linux x86_64"),
        "seed": "secret-seed",
        "digests": Digests(submission="d-sub", suite="d-suite", given="d-g", reference="d-ref"),
        "outcomes": outcomes,
        **fields,
    }
    return GradeReport(**made)


def seen(
    report: GradeReport,
    audience: str = "student",
    phase: str = "before-due",
    *rules: Rule,
    attempt: int | None = None,
    language: str = "en",
    sources: dict[str, str] | None = None,
) -> View:
    """What a reader sees of a report."""
    reading = Reading(Audience(audience), Phase(phase), rules, attempt)
    parts = {"E1: plot": "Outliers: plot"}
    about = About("small", "A small assignment", sources=sources or {}, parts=parts)
    return view(report, about, reading, catalogue(language))


def picture(**fields: Any) -> Picture:
    """A matrix with one wrong entry."""
    return Picture(
        **{
            "kind": "matrix",
            "got": ((1.0, 2.0), (3.0, 9.0)),
            "expected": ((1.0, 2.0), (3.0, 4.0)),
            **fields,
        }
    )


def hostile_report(text: str = HOSTILE, *, drawn: bool = True) -> GradeReport:
    """A report in which every text that a submission can influence is hostile, or another one."""
    shown = picture() if drawn else None
    frame = Frame(file=text, line=3, function=text, text=text)
    thrown = Thrown(known="ValueError", line=3, frames=(frame,))
    told = {"message": text, "output": text, "error": thrown}
    warned = (Warned(category=text, message=text, line=1),)
    example = dict.fromkeys(("call", "got", "expected"), text)
    found = finding(message=text, hint=text, params={"example": example, text: text})
    return report(
        outcome("softmax", 1, verdict="raised", warnings=warned, **told),
        outcome("sigmoid", 1, verdict="failed", findings=(found,), compared=True, **told),
        outcome("accuracy", 1, verdict="failed", compared=True, picture=shown, **told),
        outcome("accuracy", 2, verdict="blocked", message=text),
        outcome("recall", 1, verdict="passed", output=text),
        student=text,
        load=Load(error=text, notes=(text,)),
        manual=(ManualItem(item="E1: plot", max_points=4),),
        provisional=True,
    )
