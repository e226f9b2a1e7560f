# Sends what it was given away by UDP: raised
import socket


def attempt():
    with socket.socket(type=socket.SOCK_DGRAM) as sender:
        sender.sendto(b"an input", ("127.0.0.1", @PORT@))
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
