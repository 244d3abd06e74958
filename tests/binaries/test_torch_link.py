# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The module with the backend on libtorch needs every library of libtorch that has devices.

A libtorch with CUDA is large and seldom there, so the rule that links the module also links one
with stand-ins: folders with libraries of the same names and nothing in them.
"""

import argparse
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

parser = argparse.ArgumentParser()
parser.add_argument('--readelf', required=True)
parser.add_argument('--meson', required=True, help='a command line')
parser.add_argument('--rule', type=pathlib.Path, required=True)
parser.add_argument('--module', type=pathlib.Path, help='as it was built, if it was')
parser.add_argument('--prefix', type=pathlib.Path, help="that libtorch's")
arguments = parser.parse_args()

PROJECT = '''
project('stand-in', 'c')
fs = import('fs')
torch_prefix = '{prefix}'
subdir('torch')
torch_dep = declare_dependency(link_args: torch_link_args)
backend = static_library('backend', 'backend.c', dependencies: torch_dep, pic: true)
backend_dep = declare_dependency(link_with: backend, dependencies: torch_dep)
shared_module('module', 'module.c', dependencies: backend_dep, build_rpath: torch_prefix / 'lib')
'''


def needed(path):
    """The libraries that a shared object has the loader look for."""
    output = subprocess.run([arguments.readelf, '-d', path], check=True, capture_output=True,
                            text=True).stdout
    return set(re.findall(r'\(NEEDED\).*\[(.*)\]', output))


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise AssertionError(f'{shlex.join(map(str, command))}:\n{done.stdout}')


def module_with(names):
    """What a module needs that is linked with a libtorch of these libraries."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        libraries = folder / 'prefix' / 'lib'
        libraries.mkdir(parents=True)
        for library in names:
            # Code calls libtorch_cpu and libc10, but nothing of the others.
            source = folder / f'{library}.c'
            source.write_text(f'int call_{library}(void) {{ return 0; }}\n')
            run([*shlex.split(os.environ.get('CC', 'cc')), '-shared', '-fPIC',
                 f'-Wl,-soname,lib{library}.so', '-o', libraries / f'lib{library}.so', source])
        project = folder / 'project'
        (project / 'torch').mkdir(parents=True)
        shutil.copy(arguments.rule, project / 'torch' / 'meson.build')
        (project / 'meson.build').write_text(PROJECT.format(prefix=folder / 'prefix'))
        (project / 'backend.c').write_text(
            'int call_torch_cpu(void);\nint call_c10(void);\nint backend(void);\n'
            'int backend(void) { return call_torch_cpu() + call_c10(); }\n')
        (project / 'module.c').write_text(
            'int backend(void);\nint module(void);\nint module(void) { return backend(); }\n')
        meson = shlex.split(arguments.meson)
        run([*meson, 'setup', folder / 'build', project])
        run([*meson, 'compile', '-C', folder / 'build'])
        return needed(folder / 'build' / 'libmodule.so')


class TorchLink(unittest.TestCase):
    def test_needs_the_library_with_cuda_where_there_is_one(self):
        libraries = module_with(['torch_cpu', 'c10', 'torch_cuda', 'c10_cuda'])
        self.assertLessEqual({'libtorch_cpu.so', 'libc10.so', 'libtorch_cuda.so'}, libraries)

    def test_needs_no_other_where_there_is_none(self):
        libraries = module_with(['torch_cpu', 'c10'])
        self.assertLessEqual({'libtorch_cpu.so', 'libc10.so'}, libraries)
        self.assertNotIn('libtorch_cuda.so', libraries)

    @unittest.skipUnless(arguments.module, 'built without libtorch')
    def test_the_built_module_needs_what_its_libtorch_has(self):
        wanted = {name for name in ('libtorch_cpu.so', 'libc10.so', 'libtorch_cuda.so')
                  if (arguments.prefix / 'lib' / name).exists()}
        libraries = {name for name in needed(arguments.module)
                     if name.startswith(('libtorch', 'libc10'))}
        self.assertEqual(libraries, wanted)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2)
