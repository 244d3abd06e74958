#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Live HLS of gst-lingua-live, as Chromium, ffprobe and GStreamer's own player play it, through talk and silence."""

import array
import html
import math
import os
import statistics
import subprocess
import threading
import time
import unittest

import chromium
import suite
from live_program import Program
from programs import Folder, need, need_element, seconds, wait

try:
    import gi
    gi.require_version('Gst', '1.0')
    from gi.repository import Gst
except (ImportError, ValueError):
    Gst = None

LANGUAGES = ('en', 'de', 'fr', 'ja')
SENTENCES = ('Good morning, everyone.', 'The meeting starts at nine.', 'Please bring the report.', 'Thank you very much.',
             'It was raining this morning.', 'Where is the next station?', 'I would like a glass of water.')
RATE = 16000
LOUD = 0.02  # of full scale
LENGTH = seconds(8)  # of talk, silence and talk again
SILENCE = min(60, LENGTH / 2)
LONG = LENGTH > 60
AIM = 0.1 if LONG else 0.5  # s: a browser is late where others have much to do
PACE = 3  # s from one sentence to the next
SENTENCES_IN_A_ROW = max(1, int((LENGTH - SILENCE) / 2 / PACE))
LISTEN = '''(codes => {
  window.players = codes.map(code => {
    const player = { code, audio: new Audio(`hls/${code}/master.m3u8`), waits: 0, onsets: [], loud: 0 };
    const context = new AudioContext(), analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaElementSource(player.audio).connect(analyser).connect(context.destination);
    player.audio.addEventListener('waiting', () => player.audio.currentTime > 1 && player.waits++);
    const samples = new Float32Array(1024);
    setInterval(() => {  // when sound begins after silence, in the player's time
      analyser.getFloatTimeDomainData(samples);
      const now = player.audio.currentTime;
      if (Math.max(...samples.map(Math.abs)) < 0.02) return;
      if (now - player.loud > 0.4) player.onsets.push(now);
      player.loud = now;
    }, 20);
    player.audio.play();
    return player;
  });
})'''
STATE = '''window.players.map(player => ({ code: player.code, time: player.audio.currentTime, waits: player.waits,
  error: player.audio.error?.message, duration: String(player.audio.duration), onsets: player.onsets }))'''
LINES = '''[...document.querySelectorAll('#transcript li')].map(line => [Number(line.dataset.start), Number(line.dataset.position)])'''


class Listener(threading.Thread):
    """What the events of the page say of a language: (id, text, start of its speech, its end) of each sentence."""

    def __init__(self, program, language):
        super().__init__(daemon=True)
        self.program, self.language = program, language
        self.texts, self.speech, self.now = {}, {}, 0
        self.start()

    def run(self):
        try:
            for name, data in self.program.events(self.language):
                if name == 'caption':
                    self.texts[data['id']] = data['text']
                elif name == 'speech':
                    self.speech[data['id']] = (data['start'], data['start'] + data['duration'])
                elif name in ('hello', 'clock'):
                    self.now = data['now']
        except OSError:
            pass

    def sentences(self):
        return [(number, self.texts[number], *self.speech[number]) for number in sorted(self.speech) if number in self.texts]


