#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the lists of segment/languages as C++ strings: embed.py OUTPUT LIST..."""

import os
import sys


def main():
    output, *paths = sys.argv[1:]
    with open(output, 'w', encoding='utf-8') as out:
        out.write('#include "gst-translate/segment/language_lists.h"\n\n')
        out.write('namespace gst_translate::segment {\n\n')
        out.write('const std::vector<LanguageList>& language_lists() {\n')
        out.write('  static const std::vector<LanguageList> lists = {\n')
        for path in paths:
            name = os.path.splitext(os.path.basename(path))[0]
            with open(path, encoding='utf-8') as f:
                out.write('      {"%s", R"list(%s)list"},\n' % (name, f.read()))
        out.write('  };\n  return lists;\n}\n\n}  // namespace gst_translate::segment\n')


main()
