# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What is installed exports what its public headers declare, and nothing else.

A symbol is allowed if an installed header declares it with GST_LINGUA_EXPORT, or if it is one of
the entry points by which a plugin or a module is opened. Weak copies of what the headers of C++
and of libtorch define belong to those libraries.
"""

import argparse
import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

parser = argparse.ArgumentParser()
parser.add_argument('--nm', required=True)
parser.add_argument('--meson', required=True, help='a command line')
parser.add_argument('--build', required=True, help='the build folder')
arguments = parser.parse_args()

# Entry points that are looked up by name.
ENTRY_POINTS = {
    'libgst-translate-engine': r'gst_translate_engine_open_\d+',
    'libgst-translate-torch': r'gst_translate_torch_(open|has_accelerator)_\d+',
    'libgsttextsegmenter': r'gst_plugin_textsegmenter_(get_desc|register)',
    'libgstnllbtranslate': r'gst_plugin_nllbtranslate_(get_desc|register)',
    'libgsttranslatespeechbin': r'gst_plugin_translatespeechbin_(get_desc|register)',
    'libgstttssynth': r'gst_plugin_ttssynth_(get_desc|register)',
}
# What linkers and AddressSanitizer put into any shared object.
OF_TOOLS = r'(_edata|_end|__bss_start|_init|_fini)$|__odr_asan'
# Libraries whose headers define functions that every user compiles, by their namespaces.
OF_OTHERS = {
    'libgst-translate-torch': ('std', '__gnu_cxx', 'at', 'c10'),
}


def installed():
    """The installed files where they are built, or lie in the sources."""
    command = [*shlex.split(arguments.meson), 'introspect', '--installed', arguments.build]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # The links to a library have a name alone.
    return [path for path in map(pathlib.Path, json.loads(output)) if path.is_absolute()]


def declared(header):
    """The qualified names that a header declares as exported."""
    text = re.sub(r'//.*', '', header.read_text())
    namespace = re.search(r'^namespace ([\w:]+) \{', text, re.MULTILINE)
    if not namespace:
        return set()
    names = re.findall(r'class GST_LINGUA_EXPORT (\w+)', text)
    names += re.findall(r'(?<!class )GST_LINGUA_EXPORT\s[^;(]*?(\w+)\(', text)
    return {f'{namespace[1]}::{name}' for name in names}


def exported(path):
    """(kind, demangled name) of each symbol that a shared object defines for others."""
    output = subprocess.run([arguments.nm, '-D', '--defined-only', '--demangle', path], check=True,
                            capture_output=True, text=True).stdout
    for line in output.splitlines():
        kind, name = re.fullmatch(r'\S*\s+(\S) (.*)', line).groups()
        if not re.match(OF_TOOLS, name):
            yield kind, name


def is_of_others(kind, name, namespaces):
    # Templates of functions begin with what they return.
    return kind in 'WVu' and re.match(
        rf'(?:(?:guard variable|vtable|typeinfo(?: name)?|VTT)(?: for)? )?(?:[^(]* )?'
        rf'(?:{"|".join(namespaces)})::', name) is not None


FILES = installed()
HEADERS = [path for path in FILES if path.suffix == '.h']
OBJECTS = sorted(path for path in FILES if re.search(r'\.so(\.|$)', path.name))
DECLARED = set().union(*map(declared, HEADERS))


class Exports(unittest.TestCase):
    def test_everything_that_is_public_was_found(self):
        for name in ('gst_translate::Error', 'gst_translate::Segmenter', 'gst_translate::find_language',
                     'gst_translate::open_translator'):
            self.assertIn(name, DECLARED)
        names = {path.name.split('.')[0] for path in OBJECTS}
        self.assertLessEqual({'libgst-translate-text', 'libgst-translate', 'libgst-translate-engine',
                              'libgsttextsegmenter', 'libgstnllbtranslate', 'libgsttranslatespeechbin'}, names)

    def test_nothing_else_is_exported(self):
        public = re.compile(r'(?:(?:vtable|typeinfo(?: name)?) for )?'
                            rf'(?:{"|".join(map(re.escape, sorted(DECLARED)))})(?:\[abi:\w+\])?'
                            r'(?:$|\(|::)')
        for path in OBJECTS:
            name = path.name.split('.')[0]
            entry_point = re.compile(ENTRY_POINTS.get(name, '(?!)'))
            namespaces = OF_OTHERS.get(name, ('std', '__gnu_cxx'))
            for kind, symbol in exported(path):
                with self.subTest(object=path.name, symbol=symbol):
                    self.assertTrue(public.match(symbol) or entry_point.fullmatch(symbol) or
                                    is_of_others(kind, symbol, namespaces), 'is exported')

    def test_each_public_name_is_exported_once(self):
        homes = {name: [] for name in DECLARED}
        for path in OBJECTS:
            symbols = [symbol for kind, symbol in exported(path)]
            for name in DECLARED:
                if any(re.match(rf'{re.escape(name)}(\[abi:\w+\])?(\(|::)', symbol)
                       for symbol in symbols):
                    homes[name].append(path.name)
        self.assertEqual({name: home for name, home in homes.items() if len(home) != 1}, {})


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2)
