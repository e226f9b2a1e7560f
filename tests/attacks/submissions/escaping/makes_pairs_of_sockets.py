# Makes socket pairs and pipes, and passes descriptors through them: raised
import os
import socket


def attempt():
    for make in (socket.socketpair, os.pipe, lambda: os.pipe2(0)):
        try:
            make()
        except OSError as error:
            refused = error
        else:
            return
    raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
