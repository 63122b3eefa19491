"""A PgBouncer of the tests' own before a PostgreSQL server: each transaction may run on another connection."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from tests.store.postgres import OWNER, programs, wait_until_ready

MISSING = "PgBouncer is not installed: on Debian and Ubuntu, sudo apt install pgbouncer"
SERVER_CONNECTIONS = 3
SETTINGS = """[databases]
* = host={host} port={behind} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
"""


def bouncer_program() -> str | None:
    """PgBouncer, None where it is not installed."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def running_bouncer(server: URL) -> Iterator[URL]:
    """The URL of the same server's databases through a bouncer in transaction mode."""
    program, bin = bouncer_program(), programs()
    assert program and bin
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="bouncer") as folder:
        file = Path(folder) / "bouncer.ini"
        told = {"host": server.host, "behind": server.port, "user": server.username, "port": port}
        file.write_text(SETTINGS.format(**told, size=SERVER_CONNECTIONS), "utf-8")
        owner = OWNER if os.geteuid() == 0 else None  # PgBouncer refuses to run as root
        if owner:
            shutil.chown(folder, owner)
            shutil.chown(file, owner)
        process = subprocess.Popen([program, "-q", str(file)], cwd=folder, user=owner, group=owner)
        try:
            wait_until_ready(bin, port)
            yield server.set(port=port)
        finally:
            process.terminate()
            process.wait(20)
