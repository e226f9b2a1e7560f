# Listens for connections: raised
import socket


def attempt():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
