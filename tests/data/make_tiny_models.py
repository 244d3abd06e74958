#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes models/*: one tiny folder with random weights for each kind of folder that users have,
and goldens/tiny-*.json: what Hugging Face's generate() gives for it, with its version inside.

    pip install torch==2.13.0 transformers==5.24.0 sentencepiece
    make_tiny_models.py models goldens
"""
import argparse
import json
import pathlib
import shutil

import sentencepiece
import torch
from transformers import GenerationConfig, M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

from make_goldens import HERE, LANGUAGES, Margins, generate, sentences, strip, write

PIECES = 600
OFFSET = 1
PAD, EOS, UNK = 1, 2, 3
MAX_LENGTH = 24
M2M100_LANGUAGES = ('de', 'en', 'fr', 'ja', 'es')


def train_pieces(path, rule):
    """A sentencepiece model of our own sentences, made as NLLB's is."""
    text = path.with_suffix('.txt')
    text.write_text('\n'.join(line for language in LANGUAGES for line in sentences(language)), encoding='utf-8')
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(path.with_suffix('')), model_type='bpe', vocab_size=PIECES,
        character_coverage=0.98, normalization_rule_name=rule, bos_id=1, eos_id=2, unk_id=0, pad_id=-1,
        minloglevel=2)
    path.with_suffix('.model').rename(path)
    for leftover in (text, path.with_suffix('.vocab')):
        leftover.unlink()


def added_tokens(names, first):
    """As the published folders have them: specials, languages, mask."""
    ids = {0: '<s>', PAD: '<pad>', EOS: '</s>', UNK: '<unk>'}
    ids.update({first + i: name for i, name in enumerate((*names, '<mask>'))})
    return {str(i): {'content': token, 'lstrip': False, 'normalized': False, 'rstrip': False,
                     'single_word': False, 'special': True} for i, token in ids.items()}


def random_model(seed, vocabulary, **changes):
    torch.manual_seed(seed)
    settings = dict(vocab_size=vocabulary, d_model=32, encoder_layers=2, decoder_layers=2,
                    encoder_attention_heads=2, decoder_attention_heads=4, encoder_ffn_dim=48, decoder_ffn_dim=64,
                    encoder_layerdrop=0.0, decoder_layerdrop=0.0, max_position_embeddings=40, scale_embedding=True,
                    init_std=0.25)
    settings.update(changes)
    model = M2M100ForConditionalGeneration(M2M100Config(**settings)).eval()
    # Biases and norms start as constants, which would hide a mistake with them.
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith('bias') or 'layer_norm' in name:
                parameter.add_(torch.randn_like(parameter) * 0.2)
    model.generation_config = GenerationConfig(bos_token_id=0, pad_token_id=PAD, eos_token_id=EOS,
                                               decoder_start_token_id=EOS, max_length=MAX_LENGTH)
    return model


class Folder:
    """One folder, and the tokenizer that its goldens were made with: sentencepiece itself."""

    def __init__(self, root, name, rule='identity'):
        self.name = name
        self.path = root / name
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        self.pieces = self.path / 'sentencepiece.bpe.model'
        train_pieces(self.pieces, rule)
        self.processor = sentencepiece.SentencePieceProcessor(model_file=str(self.pieces))
        self.languages = {code: PIECES + OFFSET + i for i, code in enumerate(LANGUAGES.values())}
        self.legacy = False
        self.target_in_source = False

    def write_json(self, name, content):
        (self.path / name).write_text(json.dumps(content, indent=1) + '\n')

    def nllb_tokenizer(self, **more):
        names = list(self.languages)
        self.write_json('tokenizer_config.json', {
            'tokenizer_class': 'NllbTokenizer', 'added_tokens_decoder': added_tokens(names, PIECES + OFFSET), **more})

    def encode(self, text, source, target):
        ids = [UNK if i == 0 else i + OFFSET for i in self.processor.encode(text)]
        tag = self.languages[target if self.target_in_source else source]
        return ids + [EOS, tag] if self.legacy else [tag] + ids + [EOS]

    def bytes(self):
        return sum(f.stat().st_size for f in self.path.iterdir())


def save_checkpoint(path, tensors):
    torch.save({name: tensor.clone() for name, tensor in tensors.items()}, path)


def state_dict(model, dtype=torch.float32):
    """As the old checkpoints have it: every tied name, positions and versions that nobody needs."""
    tensors = {name: tensor.to(dtype) for name, tensor in model.state_dict().items()}
    for part in ('encoder', 'decoder'):
        tensors[f'model.{part}.embed_positions.weights'] = torch.zeros(4, 32)
        tensors[f'model.{part}.version'] = torch.tensor([3.0])
    return tensors


def shard(folder, stem, tensors, save):
    """Two files and an index."""
    names = sorted(tensors)
    weight_map = {}
    for i, part in enumerate((names[::2], names[1::2]), 1):
        file = f'{stem.split(".")[0]}-{i:05}-of-00002.{stem.split(".")[1]}'
        save(folder.path / file, {name: tensors[name] for name in part})
        weight_map.update({name: file for name in part})
    folder.write_json(f'{stem}.index.json', {'metadata': {}, 'weight_map': weight_map})


