#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""`gst-translate fetch`, against a hub on this machine: with a client that stands in for the hub's
own, and with that itself where pip can install it."""

import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Hub  # noqa: E402

TOOL = os.environ['GST_TRANSLATE_TOOL']
MODELS = os.path.join(os.environ['GST_LINGUA_TEST_DATA'], 'models')
STAND_IN = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'stand_in')
NAME = 'somebody/tiny-nllb'


def files_of(folder):
    found = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), 'rb') as file:
            found[name] = file.read()
    return found


def enlarged(weights, size):
    """The same safetensors with one tensor more, which no layer needs."""
    length, = struct.unpack('<Q', weights[:8])
    header, data = json.loads(weights[8:8 + length]), weights[8 + length:]
    header['padding'] = {'dtype': 'F32', 'shape': [size // 4], 'data_offsets': [len(data), len(data) + size]}
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    return struct.pack('<Q', len(text)) + text + data + bytes(size)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='gst-lingua-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.cache = os.path.join(self.folder, 'hub')
        self.hub = Hub()
        self.addCleanup(self.hub.close)
        self.hub.models[NAME] = files_of(os.path.join(MODELS, 'nllb'))
        self.environment = dict(os.environ, HF_ENDPOINT=self.hub.address, HF_HUB_CACHE=self.cache,
                                HF_HOME=self.folder, HF_HUB_ETAG_TIMEOUT='5', no_proxy='127.0.0.1',
                                NO_PROXY='127.0.0.1', **self.client())
        self.environment.pop('HF_HUB_OFFLINE', None)

    def client(self):
        """Variables that choose the client."""
        raise NotImplementedError

    def run_tool(self, *arguments, **variables):
        environment = dict(self.environment, **variables)
        return subprocess.run([TOOL, *arguments], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)

    def fetch(self, *arguments, **variables):
        return self.run_tool('fetch', '--yes', *(arguments or (NAME,)), **variables)


class Fetching:
    """What holds with each client."""

    def test_a_model_is_there_by_its_name(self):
        self.hub.models[NAME]['README.md'] = b'# Tiny'
        self.hub.models[NAME]['pytorch_model.bin'] = b'x' * 100000  # the same, in the older form
        done = self.fetch()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('licence cc-by-nc-4.0 (not for commercial use); ', done.stderr)
        self.assertRegex(done.stderr, r'[0-9.]+ [kM]B in 5 files, to ' + self.cache)
        self.assertTrue(done.stdout.startswith(self.cache), done.stdout)
        self.assertCountEqual(set(self.hub.fetched()), files_of(os.path.join(MODELS, 'nllb')))
        info = self.run_tool('info', NAME)
        self.assertEqual(info.returncode, 0, info.stderr)
        self.assertIn('NLLB', info.stdout)

        self.hub.requests.clear()
        self.assertEqual(self.fetch().returncode, 0)
        self.assertEqual(self.hub.fetched(), [], 'what is there is not fetched again')

    def test_a_damaged_file_is_not_kept(self):
        self.hub.announced['model.safetensors'] = '0' * 64
        done = self.fetch()
        self.assertEqual(done.returncode, 1)
        self.assertIn('model.safetensors came damaged', done.stderr)
        self.hub.announced.clear()
        self.hub.requests.clear()
        self.assertEqual(self.fetch().returncode, 0)
        self.assertEqual(self.hub.fetched(), ['model.safetensors'])

    def test_a_model_that_there_is_not(self):
        done = self.fetch('somebody/else')
        self.assertEqual(done.returncode, 1)
        self.assertIn('somebody/else: the hub ' + self.hub.address + ' has no such model', done.stderr)
        self.assertNotIn('Traceback', done.stderr)

    def test_a_hub_that_cannot_be_reached(self):
        done = self.fetch(HF_ENDPOINT='http://127.0.0.1:9')
        self.assertEqual(done.returncode, 1)
        self.assertIn('Check the network', done.stderr)
        self.assertNotIn('Traceback', done.stderr)

    def test_without_the_network_only_what_was_fetched(self):
        done = self.fetch(HF_HUB_OFFLINE='1')
        self.assertEqual(done.returncode, 1)
        self.assertIn('is not in the cache ' + self.cache, done.stderr)
        self.fetch()
        self.hub.requests.clear()
        done = self.fetch(HF_HUB_OFFLINE='1')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.hub.requests, [])


class StandIn(Fetching, Case):
    """And what is our own, whatever the client."""

    def client(self):
        return {'GST_LINGUA_HUB_CLIENT': sys.executable, 'PYTHONPATH': STAND_IN}

    def test_shards_are_those_of_the_index(self):
        self.hub.models[NAME] = files_of(os.path.join(MODELS, 'nllb-bin'))
        self.hub.licence = 'mit'
        done = self.fetch()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('licence mit; ', done.stderr)
        self.assertEqual(self.run_tool('info', NAME).returncode, 0)

    def test_another_kind_of_model_is_refused_before_its_weights_come(self):
        self.hub.models[NAME]['config.json'] = b'{"model_type": "bert"}'
        done = self.fetch()
        self.assertEqual(done.returncode, 1)
        self.assertIn('is a model of the kind bert', done.stderr)
        self.assertNotIn('model.safetensors', self.hub.fetched())
        del self.hub.models[NAME]['config.json']
        self.assertIn('has no config.json', self.fetch().stderr)

    def answer(self, text):
        terminal, end = pty.openpty()
        os.write(terminal, text)
        done = subprocess.run([TOOL, 'fetch', NAME], env=self.environment, stdin=end,
                              capture_output=True, text=True)
        os.close(end)
        os.close(terminal)
        return done

    def test_it_asks(self):
        no = self.answer(b'n\n')
        self.assertEqual(no.returncode, 1)
        self.assertIn('Fetch it? [y/N]', no.stderr)
        self.assertIn('Nothing was fetched', no.stderr)
        self.assertNotIn('model.safetensors', self.hub.fetched())
        yes = self.answer(b'y\n')
        self.assertEqual(yes.returncode, 0, yes.stderr)


class OwnClient(Fetching, Case):
    """The environment that the tool makes for itself, once for a build folder."""

    @classmethod
    def setUpClass(cls):
        environment = dict(os.environ, HF_ENDPOINT='http://127.0.0.1:9', PIP_RETRIES='0',
                           PIP_DEFAULT_TIMEOUT='10')
        environment.pop('GST_LINGUA_HUB_CLIENT', None)
        done = subprocess.run([TOOL, 'fetch', '--yes', NAME], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if 'pip could not fetch' in done.stderr or 'module venv' in done.stderr:
            raise unittest.SkipTest('the hub\'s client cannot be installed here: ' + done.stderr)

    def client(self):
        return {'GST_LINGUA_HUB_CLIENT': ''}

    def test_a_broken_download_goes_on_where_it_was(self):
        # The client keeps what came by blocks of 10 MB.
        model = self.hub.models[NAME]
        model['model.safetensors'] = enlarged(model['model.safetensors'], 24 << 20)
        self.hub.cut['model.safetensors'] = 15 << 20
        for _ in range(2):  # the client may try again by itself
            done = self.fetch()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([file for file, _ in self.hub.ranges], ['model.safetensors'])
        self.assertEqual(self.run_tool('info', NAME).returncode, 0)


class CommandLine(Case):
    def client(self):
        return {'XDG_CACHE_HOME': self.folder, 'GST_LINGUA_HUB_CLIENT': ''}

    def test_what_makes_no_sense(self):
        for arguments, message in ((['fetch'], 'the name of one model'),
                                   (['fetch', 'a/b', 'c/d'], 'the name of one model'),
                                   (['fetch', 'tiny'], '"tiny" is no name of the hub'),
                                   (['fetch', '--yes', '../b'], '"../b" is no name of the hub'),
                                   (['fetch', NAME], '--yes is missing')):
            done = self.run_tool(*arguments)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(message, done.stderr)
        self.assertEqual(self.hub.requests, [])
        self.assertEqual(os.listdir(self.folder), [])

    def test_without_python(self):
        done = self.fetch(PATH=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn('There is no python3', done.stderr)
        done = self.fetch(GST_LINGUA_HUB_CLIENT='/nonexistent/python')
        self.assertEqual(done.returncode, 1)
        self.assertIn('/nonexistent/python: there is no such Python', done.stderr)

    def test_without_pip(self):
        done = self.fetch(PIP_INDEX_URL='http://127.0.0.1:9/', PIP_RETRIES='0', PIP_CONFIG_FILE=os.devnull,
                          PIP_EXTRA_INDEX_URL='', PIP_FIND_LINKS='')
        self.assertEqual(done.returncode, 1)
        self.assertIn('hub-client.log', done.stderr)
        self.assertRegex(done.stderr, 'pip could not fetch|module venv')

    def test_a_python_without_the_client(self):
        os.mkdir(os.path.join(self.folder, 'nothing'))
        with open(os.path.join(self.folder, 'nothing', 'huggingface_hub.py'), 'w') as module:
            module.write('raise ImportError("no client")\n')
        done = self.fetch(GST_LINGUA_HUB_CLIENT=sys.executable,
                          PYTHONPATH=os.path.join(self.folder, 'nothing'))
        self.assertEqual(done.returncode, 1)
        self.assertIn('has no client of the hub', done.stderr)


if __name__ == '__main__':
    unittest.main()
