#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures gst-lingua-live as its clients see it, while somebody speaks word by word.

    live.py [--minutes N] [--languages de,fr,ja] [--listeners N] [--slow N] [--silence SECONDS]

A talk of simple sentences comes word by word. For each language a client notes when captions and sound arrive. Others listen
besides, and some connect and read nothing. Half-way through nobody speaks for a while. Prints a table; ends with status 1 if a
figure misses its aim.
"""

import argparse
import array
import json
import os
import pathlib
import random
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'pipelines'))
from live_program import Program  # noqa: E402

SENTENCES = '''Good morning, everyone.
The meeting starts at nine.
Please bring the report.
Yesterday I met an old friend on the train.
She drank coffee, and I ate a piece of cake.
What would you like to drink?
I would like a glass of water, please.
It was raining this morning, so I took my umbrella.
Where is the next station?
We have been waiting for an hour.
My brother works in a hospital.
The shop opens at ten and closes at six.
Can you help me with this letter?
He told me that he had lost his key.
The weather is very nice today.
I have never been to Japan.
Our train leaves in twenty minutes.
They live in a small house near the sea.
Do you know what time it is?
Thank you very much.'''.split('\n')

BEHIND = 0.3  # s that the page plays behind the latest sound: page/speech.js


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float('nan')


def open_stream(port, path):
    connection = socket.create_connection(('127.0.0.1', port))
    connection.sendall(('GET /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' % path).encode())
    return connection


class SoundClient(threading.Thread):
    """Reads WebM as it comes: (arrival, time of the cluster in s) of each cluster, and all bytes."""

    def __init__(self, program, language):
        super().__init__(daemon=True)
        self.program, self.language = program, language
        self.clusters, self.bytes, self.received = [], bytearray(), 0

    def run(self):
        connection = open_stream(self.program.port, 'speech/%s.webm' % self.language)
        reader = connection.makefile('rb')
        while reader.readline().strip():
            pass
        try:
            while True:
                size = int(reader.readline(), 16)
                piece = reader.read(size)
                reader.readline()
                now = time.monotonic()
                self.received += size
                if len(self.bytes) < 20_000_000:
                    self.bytes += piece
                # What one who joins gets at once came earlier.
                at = piece.find(b'\x1f\x43\xb6\x75')
                if at >= 0:
                    length = piece[at + 13] & 0x0F  # EBML: size of the timestamp
                    self.clusters.append((now, int.from_bytes(piece[at + 14:at + 14 + length], 'big') / 1000))
        except (ValueError, OSError):
            pass


class CaptionClient(threading.Thread):
    """Notes when each caption comes, and when it is said to be spoken."""

    def __init__(self, program, language):
        super().__init__(daemon=True)
        self.program, self.language = program, language
        self.captions, self.speech = [], {}  # (arrival, data); by id

    def run(self):
        connection = open_stream(self.program.port, 'captions/' + self.language)
        reader = connection.makefile('rb')
        name = ''
        try:
            for line in reader:
                line = line.decode(errors='replace').strip()
                if line.startswith('event: '):
                    name = line[7:]
                elif line.startswith('data: '):
                    data = json.loads(line[6:])
                    if name == 'caption':
                        self.captions.append((time.monotonic(), data))
                    elif name == 'speech':
                        self.speech[data['id']] = data
        except OSError:
            pass


def listen(port, languages, count):
    """So many listeners to captions and sound each, in one thread of a process of its own."""
    selector = selectors.DefaultSelector()
    for number in range(count):
        language = languages[number % len(languages)]
        for path in ('captions/' + language, 'speech/%s.webm' % language):
            selector.register(open_stream(port, path), selectors.EVENT_READ)
    while selector.get_map():
        for key, _ in selector.select():
            if not key.fileobj.recv(65536):
                selector.unregister(key.fileobj)
                print('a listener was cut off', flush=True)


class Usage(threading.Thread):
    """A process's time on the processor and memory, each second."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.samples = pid, []  # (when, seconds of processor, MiB)

    def run(self):
        ticks = os.sysconf('SC_CLK_TCK')
        while True:
            try:
                fields = pathlib.Path('/proc/%d/stat' % self.pid).read_text(encoding='ascii').rsplit(')', 1)[1].split()
            except OSError:
                return
            self.samples.append((time.monotonic(), (int(fields[11]) + int(fields[12])) / ticks,
                                 int(fields[21]) * os.sysconf('SC_PAGE_SIZE') / 2**20))
            time.sleep(1)

    def share(self, begin, end):
        """Of one core."""
        inside = [sample for sample in self.samples if begin <= sample[0] <= end]
        return (inside[-1][1] - inside[0][1]) / (inside[-1][0] - inside[0][0]) if len(inside) > 1 else float('nan')

    def memory(self, begin, end):
        return statistics.median(sample[2] for sample in self.samples if begin <= sample[0] <= end)


