"""One page for whoever grades experiments by hand: complete in itself, without scripts, and without names."""

from collections.abc import Mapping

from grader.feedback.cells import Cells
from grader.feedback.escape import safe
from grader.feedback.html import environment
from grader.manifests import Experiment


def page(
    title: str,
    code: str,
    parts: Mapping[str, tuple[Experiment, Cells]],
    points: Mapping[str, float | None],
) -> str:
    """The page of one attempt: each experiment's rubric, points given so far, and cells. Raises MissingExtraError."""
    templates = environment()
    from markupsafe import Markup, escape

    def shown(text: str) -> Markup:
        # A cell may be long, and all of it matters; the template would cut it.
        return escape(safe(text, 100_000))

    def picture(address: str) -> Markup:
        return Markup('<img alt="" src="{}">').format(Markup(address))  # noqa: S704  # base64, written by us

    text: str = templates.get_template("experiments.html.j2").render(
        title=title,
        code=code,
        parts=parts,
        points=points,
        shown=shown,
        picture=picture,
    )
    return text
