# Answers with its own argument and goes on changing it from another thread: failed
import threading
import time

kept = []


def later():
    while True:
        time.sleep(0.0005)
        for array in kept[-4:]:
            array += 1.0


threading.Thread(target=later, daemon=True).start()


def total(v):
    kept.append(v)
    return v


def scaled(X, factor):
    kept.append(X)
    return X[:, :2]
