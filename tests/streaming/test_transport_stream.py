#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""MPEG-TS with a track a language, by SRT and UDP, as ffmpeg receives it."""

import signal
import socket
import unittest

import suite
from pipeline import Pipeline
from programs import Folder, free_port, need, need_element
from sound import Recorder, check_speech, probe, span


def codecs(file):
    return [stream['codec_name'] for stream in probe(file)['streams']]


def languages(source):
    return [stream['tags']['language'] for stream in probe(source)['streams']]


class TransportStream(unittest.TestCase):
    def setUp(self):
        need('ffmpeg', 'ffmpeg')
        need_element('voaacenc', 'gstreamer1.0-plugins-bad')
        need_element('srtsink', 'gstreamer1.0-plugins-bad')

    def test_srt_receivers_come_and_go(self):
        port = free_port(socket.SOCK_DGRAM)
        with Pipeline('srtsink', ports={7001: port}) as pipeline, Folder() as folder:
            pipeline.tell('Good morning.')
            for turn, text in enumerate(('The meeting starts at nine.', 'Please bring the report.',
                                         'Yesterday I met an old friend on the train.', 'Thank you very much.')):
                file = folder.path(f'{turn}.ts')
                with Recorder(f'srt://127.0.0.1:{port}', file) as receiver:
                    spoken = pipeline.tell(text)
                    receiver.wait_for(span(spoken, 'ja'), 2)
                    receiver.end(signal.SIGKILL)
                self.assertEqual(codecs(file), ['aac', 'aac', 'aac'])
                self.assertEqual(languages(file), ['eng', 'ger', 'jpn'])
                for track, language in enumerate(('en', 'de', 'ja')):
                    check_speech(self, file, track, language, spoken, folder)
            pipeline.check()

    def test_udp(self):
        port = free_port(socket.SOCK_DGRAM)
        with Pipeline('7002', ports={7002: port}) as pipeline, Folder() as folder:
            pipeline.tell('Good morning.')
            with Recorder(f'udp://127.0.0.1:{port}', folder.path('udp.ts')) as receiver:
                spoken = pipeline.tell('The meeting starts at nine.')
                receiver.wait_for(span(spoken, 'ja'), 1)
                receiver.end()
            self.assertEqual(languages(folder.path('udp.ts')), ['fre', 'jpn'])
            for track, language in enumerate(('fr', 'ja')):
                check_speech(self, folder.path('udp.ts'), track, language, spoken, folder)


if __name__ == '__main__':
    suite.main()
