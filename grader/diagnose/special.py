"""Explains failures on special inputs: what is special about the failing call is given to fresh inputs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from grader.compare import show
from grader.diagnose.answers import Answer, leaves, numbers, one_line
from grader.diagnose.behaviours.errors import about
from grader.diagnose.bench import Bench, Case
from grader.diagnose.evidence import Seen
from grader.diagnose.profile import Profile
from grader.diagnose.record import sort_of
from grader.diagnose.relation import Words
from grader.diagnose.sentences import inner
from grader.diagnose.trait import Trait, give

#: Fresh inputs with a trait.
INPUTS: Final = 4
_WORDS: Final = ("shape", "empty", "label", "NaN")


@dataclass(frozen=True)
class Symptom:
    """In what way an answer is not the right one; without numbers, so that it can be met again elsewhere."""

    name: str
    detail: str = ""


def symptom(seen: Seen) -> Symptom | None:
    """What is wrong with an answer; None if nothing is."""
    got, want = seen.got, seen.case.wanted
    if want.raised is not None:
        if got.returned:
            return Symptom("error-missing", keyword(want, seen.bench))
        if got.raised is None or want.raised.type not in (got.raised.type, *got.raised.bases):
            return Symptom("wrong-error", got.raised.type if got.raised else got.lost)
        word = keyword(want, seen.bench)
        if word and not re.search(rf"(?i){re.escape(word)}", got.raised.message):
            return Symptom("unclear-error", word)
        return None
    if got.raised is not None:
        return Symptom("unexpected-error", got.raised.type)
    if not got.returned or not want.returned:
        return None
    if seen.wrong:
        return Symptom("non-finite" if _not_finite(seen) else "value")
    if sort_of(got.value) != sort_of(want.value):
        return Symptom("type", f"{sort_of(got.value)}, {sort_of(want.value)}")
    return None


def _not_finite(seen: Seen) -> bool:
    """Whether NaN or infinity stands where it should not, or the reverse."""
    pairs = seen.wrong_pairs
    return bool(pairs) and all(
        pair.got_numbers is not None
        and pair.want_numbers is not None
        and pair.got_numbers.shape == pair.want_numbers.shape
        and not np.array_equal(np.isfinite(pair.got_numbers), np.isfinite(pair.want_numbers))
        for pair in pairs
    )


def keyword(answer: Answer, bench: Bench) -> str:
    """The word by which the reference's message says what is wrong: what it is about, or the parameter's name."""
    message = "" if answer.raised is None else answer.raised.message
    for word in _WORDS:
        if word.lower() in message.lower():
            return word
    for parameter in bench.parameters:
        # In "a bad value" stands an article.
        if parameter.name != "a" and re.search(rf"\b{re.escape(parameter.name)}\b", message):
            return parameter.name
    return ""


@dataclass(frozen=True)
class Special:
    """A trait that, given to fresh inputs, makes the student's function fail in one way."""

    trait: Trait | None
    profile: Profile | None
    index: int
    symptom: Symptom
    seen: tuple[Seen, ...]

    @property
    def params(self) -> dict[str, Any]:
        """The condition, as parameters of a text."""
        if self.trait is None or self.profile is None:
            return {"when": inner("on-ordinary-inputs")}
        name, argument = self.trait.name, self.profile.name
        when = {"text": f"when.{name}", "argument": argument}
        return {"when": when, "input": name, "argument": argument}


#: A trait, the profile of the argument that has it, and its place; or nothing special.
Where = tuple[Trait | None, Profile | None, int]


def cases(bench: Bench, where: Where, errstate: Any) -> list[tuple[int, Case]]:
    """Fresh inputs with a trait, made once, each with the number of the ordinary input that it was made of."""
    trait, profile, index = where
    name = "" if trait is None or profile is None else f"{trait.name} {profile.name}"
    found = bench.special.setdefault((name, str(errstate)), [])
    if not found:
        for number in range(3 * INPUTS):
            drawn = bench.ordinary(number)
            args: tuple[Any, ...] | None = drawn.args
            if trait is not None and profile is not None:
                args = give(trait, profile, index, drawn.args, bench.rng(name, number))
            if args is not None:
                case = bench.case(args, drawn.size, errstate, kept=True)
                if not case.wanted.lost:
                    found.append((number, case))
    return found


