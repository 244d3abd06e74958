# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the peers' programs have in common."""

import argparse
import json
import os
import pathlib
import sys
import time

import sentencepiece


def resident_mb():
    pages = int(pathlib.Path('/proc/self/statm').read_text().split()[1])
    return pages * os.sysconf('SC_PAGESIZE') / 1e6


class Peer:
    def __init__(self, description):
        parser = argparse.ArgumentParser(description=description)
        parser.add_argument('--model', type=pathlib.Path, required=True)
        parser.add_argument('--cache', type=pathlib.Path, help='folder for what is made from the model')
        parser.add_argument('--from', dest='source', required=True)
        parser.add_argument('--to', dest='target', required=True)
        parser.add_argument('--threads', type=int, required=True)
        parser.add_argument('--precision', default='float32')
        parser.add_argument('--tokens', type=int, default=0, help='of each translation; 0: as it comes')
        parser.add_argument('file', type=pathlib.Path)
        vars(self).update(vars(parser.parse_args()))
        self.lines = self.file.read_text().splitlines()
        processor = sentencepiece.SentencePieceProcessor(str(self.model / 'sentencepiece.bpe.model'))
        self.pieces = [processor.encode(line, out_type=str) for line in self.lines]

    def loading(self):
        self.began = time.perf_counter()

    def say(self, values):
        print(json.dumps(values), flush=True)

    def serve(self, translate, values):
        """translate(indices, beams) gives the number of tokens."""
        self.say({'load_ms': (time.perf_counter() - self.began) * 1000, 'resident_mb': resident_mb(),
                  'threads': self.threads, **values})
        for line in sys.stdin:
            beams, batch = map(int, line.split())
            began = time.perf_counter()
            tokens = sum(translate(range(first, min(first + batch, len(self.lines))), beams)
                         for first in range(0, len(self.lines), batch))
            took = (time.perf_counter() - began) * 1000
            self.say({'ms_per_sentence': took / len(self.lines), 'tokens': tokens, 'resident_mb': resident_mb()})
        return 0
