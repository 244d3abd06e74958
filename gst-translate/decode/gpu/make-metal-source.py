#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes one text in the Metal Shading Language of metal_kernels.h and what it includes.

    make-metal-source.py SOURCE_ROOT METAL_FILE HEADER_FILE

HEADER_FILE has the same text as strings of C++. Two things are said otherwise in Metal:
- `thread` and `half` are words of its language, so what kernels call by these names has others;
- constants outside of functions are `constant`.
"""
import pathlib
import re
import sys

FOLDER = 'gst-translate/decode/gpu/'
OTHER_DEVICES = ('cuda_', 'emulated_')
METAL = ('metal_kernels.h', 'metal_prelude.h', 'metal_thread.h')


def translate(line):
    line = re.sub(r'\b(thread|half)\b', r'our_\1', line)
    line = re.sub(r'^(?=constexpr \w+ \w+(<\w+>)? =)', 'constant ', line)
    return re.sub(r'^( +)static (?=constexpr \w+ \w+ =)', r'\1static constant ', line)


def inline(root, name, done):
    """The lines of a header without comments, each header that it includes in place of the first
    line that asks for it."""
    if name in done:
        return []
    done.add(name)
    text = (root / FOLDER / name).read_text(encoding='utf-8')
    text = re.sub(r'^ *//.*\n|  +//.*$', '', text, flags=re.M)
    lines = []
    for line in text.splitlines():
        included = re.match(r'#include "' + FOLDER + r'(.*)"', line)
        if included and not included[1].startswith(OTHER_DEVICES):
            lines += inline(root, included[1], done)
        elif line and not included and line != '#pragma once':
            lines.append(line if name in METAL else translate(line))
    return lines


def main():
    root, metal, header = sys.argv[1:]
    lines = inline(pathlib.Path(root), 'metal_kernels.h', set())
    text = '\n'.join(lines) + '\n'
    assert text.isascii(), 'libtorch takes ASCII only'
    pathlib.Path(metal).write_text(text, encoding='ascii')
    # A line a string: compilers limit how long one literal may be.
    quoted = '\n'.join(f'    R"metal({line})metal" "\\n"' for line in lines)
    pathlib.Path(header).write_text(
        '#pragma once\n\nnamespace gst_translate::gpu {\n\n'
        f'inline constexpr char metal_source[] =\n{quoted};\n\n}}  // namespace gst_translate::gpu\n',
        encoding='ascii')


if __name__ == '__main__':
    main()
