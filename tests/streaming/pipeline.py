# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pipelines of docs/streaming.md, as they stand there but for their ports."""

import os
import re
import shlex
import socket
import time
from dataclasses import dataclass

from programs import Program, free_port, wait

LATENCY = 3.7  # seconds: a text is sent as late, and all that goes with it, since a sentence may take 3 to end
SENTENCES = ('Yesterday I met an old friend on the train.', 'The meeting starts at nine.', 'Please bring the report.',
             'It was raining this morning, so I took my umbrella.', 'Where is the next station?', 'Thank you very much.',
             'I would like a glass of water, please.', 'My brother works in a hospital.', 'The shop opens at ten and closes at six.',
             'We have been waiting for an hour.', 'They live in a small house near the sea.', 'Our train leaves in twenty minutes.')
PAGE = os.path.join(os.environ['GST_LINGUA_SOURCE'], 'docs/streaming.md')


@dataclass(frozen=True)
class Utterance:
    """What was spoken, says `ttssynth`: a text in a language, at a pace, from a running time on, in seconds."""
    language: str
    text: str
    rate: float
    start: float
    duration: float


def documented(*words):
    """The command of the page in which all these words are."""
    with open(PAGE, encoding='utf-8') as file:
        fences = re.findall(r'^```sh\n(.*?)^```', file.read(), re.MULTILINE | re.DOTALL)
    commands = '\n'.join(fences).replace('\\\n', ' ').splitlines()
    found = [command for command in commands if all(word in command for word in words)]
    assert len(found) == 1, f'{len(found)} commands of {PAGE} with {words}'
    return ' '.join(found[0].split())


def with_ports(command, ports):
    for written, port in ports.items():
        command, count = re.subn(rf'(?<=[:=]){written}\b', str(port), command)
        assert count, f'no port {written} in {command}'
    return command


class Pipeline(Program):
    """A live pipeline that translates what it is told. `ports` are those of the page and what is used instead."""

    def __init__(self, *words, ports=None, cwd=None):
        self.text_port = free_port(socket.SOCK_DGRAM)
        self.command = with_ports(documented('gst-launch-1.0 udpsrc', *words), {5000: self.text_port, **(ports or {})})
        command = shlex.split(self.command.replace('gst-launch-1.0', 'gst-launch-1.0 -m'))
        super().__init__(command, cwd=cwd, env=dict(os.environ, G_DEBUG='fatal-criticals'))
        with self.or_end():
            self.wait_for('new-state=(GstState)playing')

    def say(self, text):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(text.encode() + b'\n', ('127.0.0.1', self.text_port))

    def tell(self, text):
        """Says it, waits until its speech in all languages is sent, and returns that."""
        before = len(self.spoken)
        self.say(text)
        languages = self.command.count('t.audio_')
        wait(lambda: len(self.spoken) >= before + languages or not self.runs, f'"{text}" is spoken')
        spoken = self.spoken[before:]
        time.sleep(LATENCY + max((utterance.duration for utterance in spoken), default=0) + 0.5)
        self.check()
        return spoken

    def talk(self, seconds):
        """Tells one sentence after the other for so long, no two alike."""
        end, spoken = time.monotonic() + seconds, []
        for sentence in SENTENCES:
            spoken += self.tell(sentence)
            if time.monotonic() >= end:
                break
        return spoken

    @property
    def spoken(self):
        """The utterances so far."""
        found = []
        for line in self.log.splitlines():
            if ' ttssynth/synthesized-audio,' not in line:
                continue
            fields = dict(re.findall(r'([a-z-]+)=\([a-z0-9]+\)("(?:\\.|[^"])*"|[^,;]*)', line))
            found.append(Utterance(fields['language-code'], unescaped(fields['content']), float(fields['compression-factor']),
                                   int(fields['running-time']) / 1e9, int(fields['actual-duration']) / 1e9))
        return found

    @property
    def said(self):
        """What it has printed but messages that are no faults."""
        return '\n'.join(line for line in self.log.splitlines() if not line.startswith('Got message') or 'rror' in line)

    def check(self):
        """Nothing has gone wrong, and it plays."""
        assert self.runs, self.said
        # A machine that does much else at once is told that it is late, which is no fault.
        log = re.sub('WARNING: from .*: Text took [0-9]+ ms, more than the [0-9]+ ms of the property', '', self.log)
        assert not re.search('ERROR|WARN|CRITICAL', log), self.said
        states = [line for line in self.log.splitlines() if ' element "pipeline0" (state-changed)' in line]
        assert 'new-state=(GstState)playing' in states[-1], states


def unescaped(text):
    """A string as GstStructure prints it: octal numbers for bytes that are not ASCII."""
    if not text.startswith('"'):
        return text
    raw = re.sub(rb'\\([0-7]{3}|.)', lambda match: bytes([int(match[1], 8)]) if len(match[1]) == 3 else match[1],
                 text[1:-1].encode())
    return raw.decode()
