"""Wrong implementations of precision_at_base_rate."""

from grader import mistake


@mistake(
    "M1",
    hint="Change the lot: does your number move?",
    relation="the value for a share of one half",
)
def forgets_the_base_rate(tpr, fpr, base_rate):
    """The student weighs vacant and occupied spaces alike."""
    return _precision(tpr, fpr, base_rate, 0.5)


@mistake(
    "M2",
    hint="Fewer vacant spaces: more or fewer false alarms per hit?",
    relation="the value for 1 - base_rate",
)
def swaps_the_shares(tpr, fpr, base_rate):
    """The student takes the share of occupied spaces for that of vacant ones."""
    return _precision(tpr, fpr, base_rate, 1 - base_rate)


@mistake(
    "M3",
    hint="Which of TPR, FPR, precision stays when only the proportion changes?",
    relation="the value for lot A, a share of 0.05",
)
def keeps_the_precision_of_lot_a(tpr, fpr, base_rate):
    """The student believes that its precision belongs to the model."""
    return _precision(tpr, fpr, base_rate, 0.05)


@mistake(
    "M4",
    hint="Of which spaces is the FPR a share?",
    relation="1 - fpr",
)
def reads_fpr_as_a_share_of_the_alarms(tpr, fpr, base_rate):
    """The student takes the false positive rate for the share of false alarms among all alarms."""
    _precision(tpr, fpr, base_rate, base_rate)
    return float(1 - fpr)


def _precision(tpr, fpr, base_rate, share):
    check_range("in [0, 1]", tpr=tpr, fpr=fpr, base_rate=base_rate)
    found, false_alarms = share * tpr, (1 - share) * fpr
    return float(found / (found + false_alarms)) if found + false_alarms > 0 else 0.0
