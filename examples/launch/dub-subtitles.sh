#!/bin/sh
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Subtitles (.srt or .vtt) to a spoken track that keeps their timeline:
#
#     ./dub-subtitles.sh ../text/talk.srt de talk.de.ogg
#
# There is no `textsegmenter` here: a cue is translated as one piece, and its speech starts at
# the cue's time.
exec gst-launch-1.0 filesrc location="$1" \
  ! subparse \
  ! nllbtranslate output-language-code="${2:-de}" \
  ! ttssynth \
  ! audioconvert ! opusenc ! oggmux ! filesink location="${3:-out.ogg}"
