#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Writes an NLLB folder in the shape of a published checkpoint, with random weights.

    make_model.py OUT --shape 600M --dtype float32

For measuring speed, memory and loading where the real weights are not at hand: gst-translate opens it like any
other, transformers loads it, and CTranslate2 converts it. What it writes is no language. Its first pieces are the
demo model's, so that texts are cut as usual; the rest are made up, in the scripts that NLLB has. The same seed gives
the same bytes. Needs numpy.
"""

import argparse
import itertools
import json
import pathlib
import re

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / 'examples' / 'demo-model'

# d_model, encoder and decoder layers, heads, feed-forward, vocabulary (hub: facebook/nllb-200-*, config.json)
SHAPES = {
    '600M': (1024, 12, 12, 16, 4096, 256206),
    '1.3B': (1024, 24, 24, 16, 8192, 256206),
    '3.3B': (2048, 24, 24, 16, 8192, 256206),
    'demo': (384, 6, 3, 6, 1536, 16008),
}
# In their published order, behind the pieces; then <mask> and two fillers.
LANGUAGES = re.findall(r'\b[a-z]{3}_[A-Z][a-z]{3}\b', (ROOT / 'gst-translate/model/language_tokens.cpp').read_text()
                       .split('nllb_order')[1].split(';')[0])
NOT_PIECES = len(LANGUAGES) + 3
OFFSET = 1  # the model's id of a piece is sentencepiece's + 1

# Made-up pieces: an alphabet, and the share of it.
ALPHABETS = [
    ('abcdefghijklmnoprstuvwzäéèñöøşğ', 0.40),
    ('абвгдежзиклмнопрстуфхцчшя', 0.24),
    ('ابتثجحدرسشعفقكلمنهوي', 0.08),
    ('अआइकखगचजटडतदनपबमयरलवसह', 0.06),
    ('কখগচজটডতদনপবমযরলশসহ', 0.03),
    ('가나다라마바사아자차카타파하', 0.03),
    ('あいうえおかきくけこさしすせそアイウエオカキ', 0.03),
    ('一二三人大小中上下日月水火山川田目耳口手足車門雨金木本東西南北学生先年時分国見行来食', 0.08),
    ('กขคงจชดตถทนบปผพมยรลวสห', 0.02),
    ('αβγδεζηθικλμνξοπρστυφχψω', 0.03),
]


# sentencepiece_model.proto, as protobuf writes it ------------------------------------------------

def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7f | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7f) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(message):
    """Number, start, content and end of each field; fixed and varint fields have no content."""
    at = 0
    while at < len(message):
        start = at
        key, at = read_varint(message, at)
        content = b''
        if key & 7 == 2:
            size, at = read_varint(message, at)
            content = message[at:at + size]
            at += size
        elif key & 7 == 0:
            _, at = read_varint(message, at)
        else:
            at += {1: 8, 5: 4}[key & 7]
        yield key >> 3, start, content, at


def piece_message(text, score):
    encoded = text.encode()
    entry = b'\x0a' + varint(len(encoded)) + encoded + b'\x15' + np.float32(score).tobytes() + b'\x18\x01'
    return b'\x0a' + varint(len(entry)) + entry


def made_up(alphabet, count, taken):
    """Unique pieces of three letters and more, every second one at the beginning of a word."""
    words = itertools.chain.from_iterable(itertools.product(alphabet, repeat=length) for length in itertools.count(3))
    while count > 0:
        text = ('▁' if count % 2 else '') + ''.join(next(words))
        if text not in taken:
            taken.add(text)
            count -= 1
            yield text


def sentencepiece_model(pieces):
    """The demo model's, grown to `pieces`."""
    demo = (DEMO / 'sentencepiece.bpe.model').read_bytes()
    kept, rest, taken = [], [], set()
    for number, start, content, end in fields(demo):
        if number != 1:
            rest.append(demo[start:end])
            continue
        kept.append(demo[start:end])
        taken.update(text.decode() for field, _, text, _ in fields(content) if field == 1)
    missing = pieces - len(kept)
    for i, (alphabet, share) in enumerate(ALPHABETS):
        count = int(missing * share) if i else missing - sum(int(missing * share) for _, share in ALPHABETS[1:])
        for text in made_up(alphabet, count, taken):
            kept.append(piece_message(text, -len(kept)))
    return b''.join(kept + rest)


# Weights -----------------------------------------------------------------------------------------

