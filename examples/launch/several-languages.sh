#!/bin/sh
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# One text spoken in three languages at once, one WAV file each:
#
#     ./several-languages.sh ../text/book.txt
#
# The model reads each sentence once and writes all its translations in one batch. A language
# belongs to a source pad, hence `t::src_0::language-code`.
exec gst-launch-1.0 filesrc location="$1" ! textsegmenter \
  ! nllbtranslate name=t output-language-code=de src_0::language-code=fr src_1::language-code=es \
  t.src ! queue ! ttssynth ! wavenc ! filesink location=out.de.wav \
  t.src_0 ! queue ! ttssynth ! wavenc ! filesink location=out.fr.wav \
  t.src_1 ! queue ! ttssynth ! wavenc ! filesink location=out.es.wav
