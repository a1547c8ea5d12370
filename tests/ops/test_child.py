"""Processes are started, watched, started again, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from ops.child import Child, ChildEnded, Program

PATIENCE_SECONDS = 10.0


def until(condition):
    """Return when a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def python(code, is_ready=lambda: True):
    """Return a program that runs a line of Python."""
    return Program("example", [sys.executable, "-c", code], is_ready, dict(os.environ))


@pytest.fixture
def watched(tmp_path):
    """Return a way to start a child whose words are kept, stopped after the test."""
    children = []

    def start(program):
        said = []
        child = Child(program, tmp_path, said.append)
        children.append(child)
        child.start()
        return child, said

    yield start
    for child in children:
        child.stop()


def looked_after(child, condition):
    """Look after a child until a condition holds."""

    def look():
        child.look_after()
        return condition()

    until(look)


def test_killed_process_is_started_again_at_once(watched):
    """A crash costs a second, not a phone call at night."""
    child, said = watched(python("import time; time.sleep(60)"))
    looked_after(child, lambda: child.is_ready)
    first = child.pid
    began = time.monotonic()

    child.kill()
    looked_after(child, lambda: child.pid not in {first, None})

    assert time.monotonic() - began < 1
    assert said[1] == "example ended (exit status -9); starting it again"


def test_process_that_keeps_dying_is_started_ever_later(watched):
    """A process that cannot live must not keep the machine busy."""
    child, said = watched(python("import time; time.sleep(0.2)"))
    began = time.monotonic()

    looked_after(child, lambda: len([s for s in said if "ended" in s]) == 3)

    assert time.monotonic() - began > 0.2 * 3 + 0.4 + 0.8


def test_process_that_never_gets_ready_is_given_up(watched):
    """Its last words reach the person at the terminal."""
    child, _ = watched(python("import sys; sys.exit('no such file')", lambda: False))

    with pytest.raises(ChildEnded, match="no such file"):
        looked_after(child, lambda: False)


def test_process_that_ignores_the_request_is_killed(watched, monkeypatch):
    """Stopping always ends."""
    monkeypatch.setattr("ops.child._GRACE_SECONDS", 0.2)
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    code = f"import signal, time; {deaf}; print('up', flush=True); time.sleep(60)"
    child, said = watched(python(code))
    until(lambda: "up" in child.log_file.read_text("utf-8"))
    pid = child.pid

    child.stop()

    assert not psutil.pid_exists(pid)
    assert said == ["example did not stop when asked; killing it"]


def test_what_a_process_started_ends_with_it(watched):
    """A worker's own children are not left behind."""
    started = "subprocess.Popen(['sleep', '60']).pid"
    code = f"import subprocess, time; print({started}, flush=True); time.sleep(60)"
    child, _ = watched(python(code))
    until(lambda: child.log_file.read_text("utf-8").endswith("\n"))
    grandchild = int(child.log_file.read_text("utf-8"))

    child.stop()

    until(lambda: not is_alive(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_processes_end_with_a_killed_supervisor(tmp_path):
    """`kill -9` of the house leaves no process and no port taken."""
    script = tmp_path / "supervisor.py"
    script.write_text(
        "import subprocess, sys, time\n"
        "from ops.leash import leashed\n"
        "child = subprocess.Popen(leashed(['/bin/sleep', '60']), "
        "start_new_session=True)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n",
        "utf-8",
    )
    supervisor = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True
    )
    child = int(supervisor.stdout.readline())
    until(lambda: Path(f"/proc/{child}/comm").read_text("utf-8") == "sleep\n")

    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()

    until(lambda: not is_alive(child))


def is_alive(pid):
    """Tell whether a process runs; a dead one nobody collected does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
