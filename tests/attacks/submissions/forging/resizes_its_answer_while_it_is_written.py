# Changes the length of its answer from another thread while the worker writes it: failed or refused or raised or killed or timeout or blocked
import sys
import threading

GROWING = [12345.0] * 100_000


def change():
    while True:
        GROWING.append(12345.0)
        del GROWING[50_000:]
        GROWING.extend([12345.0] * 50_000)


def total(v):
    sys.setswitchinterval(1e-6)
    if threading.active_count() == 1:
        threading.Thread(target=change, daemon=True).start()
    return GROWING


def scaled(X, factor):
    return {number: GROWING for number in range(3)}
