# Talks to another process over a socket in a folder: raised
import socket


def attempt():
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect("@OPEN@/socket")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
