# Sleeps in the finaliser of what it answers: timeout, failed
import time


class Slow:
    def __del__(self):
        time.sleep(60)


def total(v):
    return Slow()


def scaled(X, factor):
    return 12345.0
