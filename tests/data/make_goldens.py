#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes goldens/*.json: what Hugging Face's generate() gives, with its version inside.

    pip install torch==2.13.0 transformers==5.24.0 sentencepiece protobuf
    make_goldens.py ../../examples/demo-model goldens

The sentences are our own: sentences.eng.txt was written for this test, the other
sentences.*.txt are its translations by the demo model and are kept as they are.
"""
import argparse
import json
import pathlib

import torch
import transformers
from transformers import AutoTokenizer, M2M100ForConditionalGeneration

HERE = pathlib.Path(__file__).parent
LANGUAGES = {'deu': 'deu_Latn', 'eng': 'eng_Latn', 'fra': 'fra_Latn', 'jpn': 'jpn_Jpan', 'spa': 'spa_Latn'}
BATCH = 20
PAD = 1


class Margins:
    """Records how near each step of a search came to another choice.

    A beam's choice is near where two neighbours among the candidates that matter have
    almost the same score; a greedy one where the two best tokens have.
    """

    def __init__(self, model):
        self.model = model
        self.per_sentence = None
        self.original = model._get_top_k_continuations
        model._get_top_k_continuations = self.beam_step

    def note(self, gaps):
        self.per_sentence = gaps if self.per_sentence is None else torch.minimum(self.per_sentence, gaps)

    def beam_step(self, *args, **kwargs):
        scores = kwargs['accumulated_log_probs']
        best = scores.topk(kwargs['beams_to_keep'] + 1).values
        gaps = best[:, :-1] - best[:, 1:]
        # The forced language token leaves only fillers.
        gaps[best[:, 1:] < -1e8] = float('inf')
        self.note(gaps.min(dim=1).values)
        return self.original(*args, **kwargs)

    def greedy(self, step_logits, sequences):
        for step, logits in enumerate(step_logits):
            best = logits.topk(2).values
            gaps = best[:, 0] - best[:, 1]
            ended = sequences[:, step + 1] == PAD
            gaps[ended | torch.isinf(gaps)] = float('inf')
            self.note(gaps)

    def take(self):
        margins, self.per_sentence = self.per_sentence.tolist(), None
        return margins


def strip(row):
    while row and row[-1] == PAD:
        row.pop()
    return row


def generate(model, tokenizer, margins, texts, target, beams, **settings):
    """[(ids, margin)] for each text."""
    result = []
    for start in range(0, len(texts), BATCH):
        batch = tokenizer(texts[start:start + BATCH], return_tensors='pt', padding=True)
        output = model.generate(**batch, forced_bos_token_id=tokenizer.convert_tokens_to_ids(target),
                                num_beams=beams, output_logits=True, return_dict_in_generate=True, **settings)
        if beams == 1:
            margins.greedy(output.logits[1:], output.sequences[:, 1:])
        for row, margin in zip(output.sequences.tolist(), margins.take()):
            result.append((strip(row), margin))
    return result


def sentences(language):
    return (HERE / f'sentences.{language}.txt').read_text(encoding='utf-8').splitlines()


def demo_model(folder):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = M2M100ForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    margins = Margins(model)
    directions = []
    for other in ('deu', 'fra', 'jpn', 'spa'):
        for source, target in (('eng', other), (other, 'eng')):
            texts = sentences(source)
            tokenizer.src_lang = LANGUAGES[source]
            searches = {str(beams): generate(model, tokenizer, margins, texts, LANGUAGES[target], beams)
                        for beams in (1, 4, 5)}
            cases = []
            for i, text in enumerate(texts):
                case = {'text': text, 'source_ids': tokenizer(text)['input_ids']}
                for beams, found in searches.items():
                    case[beams] = {'ids': found[i][0], 'margin': round(found[i][1], 7)}
                cases.append(case)
            directions.append({'source': LANGUAGES[source], 'target': LANGUAGES[target], 'cases': cases})
            print(source, target, len(cases), flush=True)
    return directions


def tokens(folder):
    """Ids of texts that are hard to cut, one language; white space at the ends trimmed."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.src_lang = 'eng_Latn'
    texts = [line for line in (HERE / 'odd-texts.txt').read_text(encoding='utf-8').split('\n') if line]
    return [{'text': text, 'source_ids': tokenizer(' '.join(text.split()))['input_ids']} for text in texts]


def write(path, content):
    versions = {'transformers': transformers.__version__, 'torch': torch.__version__.split('+')[0]}
    lines = json.dumps({'made_with': versions, **content}, ensure_ascii=False, separators=(',', ':'))
    # A case a line, so that a change can be read.
    path.write_text(lines.replace('{"text"', '\n{"text"') + '\n', encoding='utf-8')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('model', help='the demo model')
    parser.add_argument('out', type=pathlib.Path)
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    with torch.inference_mode():
        write(args.out / 'tokens.json', {'cases': tokens(args.model)})
        write(args.out / 'demo-model.json', {'directions': demo_model(args.model)})


if __name__ == '__main__':
    main()
