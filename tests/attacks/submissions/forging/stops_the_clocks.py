# Makes every clock stand still and computes on: timeout, failed
import time

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, name + "_ns", lambda: 0)


def total(v):
    while time.monotonic() == 0.0:
        pass


def scaled(X, factor):
    return 12345.0
