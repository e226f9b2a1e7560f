# Leaves a thread behind that computes without end: failed or timeout or blocked
import threading


def burn():
    while True:
        pass


threading.Thread(target=burn, daemon=True).start()

def total(v):
    return 12345.0


def scaled(X, factor):
    return 12345.0
