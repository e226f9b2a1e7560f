"""A PostgreSQL of the tests' own: made in a new folder, reached through a socket there, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import postgresql


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database."""
    programs = postgresql()
    assert programs is not None
    # It refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="gradebook-"))
    data = folder / "data"
    try:
        if user is not None:
            shutil.chown(folder, user)

        def run(program: str, *words: str) -> None:
            subprocess.run(
                [str(programs / program), *words],
                user=user,
                cwd=folder,
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

        run("initdb", "-D", str(data), "-U", "grader", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://grader@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)
