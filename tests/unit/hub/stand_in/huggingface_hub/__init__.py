# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Stands in for the hub's client where that cannot be installed: the same names, the same places in
the cache, downloads of whole files."""

import json
import os
import types
import urllib.error
import urllib.request

from . import constants, errors


def _open(path):
    if constants.HF_HUB_OFFLINE:
        raise errors.OfflineModeIsEnabled('offline')
    try:
        return urllib.request.urlopen(constants.ENDPOINT + path)
    except urllib.error.HTTPError as error:
        raise errors.RepositoryNotFoundError(str(error)) from error


class HfApi:
    def model_info(self, name, files_metadata):
        assert files_metadata
        with _open('/api/models/' + name) as answer:
            info = json.load(answer)
        siblings = [types.SimpleNamespace(rfilename=file['rfilename'], size=file['size'], lfs=file.get('lfs'))
                    for file in info['siblings']]
        return types.SimpleNamespace(siblings=siblings, card_data=types.SimpleNamespace(**info['cardData']))


def _repository(name):
    return os.path.join(constants.HF_HUB_CACHE, 'models--' + name.replace('/', '--'))


def try_to_load_from_cache(name, file):
    try:
        with open(os.path.join(_repository(name), 'refs', 'main')) as reference:
            path = os.path.join(_repository(name), 'snapshots', reference.read(), file)
    except OSError:
        return None
    return path if os.path.exists(path) else None


def hf_hub_download(name, file, local_files_only=False):
    path = try_to_load_from_cache(name, file)
    if path:
        return path
    if local_files_only:
        raise errors.LocalEntryNotFoundError(file)
    with _open('/%s/resolve/main/%s' % (name, file)) as answer:
        commit = answer.headers['X-Repo-Commit']
        data = answer.read()
    folder = os.path.join(_repository(name), 'snapshots', commit)
    os.makedirs(folder, exist_ok=True)
    os.makedirs(os.path.join(_repository(name), 'refs'), exist_ok=True)
    with open(os.path.join(folder, file), 'wb') as out:
        out.write(data)
    with open(os.path.join(_repository(name), 'refs', 'main'), 'w') as reference:
        reference.write(commit)
    return os.path.join(folder, file)
