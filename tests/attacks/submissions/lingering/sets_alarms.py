# Sets alarms and interval timers that would interrupt whoever is graded next: raised
import signal


def attempt():
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        try:
            signal.setitimer(timer, 0.01, 0.01)
        except OSError as error:
            refused = error
        else:
            return
    if signal.alarm(1) is None:
        return
    raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
