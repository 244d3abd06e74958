#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether what Metal's compiler is given is valid, as far as that can be known without it.

    test_metal_source.py CLANG METAL_FILE

Clang's C++ for OpenCL has the address spaces of Metal, and nearly the same rules for them: no
pointer or reference of one is one of another. What a pointer says that names none differs: here it
is generic, in Metal it is an error, so it is looked for in what clang has understood. `this` is
generic here, too, and a thread's own in Metal, which is said where a part of it is passed on.
"""
import pathlib
import re
import subprocess
import sys
import unittest

CLANG, METAL_FILE = sys.argv[1:3]
SHIM = pathlib.Path(__file__).parent
OPTIONS = ['-x', 'clcpp', '-cl-std=clc++2021', '-target', 'spir64', '-fsyntax-only', '-D__METAL_VERSION__=310',
           f'-I{SHIM}', '-Wall', '-Wextra', '-Werror', '-Wno-unknown-attributes', '-Wno-unused-parameter',
           '-Wno-unused-const-variable']


def complaints(text):
    """What is wrong with a text; nothing where it is valid."""
    text = re.sub(r'(?<== )arguments;', 'own(arguments);', text)
    text = text.replace('(*this,', '(own(*this),')
    clang = [CLANG, *OPTIONS, '-']
    found = subprocess.run(clang, input=text, capture_output=True, text=True)
    if found.returncode != 0:
        return found.stderr
    tree = subprocess.run([*clang, '-Xclang', '-ast-dump'], input=text, capture_output=True, text=True).stdout
    # What clang makes by itself has no name.
    generic = re.compile(r'(?:Parm|Var|Field)\w*Decl .* (?!used|referenced|part)(\w+) \'[^\']*__generic')
    return '\n'.join(f'{match[1]} names no memory' for match in map(generic.search, tree.splitlines()) if match)


class MetalSource(unittest.TestCase):
    text = pathlib.Path(METAL_FILE).read_text(encoding='ascii')

    def with_fault(self, right, wrong):
        self.assertIn(right, self.text)
        return complaints(self.text.replace(right, wrong))

    def test_is_valid(self):
        self.assertEqual(complaints(self.text), '')

    def test_another_memory_is_found(self):
        self.assertIn('changes address space', self.with_fault(
            'GST_GPU_GLOBAL const T* row = a.table', 'GST_GPU_SHARED const T* row = a.table').replace(
                'cannot initialize a variable', 'changes address space'))

    def test_a_pointer_without_memory_is_found(self):
        self.assertIn('row names no memory', self.with_fault('GST_GPU_GLOBAL const T* row = a.table', 'const T* row = a.table'))

    def test_what_is_not_in_the_language_is_found(self):
        self.assertNotEqual(self.with_fault('const int slot = our_thread.block_x();', 'throw 1;'), '')
        self.assertNotEqual(self.with_fault('const int slot = our_thread.block_x();', 'const int slot = *new int(0);'), '')


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
