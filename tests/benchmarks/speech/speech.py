#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Speech in, speech out, live: how long after the end of each sentence its translation is heard.

English sentences are spoken by flite, which is not what speaks the translation, and played in real
time into a recogniser (examples/transcribers), whose lines go through textsegmenter, nllbtranslate
and ttssynth. Prints when, after the sound of a sentence ended, its text was recognised, its
translation was there, and the first sample of its speech.

In the environment of `./run shell`, with `flite` installed and pocketsphinx in this Python.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import wave

import gi
gi.require_version('Gst', '1.0')
from gi.repository import Gst  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
SENTENCES = ['Good morning everyone.', 'The meeting starts at nine.', 'Please bring the report.', 'The train leaves at ten.',
             'It is raining today.', 'Where is the station?', 'We need more time.', 'Thank you very much.']
SOUND = 'audio/x-raw,format=S16LE,rate=16000,channels=1'


def speak(folder, voice, pause):
    """A WAV file of the sentences, and the seconds at which the sound of each ends."""
    samples, ends = b'', []
    for sentence in SENTENCES:
        file = folder / 'sentence.wav'
        subprocess.run(['flite', '-voice', voice, '-t', sentence, '-o', file], check=True)
        with wave.open(str(file)) as spoken:
            if spoken.getparams()[:3] != (1, 2, 16000):
                sys.exit(f'The voice {voice} does not speak at 16 kHz')
            sound = spoken.readframes(spoken.getnframes())
        loud = max(i for i in range(0, len(sound), 2) if abs(int.from_bytes(sound[i:i + 2], 'little', signed=True)) > 300)
        samples += sound[:loud + 2]
        ends.append(len(samples) / 32000)
        samples += bytes(32 * int(1000 * pause))
    path = folder / 'talk.wav'
    with wave.open(str(path), 'wb') as talk:
        talk.setparams((1, 2, 16000, 0, 'NONE', ''))
        talk.writeframes(samples)
    return path, ends


class Heard:
    """When text and sound passed a pad."""

    def __init__(self, element):
        self.times = []
        element.get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, self.note)

    def note(self, _pad, info):
        self.times.append((time.monotonic(), self.content(info.get_buffer())))
        return Gst.PadProbeReturn.OK

    @staticmethod
    def content(buffer):
        return buffer.extract_dup(0, buffer.get_size()).decode()


class HeardSpeech(Heard):
    @staticmethod
    def content(buffer):
        silent = buffer.has_flags(Gst.BufferFlags.GAP) or not any(buffer.extract_dup(0, buffer.get_size()))
        return None if silent else buffer.pts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--to', default='de')
    parser.add_argument('--voice', default='rms', help='of flite (default: %(default)s)')
    parser.add_argument('--pause', type=float, default=4, help='seconds between two sentences (default: %(default)s)')
    parser.add_argument('--transcriber', default=f'{sys.executable} {ROOT}/examples/transcribers/pocketsphinx_lines.py')
    options = parser.parse_args()
    Gst.init(None)
    with tempfile.TemporaryDirectory() as folder:
        talk, ends = speak(pathlib.Path(folder), options.voice, options.pause)
        transcriber = subprocess.Popen(options.transcriber.split(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        sound = Gst.parse_launch(f'filesrc location={talk} ! wavparse ! {SOUND} ! clocksync name=clock ! fdsink fd={transcriber.stdin.fileno()}')
        text = Gst.parse_launch(f'fdsrc fd={transcriber.stdout.fileno()} do-timestamp=true ! textsegmenter name=segment latency=-1 '
                                f'! nllbtranslate name=translate latency=-1 output-language-code={options.to} '
                                '! ttssynth name=speak latency=-1 fill=gap ! fakesink async=false')
        recognised, translated, spoken = (Heard(text.get_by_name('segment')), Heard(text.get_by_name('translate')),
                                          HeardSpeech(text.get_by_name('speak')))
        began = []
        sound.get_by_name('clock').get_static_pad('src').add_probe(
            Gst.PadProbeType.BUFFER, lambda *_: began.append(time.monotonic()) or Gst.PadProbeReturn.REMOVE)
        text.set_state(Gst.State.PLAYING)
        text.get_state(Gst.CLOCK_TIME_NONE)
        time.sleep(2)  # while the recogniser opens its model
        sound.set_state(Gst.State.PLAYING)
        sound.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
        sound.set_state(Gst.State.NULL)
        transcriber.stdin.close()
        message = text.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
        text.set_state(Gst.State.NULL)
        if message.type == Gst.MessageType.ERROR:
            sys.exit(message.parse_error()[0].message)

    delays = []
    print('s after the end of the sentence: recognised, translated, heard')
    for i, end in enumerate(ends):
        end += began[0]
        until = began[0] + ends[i + 1] if i + 1 < len(ends) else float('inf')
        firsts = []
        for heard in (recognised, translated, spoken):
            firsts.append(next(((at - end, content) for at, content in heard.times if end < at < until and content is not None), None))
        if None in firsts:
            print('   -      -      -   ', SENTENCES[i])
            continue
        delays.append([at for at, _ in firsts])
        print(*(f'{at:6.3f}' for at in delays[-1]), f' {SENTENCES[i]} > {firsts[0][1].strip()} > {firsts[1][1].strip()}')
    if delays:
        print(*(f'{statistics.median(column):6.3f}' for column in zip(*delays)), ' median')
    return len(delays) < len(ends)


if __name__ == '__main__':
    sys.exit(main())
