"""The wrong implementations that the assignment lists."""

from collections.abc import Iterator

from grader.diagnose.bench import Bench
from grader.diagnose.relation import Words
from grader.diagnose.suspect import LISTED, Suspect, suspects
from grader.diagnose.versions import function_of


@suspects(1, of_random=True)
def listed_mistakes(bench: Bench) -> Iterator[Suspect]:
    """One for each form of each mistake."""
    for mistake in bench.mistakes:
        params = {"mistake": mistake.id, "relation": mistake.relation, "hint": mistake.hint}
        yield Suspect(
            Words(LISTED, params, 0.95), 0.0, function_of(mistake, bench.namespace), watched=True
        )
