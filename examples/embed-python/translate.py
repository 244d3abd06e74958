#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Translates the lines of the standard input as they come, into several languages at once.

How a Python program uses the elements: the model is shared by all languages, each translation
arrives as a message on the bus, and nothing of gst-lingua is imported.

    ./run shell -- python3 examples/embed-python/translate.py de fr ja
"""
import sys

import gi
gi.require_version('Gst', '1.0')
from gi.repository import GLib, Gst  # noqa: E402


def make_pipeline(languages):
    """One source pad a language, each with a sink that waits for nobody."""
    pipeline = Gst.parse_launch('fdsrc ! textsegmenter ! nllbtranslate name=translate')
    translate = pipeline.get_by_name('translate')
    translate.set_property('output-language-code', languages[0])
    pads = [translate.get_static_pad('src')]
    for language in languages[1:]:
        pads.append(translate.request_pad_simple('src_%u'))
        pads[-1].set_property('language-code', language)
    for pad in pads:
        sink = Gst.ElementFactory.make('fakesink')
        sink.set_property('async', False)
        pipeline.add(sink)
        pad.link(sink.get_static_pad('sink'))
    return pipeline


def main():
    Gst.init(None)
    pipeline = make_pipeline(sys.argv[1:] or ['de', 'fr', 'es', 'ja'])
    loop = GLib.MainLoop()
    failures = []

    def on_message(_bus, message):
        structure = message.get_structure()
        if message.type == Gst.MessageType.EOS:
            loop.quit()
        elif message.type == Gst.MessageType.ERROR:
            failures.append(message.parse_error()[0].message)
            loop.quit()
        elif structure and structure.get_name() == 'nllbtranslate/raw':
            print(structure.get_string('language-code'), structure.get_string('translation'),
                  flush=True)

    bus = pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect('message', on_message)
    pipeline.set_state(Gst.State.PLAYING)
    try:
        loop.run()
    finally:
        pipeline.set_state(Gst.State.NULL)
    for failure in failures:
        print(failure, file=sys.stderr)
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main())
