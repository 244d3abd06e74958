#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes a script as a C++ string: embed.py SCRIPT OUTPUT"""

import sys

script, output = sys.argv[1:]
with open(script, encoding='utf-8') as source, open(output, 'w', encoding='utf-8') as out:
    out.write('#include "gst-translate/tool/fetch.h"\n\n')
    out.write('namespace gst_translate {\n\n')
    out.write('const char* const fetch_script = R"script(%s)script";\n\n' % source.read())
    out.write('}  // namespace gst_translate\n')
