#!/bin/sh
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Subtitles (.srt or .vtt) to WebVTT in another language:
#
#     ./translate-subtitles.sh ../text/talk.srt fr talk.fr.vtt
#
# `textsegmenter` joins sentences that run over several cues and parts cues that hold several
# sentences, which is what the model translates best.
exec gst-launch-1.0 filesrc location="$1" \
  ! subparse \
  ! textsegmenter \
  ! nllbtranslate output-language-code="${2:-fr}" \
  ! webvttenc ! filesink location="${3:-out.vtt}"
