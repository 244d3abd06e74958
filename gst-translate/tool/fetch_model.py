# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fetches a model into the hub's cache with the hub's own client: fetch_model.py NAME ask|yes

Run by `gst-translate fetch`, in a Python that has huggingface_hub. Exit status: 0 if the model is
there, 1 if not.
"""

import hashlib
import json
import os
import shutil
import sys

# What stands in the folder where somebody works is no module of ours.
sys.path = [folder for folder in sys.path if folder]

SMALL_FILES = [
    'config.json',
    'generation_config.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'added_tokens.json',
    'tokenizer.json',
    'sentencepiece.bpe.model',
    'vocab.json',
]
# As gst-translate looks for them (gst-translate/model/weights.cpp).
WEIGHTS = [
    ('model.safetensors', 'model.safetensors.index.json'),
    ('pytorch_model.bin', 'pytorch_model.bin.index.json'),
]


class Failure(Exception):
    """What is wrong and what to do, for the user."""


def say(text):
    print('gst-translate: ' + text, file=sys.stderr, flush=True)


def readable(size):
    for unit, scale in (('GB', 1e9), ('MB', 1e6)):
        if size >= scale:
            return '%.1f %s' % (size / scale, unit)
    return '%d kB' % max(1, round(size / 1e3))


class Model:
    """A model on the hub."""

    def __init__(self, client, name):
        self.client, self.name = client, name
        info = client.HfApi().model_info(name, files_metadata=True)
        self.files = {file.rfilename: file for file in info.siblings}
        card = info.card_data
        self.licence = getattr(card, 'license', None) or 'not stated'
        if isinstance(self.licence, list):
            self.licence = ', '.join(self.licence)

    def size(self, files):
        return sum(self.files[file].size or 0 for file in files)

    def fetch(self, file):
        return self.client.hf_hub_download(self.name, file)

    def read(self, file):
        with open(self.fetch(file), encoding='utf-8') as stream:
            return json.load(stream)

    def weights(self):
        """The files with weights, the index of shards included."""
        for whole, index in WEIGHTS:
            if whole in self.files:
                return [whole]
            if index in self.files:
                return [index] + sorted(set(self.read(index)['weight_map'].values()))
        raise Failure('%s has no weights that gst-lingua can read (%s).' %
                      (self.name, ', '.join(whole for whole, _ in WEIGHTS)))

    def needed(self):
        """All that is to be fetched. Reads config.json and the index, and nothing large."""
        if 'config.json' not in self.files:
            raise Failure('%s is no model: it has no config.json.' % self.name)
        kind = self.read('config.json').get('model_type')
        if kind != 'm2m_100':
            raise Failure('%s is a model of the kind %s; gst-lingua reads NLLB, M2M100 and SMaLL-100 '
                          '(m2m_100).' % (self.name, kind))
        needed = [file for file in SMALL_FILES if file in self.files] + self.weights()
        for file in needed:
            if file not in self.files:
                raise Failure('%s lacks the file %s, which its index names.' % (self.name, file))
        return needed

    def check(self, file, path):
        """A damaged file is removed, so that it is fetched again."""
        entry = self.files[file]
        good = entry.size is None or os.path.getsize(path) == entry.size
        lfs = entry.lfs
        expected = (lfs.get('sha256') if isinstance(lfs, dict) else lfs.sha256) if lfs else None
        if good and expected:
            digest = hashlib.sha256()
            with open(path, 'rb') as stream:
                for block in iter(lambda: stream.read(1 << 20), b''):
                    digest.update(block)
            good = digest.hexdigest() == expected
        if not good:
            for part in {os.path.realpath(path), path}:  # a link into the cache, and what it names
                os.remove(part)
            raise Failure('%s came damaged and was removed; the same command fetches it again.' % file)


def check_space(cache, size):
    folder = cache
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    free = shutil.disk_usage(folder).free
    if free < size * 1.02:
        raise Failure('%s has %s left, and the model takes %s. HF_HUB_CACHE names another folder.' %
                      (folder, readable(free), readable(size)))


def is_wanted(ask):
    if not ask:
        return True
    print('Fetch it? [y/N] ', end='', file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ('y', 'yes')


def fetch(client, name, ask):
    try:
        model = Model(client, name)
    except client.errors.OfflineModeIsEnabled:
        client.hf_hub_download(name, 'config.json', local_files_only=True)
        say('HF_HUB_OFFLINE is set: %s is as it was fetched.' % name)
        return
    files = model.needed()
    size = model.size(files)
    cache = client.constants.HF_HUB_CACHE
    remark = ' (not for commercial use)' if 'nc' in model.licence.lower().split('-') else ''
    say('%s: licence %s%s; %s in %d files, to %s' %
        (name, model.licence, remark, readable(size), len(files), cache))
    paths = {}
    missing = []
    for file in files:
        found = client.try_to_load_from_cache(name, file)
        if isinstance(found, str):
            paths[file] = found
        else:
            missing.append(file)
    if missing and not is_wanted(ask):
        raise Failure('Nothing was fetched.')
    check_space(cache, model.size(missing))
    for file in files:
        if file in missing and not sys.stderr.isatty():
            say('%s, %s' % (file, readable(model.files[file].size or 0)))
        paths[file] = model.fetch(file)
    for file, path in paths.items():
        model.check(file, path)


def import_client():
    # The client is asked for what went wrong, and tells the rest to nobody.
    os.environ.setdefault('HF_HUB_VERBOSITY', 'error')
    os.environ.setdefault('HF_HUB_DISABLE_TELEMETRY', '1')
    if not sys.stderr.isatty():
        os.environ.setdefault('HF_HUB_DISABLE_PROGRESS_BARS', '1')
    import huggingface_hub
    import huggingface_hub.constants
    import huggingface_hub.errors
    return huggingface_hub


def first_line(error):
    lines = str(error).strip().splitlines()
    return '%s: %s' % (type(error).__name__, lines[0]) if lines else type(error).__name__


def main():
    name, how = sys.argv[1:]
    try:
        client = import_client()
    except ImportError as error:
        say('The Python %s has no client of the hub (%s).' % (sys.executable, error))
        return 1
    errors = client.errors
    try:
        fetch(client, name, how == 'ask')
        return 0
    except Failure as failure:
        say(str(failure))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        say('Stopped. The same command goes on where this one was.')
    except errors.GatedRepoError:
        say('%s is given out on conditions: accept them at %s/%s, and set HF_TOKEN to a token of '
            'yours.' % (name, client.constants.ENDPOINT, name))
    except errors.RepositoryNotFoundError:
        say('%s: the hub %s has no such model, or shows it only to some: set HF_TOKEN then.' %
            (name, client.constants.ENDPOINT))
    except errors.LocalEntryNotFoundError:
        say('%s is not in the cache %s, and the hub %s was not asked or not reached. Check the '
            'network and HF_HUB_OFFLINE; HF_ENDPOINT names a mirror.' %
            (name, client.constants.HF_HUB_CACHE, client.constants.ENDPOINT))
    except Exception as error:  # whatever the client's own libraries throw
        say('%s was not fetched from %s (%s). Check the network, then again: what is there is kept. '
            'HF_ENDPOINT names a mirror.' % (name, client.constants.ENDPOINT, first_line(error)))
    return 1


sys.exit(main())
