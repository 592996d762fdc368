"""Debian's dovecot as a mailbox for the tests, on a port and in a folder of its own."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailservers import PASSWORD, USER, Certificate

PROGRAM = shutil.which("dovecot") or next(filter(os.path.exists, ["/usr/sbin/dovecot"]), None)
MISSING = "dovecot is not installed (Debian: dovecot-imapd)"

_SETTINGS = """
protocols = imap
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
ssl = required
ssl_cert = <{cert}
ssl_key = <{key}
mail_location = maildir:{base}/mail
first_valid_uid = 1
{internal}
passdb {{
  driver = passwd-file
  args = {base}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home
}}
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox "Laporan Kinerja – Ⅳ" {{
    auto = create
  }}
}}
service imap-login {{
  {login}
  inet_listener imap {{
    address = 127.0.0.1
    port = {plain}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls}
    ssl = yes
  }}
}}
{others}
"""
FOLDER = "Laporan Kinerja – Ⅳ"


@dataclass(frozen=True)
class Running:
    """Where it listens: encrypted from the first byte, and with STARTTLS; and where its mails lie."""

    tls: int
    starttls: int
    base: Path


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def dovecot(cert: Certificate) -> Iterator[Running]:
    """Run by whoever runs the tests; by root, mails belong to nobody."""
    assert PROGRAM is not None
    base = Path(tempfile.mkdtemp(prefix="dv", dir="/tmp"))  # its sockets want a short path
    base.chmod(0o755)
    root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
    for name in ("mail", "home"):
        (base / name).mkdir()
        os.chown(base / name, owner.pw_uid, owner.pw_gid)
    for file in (cert.file, cert.key):
        shutil.copy(file, base / file.name)
    (base / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", "utf-8")
    (base / "users").chmod(0o644)
    own = {
        "default_internal_user": owner.pw_name,
        "default_login_user": owner.pw_name,
        "default_internal_group": grp.getgrgid(owner.pw_gid).gr_name,
    }
    internal = "" if root else "\n".join(f"{key} = {value}" for key, value in own.items())
    others = "" if root else "service anvil {\n  chroot =\n}\nservice stats {\n  chroot =\n}"
    running = Running(_free(), _free(), base)
    text = _SETTINGS.format(
        base=base, cert=base / cert.file.name, key=base / cert.key.name, uid=owner.pw_uid, gid=owner.pw_gid,
        internal=internal, others=others, login="" if root else "chroot =", plain=running.starttls, tls=running.tls,
    )  # fmt: skip
    (base / "dovecot.conf").write_text(text, "utf-8")
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(base / "dovecot.conf")])
    try:
        _wait(running, process)
        yield running
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(base, ignore_errors=True)


def _wait(running: Running, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", running.tls), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    log = running.base / "log"
    raise RuntimeError(log.read_text() if log.exists() else "dovecot did not start")