def same_elsewhere(
    bench: Bench,
    ask: Callable[[Case], Answer],
    ordinarily: Callable[[int], bool],
    where: Where,
    told: Symptom,
    errstate: Any,
    witnesses: int,
) -> Special | None:
    """The trait if the symptom shows on fresh inputs with the trait, of which the student would be right without it."""
    shown: list[Seen] = []
    missed = 0
    for number, case in cases(bench, where, errstate):
        if len(shown) >= INPUTS or missed >= INPUTS:
            break
        errors = told.name.endswith("-error") or told.name == "error-missing"
        if not errors and where[0] is not None and not ordinarily(number):
            continue
        seen = Seen(bench, case, ask(case))
        found = symptom(seen)
        if found is not None and found.name == told.name:
            shown.append(seen)
        else:
            missed += 1
    if len(shown) < witnesses or missed > len(shown):
        return None
    return Special(*where, told, tuple(shown))


def words(special: Special, seen: Seen) -> Words:
    """What the finding says of this answer."""
    return _SAY[special.symptom.name](special, seen)


def _missing(special: Special, seen: Seen) -> Words:
    return Words("error-missing", {**special.params, **_wanted(special, seen)})


def _other(special: Special, seen: Seen) -> Words:
    raised = seen.got.raised
    params = {**special.params, **_wanted(special, seen)}
    if raised is None:
        return Words("wrong-error.none", params, 0.85)
    said = one_line(raised.message, 80)
    return Words("wrong-error", {**params, "got": raised.type, "said": said}, 0.85)


def _unclear(special: Special, seen: Seen) -> Words:
    return Words("wrong-error.unclear", {**special.params, "word": special.symptom.detail}, 0.85)


def _wanted(special: Special, seen: Seen) -> dict[str, Any]:
    """The error that is wanted, and what its message should name."""
    wanted = seen.case.wanted.raised
    assert wanted is not None
    word = keyword(seen.case.wanted, seen.bench)
    naming = inner("naming", word=word) if word else inner("nothing")
    return {"error": wanted.type, "naming": naming}


def _unexpected(special: Special, seen: Seen) -> Words:
    raised = seen.got.raised
    assert raised is not None
    params = {**special.params, **about(raised)}
    if raised.type == "FloatingPointError":
        return Words("floating-point-warning", params, 0.85)
    if special.trait is not None and special.trait.name == "read-only":
        return Words("changes-argument", params)
    return Words("special-input.error", params, 0.85)


def _nonfinite(special: Special, seen: Seen) -> Words:
    got, want = _described(seen.got.value), _described(seen.case.wanted.value)
    overflow = inner("overflow" if "overflow" in seen.got.warned else "nothing")
    params = {**special.params, "got": got, "wanted": want, "overflow": overflow}
    return Words("special-input.non-finite", params, 0.8)


def _value(special: Special, seen: Seen) -> Words:
    whole = special.trait is not None and special.trait.name in _WHOLE
    return Words("integer-arithmetic" if whole else "special-input", special.params, 0.75)


def _type(special: Special, seen: Seen) -> Words:
    got, want = sort_of(seen.got.value), sort_of(seen.case.wanted.value)
    return Words("wrong-type.sort", {**special.params, "got": got, "wanted": want}, 0.85)


_WHOLE: Final = ("integers", "unsigned", "truth-values")
_SAY: Final[dict[str, Callable[[Special, Seen], Words]]] = {
    "error-missing": _missing,
    "wrong-error": _other,
    "unclear-error": _unclear,
    "unexpected-error": _unexpected,
    "non-finite": _nonfinite,
    "value": _value,
    "type": _type,
}


def _described(value: Any) -> dict[str, Any]:
    for _, part in leaves(value):
        values = numbers(part)
        if values is not None and values.size:
            if np.isnan(values).any():
                return inner("holds" if values.ndim else "is", value="NaN")
            if np.isinf(values).any():
                return inner("holds" if values.ndim else "is", value="inf")
    return inner("is-finite") if np.ndim(value) else inner("is", value=show(value, 40))