class Player:
    """playbin3, which plays HLS by hlsdemux2: when captions and sound come, in the player's time."""

    def __init__(self, address):
        self.captions, self.onsets, self.last_loud, self.end, self.longest = [], [], None, 0.0, 0.0
        self.arrived = time.monotonic()
        self.pipeline = Gst.parse_launch(f'playbin3 uri={address} flags=0x16')
        sound = Gst.parse_bin_from_description(
            f'audioconvert ! audioresample ! appsink name=sink emit-signals=true caps=audio/x-raw,format=S16LE,rate={RATE},channels=1',
            True)
        self.pipeline.set_property('audio-sink', sound)
        sound.get_by_name('sink').connect('new-sample', self.take_sound)
        text = Gst.ElementFactory.make('appsink')
        text.set_property('emit-signals', True)
        text.set_property('caps', Gst.Caps.from_string('text/x-raw'))
        text.connect('new-sample', self.take_text)
        self.pipeline.set_property('text-sink', text)
        self.pipeline.set_state(Gst.State.PLAYING)

    @staticmethod
    def running_time(sample):
        return sample.get_segment().to_running_time(Gst.Format.TIME, sample.get_buffer().pts) / 1e9

    def take_text(self, sink):
        sample = sink.emit('pull-sample')
        buffer = sample.get_buffer()
        text = html.unescape(buffer.extract_dup(0, buffer.get_size()).decode().strip())
        self.captions.append((self.running_time(sample), text))
        return Gst.FlowReturn.OK

    def take_sound(self, sink):
        sample = sink.emit('pull-sample')
        buffer, start = sample.get_buffer(), self.running_time(sample)
        self.longest = max(self.longest, time.monotonic() - self.arrived)
        self.arrived = time.monotonic()
        samples = array.array('h', buffer.extract_dup(0, buffer.get_size()))
        for at in range(0, len(samples), 80):  # 5 ms
            if max(map(abs, samples[at:at + 80])) > LOUD * 32768:
                now = start + at / RATE
                if self.last_loud is None or now - self.last_loud > 0.4:
                    self.onsets.append(now)
                self.last_loud = now
        self.end = start + len(samples) / RATE
        return Gst.FlowReturn.OK

    def error(self):
        message = self.pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR)
        return message.parse_error() if message else None

    def stop(self):
        self.pipeline.set_state(Gst.State.NULL)


def after_silence(sentences):
    """Those that begin when nothing was heard for a while."""
    return [new for old, new in zip([None, *sentences], sentences) if old is None or new[2] - old[3] > 0.6]


def most(values):
    return max(map(abs, values), default=math.inf)


def nearest(places, place):
    return min(places, key=lambda other: abs(other - place), default=math.inf)


def matched(places, starts):
    """By how much each start differs from the nearest place, but for what they all differ by, which is not known."""
    best = []
    for place in places:
        offset = place - starts[0]
        differences = [nearest(places, start + offset) - start - offset for start in starts]
        middle = statistics.median(differences)
        differences = [difference - middle for difference in differences]
        if most(differences) < most(best):
            best = differences
    return best


