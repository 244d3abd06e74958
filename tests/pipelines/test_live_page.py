#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The page of gst-lingua-live in Chromium, without a window. GST_LINGUA_PICTURES names a folder for pictures of it."""

import os
import sys
import time
import unittest

import chromium
from live_program import Program

PICTURES = os.environ.get('GST_LINGUA_PICTURES')
TALK = os.path.join(os.environ['GST_LINGUA_SOURCE'], 'examples/text/talk.srt')

LINES = '''[...document.querySelectorAll('#transcript li')].map(
  (line) => [Number(line.dataset.id), Number(line.dataset.start), Number(line.dataset.position)])'''
LAST_CAPTION = 'document.querySelector("#captions p:last-child")?.firstChild.textContent'


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = chromium.Chromium()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def setUp(self):
        self.browser.size(1100, 800)
        self.browser.prefer(prefers_color_scheme='light', prefers_reduced_motion='reduce')

    def picture(self, name):
        if PICTURES:
            self.browser.picture(os.path.join(PICTURES, name + '.png'))

    def check_layout(self):
        """Nothing is wider than the window, and what can be pressed is large enough for a finger."""
        self.assertLessEqual(self.browser.value('document.documentElement.scrollWidth - innerWidth'), 0)
        self.assertGreaterEqual(
            self.browser.value('Math.min(...[...document.querySelectorAll("button:not([hidden]), select")].map(b => b.getBoundingClientRect().height))'), 40)

    def test_captions_appear_with_their_speech(self):
        browser = self.browser
        with Program('--to', 'de,fr,ja', '--loop', '--title', 'The bundled talk', TALK) as program:
            begun = time.monotonic()
            browser.open(program.address + '?language=de&sound=yes&original=yes')
            browser.wait('document.querySelector("#audio").currentTime > 0 && !document.querySelector("#audio").paused')
            browser.wait(LAST_CAPTION)
            print(f'plays after {time.monotonic() - begun:.1f} s')
            start, position = time.monotonic(), browser.value('document.querySelector("#audio").currentTime')
            lines = browser.wait('(lines => lines.filter(line => line[1] && line[2]).length > 3 && lines)(%s)' % LINES, 30)
            # It plays on, and near what is made now.
            played = browser.value('document.querySelector("#audio").currentTime') - position
            wall = time.monotonic() - start
            behind = browser.value('(audio => audio.buffered.end(audio.buffered.length - 1) - audio.currentTime)(document.querySelector("#audio"))')
            skew = max(abs(shown - spoken) for _, spoken, shown in lines if spoken and shown)
            print(f'played {played:.1f} s of {wall:.1f}, {behind:.2f} s behind, captions within {1000 * skew:.0f} ms of their speech')
            # What is better where nothing else runs is for ./run bench live to say.
            self.assertGreater(played, 0.5 * wall - 0.5)
            self.assertLess(behind, 4)
            self.assertLess(skew, 0.5)
            self.assertEqual([line[0] for line in lines], sorted(line[0] for line in lines))
            self.check_layout()
            self.assertEqual(browser.value('document.querySelector("#state").textContent'), 'Live')
            self.picture('live-page')
            browser.prefer(prefers_color_scheme='dark')
            self.assertEqual(browser.value('getComputedStyle(document.body).backgroundColor'), 'rgb(16, 18, 21)')

            # Another language is there soon, and its sound.
            begun = time.monotonic()
            browser.value('''(menu => { menu.value = 'ja'; menu.dispatchEvent(new Event('change')); })(document.querySelector('#language'))''')
            browser.wait('document.querySelector("#captions").lang === "ja" && %s' % LAST_CAPTION)
            browser.wait('!document.querySelector("#audio").paused && document.querySelector("#audio").currentTime > 1')
            print(f'another language after {time.monotonic() - begun:.1f} s')
            self.assertRegex(browser.value(LAST_CAPTION), '[\u3040-\u30ff\u4e00-\u9fff]')
            browser.size(390, 844, 1.5, True)
            self.check_layout()
            self.picture('live-phone-ja')

    def test_scripts_of_the_world(self):
        browser = self.browser
        browser.size(390, 844, 1.5, True)
        for language, text, direction, letter in (
                ('ar', 'صباح الخير جميعاً. يبدأ الاجتماع في التاسعة. شكراً جزيلاً لكم.', 'rtl', '[\u0600-\u06ff]'),
                ('ru', 'Доброе утро всем. Собрание начинается в девять. Большое спасибо.', 'ltr', '[\u0400-\u04ff]'),
                ('hi', 'सभी को सुप्रभात। बैठक नौ बजे शुरू होती है। बहुत धन्यवाद।', 'ltr', '[\u0900-\u097f]')):
            with self.subTest(language), Program('--from', language, '--to', language, '--silent') as program:
                browser.open(program.address + '?language=' + language)
                browser.wait('document.querySelector("#state").textContent === "Live"')
                program.say(text + '\n')
                browser.wait('document.querySelectorAll("#captions p").length === 3')
                self.assertRegex(browser.value(LAST_CAPTION), letter)
                self.assertEqual(browser.value('[document.querySelector("#captions").lang, document.querySelector("#captions").dir]'),
                                 [language, direction])
                self.assertEqual(browser.value('getComputedStyle(document.querySelector("#captions p")).direction'), direction)
                self.check_layout()
                self.picture('live-phone-' + language)

    def test_keyboard_and_screen_reader(self):
        browser = self.browser
        with Program('--to', 'de') as program:
            browser.open(program.address + '?language=de')
            browser.wait('document.querySelector("#state").textContent === "Live"')
            nodes = browser.call('Accessibility.getFullAXTree')['nodes']
            named = {(node['role']['value'], node.get('name', {}).get('value')) for node in nodes if not node['ignored']}
            for expected in (('heading', 'Live translation'), ('combobox', 'Language'), ('button', 'Sound'), ('button', 'Original'),
                             ('log', 'Captions'), ('link', 'SRT'), ('list', 'All that was said')):
                self.assertIn(expected, named)

            def press(key, code, text=''):
                for kind in ('keyDown', 'keyUp'):
                    browser.call('Input.dispatchKeyEvent', type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                                 **({'text': text} if text and kind == 'keyDown' else {}))

            for _ in range(3):  # the link to the captions, the menu, the sound
                press('Tab', 9)
            self.assertEqual(browser.value('document.activeElement.id'), 'sound')
            press('Enter', 13, '\r')
            browser.wait('document.querySelector("#sound").getAttribute("aria-pressed") === "true" && !document.querySelector("#audio").paused')
            press('Enter', 13, '\r')
            browser.wait('document.querySelector("#sound").getAttribute("aria-pressed") === "false"')
            self.assertNotIn(browser.value('getComputedStyle(document.activeElement).outlineStyle'), ('', 'none'))

    def test_connects_again_and_says_so(self):
        browser = self.browser
        program = Program('--to', 'de')
        with program:
            browser.open(program.address + '?language=de&sound=yes')
            program.say('Good morning. ')
            browser.wait(LAST_CAPTION)
            program.end()
            browser.wait('document.querySelector("#state").textContent.includes("Trying again")')
        with Program('--to', 'de', port=program.port) as again:
            browser.wait('document.querySelector("#state").textContent === "Live"')
            again.say('Thank you very much. ')
            browser.wait('%s?.includes("Dank")' % LAST_CAPTION)
            # What another run said is no part of this transcript.
            self.assertEqual(browser.value('document.querySelectorAll("#transcript li").length'), 1)
            browser.wait('!document.querySelector("#audio").paused && document.querySelector("#audio").currentTime > 0')

    def test_says_when_the_talk_has_ended(self):
        with Program('--to', 'de') as program:
            self.browser.open(program.address + '?language=de')
            self.browser.wait('document.querySelector("#state").textContent === "Live"')
            program.say('Good morning.')
            program.process.stdin.close()
            self.browser.wait('document.querySelector("#state").textContent.includes("has ended")')
            self.assertTrue(self.browser.value('document.querySelector("#sound").disabled'))

    def test_text_is_text(self):
        with Program('--from', 'en', '--to', 'en', '--silent', '--title', '<img src=x onerror=alert(1)>') as program:
            self.browser.open(program.address + '?language=en')
            self.browser.wait('document.querySelector("#state").textContent === "Live"')
            program.say('Look at <script>document.title = 1</script> & <b>this</b>.\n')
            self.browser.wait(LAST_CAPTION)
            self.assertIn('<script>', self.browser.value(LAST_CAPTION))
            self.assertEqual(self.browser.value('document.querySelectorAll("#captions b, #captions script, h1 img").length'), 0)

    def test_token_is_asked_for_once(self):
        with Program('--to', 'de', token='a secret') as program:
            self.assertTrue(program.address.endswith('?token=a%20secret'), program.address)
            self.browser.open(program.address + '&language=de&sound=yes')
            self.browser.wait('document.querySelector("#state").textContent === "Live"')
            program.say('Good morning. ')
            self.browser.wait(LAST_CAPTION)
            self.browser.wait('document.querySelector("#audio").currentTime > 0')
            # It stays neither in the address nor within reach of scripts.
            self.assertNotIn('secret', self.browser.value('location.href + document.cookie'))

    def test_captions_alone(self):
        with Program('--to', 'de', '--silent') as program:
            self.browser.open(program.address + '?language=de&view=captions')
            program.say('Good morning. ')
            self.browser.wait(LAST_CAPTION)
            self.assertEqual(self.browser.value('getComputedStyle(document.body).backgroundColor'), 'rgba(0, 0, 0, 0)')
            self.assertEqual(self.browser.value('getComputedStyle(document.querySelector("header")).display'), 'none')

    def test_browser_without_media_source_extensions(self):
        script = self.browser.call('Page.addScriptToEvaluateOnNewDocument',
                                   source='delete window.MediaSource; delete window.ManagedMediaSource; '
                                          'HTMLMediaElement.prototype.canPlayType = () => "";')['identifier']
        try:
            with Program('--to', 'de') as program:
                self.browser.open(program.address + '?language=de&sound=yes')
                self.browser.wait('document.querySelector("#state").textContent.includes("cannot play the speech")')
                program.say('Good morning. ')
                self.browser.wait(LAST_CAPTION)
        finally:
            self.browser.call('Page.removeScriptToEvaluateOnNewDocument', identifier=script)


if __name__ == '__main__':
    if not chromium.PROGRAM:
        print('Chromium is not installed')
        sys.exit(77)  # skipped
    unittest.main(verbosity=2)
