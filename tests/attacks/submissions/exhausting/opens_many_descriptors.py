# Opens descriptors until there are no more: raised
import os


def attempt():
    while True:
        os.pipe()


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
