#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A live picture with captions, which goes on while nobody speaks."""

import shutil
import subprocess
import unittest

import suite
from pipeline import Pipeline
from programs import Folder, need, need_element, wait
from sound import check_speech, probe


def times(file, kind):
    """When the packets of the first picture, sound or text begin."""
    return [float(packet['pts_time']) for packet in probe(file, '-select_streams', kind + ':0', '-show_packets')['packets']]


def captions(file, track):
    return subprocess.run(['ffmpeg', '-v', 'error', '-i', file, '-map', f'0:s:{track}', '-f', 'srt', '-'],
                          capture_output=True, text=True, check=True).stdout


class Picture(unittest.TestCase):
    def test_goes_on_with_captions(self):
        need('ffmpeg', 'ffmpeg')
        need_element('vp8enc', 'gstreamer1.0-plugins-good')
        with Folder() as folder, Pipeline('matroskamux', cwd=folder.name) as pipeline:
            spoken = pipeline.tell('Thank you very much.')
            file = folder.path('so-far.mkv')

            def goes_on():
                """4 s of picture and sound behind the last caption."""
                shutil.copy(folder.path('live.mkv'), file)
                caption, picture, sound = (times(file, kind) for kind in 'sva')
                return caption and min(picture[-1], sound[-1]) > caption[-1] + 4
            wait(goes_on, 'picture and sound go on')
            pipeline.check()
            self.assertEqual([(stream['codec_name'], stream.get('tags', {}).get('language'))
                              for stream in probe(file)['streams'][1:]], [('opus', 'ger'), ('subrip', 'ger'), ('subrip', 'fre')])
            self.assertIn('Dank', captions(file, 0))
            self.assertIn('erci', captions(file, 1))
            check_speech(self, file, 0, 'de', spoken, folder)
            picture = times(file, 'v')
            self.assertLess(max(after - before for before, after in zip(picture, picture[1:])), 1)


if __name__ == '__main__':
    suite.main()