class Hls(unittest.TestCase):
    def setUp(self):
        need('ffprobe', 'ffmpeg')
        need_element('hlsdemux2', 'gstreamer1.0-plugins-good (1.22)')
        need_element('faad', 'gstreamer1.0-plugins-bad')
        need_element('voaacenc', 'gstreamer1.0-plugins-bad')
        if Gst is None:
            self.skipTest('no GStreamer in Python: apt-get install python3-gi gir1.2-gstreamer-1.0')
        if not chromium.PROGRAM:
            self.skipTest('Chromium is not installed: apt-get install chromium')
        Gst.init(None)

    def test_captions_and_speech_go_on_together_in_every_player(self):
        with Folder() as folder, Program('--from', 'en', '--to', ','.join(LANGUAGES), '--hls', folder.name) as program, \
                chromium.Chromium() as browser:
            listeners = {language: Listener(program, language) for language in LANGUAGES}
            program.say(SENTENCES[0] + '\n')
            wait(lambda: program.get('hls/ja/speech.m3u8').count('#EXTINF') >= 3, 'three segments are there', 60, OSError)

            tracks = subprocess.run(['ffprobe', '-v', 'error', '-show_entries', 'stream_tags=language', '-of', 'csv=p=0',
                                     f'{program.address}hls/master.m3u8'], capture_output=True, text=True, check=True, timeout=60).stdout
            self.assertEqual(sorted(tracks.split()), sorted(LANGUAGES))

            browser.open(program.address + '?language=de&sound=yes')
            browser.value(f'{LISTEN}({list(LANGUAGES)})')
            players = {language: Player(f'{program.address}hls/{language}/master.m3u8') for language in LANGUAGES}
            browser.wait('window.players.every(player => player.audio.currentTime > 0)', 60)
            begun, before = time.monotonic(), {player['code']: player['time'] for player in browser.value(STATE)}

            # Talk, silence, talk.
            said = 0

            def talk():
                nonlocal said
                for _ in range(SENTENCES_IN_A_ROW):
                    said += 1
                    program.say(SENTENCES[said % len(SENTENCES)] + '\n')
                    time.sleep(PACE)
            talk()
            time.sleep(SILENCE)
            talk()

            sentences = {}  # what was said since they play
            for language, listener in listeners.items():
                wait(lambda: len(listener.sentences()) == said + 1, f'every sentence is spoken in {language}')
                sentences[language] = listener.sentences()[1:]

            def in_chromium():
                """By how much the speech of each sentence is elsewhere than at its time."""
                return {player['code']: matched(player['onsets'], [start for *_, start, _ in after_silence(sentences[player['code']])])
                        for player in browser.value(STATE)}
            heard = self.last(in_chromium, AIM)
            wall = time.monotonic() - begun
            for state in browser.value(STATE):
                language, played = state['code'], state['time'] - before[state['code']]
                print(f"Chromium, {language}: played {played:.1f} s of {wall:.1f}, waited {state['waits']} times; speech of "
                      f'{len(heard[language])} sentences within {1000 * most(heard[language]):.0f} ms of its time')
                self.assertIsNone(state.get('error'), language)
                self.assertEqual(state['duration'], 'Infinity')
                self.assertLess(most(heard[language]), AIM, language)
                if LONG:
                    self.assertGreater(played, 0.95 * wall, language)
                    self.assertEqual(state['waits'], 0, language)
            shown = [position - start for start, position in browser.value(LINES) if start and position]
            print(f'Chromium, the page: {len(shown)} captions within {1000 * most(shown):.0f} ms of their speech')
            self.assertLess(most(shown), AIM)

            for language, player in players.items():
                texts = [text for _, text, *_ in sentences[language]]
                wait(lambda: player.captions and player.captions[-1][1] == texts[-1], f'hlsdemux2 has the captions in {language}')
                self.assertEqual([text for _, text in player.captions[-said:]], texts, language)
                times = {number: when for (when, _), (number, *_) in zip(player.captions[-said:], sentences[language])}
                late = matched(list(times.values()), [start for *_, start, _ in sentences[language]])
                starts = [times[number] for number, *_ in after_silence(sentences[language])]
                skews = self.last(lambda: {language: [nearest(player.onsets, start) - start for start in starts]}, AIM)[language]
                print(f'hlsdemux2, {language}: {said} captions within {1000 * most(late):.0f} ms of their times, the speech of '
                      f'{len(skews)} within {1000 * most(skews):.0f} ms of them, sound at least every {player.longest:.2f} s')
                player.stop()
                self.assertIsNone(player.error(), language)
                self.assertLess(most(late), 0.02 if LONG else AIM, language)
                self.assertLess(most(skews), AIM, language)

            # Silence has files, which hold nothing.
            silent = [name for name in os.listdir(folder.path('de')) if name.endswith('.vtt')
                      and '-->' not in folder.read(f'de/{name}')]
            print(f'{len(silent)} files of captions without one')
            self.assertGreaterEqual(len(silent), min(SILENCE // 2, 3))

    def last(self, measure, aim, timeout=60):
        """What it measures once all is within the aim, else at last: players are behind."""
        end = time.monotonic() + timeout
        while True:
            found = measure()
            if all(most(values) < aim for values in found.values()) or time.monotonic() > end:
                return found
            time.sleep(0.2)


if __name__ == '__main__':
    suite.main()
