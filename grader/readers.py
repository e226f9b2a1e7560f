"""Who reads a report, when, and in what form: the words of the command line and of an assignment's policy."""

from enum import StrEnum


class Audience(StrEnum):
    """Who reads."""

    STUDENT = "student"
    TA = "ta"
    STAFF = "staff"


class Phase(StrEnum):
    """When they read."""

    BEFORE_DUE = "before-due"
    AFTER_DUE = "after-due"
    AFTER_RELEASE = "after-release"


class Format(StrEnum):
    """What a report can be written as."""

    TERMINAL = "terminal"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
