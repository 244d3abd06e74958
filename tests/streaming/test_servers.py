#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Streams to the servers that radio and video sites use: nginx with its RTMP module, and Icecast."""

import contextlib
import json
import os
import unittest
import urllib.request
from xml.etree import ElementTree

import suite
from pipeline import Pipeline
from programs import Folder, Program, free_port, need, need_element, seconds, wait
from sound import Recorder, check_speech, probe, span

RTMP_MODULE = '/usr/lib/nginx/modules/ngx_rtmp_module.so'
NGINX = '''
daemon off;
worker_processes 1;
pid nginx.pid;
load_module {module};
events {{ worker_connections 64; }}
rtmp {{ server {{ listen 127.0.0.1:{rtmp}; application live {{ live on; }} }} }}
http {{
  access_log off;
  client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;
  server {{ listen 127.0.0.1:{http}; location / {{ rtmp_stat all; }} }}
}}
'''
ICECAST = '''
<icecast>
  <limits><clients>20</clients><sources>4</sources><burst-on-connect>0</burst-on-connect></limits>
  <authentication>
    <source-password>hackme</source-password><admin-user>admin</admin-user><admin-password>hackme</admin-password>
  </authentication>
  <hostname>127.0.0.1</hostname>
  <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  <paths>
    <logdir>{folder}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot>
  </paths>
  <logging><accesslog>-</accesslog><errorlog>-</errorlog><loglevel>2</loglevel></logging>
  <security><chroot>0</chroot>{owner}</security>
</icecast>
'''


def read(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def nginx(folder, rtmp_port, http_port):
    """nginx, run by whoever runs the test, with all its files in a folder."""
    folder.write('nginx.conf', NGINX.format(module=RTMP_MODULE, rtmp=rtmp_port, http=http_port))
    server = Program(['/usr/sbin/nginx', '-e', 'stderr', '-p', folder.name, '-c', 'nginx.conf'])
    wait(lambda: answers(f'http://127.0.0.1:{http_port}/') or not server.runs, 'nginx answers')
    assert server.runs, server.log
    return server


def answers(address):
    try:
        return read(address)
    except OSError:
        return None


def record(pipeline, files):
    """Has streams, by language (address, file), recorded while something is said; returns what was spoken."""
    with contextlib.ExitStack() as stack:
        receivers = {language: stack.enter_context(Recorder(source, file)) for language, (source, file) in files.items()}
        spoken = pipeline.talk(seconds(1))
        for language, receiver in receivers.items():
            receiver.wait_for(span(spoken, language))
            receiver.end()
    return spoken


class Servers(unittest.TestCase):
    def setUp(self):
        need('ffmpeg', 'ffmpeg')

    def test_rtmp(self):
        need('nginx', 'nginx-light libnginx-mod-rtmp')
        if not os.path.exists(RTMP_MODULE):
            self.skipTest('nginx has no RTMP: apt-get install libnginx-mod-rtmp')
        need_element('voaacenc', 'gstreamer1.0-plugins-bad')
        rtmp, http = free_port(), free_port()
        with Folder() as folder, nginx(folder, rtmp, http), Pipeline('rtmp2sink', ports={1935: rtmp}) as pipeline:
            pipeline.tell('Good morning.')

            def published():
                streams = ElementTree.fromstring(read(f'http://127.0.0.1:{http}/')).iter('stream')
                return sorted(stream.findtext('name') for stream in streams if stream.findtext('bytes_in', '0') > '0')
            wait(lambda: published() == ['de', 'fr'], 'nginx lists both streams')
            files = {language: folder.path(language + '.flv') for language in ('de', 'fr')}
            spoken = record(pipeline, {language: (f'rtmp://127.0.0.1:{rtmp}/live/{language}', file) for language, file in files.items()})
            for language, file in files.items():
                stream, = probe(file)['streams']
                self.assertEqual((stream['codec_name'], stream['sample_rate'], stream['channels']), ('aac', '44100', 1))
                check_speech(self, file, 0, language, spoken, folder)
            pipeline.check()

    def test_icecast(self):
        need('icecast2', 'icecast2')
        need_element('shout2send', 'gstreamer1.0-plugins-good')
        need_element('lamemp3enc', 'gstreamer1.0-plugins-good')
        port = free_port()
        # As root it must be told whom to run as.
        owner = '' if os.geteuid() else '<changeowner><user>nobody</user><group>nogroup</group></changeowner>'
        with Folder() as folder:
            settings = folder.write('icecast.xml', ICECAST.format(port=port, folder=folder.name, owner=owner))
            with Program(['icecast2', '-c', settings]) as server:
                wait(lambda: answers(f'http://127.0.0.1:{port}/status-json.xsl') or not server.runs, 'Icecast answers')
                self.assertTrue(server.runs, server.log)
                with Pipeline('shout2send', ports={8000: port}) as pipeline:
                    pipeline.tell('Good morning.')

                    def mounts():
                        sources = json.loads(read(f'http://127.0.0.1:{port}/status-json.xsl'))['icestats'].get('source', [])
                        return {source['listenurl'].rsplit('/', 1)[1]: source for source in
                                (sources if isinstance(sources, list) else [sources])}
                    wait(lambda: set(mounts()) == {'de.ogg', 'fr.mp3'}, 'Icecast lists both mounts')
                    self.assertEqual(mounts()['de.ogg']['server_name'], 'German')
                    codecs = {'de.ogg': 'opus', 'fr.mp3': 'mp3'}
                    spoken = record(pipeline, {mount[:2]: (f'http://127.0.0.1:{port}/{mount}', folder.path(mount)) for mount in codecs})
                    for mount, codec in codecs.items():
                        file = folder.path(mount)
                        stream, = probe(file)['streams']
                        self.assertEqual(stream['codec_name'], codec)
                        check_speech(self, file, 0, mount[:2], spoken, folder)
                    pipeline.check()


if __name__ == '__main__':
    suite.main()
