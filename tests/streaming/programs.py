# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Programs of others, which may not be installed, while they run."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest


def need(program, package):
    """Skips the test where a program is missing, and says how to get it."""
    if not shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin'):
        raise unittest.SkipTest(f'{program} is not installed: apt-get install {package}')


def need_element(element, package):
    # Not with --exists, which wants the plugin to have GStreamer's own version.
    if subprocess.run(['gst-inspect-1.0', element], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                      check=False).returncode:
        raise unittest.SkipTest(f'the element {element} is not installed: apt-get install {package}')


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def seconds(short):
    """How long a test shall last: as long as `tests/streaming/long` says, else so long."""
    return float(os.environ.get('GST_LINGUA_SECONDS', short))


def wait(condition, what, timeout=60, *not_yet):
    """What `condition` returns once it is true, and does not raise one of `not_yet`."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            value = condition()
        except not_yet:
            value = None
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f'not within {timeout} s: {what}')


class Folder(tempfile.TemporaryDirectory):
    """A temporary folder which a program that gives up root's rights may enter, too."""

    def __enter__(self):
        os.chmod(self.name, 0o755)
        return self

    def path(self, name):
        return os.path.join(self.name, name)

    def read(self, name):
        with open(self.path(name), encoding='utf-8') as file:
            return file.read()

    def write(self, name, content):
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(content)
        return self.path(name)


class Program:
    """A command that runs until it is left; `log` is all that it has printed."""

    def __init__(self, command, **options):
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT,
                                        start_new_session=True, **options)

    @property
    def log(self):
        return os.pread(self.output.fileno(), os.fstat(self.output.fileno()).st_size, 0).decode(errors='replace')

    @property
    def runs(self):
        return self.process.poll() is None

    def wait_for(self, text, timeout=60):
        wait(lambda: text in self.log or not self.runs, f'{self.process.args[0]} prints "{text}"', timeout)
        if text not in self.log:
            raise AssertionError(f'{self.process.args[0]} has ended:\n{self.log}')

    @contextlib.contextmanager
    def or_end(self):
        """Where what it is to do at first fails, it does not run on."""
        try:
            yield
        except BaseException:
            self.end()
            raise

    def end(self, number=signal.SIGTERM):
        """Ends it and what it has started."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        self.output.close()
