# Waits for a lock that it holds itself: timeout, failed
import threading

lock = threading.Lock()


def total(v):
    lock.acquire()
    lock.acquire()


def scaled(X, factor):
    return 12345.0
