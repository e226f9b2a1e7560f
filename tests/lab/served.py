"""A Jupyter server of the test's own, for as long as it is looked at."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

#: What lets a browser in.
TOKEN = "t"


@contextmanager
def served(program: str, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The address of `python -m program` on a folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
    ]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [sys.executable, "-m", program, *options],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(f"{address}/api/status?token={TOKEN}")
            yield address
        finally:
            server.terminate()


def _wait_for(page: str) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(page, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nobody answers at {page}")
