#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Speech in, text out: English sound on the standard input, a line for each thing said on the output.

Any recogniser that does this plugs into gst-lingua. This one is CMU Sphinx, since `pip install
--prefer-binary pocketsphinx` brings its model along and it is quick on any processor; others hear
better. It knows no punctuation: a pause ends a sentence, and gets a full stop.

The sound is 16 kHz, one channel, 16 bit signed in this machine's byte order.
"""
import sys

from pocketsphinx import Decoder, Endpointer


def spoken(sound, pause=0.3):
    """What was said between two pauses, in turn. A pause has `pause` s of silence or more."""
    endpointer = Endpointer(window=pause)
    decoder = Decoder(samprate=endpointer.sample_rate, loglevel='FATAL')
    while frame := sound.read(endpointer.frame_bytes):
        was_speech = endpointer.in_speech
        whole = len(frame) == endpointer.frame_bytes
        speech = endpointer.process(frame) if whole else endpointer.end_stream(frame)
        if speech is None:
            continue
        if not was_speech:
            decoder.start_utt()
        decoder.process_raw(speech)
        if not endpointer.in_speech:
            decoder.end_utt()
            if decoder.hyp() and decoder.hyp().hypstr:
                yield decoder.hyp().hypstr
    if endpointer.in_speech:
        decoder.end_utt()
        if decoder.hyp() and decoder.hyp().hypstr:
            yield decoder.hyp().hypstr


def main():
    for text in spoken(sys.stdin.buffer):
        print(text[0].upper() + text[1:] + '.', flush=True)


if __name__ == '__main__':
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
