# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""./run keeps what a build folder is configured with, by whomever, until something else is asked for, and names
all that is missing where it cannot install it."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))

# The functions of ./run, which installs and configures nothing here but says with what it would.
CONFIGURE = '''
set -euo pipefail
caller=$PWD root=$PWD
for part in steps torch build; do . "scripts/$part.sh"; done
install_packages() { :; }
has_gpu() { false; }
step() { printf '%s\\n' "$@"; }
build=$1
eval "$2"
configure build
'''

# What there is on a system that ./run does not know, of which nothing is installed but libraries in $1.
NAME_MISSING = '''
set -euo pipefail
for part in steps build packages; do . "scripts/$part.sh"; done
export PKG_CONFIG_LIBDIR=$1
name_missing build
'''


class NameMissing(unittest.TestCase):
    def test_all_is_named_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / 'espeak-ng.pc').write_text('Name: espeak-ng\nDescription: speech\nVersion: 1.51\n')
            run = subprocess.run(['bash', '-c', NAME_MISSING, 'bash', folder], cwd=SOURCE, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(run.returncode, 1)
        missing = run.stderr.split('This is missing: ')[1].splitlines()[0].split()
        self.assertLessEqual({'gstreamer-1.0', 'icu-i18n', 'sentencepiece', 'libsoup-3.0'}, set(missing))
        self.assertFalse({'espeak-ng', 'python3', 'gtest'} & set(missing), missing)
        self.assertIn('package manager', run.stderr)


class Configure(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def configured(self, **options):
        """As meson leaves a folder, with these options among all those that it knows."""
        values = {'prefix': '/usr/local', 'tests': 'auto', 'torch': 'disabled', 'torch-prefix': '', 'espeak': 'auto',
                  'mecab': 'auto', 'debug': True, 'b_sanitize': 'none', 'cuda-architectures': ['80', '90']}
        values.update({name.replace('_', '-'): value for name, value in options.items()})
        build = pathlib.Path(self.folder.name)
        (build / 'meson-info').mkdir(exist_ok=True)
        (build / 'build.ninja').touch()
        (build / 'meson-info' / 'intro-buildoptions.json').write_text(
            json.dumps([{'name': name, 'value': value} for name, value in values.items()]))

    def asked_for(self, asked=''):
        """What meson is asked for, as a set; empty where it is not called."""
        environment = {name: value for name, value in os.environ.items() if name != 'TORCH_PREFIX'}
        output = subprocess.run(['bash', '-c', CONFIGURE, 'bash', self.folder.name, asked], cwd=SOURCE,
                                env=environment, check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout
        return {line for line in output.splitlines() if line.startswith('-')}

    def test_a_fresh_folder_has_the_defaults(self):
        self.assertLessEqual({'-Dtests=disabled', '-Dtorch=disabled', '-Ddebug=false', '-Dprefix=/usr/local'},
                             self.asked_for())

    def test_what_is_configured_stays(self):
        self.configured(tests='enabled')
        self.assertEqual(self.asked_for(), set())
        self.configured(tests='enabled', debug=False, espeak='enabled', mecab='enabled', prefix='/opt/mine')
        self.assertEqual(self.asked_for(), set())

    def test_what_is_asked_for_changes_and_nothing_else(self):
        self.configured(tests='disabled', prefix='/opt/mine')
        asked = self.asked_for('tests=enabled')
        self.assertLessEqual({'--reconfigure', '-Dtests=enabled', '-Dprefix=/opt/mine', '-Ddebug=true'}, asked)
        self.configured(tests='enabled')
        self.assertLessEqual({'--reconfigure', '-Dprefix=/opt/other', '-Dtests=enabled'},
                             self.asked_for('prefix=/opt/other'))


if __name__ == '__main__':
    unittest.main()
