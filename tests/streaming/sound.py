# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is heard in a recording: whose speech, where, and where there is none."""

import array
import json
import math
import os
import subprocess

from programs import Program, wait

RATE = 8000
STEP = 80  # samples a value of an envelope: 10 ms
SILENCE = -50  # dB of full scale: no speech is as low
SPEECH = -40  # and each is louder than that somewhere


def probe(source, *options):
    """What ffprobe knows of a file or address; of the two codes that German and French have in ISO 639-2, always the same one."""
    answer = subprocess.run(['ffprobe', '-v', 'error', '-of', 'json', '-show_streams', '-show_format', *options, source],
                            capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    for stream in found['streams']:
        tags = stream.get('tags', {})
        if 'language' in tags:
            tags['language'] = {'deu': 'ger', 'fra': 'fre'}.get(tags['language'], tags['language'])
    return found


class Recorder(Program):
    """Every track of a live stream into a file, as it comes."""

    def __init__(self, source, path):
        super().__init__(['ffmpeg', '-v', 'error', '-analyzeduration', '1000000', '-i', source, '-map', '0', '-c', 'copy',
                          '-flush_packets', '1', path])
        with self.or_end():
            wait(lambda: not self.runs or os.path.exists(path) and os.path.getsize(path) > 1000, f'{source} gives something')
            assert self.runs, self.log
        self.path = path

    def wait_for(self, duration, track=0):
        """Until it has so many seconds since the first speech, and a little silence."""
        wait(lambda: not self.runs or heard(self.path, track) > duration + 0.3, f'{self.path} has the speech')


def decibels(level):
    return 20 * math.log10(max(level, 1e-6))


def envelope(path, track=0):
    """The levels of a sound, 10 ms each; 1 is full scale."""
    raw = subprocess.run(['ffmpeg', '-v', 'error', '-i', path, '-map', f'0:a:{track}', '-ac', '1', '-ar', str(RATE),
                          '-f', 's16le', '-'], capture_output=True, timeout=120, check=True).stdout
    samples = array.array('h', raw[:len(raw) // 2 * 2])
    return [math.sqrt(sum(value * value for value in samples[start:start + STEP]) / STEP) / 32768
            for start in range(0, len(samples) - STEP + 1, STEP)]


def heard(path, track=0):
    """Seconds since the first speech in a recording that goes on; 0 if there is none yet."""
    try:
        levels = envelope(path, track)
    except subprocess.CalledProcessError:
        return 0
    return next((len(levels) - place for place, level in enumerate(levels) if decibels(level) > SPEECH), 0) / 100


def span(spoken, language):
    """How long it takes to say all that in a language."""
    own = [utterance for utterance in spoken if utterance.language == language]
    return own[-1].start + own[-1].duration - own[0].start


def spoken_envelope(utterance, path):
    """The same of a text, as its voice speaks it."""
    subprocess.run(['gst-tts', '--language', utterance.language, '--rate', str(utterance.rate), '--output', path, '--',
                    utterance.text], check=True)
    return envelope(path)


def likeness(part, whole, start):
    """From -1 to 1: the correlation of a sound's levels with those from a place on."""
    there = whole[start:start + len(part)]
    here_mean, there_mean = sum(part) / len(part), sum(there) / len(part)
    product = here = beside = 0.0
    for one, other in zip(part, there):
        product += (one - here_mean) * (other - there_mean)
        here += (one - here_mean) ** 2
        beside += (other - there_mean) ** 2
    return product / math.sqrt(here * beside) if here * beside > 0 else 0.0


def find(part, whole, first=0, last=None):
    """Where a sound is most likely to be in another, from one place to another, and how like it is there."""
    places = len(whole) - len(part) + 1

    def best(starts):
        return max(((likeness(part, whole, start), start) for start in starts if 0 <= start < places), default=(0.0, 0))
    _, near = best(range(first, places if last is None else last, 3))
    return best(range(near - 2, near + 3))


def check_speech(test, recording, track, language, spoken, folder):
    """
    A track holds texts as they were spoken in its language, in order, whole and loud, and nothing else; not what was spoken in
    other languages at that time.
    """
    levels = envelope(recording, track)
    rest, first = list(levels), 0
    own = [utterance for utterance in spoken if utterance.language == language]
    test.assertTrue(own, language)
    for number, utterance in enumerate(own):
        part = spoken_envelope(utterance, folder.path('spoken.wav'))
        alike, start = find(part, levels, first)
        test.assertGreater(alike, 0.9, f'track {track}: "{utterance.text}" is not heard in {len(levels) / 100} s')
        for other in {utterance.language for utterance in spoken} - {language}:
            foreign = [utterance for utterance in spoken if utterance.language == other][number]
            unlike, _ = find(spoken_envelope(foreign, folder.path('spoken.wav')), levels, start - 50, start + 50)
            test.assertLess(unlike, 0.85, f'track {track}, {language}: {other} is heard')
        first = start + len(part)
        test.assertGreater(decibels(max(levels[start:first])), SPEECH, f'track {track}, {language}: speech')
        rest[max(0, start - 10):first + 10] = [0.0] * len(rest[max(0, start - 10):first + 10])
    test.assertLess(decibels(max(rest, default=0)), SILENCE, f'track {track}, {language}: sound before or after a text')
