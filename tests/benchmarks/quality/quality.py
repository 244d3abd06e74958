#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Compares translations by quality: BLEU, and how many are the same as the first column's.

    quality.py --data FOLDER 'float32=examples/demo-model --precision float32' 'int8=examples/demo-model --precision int8'

Each case is a label, a model folder and options of gst-translate. FOLDER holds eng-XXX.tsv with an English sentence
and its translations in the columns (of the demo model: dev/ of its training data). Prints a Markdown table. BLEU is
sacrebleu's, with the tokenizer char into Japanese and 13a otherwise. Needs sacrebleu, and gst-translate in the PATH.
"""

import argparse
import json
import pathlib
import shlex
import subprocess

import sacrebleu

UNSPACED = ('jpn', 'zho', 'yue')


def read_pairs(folder, direction, lines):
    """Sources and lists of references. A file NAME.refs.tsv has several references a sentence."""
    source, target = direction.split('-')
    forward = source == 'eng'
    name = direction if forward else f'{target}-{source}'
    path = folder / f'{name}.refs.tsv'
    if not forward or not path.exists():
        path = folder / f'{name}.tsv'
    rows = [line.split('\t') for line in path.read_text().splitlines()[:lines]]
    return ([row[0] for row in rows], [row[1:] for row in rows]) if forward else (
        [row[1] for row in rows], [row[:1] for row in rows])


def translate(tool, command, direction, sources):
    source, target = direction.split('-')
    model, *options = shlex.split(command)
    run = subprocess.run([tool, '--model', model, '--from', source, '--to', target, '--json', *options],
                         input='\n'.join(sources) + '\n', stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line)['translations'][0] for line in run.stdout.splitlines()]


def bleu(texts, references, direction):
    most = max(map(len, references))
    columns = [[row[i] if i < len(row) else None for row in references] for i in range(most)]
    tokenizer = 'char' if direction.split('-')[1] in UNSPACED else '13a'
    return sacrebleu.corpus_bleu(texts, columns, tokenize=tokenizer).score


def weight_bytes(model):
    folder = pathlib.Path(model)
    return sum(file.stat().st_size for kind in ('*.safetensors', '*.bin') for file in folder.glob(kind))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('cases', nargs='+', metavar='LABEL=MODEL OPTIONS')
    parser.add_argument('--data', type=pathlib.Path, required=True)
    parser.add_argument('--directions', default='eng-jpn,jpn-eng,eng-deu')
    parser.add_argument('--lines', type=int, default=500)
    parser.add_argument('--tool', default='gst-translate')
    parser.add_argument('--flaws', action='store_true', help='counts what the guards found, too')
    args = parser.parse_args()
    directions = args.directions.split(',')
    pairs = {direction: read_pairs(args.data, direction, args.lines) for direction in directions}
    heads = ['', 'weights'] + [f'{direction}{what}' for direction in directions for what in (', BLEU', ', same')]
    print('| ' + ' | '.join(heads) + ' |\n|' + '---|' * len(heads), flush=True)
    first, flaws = {}, []
    for case in args.cases:
        label, command = case.split('=', 1)
        cells = [label, f'{weight_bytes(shlex.split(command)[0]) / 1e6:.1f} MB']
        for direction, (sources, references) in pairs.items():
            translations = translate(args.tool, command, direction, sources)
            texts = [translation['text'] for translation in translations]
            same = [a == b for a, b in zip(texts, first.setdefault(direction, texts))]
            cells += [f'{bleu(texts, references, direction):.1f}', f'{100 * sum(same) / len(same):.1f} %']
            flaws += [(label, direction, ', '.join(found['flaws']) or 'none now', found['retried'], source, found['text'])
                      for source, found in zip(sources, translations) if found['flaws'] or found['retried']]
        print('| ' + ' | '.join(cells) + ' |', flush=True)
    if args.flaws:
        print(f'\nflawed: {len(flaws)}')
        for label, direction, found, retried, source, text in flaws:
            print(f'{label}, {direction}: {found}{", tried again" if retried else ""}: {source} -> {text}')


if __name__ == '__main__':
    main()