def speak(program, until, ends, rate):
    """Words as a transcriber prints them; notes when each sentence was complete."""
    while time.monotonic() < until:
        sentence = random.choice(SENTENCES)
        words = sentence.split()
        for word in words:
            program.say(word + ' ')
            ends_at = time.monotonic()
            time.sleep(random.uniform(0.8, 1.2) / rate)
        ends.append((ends_at, sentence))
        time.sleep(random.uniform(0.6, 1.4))


def onsets(webm, starts):
    """How far the sound really is from where the events say it begins, for those behind silence."""
    if not shutil.which('ffmpeg'):
        return None
    with tempfile.NamedTemporaryFile(suffix='.webm') as file:
        file.write(webm)
        file.flush()
        begin = float(subprocess.run(['ffprobe', '-v', 'quiet', '-show_entries', 'format=start_time', '-of', 'csv=p=0', file.name],
                                     capture_output=True, check=True).stdout)
        samples = array.array('h', subprocess.run(['ffmpeg', '-v', 'quiet', '-i', file.name, '-ac', '1', '-ar', '8000', '-f', 's16le', '-'],
                                                  capture_output=True, check=True).stdout)
    found = []
    for start in starts:
        at = int((start - begin) * 8000)
        before = samples[max(0, at - 2400):at - 400]
        if at < 2400 or at + 4000 > len(samples) or not before or max(map(abs, before)) > 400:
            continue
        loud = next((i for i in range(at - 400, at + 4000) if abs(samples[i]) > 300), None)
        if loud is not None:
            found.append(loud / 8000 + begin - start)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--minutes', type=float, default=1)
    parser.add_argument('--languages', default='de,fr,ja')
    parser.add_argument('--listeners', type=int, default=50)
    parser.add_argument('--slow', type=int, default=5, help='clients that read nothing')
    parser.add_argument('--silence', type=float, default=None, help='s half-way through (default: 60, in short runs a quarter)')
    parser.add_argument('--rate', type=float, default=2.5, help='words a second')
    parser.add_argument('--listen', nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.listen:
        port, languages, count = arguments.listen
        return listen(int(port), languages.split(','), int(count))

    languages = arguments.languages.split(',')
    length = arguments.minutes * 60
    silence = arguments.silence if arguments.silence is not None else min(60, length / 4)
    aims_missed = []

    def report(what, value, unit, aim=None):
        print('%-58s %9.1f %-3s%s' % (what, value, unit, '' if aim is None else '  aim %g' % aim), flush=True)
        if aim is not None and not value <= aim:
            aims_missed.append(what)

    with Program('--to', arguments.languages, '--max-clients', str(arguments.listeners + 20)) as program:
        usage = Usage(program.process.pid)
        usage.start()
        captions = [CaptionClient(program, language) for language in languages]
        sounds = [SoundClient(program, language) for language in languages]
        for client in captions + sounds:
            client.start()
        ends = []
        begin = time.monotonic()
        alone = min(15, length / 4)
        speak(program, begin + alone, ends, arguments.rate)
        crowd_begin = time.monotonic()
        crowd = subprocess.Popen([sys.executable, __file__, '--listen', str(program.port), arguments.languages, str(arguments.listeners)],
                                 stdout=subprocess.PIPE, text=True)
        slow = [open_stream(program.port, 'speech/%s.webm' % languages[0]) for _ in range(arguments.slow)]
        speak(program, begin + (length - silence) / 2, ends, arguments.rate)
        quiet = time.monotonic()
        time.sleep(silence)
        quiet_end = time.monotonic()
        speak(program, begin + length, ends, arguments.rate)
        end = time.monotonic()
        time.sleep(4)
        crowd.terminate()
        cut_off = crowd.communicate()[0].count('cut off')
        for connection in slow:
            connection.close()

        caption_delays, speech_delays, free_delays, missing, unspoken, skews, gaps, stalls = [], [], [], 0, 0, [], [], []
        for caption_client, sound_client in zip(captions, sounds):
            said = list(caption_client.captions)
            clusters = sound_client.clusters
            # How long after its own time, in this clock, a cluster is played: its end came 0.1 s later.
            voice_free = 0  # when the speech before is over
            offset = statistics.median(arrival - when for arrival, when in clusters[10:]) - 0.1 + BEHIND
            for ended, sentence in ends:
                found = next((item for item in said if item[1]['original'] == sentence and item[0] > ended - 0.5), None)
                if found is None:
                    missing += 1
                    continue
                said.remove(found)
                caption_delays.append(found[0] - ended)
                speech = caption_client.speech.get(found[1]['id'])
                if speech is None:
                    unspoken += 1
                else:
                    delay = speech['start'] + offset - ended
                    speech_delays.append(delay)
                    if found[1]['time'] > voice_free:
                        free_delays.append(delay)
                    voice_free = speech['start'] + speech['duration']
            gaps += [after[1] - before[1] for before, after in zip(clusters, clusters[1:])]
            stalls += [after[0] - before[0] for before, after in zip(clusters[10:], clusters[11:])]
            skews += [abs(skew) for skew in onsets(bytes(sound_client.bytes), [speech['start'] for speech in caption_client.speech.values()]) or []]

        print('%d sentences in %.1f minutes, into %s; %d listeners, %d that read nothing, %.0f s of silence' % (
            len(ends), (end - begin) / 60, ', '.join(languages), arguments.listeners, arguments.slow, silence))
        for name, delays, aim in (('end of the sentence to its caption', caption_delays, 300),
                                  ('end of the sentence to its speech, where the voice is free', free_delays, 600),
                                  ('end of the sentence to its speech, all', speech_delays, None)):
            report(name + ', p50', 1000 * percentile(delays, 0.5), 'ms')
            report(name + ', p95', 1000 * percentile(delays, 0.95), 'ms', aim)
        if skews:
            report('sound away from the time that its caption has, p95', 1000 * percentile(skews, 0.95), 'ms', 100)
        report('captions that did not come', missing, '', 0)
        report('captions that were not spoken', unspoken, '', 0)
        report('longest gap in the timeline of the sound', 1000 * max(gaps), 'ms', 250)
        report('longest wait for more sound', 1000 * max(stalls), 'ms', 500)
        report('listeners that were cut off', cut_off, '', 0)
        report('processor, translation and speech, nobody else listens', 100 * usage.share(begin, crowd_begin), '%')
        report('processor, all, while somebody speaks', 100 * usage.share(crowd_begin, quiet), '%')
        report('processor, in silence: the listeners and the encoders', 100 * usage.share(quiet + 2, quiet_end), '%', 50)
        # By then all voices and dictionaries are open.
        first = usage.memory(begin + length / 4, begin + length / 4 + 10)
        report('memory, after a quarter of it', first, 'MiB')
        report('memory, more at the end', usage.memory(end - 10, end) - first, 'MiB', 5)
    if aims_missed:
        print('Missed: ' + ', '.join(aims_missed))
    return 1 if aims_missed else 0


if __name__ == '__main__':
    sys.exit(main())
