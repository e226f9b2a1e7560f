# Starts threads until there are no more: raised or timeout or killed or failed
import threading


def attempt():
    while True:
        threading.Thread(target=threading.Event().wait, daemon=True).start()


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
