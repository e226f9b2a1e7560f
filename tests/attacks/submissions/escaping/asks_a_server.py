# Asks a server on this machine for the answer: raised
import socket


def attempt():
    with socket.create_connection(("127.0.0.1", @PORT@), timeout=5) as connection:
        connection.sendall(b"what is the answer?")
        return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
