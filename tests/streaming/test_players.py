#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What mpv and VLC play of streams with several languages, where one is asked for."""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import unittest

import suite
from live_program import Program as LiveProgram
from pipeline import Pipeline, Utterance
from programs import Folder, Program, free_port, need, need_element, wait
from sound import check_speech, heard, probe

AS_NOBODY = ['runuser', '-u', 'nobody', '--'] if os.geteuid() == 0 else []  # VLC refuses to be root's
VLC_HAS_SRT = glob.glob('/usr/lib/*/vlc/plugins/access/libaccess_srt_plugin.so')
TEXT = 'Yesterday I met an old friend on the train.'


def mpv(source, language, sound):
    return ['mpv', '--no-config', '--vo=null', '--alang=' + language, '--ao=pcm', '--ao-pcm-file=' + sound, source]


def vlc(source, language, sound):
    return [*AS_NOBODY, 'cvlc', '-I', 'dummy', '--no-video', '--audio-language=' + language, '--aout=afile', '--audiofile-file=' + sound,
            source]


class Players(unittest.TestCase):
    def setUp(self):
        need('ffmpeg', 'ffmpeg')
        need_element('voaacenc', 'gstreamer1.0-plugins-bad')
        need_element('srtsink', 'gstreamer1.0-plugins-bad')

    def check(self, players, tell, folder, patience):
        """
        Each of `players`, (name, command, source, code asked for, language), plays what is then told, in the language that it was
        asked for and nothing else; `patience`: s that a player may be behind.
        """
        if os.geteuid() == 0:
            os.chown(folder.name, pwd.getpwnam('nobody').pw_uid, -1)
        with contextlib.ExitStack() as stack:
            running = {}
            for name, command, source, asked, language in players:
                if shutil.which({mpv: 'mpv', vlc: 'cvlc'}[command]) is None or (command is vlc and source.startswith('srt') and not VLC_HAS_SRT):
                    with self.subTest(name):
                        self.skipTest('not installed: apt-get install mpv vlc-bin vlc-plugin-base vlc-plugin-access-extra')
                    continue
                sound = folder.path(name + '.wav')
                player = stack.enter_context(Program(command(source, asked, sound), env=dict(os.environ, HOME=folder.name),
                                                     cwd=folder.name))
                running[name] = player, sound, language
            for name, (player, sound, _) in running.items():
                wait(lambda: os.path.exists(sound) and os.path.getsize(sound) > 10000 or not player.runs, name + ' plays')
            spoken = tell()
            for name, (player, sound, language) in running.items():
                duration = next(utterance.duration for utterance in spoken if utterance.language == language)
                wait(lambda: not player.runs or heard(sound) > duration + 0.3, f'{name} plays it', patience)
                with self.subTest(name):
                    self.assertTrue(player.runs, player.log)
            for player, *_ in running.values():
                player.end()
        for name, (_, sound, language) in running.items():
            with self.subTest(name):
                check_speech(self, sound, 0, language, spoken, folder)

    def test_a_pipeline_by_srt(self):
        port = free_port(socket.SOCK_DGRAM)
        source = f'srt://127.0.0.1:{port}'
        with Folder() as folder, Pipeline('srtsink', ports={7001: port}) as pipeline:
            pipeline.tell('Good morning.')
            self.check([('mpv', mpv, source, 'ger,deu', 'de'), ('vlc', vlc, source, 'jpn', 'ja')], lambda: pipeline.tell(TEXT), folder, 60)
            pipeline.check()

    def test_gst_lingua_live_by_srt_and_hls(self):
        port = free_port(socket.SOCK_DGRAM)
        source = f'srt://127.0.0.1:{port}'
        with Folder() as folder, LiveProgram('--to', 'de,fr,ja', '--hls', folder.path('hls'), '--srt',
                                             source + '?mode=listener') as program:
            # ffprobe lists first what it hears first; the programme's table is in the order of the PIDs.
            probed = wait(lambda: sorted(probe(source)['streams'], key=lambda stream: int(stream['id'], 16)), 'SRT answers', 60,
                          AssertionError)
            self.assertEqual([(stream['codec_name'], stream['tags']['language']) for stream in probed],
                             [('aac', 'ger'), ('aac', 'fre'), ('aac', 'jpn')])
            self.assertEqual(len({stream['id'] for stream in probed}), 3, 'a PID a language')
            hls = program.address + 'hls/master.m3u8'
            wait(lambda: all(program.get(f'hls/{language}/speech.m3u8').count('#EXTINF') >= 3 for language in ('de', 'fr', 'ja')),
                 'three segments are there', 60, OSError)

            def tell():
                program.say(TEXT + '\n')
                spoken = []
                for language in ('de', 'fr', 'ja'):
                    text = None
                    for name, data in program.events(language):
                        if name == 'caption':
                            text = data['text']
                        if name == 'speech':
                            spoken.append(Utterance(language, text, 1.0, data['start'], data['duration']))
                            break
                return spoken
            self.check([('mpv-srt', mpv, source, 'ger,deu', 'de'), ('vlc-srt', vlc, source, 'jpn', 'ja'),
                        ('mpv-hls', mpv, hls, 'ja', 'ja'), ('vlc-hls', vlc, hls, 'fr', 'fr')], tell, folder, 60)


if __name__ == '__main__':
    suite.main()
