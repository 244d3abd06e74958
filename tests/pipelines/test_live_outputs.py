#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What gst-lingua-live writes and sends besides its page, read by programs that are not ours."""

import array
import glob
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from live_program import Program

TALK = os.path.join(os.environ['GST_LINGUA_SOURCE'], 'examples/text/talk.srt')
LOUD = 1500


def needs(*programs):
    missing = [program for program in programs if not shutil.which(program)]
    return unittest.skipIf(missing, ', '.join(missing) + ' is not installed')


def run(*command, timeout=120):
    return subprocess.run(command, check=True, capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL).stdout


def streams(address):
    """(codec, language) of each sound track, as ffprobe sees them."""
    found = json.loads(run('ffprobe', '-v', 'error', '-analyzeduration', '2M', '-select_streams', 'a', '-show_streams',
                           '-of', 'json', address))['streams']
    return [(stream['codec_name'], stream['tags']['language']) for stream in found if 'language' in stream.get('tags', {})]


def sound(address, *options):
    """Samples, 16000 a second."""
    return array.array('h', run('ffmpeg', '-v', 'error', '-i', address, *options, '-ac', '1', '-ar', '16000', '-f', 's16le', '-'))


def free_port():
    with socket.socket() as found:
        found.bind(('127.0.0.1', 0))
        return found.getsockname()[1]


def seconds(timestamp):
    hours, minutes, rest = timestamp.split(':')
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


class Outputs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='gst-lingua-live-')
        self.addCleanup(shutil.rmtree, self.folder)

    def cues(self, language):
        """(start, end, text) in all WebVTT files, in order."""
        found = []
        files = glob.glob(os.path.join(self.folder, language, 'captions-*.vtt'))
        for path in sorted(files, key=lambda name: int(re.search(r'(\d+)\.vtt', name)[1])):
            with open(path, encoding='utf-8') as file:
                text = file.read()
            self.assertTrue(text.startswith('WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:324000000,LOCAL:00:00:00.000\n'), path)
            found += [(seconds(start), seconds(end), line) for start, end, line in re.findall(r'(\S+) --> (\S+)\n(.*)', text)]
        return found, files

    def test_hls_has_each_caption_once_with_its_speech(self):
        with Program('--to', 'de,ja', '--hls', self.folder) as program:
            said = {}
            events = program.events('de')
            next(data for name, data in events if name == 'clock')
            program.say('Good morning, everyone. The meeting starts at nine. ')
            for name, data in events:
                if name == 'speech':
                    said[data['id']] = data['start']
                if name == 'clock' and data['now'] > 9:  # a long silence
                    break
            program.say('Thank you very much. ')
            for name, data in events:
                if name == 'speech':
                    said[data['id']] = data['start']
                if name == 'clock' and data['now'] > 12.5:
                    break
            served = program.get('hls/de/captions.m3u8')
            self.assertIn('captions-', served)
            self.assertIn('#EXT-X-STREAM-INF', program.get('hls/master.m3u8'))
            with self.assertRaises(Exception):
                program.get('hls/de/captions')
        cues, files = self.cues('de')
        self.assertEqual(len(cues), 3)
        for (start, end, text), spoken in zip(cues, said.values()):
            self.assertAlmostEqual(start, spoken, delta=0.3)
            self.assertGreater(end, start + 0.5)
        self.assertIn('Morgen', cues[0][2])
        self.assertGreaterEqual(len(files), 5)  # silence has files, too
        self.assertRegex(self.cues('ja')[0][1][2], '[\u3040-\u30ff\u4e00-\u9fff]')
        for playlist in ('de/speech.m3u8', 'de/captions.m3u8'):
            with open(os.path.join(self.folder, playlist), encoding='utf-8') as file:
                self.assertIn('#EXT-X-ENDLIST', file.read())

        if not shutil.which('ffmpeg'):
            self.skipTest('ffmpeg is not installed: the sound was not looked at')
        self.assertEqual(streams(os.path.join(self.folder, 'master.m3u8')), [('aac', 'de'), ('aac', 'ja')])
        whole = os.path.join(self.folder, 'whole.ts')
        with open(whole, 'wb') as out:
            for path in sorted(glob.glob(os.path.join(self.folder, 'de', 'speech-*.ts'))):
                with open(path, 'rb') as part:
                    out.write(part.read())
        begin = float(run('ffprobe', '-v', 'error', '-show_entries', 'format=start_time', '-of', 'csv=p=0', whole)) - 3600
        samples = sound(whole)
        for start in (cues[0][0], cues[2][0]):  # those behind silence
            at = int((start - begin - 0.5) * 16000)
            onset = next(i for i in range(at, len(samples)) if abs(samples[i]) > LOUD)
            self.assertAlmostEqual(onset / 16000 + begin, start, delta=0.1)

    @needs('icecast2', 'ffprobe', 'ffmpeg')
    def test_icecast_has_a_mount_a_language_and_may_come_later(self):
        port = free_port()
        os.chmod(self.folder, 0o777)
        with open(os.path.join(self.folder, 'icecast.xml'), 'w', encoding='utf-8') as file:
            file.write('''<icecast>
                <limits><clients>20</clients><sources>5</sources></limits>
                <authentication><source-password>secret</source-password></authentication>
                <hostname>localhost</hostname>
                <listen-socket><port>%d</port><bind-address>127.0.0.1</bind-address></listen-socket>
                <paths><basedir>%s</basedir><logdir>%s</logdir><webroot>/usr/share/icecast2/web</webroot>
                  <adminroot>/usr/share/icecast2/admin</adminroot></paths>
                <logging><errorlog>error.log</errorlog></logging>
                <security><changeowner><user>nobody</user><group>nogroup</group></changeowner></security>
                </icecast>''' % (port, self.folder, self.folder))
        with Program('--to', 'de,ja', '--loop', '--icecast', 'http://source:secret@127.0.0.1:%d/talk-{language}.ogg' % port, TALK) as program:
            time.sleep(1)  # nobody is there
            server = subprocess.Popen(['icecast2', '-c', os.path.join(self.folder, 'icecast.xml')],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                address = 'http://127.0.0.1:%d/talk-%%s.ogg' % port
                for _ in range(600):
                    time.sleep(0.1)
                    if subprocess.run(['ffprobe', '-v', 'quiet', address % 'ja'], check=False).returncode == 0:
                        break
                self.assertGreater(max(map(abs, sound(address % 'de', '-t', '6'))), LOUD)
                self.assertIn('opus', run('ffprobe', '-v', 'error', '-show_streams', address % 'ja').decode())
            finally:
                server.terminate()
                server.wait()
            program.get('languages')  # goes on without it


if __name__ == '__main__':
    unittest.main(verbosity=2)
