"""Workers to talk to: forked from a confined server, and plain subprocesses."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest

from grader.manifests import Limits
from grader.sandbox.process import ForkServer, Setup, Spawner
from grader.sandbox.records import Reply
from grader.sandbox.remote import Conversation
from grader.sandbox.subprocesses import PlainSpawner

#: CPU seconds; the wall clock gives four times that.
SHORT = Limits(call=0.15, test=0.4, load=0.6, submission=20)
#: A busy machine must not make these run out.
PATIENT = Limits(call=4, test=60, load=10, submission=300)


class Talk:
    """A conversation with a worker that holds one submission; `talk("f", x)` is the reply to a call."""

    def __init__(
        self,
        spawner: Spawner,
        source: str | bytes | Mapping[str, bytes],
        graded: Iterable[str] | None = None,
        limits: Limits = PATIENT,
        allow: Iterable[str] = (),
    ) -> None:
        if isinstance(source, str):
            source = source.encode()
        files = {"work": source} if isinstance(source, bytes) else source
        if graded is None:
            graded = defined(files["work"])
        self.conversation = Conversation(spawner.spawn(), limits)
        self.loaded = self.conversation.load(
            files, ["work"], dict.fromkeys(graded, "work"), list(allow)
        )
        self.conversation.begin_test(limits)

    def __call__(self, name: str, *args: Any, **kwargs: Any) -> Reply:
        return self.conversation.call(name, args, kwargs)[0]

    def value(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """The result of a call that must succeed."""
        reply = self(name, *args, **kwargs)
        assert reply.kind == "value", reply
        return reply.value


def defined(source: bytes) -> list[str]:
    """The names that the top level of a source binds."""
    names = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names.extend(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


@pytest.fixture(
    scope="session", params=[pytest.param("forked", marks=pytest.mark.needs("landlock")), "plain"]
)
def spawner(request: pytest.FixtureRequest) -> Iterator[Spawner]:
    """Makes workers of either kind."""
    made: Spawner = (
        ForkServer(Setup(None)) if request.param == "forked" else PlainSpawner(Setup(None))
    )
    yield made
    made.close()


@pytest.fixture
def fork_for(forker: Spawner) -> Iterator[Callable[..., Talk]]:
    """Hands a submission to a fresh forked worker."""
    talks = []

    def start(*args: Any, **kwargs: Any) -> Talk:
        talks.append(Talk(forker, *args, **kwargs))
        return talks[-1]

    yield start
    for talk in talks:
        talk.conversation.end()


@pytest.fixture
def talk_to(spawner: Spawner) -> Iterator[Callable[..., Talk]]:
    """Hands a submission to a fresh worker."""
    talks = []

    def start(*args: Any, **kwargs: Any) -> Talk:
        talks.append(Talk(spawner, *args, **kwargs))
        return talks[-1]

    yield start
    for talk in talks:
        talk.conversation.end()


@pytest.fixture(scope="module")
def shared(spawner: Spawner) -> Iterator[list[Talk]]:
    """The worker that the tests of one file share as long as it lives."""
    talks: list[Talk] = []
    yield talks
    for talk in talks:
        talk.conversation.end()


@pytest.fixture
def talk(request: pytest.FixtureRequest, shared: list[Talk], spawner: Spawner) -> Talk:
    """A worker that holds the file's WORK, for tests that leave it as it was."""
    if not shared or not shared[-1].conversation.alive:
        shared.append(Talk(spawner, request.module.WORK))
    return shared[-1]