def tensors(width, encoder, decoder, ffn, vocabulary):
    """Name, shape and standard deviation; None for the factors of norms, which are 1."""
    yield 'model.shared.weight', (vocabulary, width), width ** -0.5

    def linear(name, out, into):
        # Louder where a layer ends, lest the tied head only repeat the embedding that went in.
        loudness = 4 if name.endswith(('out_proj', 'fc2')) else 1
        yield name + '.weight', (out, into), loudness * into ** -0.5
        yield name + '.bias', (out,), 0

    def norm(name):
        yield name + '.weight', (width,), None
        yield name + '.bias', (width,), 0

    for part, layers in (('encoder', encoder), ('decoder', decoder)):
        for layer in range(layers):
            prefix = f'model.{part}.layers.{layer}.'
            for attention in ('self_attn', 'encoder_attn')[:1 if part == 'encoder' else 2]:
                for projection in ('q_proj', 'k_proj', 'v_proj', 'out_proj'):
                    yield from linear(prefix + f'{attention}.{projection}', width, width)
                yield from norm(prefix + f'{attention}_layer_norm')
            yield from linear(prefix + 'fc1', ffn, width)
            yield from linear(prefix + 'fc2', width, ffn)
            yield from norm(prefix + 'final_layer_norm')
        yield from norm(f'model.{part}.layer_norm')


def values(rng, shape, deviation):
    if deviation is None:
        return np.ones(shape, np.float32)
    if deviation == 0:
        return np.zeros(shape, np.float32)
    return rng.standard_normal(shape, np.float32) * np.float32(deviation)


def stored(array, dtype):
    if dtype == 'float16':
        return array.astype(np.float16)
    if dtype == 'bfloat16':  # to the nearest, ties to even
        bits = array.view(np.uint32)
        return ((bits + 0x7fff + (bits >> 16 & 1)) >> 16).astype(np.uint16)
    return array


def write_weights(path, dtype, seed, described):
    described = list(described)
    header, offset = {'__metadata__': {'format': 'pt'}}, 0
    size = 4 if dtype == 'float32' else 2
    for name, shape, _ in described:
        end = offset + size * int(np.prod(shape))
        header[name] = {'dtype': {'float32': 'F32', 'float16': 'F16', 'bfloat16': 'BF16'}[dtype],
                        'shape': shape, 'data_offsets': [offset, end]}
        offset = end
    text = json.dumps(header, separators=(',', ':'))
    text += ' ' * (-len(text) % 8)
    with path.open('wb') as file:
        file.write(len(text).to_bytes(8, 'little') + text.encode())
        for i, (_, shape, deviation) in enumerate(described):
            rng = np.random.Generator(np.random.SFC64([seed, i]))
            rows = max(1, (16 << 20) // int(np.prod(shape[1:])))  # in blocks, for the memory's sake
            for first in range(0, shape[0], rows):
                block = (min(rows, shape[0] - first),) + shape[1:]
                file.write(stored(values(rng, block, deviation), dtype).tobytes())
    return offset


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--shape', choices=SHAPES, default='600M')
    parser.add_argument('--dtype', choices=('float32', 'float16', 'bfloat16'), default='float32')
    parser.add_argument('--seed', type=int, default=1)
    args = parser.parse_args()
    width, encoder, decoder, heads, ffn, vocabulary = SHAPES[args.shape]
    args.out.mkdir(parents=True, exist_ok=True)

    def write_json(name, content):
        (args.out / name).write_text(json.dumps(content, indent=2) + '\n')

    if args.shape == 'demo':
        for name in ('sentencepiece.bpe.model', 'tokenizer_config.json'):
            (args.out / name).write_bytes((DEMO / name).read_bytes())
    else:
        pieces = vocabulary - NOT_PIECES - OFFSET
        (args.out / 'sentencepiece.bpe.model').write_bytes(sentencepiece_model(pieces))
        tokens = dict(enumerate(['<s>', '<pad>', '</s>', '<unk>'])) | dict(enumerate(LANGUAGES, pieces + OFFSET))
        write_json('tokenizer_config.json', {
            'tokenizer_class': 'NllbTokenizer', 'model_max_length': 1024,
            'added_tokens_decoder': {i: {'content': token, 'special': True} for i, token in tokens.items()}})
    write_json('config.json', {
        'architectures': ['M2M100ForConditionalGeneration'], 'model_type': 'm2m_100', 'vocab_size': vocabulary,
        'd_model': width, 'encoder_layers': encoder, 'decoder_layers': decoder, 'encoder_attention_heads': heads,
        'decoder_attention_heads': heads, 'encoder_ffn_dim': ffn, 'decoder_ffn_dim': ffn,
        'activation_function': 'relu', 'max_position_embeddings': 1024, 'scale_embedding': True, 'dropout': 0.1,
        'encoder_layerdrop': 0, 'decoder_layerdrop': 0, 'is_encoder_decoder': True, 'tie_word_embeddings': True,
        'bos_token_id': 0, 'pad_token_id': 1, 'eos_token_id': 2, 'decoder_start_token_id': 2, 'dtype': args.dtype})
    write_json('generation_config.json', {'bos_token_id': 0, 'pad_token_id': 1, 'eos_token_id': 2,
                                          'decoder_start_token_id': 2, 'max_length': 200})
    size = write_weights(args.out / 'model.safetensors', args.dtype, args.seed,
                         tensors(width, encoder, decoder, ffn, vocabulary))
    print(f'{args.out}: {args.shape}, {args.dtype}, {size / 1e9:.3f} GB of weights')


if __name__ == '__main__':
    main()
