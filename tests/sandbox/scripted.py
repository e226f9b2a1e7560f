"""A worker that is a script: it answers with whatever frames a test puts into its mouth."""

from collections.abc import Callable

from grader.manifests import Limits
from grader.sandbox.channel import Budget, Channel, Ended, OverTime
from grader.sandbox.process import Exit
from grader.sandbox.remote import Conversation
from grader.sandbox.wire import NONCE_SIZE

#: Given the nonce of the last request, the next frame; or it raises what a channel may raise.
Step = Callable[[bytes], bytes]


class ScriptedWorker:
    """See `Process` and `Channel`; out of script, it is silent until the time is up."""

    def __init__(self) -> None:
        self.announced = True
        self.exit = Exit(0, 0, 0.0)
        self.script: list[Step] = []
        self.ended = False
        self._nonce = b""
        self.channel: Channel = self

    def send(self, payload: bytes, budget: Budget) -> None:
        if self.ended:
            raise Ended
        self._nonce = payload[1 : 1 + NONCE_SIZE]

    def receive(self, budget: Budget) -> bytes:
        if self.ended:
            raise Ended
        if not self.script:
            raise OverTime
        return self.script.pop(0)(self._nonce)

    def output(self) -> bytes:
        return b""

    def close(self) -> None:
        self.ended = True

    def cpu(self) -> float | None:
        return 0.0

    def end(self) -> Exit:
        self.ended = True
        return self.exit

    def dismiss(self) -> None:
        self.ended = True


def scripted(limits: Limits | None = None) -> tuple[ScriptedWorker, Conversation]:
    worker = ScriptedWorker()
    return worker, Conversation(worker, limits or Limits())
