#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Watches the memory of gst-lingua-live while somebody speaks: whether it grows.

    memory.py [--minutes N] [--languages de,fr,ja] [--slow N] [--pass-by SECONDS] [ARGUMENT...]

A talk comes word by word. One client a language reads captions and sound, some connect and never read, and every few seconds
some come, read for a moment, and go. Prints the memory every 30 seconds: all, and that which is no file's; and what that has
grown by a minute in the second half, by least squares. ARGUMENTs are more for gst-lingua-live.
"""

import argparse
import pathlib
import random
import sys
import threading
import time

from live import CaptionClient, Program, SoundClient, open_stream, speak


def memory(pid):
    """Resident memory, and what of it is no file's, in MiB."""
    lines = pathlib.Path('/proc/%d/status' % pid).read_text(encoding='ascii').splitlines()
    fields = {line.split(':')[0]: line.split()[1] for line in lines if line.startswith(('VmRSS', 'RssAnon'))}
    return int(fields['VmRSS']) / 1024, int(fields['RssAnon']) / 1024


def pass_by(program, languages, every):
    """Clients that come and go, some before they have read anything."""
    while program.process.poll() is None:
        language = random.choice(languages)
        connections = [open_stream(program.port, path) for path in (
            'captions/' + language, 'speech/%s.webm' % language, 'transcript/%s.srt' % language, '', 'languages')]
        time.sleep(random.uniform(0, every))
        for connection in connections:
            if random.random() < 0.5:
                connection.recv(65536)
            connection.close()


def slope(samples):
    """Least squares: MiB a minute."""
    mean_x = sum(x for x, _ in samples) / len(samples)
    mean_y = sum(y for _, y in samples) / len(samples)
    return 60 * sum((x - mean_x) * (y - mean_y) for x, y in samples) / sum((x - mean_x) ** 2 for x, _ in samples)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--minutes', type=float, default=30)
    parser.add_argument('--languages', default='de,fr,ja')
    parser.add_argument('--slow', type=int, default=5)
    parser.add_argument('--pass-by', type=float, default=5)
    arguments, more = parser.parse_known_args()
    languages = arguments.languages.split(',')

    with Program('--to', arguments.languages, *more) as program:
        for language in languages:
            CaptionClient(program, language).start()
            SoundClient(program, language).start()
        slow = []
        threading.Thread(target=pass_by, args=(program, languages, arguments.pass_by), daemon=True).start()
        begin = time.monotonic()
        end = begin + 60 * arguments.minutes
        ends, samples = [], []
        speaker = threading.Thread(target=speak, args=(program, end, ends, 2.5), daemon=True)
        speaker.start()
        print('%8s %10s %10s %10s' % ('min', 'RSS, MiB', 'anonymous', 'sentences'))
        while speaker.is_alive():
            if len(samples) % 6 == 0:  # they have been cut off meanwhile, and come again
                for connection in slow:
                    connection.close()
                slow = [open_stream(program.port, 'speech/%s.webm' % languages[0]) for _ in range(arguments.slow)]
            resident, anonymous = memory(program.process.pid)
            now = time.monotonic() - begin
            samples.append((now, anonymous))
            print('%8.1f %10.2f %10.2f %10d' % (now / 60, resident, anonymous, len(ends)), flush=True)
            speaker.join(30)
        later = [sample for sample in samples if sample[0] > samples[-1][0] / 2]
        print('%.3f MiB a minute in the second half' % slope(later))
        for connection in slow:
            connection.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())