def nllb(root):
    """The plainest: safetensors, whole."""
    folder = Folder(root, 'nllb')
    folder.nllb_tokenizer()
    model = random_model(1, PIECES + 8)
    model.save_pretrained(folder.path)
    return folder, model


def nllb_bin(root):
    """As facebook/nllb-200-* is: pytorch_model.bin, here in two shards and float16, with settings
    of the search in config.json alone and the legacy place of the language tag."""
    folder = Folder(root, 'nllb-bin')
    folder.legacy = True
    folder.nllb_tokenizer(legacy_behaviour=True)
    model = random_model(2, PIECES + 8)
    tensors = state_dict(model, torch.float16)
    shard(folder, 'pytorch_model.bin', tensors, save_checkpoint)
    config = model.config.to_dict()
    config.update(num_beams=3, max_length=MAX_LENGTH, early_stopping=True, decoder_start_token_id=EOS,
                  tokenizer_class='NllbTokenizer', torch_dtype='float16')
    folder.write_json('config.json', config)
    model.load_state_dict({name: tensors[name].float() for name in model.state_dict()})
    model.generation_config = GenerationConfig(bos_token_id=0, pad_token_id=PAD, eos_token_id=EOS, num_beams=3,
                                               decoder_start_token_id=EOS, max_length=MAX_LENGTH, early_stopping=True)
    return folder, model


def nllb_untied(root):
    """Own matrices for encoder, decoder and head; pruned layers; an added language; bfloat16."""
    folder = Folder(root, 'nllb-untied')
    folder.languages['xyz_Latn'] = PIECES + OFFSET + len(LANGUAGES)
    folder.nllb_tokenizer()
    model = random_model(3, PIECES + 12, tie_word_embeddings=False, encoder_layers=3, decoder_layers=1,
                         scale_embedding=False, activation_function='gelu', eos_token_id=[EOS, 7])
    model = model.to(torch.bfloat16)
    model.generation_config.eos_token_id = [EOS, 7]
    model.save_pretrained(folder.path)
    # Loaded anew: the positions are no weights and keep their precision.
    return folder, M2M100ForConditionalGeneration.from_pretrained(folder.path, dtype=torch.float32).eval()


def nllb_json(root):
    """What transformers 5 saves: tokenizer.json and no sentencepiece model."""
    folder = Folder(root, 'nllb-json', rule='nmt_nfkc')
    folder.nllb_tokenizer()
    model = random_model(4, PIECES + 8)
    model.save_pretrained(folder.path)
    tokenizer = NllbTokenizer.from_pretrained(folder.path)
    tokenizer.save_pretrained(folder.path)
    config = json.loads((folder.path / 'tokenizer_config.json').read_text())
    config.pop('added_tokens_decoder', None)
    folder.write_json('tokenizer_config.json', config)
    folder.pieces.unlink()
    return folder, model


def m2m100_ids(folder):
    """vocab.json: pieces in another order than sentencepiece's, with entries that no text gives."""
    pieces = [folder.processor.id_to_piece(i) for i in range(3, PIECES)]
    table = {'<s>': 0, '<pad>': PAD, '</s>': EOS, '<unk>': UNK}
    table.update({piece: 4 + i for i, piece in enumerate(reversed(pieces))})
    table.update({f'never{i}': len(table) + i for i in range(5)})
    return table


def m2m100(root):
    """M2M100: a table of pieces, languages as __xx__ in their published places behind it, the whole
    checkpoint in one .bin."""
    folder = Folder(root, 'm2m100')
    table = m2m100_ids(folder)
    folder.write_json('vocab.json', table)
    folder.write_json('tokenizer_config.json', {'tokenizer_class': 'M2M100Tokenizer'})
    order = ('af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu ha he hi hr '
             'ht hu hy id ig ilo is it ja').split()
    folder.languages = {LANGUAGES[full]: len(table) + order.index(short)
                        for full, short in zip(LANGUAGES, ('de', 'en', 'fr', 'ja', 'es'))}
    folder.encode = lambda text, source, target: (
        [folder.languages[source]] + [table.get(piece, UNK) for piece in folder.processor.encode(text, out_type=str)] + [EOS])
    model = random_model(5, len(table) + 108)
    model.generation_config.num_beams = 5
    model.generation_config.early_stopping = True
    model.generation_config.save_pretrained(folder.path)
    folder.write_json('config.json', model.config.to_dict())
    save_checkpoint(folder.path / 'pytorch_model.bin', state_dict(model))
    return folder, model


