#!/bin/sh
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Text on the standard input, speech in another language into a WAV file:
#
#     echo "The meeting starts at nine. Please bring the report." | ./speak.sh ja out.wav
#
# `textsegmenter` makes sentences of the bytes as they come, so a program that writes now and then
# is spoken now and then; `ttssynth` follows the language of the translation by itself.
exec gst-launch-1.0 fdsrc \
  ! textsegmenter \
  ! nllbtranslate output-language-code="${1:-ja}" \
  ! ttssynth \
  ! wavenc ! filesink location="${2:-out.wav}"
