#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a sentence takes on a CPU before, while and after other programs use the cores: on the threads that
gst-translate chooses as it goes, on one, and on all. Each is a process of its own; they take turns round by round.
Prints a table in Markdown: milliseconds a sentence, median over the rounds of a phase, and over their last half, when
the choice has settled; in brackets the threads that were chosen in the end.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import tempfile

from translate import DEMO, ROOT, SENTENCES, Engine

PHASES = ('before', 'beside', 'after')
CHANGED = re.compile(r'on another number of threads now: (\d+)')


class Ours(Engine):
    """Keeps what it says of its threads."""

    def __init__(self, name, command):
        self.log = tempfile.TemporaryFile('w+')
        super().__init__(name, [*command, '--verbose'], stderr=self.log)

    def threads(self):
        self.log.seek(0)
        changes = CHANGED.findall(self.log.read())
        return int(changes[-1]) if changes else self.load['threads']


def take_core(core, real_time):
    """A program that never rests: on a core of its own, which nobody else gets, or one among others."""
    def settle():
        if real_time:
            os.sched_setaffinity(0, {core})
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    return subprocess.Popen(['sh', '-c', 'while :; do :; done'], preexec_fn=settle)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=pathlib.Path, default=ROOT / 'build')
    parser.add_argument('--model', type=pathlib.Path, default=DEMO)
    parser.add_argument('--to', default='deu_Latn')
    parser.add_argument('--busy', type=int, default=os.cpu_count(), help='programs beside it (default: one a core)')
    parser.add_argument('--real-time', action='store_true', help='they take cores away altogether (root)')
    parser.add_argument('--beams', type=int, default=1)
    parser.add_argument('--batch', type=int, default=1)
    parser.add_argument('--max-length', type=int, default=200)
    parser.add_argument('--sentences', type=int, default=24)
    parser.add_argument('--rounds', type=int, default=12, help='of a phase')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / 'texts.txt'
        file.write_text('\n'.join(SENTENCES.read_text().splitlines()[:options.sentences]) + '\n')
        engines = [Ours(name, [options.build / 'gst-translate' / 'tool' / 'gst-translate', 'bench', '--model', options.model,
                               '--device', 'cpu', '--to', options.to, '--max-length', options.max_length,
                               '--threads', threads, file])
                   for name, threads in (('chosen', 0), ('1 thread', 1), (f'{os.cpu_count()} threads', os.cpu_count()))]
        times, threads = {}, {}
        for phase in PHASES:
            busy = [take_core(os.cpu_count() - 1 - i % os.cpu_count(), options.real_time)
                    for i in range(options.busy if phase == 'beside' else 0)]
            try:
                for _ in range(options.rounds):
                    for engine in engines:
                        times.setdefault((engine, phase), []).append(engine.measure((options.beams, options.batch)))
            finally:
                for process in busy:
                    process.kill()
                    process.wait()
            threads[phase] = engines[0].threads()
        print('| ms a sentence | ' + ' | '.join(PHASES) + ' |\n' + '|---' * (len(PHASES) + 1) + '|')
        for engine in engines:
            cells = []
            for phase in PHASES:
                rounds = times[engine, phase]
                cells.append(f'{statistics.median(rounds):.1f}, {statistics.median(rounds[len(rounds) // 2:]):.1f}'
                             + (f' ({threads[phase]})' if engine is engines[0] else ''))
            print(f'| {engine.name} | ' + ' | '.join(cells) + ' |')
        for engine in engines:
            engine.close()


if __name__ == '__main__':
    main()