def small100(root):
    """SMaLL-100: the target's tag in front of the source, nothing forced."""
    folder = Folder(root, 'small100')
    folder.target_in_source = True
    table = m2m100_ids(folder)
    folder.write_json('vocab.json', table)
    names = [f'__{short}__' for short in M2M100_LANGUAGES]
    folder.languages = dict(zip((LANGUAGES[full] for full in ('deu', 'eng', 'fra', 'jpn', 'spa')),
                                range(len(table), len(table) + 5)))
    folder.write_json('tokenizer_config.json', {'tokenizer_class': 'SMALL100Tokenizer'})
    folder.write_json('added_tokens.json', {name: len(table) + i for i, name in enumerate(names)})
    folder.encode = lambda text, source, target: (
        [folder.languages[target]] + [table.get(piece, UNK) for piece in folder.processor.encode(text, out_type=str)] + [EOS])
    model = random_model(6, len(table) + 5, encoder_layers=3, decoder_layers=1)
    model.save_pretrained(folder.path)
    return folder, model


class Batches:
    """What `generate` of make_goldens calls a tokenizer."""

    def __init__(self, folder, source, target):
        self.folder, self.source, self.target = folder, source, target

    def __call__(self, texts, **_):
        rows = [self.folder.encode(text, self.source, self.target) for text in texts]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])
        return {'input_ids': ids, 'attention_mask': (ids != PAD).long()}

    def convert_tokens_to_ids(self, target):
        return None if self.folder.target_in_source else self.folder.languages[target]


SEARCHES = {
    'greedy': dict(num_beams=1, early_stopping=False),
    'beams4': dict(num_beams=4, early_stopping=False),
    'beams5-always': dict(num_beams=5, early_stopping=True, length_penalty=0.6),
    'beams4-never': dict(num_beams=4, early_stopping='never', length_penalty=1.5),
    'greedy-rules': dict(num_beams=1, early_stopping=False, no_repeat_ngram_size=2, repetition_penalty=1.3),
    'beams4-rules': dict(num_beams=4, early_stopping=False, no_repeat_ngram_size=3, repetition_penalty=1.2),
    'folder': {},
}


def goldens(folder, model):
    margins = Margins(model)
    cases = []
    languages = list(folder.languages)
    texts = sentences('eng')[::7] + sentences('jpn')[::25]
    for i, text in enumerate(texts):
        source, target = languages[i % len(languages)], languages[(i + 1 + i // 5) % len(languages)]
        if source == target:
            target = languages[(i + 3) % len(languages)]
        case = {'text': text, 'source': source, 'target': target, 'source_ids': folder.encode(text, source, target)}
        for name, settings in SEARCHES.items():
            settings = dict(settings)
            beams = settings.pop('num_beams', model.generation_config.num_beams or 1)
            (ids, margin), = generate(model, Batches(folder, source, target), margins, [text], target, beams, **settings)
            case[name] = {'ids': ids, 'margin': round(margin, 7)}
        cases.append(case)
    return cases


def activations(folder, model):
    """The encoder's output and the scores after a fixed prefix, for one batch with padding."""
    source, target = list(folder.languages)[1], list(folder.languages)[3]
    texts = sentences('eng')[:2]
    batch = Batches(folder, source, target)(texts)
    prompt = [EOS] if folder.target_in_source else [EOS, folder.languages[target]]
    encoded = model.model.encoder(**batch).last_hidden_state
    logits = model(**batch, decoder_input_ids=torch.tensor([prompt] * 2)).logits[:, -1]
    return {'sentences': [strip(row) for row in batch['input_ids'].tolist()], 'prompt': prompt,
            'encoder': [[round(x, 6) for x in row] for row in encoded[0, :, :].tolist()],
            'log_probabilities': [[round(x, 6) for x in row] for row in torch.log_softmax(logits, -1).tolist()]}


def padding(model):
    """The scores after each step of a search that has chosen <pad>, as generate() takes them: one step after the other."""
    sentence, steps = [4, 5, 6, 7, EOS], [[EOS], [PAD], [9], [PAD], [PAD], [12]]
    encoded = model.model.encoder(torch.tensor([sentence]))
    cache, scores = None, []
    for step in steps:
        out = model(encoder_outputs=encoded, decoder_input_ids=torch.tensor([step]), past_key_values=cache, use_cache=True)
        cache = out.past_key_values
        scores.append([round(x, 6) for x in torch.log_softmax(out.logits[0, -1], -1).tolist()])
    return {'sentence': sentence, 'steps': steps,
            'log_probabilities': scores}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('models', type=pathlib.Path)
    parser.add_argument('out', type=pathlib.Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(exist_ok=True)
    for make in (nllb, nllb_bin, nllb_untied, nllb_json, m2m100, small100):
        with torch.inference_mode():
            folder, model = make(args.models)
            content = {'activations': activations(folder, model), 'cases': goldens(folder, model)}
            if make is nllb:
                write(args.out / 'padding.json', padding(model))
        write(args.out / f'tiny-{folder.name}.json', content)
        print(folder.name, folder.bytes(), 'bytes', flush=True)


if __name__ == '__main__':
    main()
