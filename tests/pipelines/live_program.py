# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Starts gst-lingua-live for the tests and the benchmark."""

import json
import os
import signal
import subprocess
import urllib.request


class Program:
    """gst-lingua-live while it runs."""

    def __init__(self, *arguments, port=0, token=''):
        self.process = subprocess.Popen(['gst-lingua-live', '--listen', str(port), *arguments], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ, GST_LINGUA_TOKEN=token))
        self.address = self.process.stdout.readline().split()[-1]
        self.port = int(self.address.split(':')[2].split('/')[0])

    def say(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return answer.read().decode()

    def events(self, language):
        """(name, data) as they come, without end."""
        with urllib.request.urlopen(self.address + 'captions/' + language, timeout=60) as stream:
            name = ''
            for line in stream:
                line = line.decode().rstrip('\n')
                if line.startswith('event: '):
                    name = line[7:]
                elif line.startswith('data: '):
                    yield name, json.loads(line[6:])

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        self.process.stdin.close()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.end()
