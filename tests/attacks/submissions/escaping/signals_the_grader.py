# Sends signals to the processes above it: raised
import os
import signal


def attempt():
    os.kill(os.getppid(), signal.SIGKILL)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
