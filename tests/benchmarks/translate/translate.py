#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""How fast gst-translate is on this machine's CPU, beside CTranslate2 and Hugging Face where they are installed.

Each engine runs in a process of its own, all of them take turns round by round, and the same lengths are asked of all:
in the 600M shape (random weights, made on the spot) 20 tokens in and 25 out, of the demo model real sentences as they
end. Prints a table in Markdown: milliseconds a sentence, median (least to most), and how many times CTranslate2's best
int8 that is. What gst-translate does to a text before and behind the network is in its time; the others get pieces.

`of the bound`: what reading the weights of each step once takes at the speed at which this machine reads memory, as a
share of the median (600M shape, batch 1; no bound for a model that caches hold). `cold`: the first round, batch 1.
`load ms`: in brackets the longest time until a load could have been given up. `load peak`: the most resident memory
while it was loaded, and how many times the packed weights that is. Resident memory after the first round, and the most
there was.
"""

import argparse
import datetime
import functools
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

import sentencepiece

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DEMO = ROOT / 'examples' / 'demo-model'
SENTENCES = ROOT / 'tests' / 'data' / 'sentences.eng.txt'
TOKENS_IN, TOKENS_OUT = 20, 25
PRECISIONS = ('int8', 'float16', 'float32')
PRECISIONS_OF_GPUS = ('bfloat16', 'float16', 'float32')
CASES = [(1, 1), (4, 1), (1, 8), (4, 8)]  # beams, batch


class Engine:
    """A process that measures a round for each line it gets."""

    def __init__(self, name, command, stderr=subprocess.DEVNULL):
        self.name, self.times, self.tokens, self.memory = name, {}, {}, []
        self.cold = self.scored_share = None
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=stderr, text=True)
        self.load = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f'{self.name} ended: {self.process.args}')
        return json.loads(line)

    def measure(self, case):
        beams, batch = case
        print(beams, batch, file=self.process.stdin, flush=True)
        values = self.read()
        self.memory.append(values['resident_mb'])
        self.tokens[case] = values['tokens']
        self.scored_share = values.get('scored_share')
        self.cold = self.cold or values['ms_per_sentence']
        return values['ms_per_sentence']

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def texts_of(model, count):
    """Texts of exactly TOKENS_IN tokens: words of our sentences, and language and end."""
    processor = sentencepiece.SentencePieceProcessor(str(model / 'sentencepiece.bpe.model'))
    found, words = [], []
    for word in SENTENCES.read_text().split():
        words.append(word)
        pieces = len(processor.encode(' '.join(words)))
        if pieces == TOKENS_IN - 2:
            found.append(' '.join(words))
        if pieces >= TOKENS_IN - 2:
            words = []
    return found[:count]


@functools.cache
def is_installed(module):
    """False, and said once, where this Python lacks it."""
    missing = subprocess.run([sys.executable, '-c', f'import {module}'], capture_output=True).returncode != 0
    if missing:
        print(f'{module}: not installed', file=sys.stderr)
    return not missing


def engines_of(options, model, file, source, target, tokens, cache):
    common = ['--model', model, '--from', source, '--to', target]
    ours = [options.build / 'gst-translate' / 'tool' / 'gst-translate', 'bench', *common,
            *(['--max-length', tokens + 2] if tokens else [])]
    if options.device != 'cpu':  # the peers are those of the processor
        for precision in options.only or PRECISIONS_OF_GPUS:
            yield Engine(f'gst-translate {precision} on {options.device}',
                         [*ours, '--device', options.device, '--precision', precision, file])
        return
    precisions = options.only or PRECISIONS
    for precision in precisions:
        for shortlist in (False, True) if precision == 'int8' else (False,):
            yield Engine(f'gst-translate {precision}' + (', shortlist' if shortlist else ''),
                         [*ours, '--precision', precision, *(['--shortlist'] if shortlist else []), file])
    peers = [('CTranslate2', 'ctranslate2', precision, threads) for precision in ('int8', 'float32')
             for threads in sorted({1, options.threads})]
    peers.append(('Hugging Face', 'transformers', 'float32', options.threads))
    for peer, module, precision, threads in peers:
        if precision not in precisions or not is_installed(module):
            continue
        script = 'peer_ctranslate2.py' if module == 'ctranslate2' else 'peer_huggingface.py'
        yield Engine(f'{peer} {precision}, {threads} thread{"s" if threads > 1 else ""}',
                     [sys.executable, HERE / script, *common, '--cache', cache, '--tokens', tokens,
                      '--precision', precision, '--threads', threads, file])


def run(engines, cases, rounds):
    """All engines a round each, then again; what takes very long takes fewer rounds."""
    for case in cases:
        for engine in engines:
            engine.measure(case)  # warm
        for number in range(rounds):
            for engine in engines:
                known = engine.times.setdefault(case, [])
                if number < 3 or statistics.median(known) < 2000:
                    known.append(engine.measure(case))


def bound_ms(model, bandwidth, precision):
    """What reading each step's weights takes; float32 where nothing else is said."""
    config = json.loads((model / 'config.json').read_text())
    width, inner = config['d_model'], config['decoder_ffn_dim']
    step = config['decoder_layers'] * (6 * width ** 2 + 2 * width * inner)
    once = config['encoder_layers'] * (4 * width ** 2 + 2 * width * config['encoder_ffn_dim'])
    once += config['decoder_layers'] * 2 * width ** 2
    size = {'int8': 1, 'float16': 2}.get(precision, 4)
    output = config['vocab_size'] * width * (4 if size == 4 else 1)  # in float16 screened in int8
    return ((step * size + output) * TOKENS_OUT + once * size) / bandwidth / 1e6


