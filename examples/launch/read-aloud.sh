#!/bin/sh
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Reads a text file aloud in another language:
#
#     ./read-aloud.sh ../text/book.txt ja
#
# Sentence n+1 is translated while sentence n is spoken; the queues between the elements are
# bounded, so a long book needs no more memory than a short one.
exec gst-launch-1.0 filesrc location="$1" \
  ! textsegmenter \
  ! nllbtranslate output-language-code="${2:-ja}" \
  ! ttssynth \
  ! autoaudiosink
