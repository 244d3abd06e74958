#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes HTML's named character references, which WebVTT has as well, as a C++ table: entities.py OUTPUT"""

import html.entities
import sys


def main():
    names = sorted(name[:-1] for name in html.entities.html5 if name.endswith(';'))
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        out.write('#include "gst-translate/text/entities.h"\n\n#include <iterator>\n\n')
        out.write('namespace gst_translate {\n\n')
        out.write('const std::vector<NamedEntity>& named_entities() {\n')
        # Constants of the compiler's: as the vector's own list they would be two thousand things that it has to construct.
        out.write('  static constexpr NamedEntity table[] = {\n')
        for name in names:
            characters = html.entities.html5[name + ';']
            escaped = ''.join('\\%03o' % byte for byte in characters.encode('utf-8'))
            out.write('      {"%s", "%s"},\n' % (name, escaped))
        out.write('  };\n  static const std::vector<NamedEntity> entities(std::begin(table), std::end(table));\n  return entities;\n}\n\n}  // namespace gst_translate\n')


main()
