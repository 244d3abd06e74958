#!/usr/bin/python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""dub.py FILE LANGUAGE: dubs the subtitles in FILE, into LANGUAGE.wav and LANGUAGE.vtt.

Prints each translation as a line of JSON when it is there. It needs python3-gi and gir1.2-gstreamer-1.0.
"""

import json
import sys

import gi

gi.require_version('Gst', '1.0')
from gi.repository import Gst  # noqa: E402


def main():
    if len(sys.argv) != 3:
        sys.exit('Usage: dub.py FILE LANGUAGE')
    file, language = sys.argv[1:]
    Gst.init(None)
    pipeline = Gst.parse_launch('filesrc name=file ! subparse ! translatespeechbin name=bin segment=false')
    translate = pipeline.get_by_name('bin')
    pipeline.get_by_name('file').set_property('location', file)
    for kind, elements, suffix in ('audio', 'wavenc', 'wav'), ('text', 'webvttenc', 'vtt'):
        output = Gst.parse_bin_from_description(f'{elements} ! filesink location="{language}.{suffix}"', True)
        pipeline.add(output)
        if not translate.link_pads(f'{kind}_{language}', output, 'sink'):
            sys.exit(f'There is no {kind} in "{language}".')
    translate.get_by_name(f'ttssynth-{language}').set_property('rate', 1.1)

    pipeline.set_state(Gst.State.PLAYING)
    bus = pipeline.get_bus()
    wanted = Gst.MessageType.ELEMENT | Gst.MessageType.ERROR | Gst.MessageType.EOS
    try:
        while True:
            message = bus.timed_pop_filtered(Gst.CLOCK_TIME_NONE, wanted)
            said = message.get_structure()
            if message.type == Gst.MessageType.ERROR:
                sys.exit(message.parse_error()[0].message)
            if message.type == Gst.MessageType.EOS:
                return
            if said.has_name('nllbtranslate/raw'):
                fields = {name: said.get_value(name) for name in (
                    'text', 'translation', 'source-language-code', 'language-code', 'start-time', 'duration')}
                print(json.dumps(fields, ensure_ascii=False), flush=True)
    finally:
        pipeline.set_state(Gst.State.NULL)


main()
