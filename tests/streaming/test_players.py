#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What mpv and VLC play of a stream with several languages, where one is asked for."""

import glob
import os
import pwd
import socket
import time
import unittest

import suite
from pipeline import Pipeline
from programs import Folder, Program, free_port, need, need_element, wait
from sound import check_speech

AS_NOBODY = ['runuser', '-u', 'nobody', '--'] if os.geteuid() == 0 else []  # VLC refuses to be root's


class Players(unittest.TestCase):
    def setUp(self):
        need('ffmpeg', 'ffmpeg')
        need_element('voaacenc', 'gstreamer1.0-plugins-bad')
        need_element('srtsink', 'gstreamer1.0-plugins-bad')

    def play(self, command, language):
        """A player that writes what it plays into `played.wav`."""
        port = free_port(socket.SOCK_DGRAM)
        with Folder() as folder, Pipeline('srtsink', ports={7001: port}) as pipeline:
            if os.geteuid() == 0:
                os.chown(folder.name, pwd.getpwnam('nobody').pw_uid, -1)
            pipeline.tell('Good morning.')
            sound = folder.path('played.wav')
            with Program([word.replace('SOUND', sound).replace('SOURCE', f'srt://127.0.0.1:{port}') for word in command],
                         env=dict(os.environ, HOME=folder.name), cwd=folder.name) as player:
                wait(lambda: os.path.exists(sound) or not player.runs, 'it plays')
                spoken = pipeline.tell('Yesterday I met an old friend on the train.')
                time.sleep(1)  # what the player holds
                self.assertTrue(player.runs, player.log)
            pipeline.check()
            check_speech(self, sound, 0, language, spoken, folder)

    def test_mpv(self):
        need('mpv', 'mpv')
        self.play(['mpv', '--no-config', '--vo=null', '--alang=ger', '--ao=pcm', '--ao-pcm-file=SOUND', 'SOURCE'], 'de')

    def test_vlc(self):
        need('cvlc', 'vlc-bin vlc-plugin-base vlc-plugin-access-extra')
        if not glob.glob('/usr/lib/*/vlc/plugins/access/libaccess_srt_plugin.so'):
            self.skipTest('VLC has no SRT: apt-get install vlc-plugin-access-extra')
        self.play([*AS_NOBODY, 'cvlc', '-I', 'dummy', '--no-video', '--audio-language=jpn', '--aout=afile',
                   '--audiofile-file=SOUND', 'SOURCE'], 'ja')


if __name__ == '__main__':
    suite.main()
