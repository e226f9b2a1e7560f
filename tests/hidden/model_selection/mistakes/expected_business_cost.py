"""Wrong implementations of expected_business_cost."""

from grader import mistake


@mistake(
    "M1",
    hint="How many spaces can be missed on this lot?",
    relation="(1 - tpr) * cost_fn + fpr * cost_fp",
)
def forgets_the_base_rate(tpr, fpr, base_rate, cost_fp, cost_fn):
    """The student adds up rates instead of shares of all spaces."""
    _check(tpr, fpr, base_rate, cost_fp, cost_fn)
    return float((1 - tpr) * cost_fn + fpr * cost_fp)


@mistake(
    "M2",
    hint="Which vacant spaces cost money: found or missed?",
    relation="tpr in place of 1 - tpr",
)
def charges_the_found_ones(tpr, fpr, base_rate, cost_fp, cost_fn):
    """The student takes the true positive rate for the share that is missed."""
    _check(tpr, fpr, base_rate, cost_fp, cost_fn)
    return float(base_rate * tpr * cost_fn + (1 - base_rate) * fpr * cost_fp)


@mistake(
    "M3",
    hint="An occupied space reported as vacant: which price?",
    relation="the two prices exchanged",
)
def swaps_the_prices(tpr, fpr, base_rate, cost_fp, cost_fn):
    """The student charges a miss at the price of a false alarm and the other way round."""
    _check(tpr, fpr, base_rate, cost_fp, cost_fn)
    return float(base_rate * (1 - tpr) * cost_fp + (1 - base_rate) * fpr * cost_fn)


@mistake(
    "M4",
    hint="How much does a lot without vacant spaces cost?",
    relation="the value for 1 - base_rate",
)
def swaps_the_shares(tpr, fpr, base_rate, cost_fp, cost_fn):
    """The student takes the share of occupied spaces for that of vacant ones."""
    _check(tpr, fpr, base_rate, cost_fp, cost_fn)
    return float((1 - base_rate) * (1 - tpr) * cost_fn + base_rate * fpr * cost_fp)


def _check(tpr, fpr, base_rate, cost_fp, cost_fn):
    check_range("in [0, 1]", tpr=tpr, fpr=fpr, base_rate=base_rate)
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
