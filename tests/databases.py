"""A real PostgreSQL for the tests: Debian's own programs, a folder and a port of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

PASSWORD = "rahasia-ledger-123"


class Server(NamedTuple):
    """A running server. ``url`` is that of its database without a password; ``PASSWORD`` is the one."""

    port: int
    folder: Path
    command: list[str]

    @property
    def url(self) -> str:
        return f"postgresql://auditor@127.0.0.1:{self.port}/register"

    @property
    def with_password(self) -> str:
        return self.url.replace("auditor@", f"auditor:{PASSWORD}@")


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    folders += [Path(found).resolve().parent] if found else []
    return next((one for one in folders if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


@contextmanager
def server() -> Iterator[Server]:
    """A server with the empty database *register*, whose user *auditor* logs in by password."""
    folder = programs()
    assert folder is not None
    home = Path(tempfile.mkdtemp(prefix="xlaudit-pg-"))
    run: list[str] = []
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # PostgreSQL refuses to run as root
        import pwd

        name = next(user.pw_name for user in pwd.getpwall() if user.pw_name in {"postgres", "nobody"})
        shutil.chown(home, name)
        run = ["runuser", "-u", name, "--"]
    try:
        secret = home / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        data = home / "data"
        quiet = {"stdout": subprocess.DEVNULL, "cwd": home, "check": True}
        subprocess.run(
            [*run, folder / "initdb", "-D", data, "-U", "auditor", f"--pwfile={secret}", "-A", "scram-sha-256",
             "-E", "UTF8", "--no-sync", "--locale=C"], **quiet
        )  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -k {home} -h 127.0.0.1 -c fsync=off"
        control = [*run, str(folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log")]
        subprocess.run([*control, "-o", options, "start"], **quiet)
        try:
            made = Server(port, home, control)
            with psycopg.connect(made.with_password.replace("/register", "/postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE register")
            yield made
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(home, ignore_errors=True)
