# Puts its output in the place of the grader's channel, so that nobody ever hears an answer: killed
import os


def attempt():
    os.dup2(1, 3)
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
