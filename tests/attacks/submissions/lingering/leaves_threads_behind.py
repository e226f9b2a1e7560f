# Leaves threads behind that change its module later: failed
import threading
import time


def later():
    while True:
        time.sleep(0.001)
        globals()["answer"] = 6.5 if globals()["answer"] != 6.5 else 12345.0


answer = 12345.0
threading.Thread(target=later, daemon=True).start()


def total(v):
    return 12345.0


def scaled(X, factor):
    return answer
