"""A PostgreSQL server of the tests' own, from the programs that Debian and others install."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # PostgreSQL refuses to run as root
QUICK = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    onpath = shutil.which("initdb")
    return found[-1].parent if found else Path(onpath).parent if onpath else None


def as_owner(*command: str) -> list[str]:
    return ["runuser", "-u", OWNER, "--", *command] if os.geteuid() == 0 else list(command)


@contextmanager
def running_postgres(folder: Path, settings: tuple[str, ...] = QUICK) -> Iterator[str]:
    """The URL of a server without databases of anybody's, gone afterwards."""
    bin = programs()
    assert bin is not None
    data = Path(tempfile.mkdtemp(prefix="pg", dir=folder))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(data, owner.pw_uid, owner.pw_gid)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    init = as_owner(str(bin / "initdb"), "-D", str(data), "-U", "parallax", "-A", "trust", "--no-sync", "-E", "UTF8")
    subprocess.run(init, check=True, cwd=data, **quiet)  # type: ignore[call-overload]
    options = [part for setting in settings for part in ("-c", setting)]
    server = subprocess.Popen(
        as_owner(str(bin / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(data), *options),
        cwd=data, **quiet,
    )  # type: ignore[call-overload]  # fmt: skip
    try:
        wait_until_ready(bin, port)
        yield f"postgresql+psycopg://parallax@127.0.0.1:{port}"
    finally:
        subprocess.run(as_owner(str(bin / "pg_ctl"), "stop", "-D", str(data), "-m", "immediate"), cwd=data, **quiet)  # type: ignore[call-overload]
        server.wait(30)
        shutil.rmtree(data, ignore_errors=True)


def wait_until_ready(bin: Path, port: int) -> None:
    for _ in range(200):
        asked = subprocess.run([bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if asked.returncode == 0:
            return
        time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not start")
