#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints the folder that holds libtorch's include/ and lib/, or nothing.

Looks at the torch of the active Python, then of the source folder's .venv. Imports
nothing: importing torch takes seconds.
"""
import importlib.util
import pathlib
import sys


def candidates(source_root):
    try:
        spec = importlib.util.find_spec('torch')
    except (ImportError, ValueError):
        spec = None
    if spec and spec.origin:
        yield pathlib.Path(spec.origin).parent
    yield from pathlib.Path(source_root).glob('.venv/lib/python3*/site-packages/torch')


def main():
    for folder in candidates(sys.argv[1]):
        if (folder / 'include/ATen/ATen.h').exists() and any((folder / 'lib').glob('libtorch_cpu.*')):
            print(folder)
            return


if __name__ == '__main__':
    main()