def table(title, engines, cases, bound):
    best = {case: min((statistics.median(engine.times[case]) for engine in engines
                       if engine.name.startswith('CTranslate2 int8')), default=None) for case in cases}
    print(f'\n{title}\n')
    heads = [f'{"greedy" if beams == 1 else f"{beams} beams"}, batch {batch}' for beams, batch in cases]
    print('| ms a sentence | ' + ' | '.join(heads) + ' | cold | of the bound | load ms | load peak MB | resident MB |')
    print('|---' * (len(cases) + 6) + '|')
    for engine in engines:
        cells = []
        for case in cases:
            median = statistics.median(engine.times[case])
            ratio = f' = {best[case] / median:.2f}x' if best[case] else ''
            cells.append(f'{median:.1f} ({min(engine.times[case]):.1f}-{max(engine.times[case]):.1f}){ratio}')
        share = '-'
        if bound and (1, 1) in cases and 'shortlist' not in engine.name:
            share = f'{bound(engine) / statistics.median(engine.times[(1, 1)]) * 100:.0f} %'
        load, peak = f'{engine.load["load_ms"]:.0f}', '-'
        if 'give_up_ms' in engine.load:
            load += f' ({engine.load["give_up_ms"]:.0f})'
            peak = f'{engine.load["peak_mb"]:.0f} = {engine.load["peak_mb"] / engine.load["weights_mb"]:.2f}x'
        threads = engine.load.get('threads')
        name = engine.name if 'thread' in engine.name else f'{engine.name}, {threads} thread{"s" if threads > 1 else ""}'
        if engine.scored_share and engine.scored_share < 1:
            name += f', {100 * engine.scored_share:.0f} % of the vocabulary'
        print(f'| {name} | ' + ' | '.join(cells) + f' | {engine.cold:.1f} | {share} | {load} | {peak} | '
              f'{engine.memory[0]:.0f}-{max(engine.memory):.0f} |')
    print('\nTokens in one round: ' + '; '.join(
        f'{engine.name} {"/".join(str(engine.tokens[case]) for case in cases)}' for engine in engines))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=pathlib.Path, default=ROOT / 'build')
    parser.add_argument('--models', nargs='+', choices=('demo', '600M'), default=['demo'])
    parser.add_argument('--cases', nargs='+', default=[f'{beams}x{batch}' for beams, batch in CASES],
                        help='BEAMSxBATCH (default: 1x1 4x1 1x8 4x8)')
    parser.add_argument('--device', default='cpu', help='cuda, mps: ours alone, on that device')
    parser.add_argument('--only', nargs='+', choices=sorted({*PRECISIONS, *PRECISIONS_OF_GPUS}), help='these precisions')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--sentences', type=int, default=0, help='default: 48 of the demo model, 8 in the 600M shape')
    parser.add_argument('--threads', type=int, default=os.cpu_count(), help='of the peers, beside one')
    parser.add_argument('--cache', type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / 'gst-lingua-bench',
                        help='folder for the models that are made (600M shape: 5 GB)')
    parser.add_argument('--json', type=pathlib.Path, help='file for all that was measured')
    options = parser.parse_args()
    cases = [tuple(map(int, case.split('x'))) for case in options.cases]
    bandwidth = float(subprocess.check_output(
        [options.build / 'tests' / 'benchmarks' / 'translate' / 'read_bandwidth', str(options.threads)]))
    processor = next((line.split(':')[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')),
                     platform.processor()) if pathlib.Path('/proc/cpuinfo').exists() else platform.processor()
    print(f'{datetime.date.today()}, {processor}, {os.cpu_count()} cores, memory read at {bandwidth} GB/s '
          f'with {options.threads} threads')
    results = {'date': str(datetime.date.today()), 'processor': processor, 'read_gb_per_s': bandwidth, 'models': {}}
    for name in options.models:
        cache = options.cache / name
        cache.mkdir(parents=True, exist_ok=True)
        file = cache / 'texts.txt'
        if name == 'demo':
            model, source, target, tokens = DEMO, 'eng_Latn', 'deu_Latn', 0
            lines = SENTENCES.read_text().splitlines()[:options.sentences or 48]
        else:
            model, source, target, tokens = cache / 'model', 'eng_Latn', 'rus_Cyrl', TOKENS_OUT
            if not (model / 'model.safetensors').exists():
                print('Making a folder in the 600M shape', file=sys.stderr)
                subprocess.run([sys.executable, HERE.parent / 'make_model.py', model, '--shape', name, '--dtype', 'float16'],
                               check=True, stdout=subprocess.DEVNULL)
            lines = texts_of(model, options.sentences or 8)
        file.write_text('\n'.join(lines) + '\n')
        engines = list(engines_of(options, model, file, source, target, tokens, cache))
        try:
            run(engines, cases, options.rounds)
        finally:
            for engine in engines:
                engine.close()
        title = 'Demo model' if name == 'demo' else f'{name} shape, {TOKENS_IN} tokens in, {TOKENS_OUT} out'

        def bound(engine):
            return bound_ms(model, bandwidth, engine.name.split(',')[0].split()[-1])

        table(title, engines, cases, None if name == 'demo' or options.device != 'cpu' else bound)
        results['models'][name] = [
            {'engine': engine.name, 'load': engine.load, 'resident_mb': engine.memory, 'cold': engine.cold,
             'scored_share': engine.scored_share,
             'ms_per_sentence': {f'{beams}x{batch}': engine.times[(beams, batch)] for beams, batch in cases}}
            for engine in engines]
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + '\n')


if __name__ == '__main__':
    main()
