#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/webrtc in Chromium: a browser hears and reads what is said, by WebRTC."""

import os
import subprocess
import sys
import time
import unittest

import chromium
import suite
from programs import need, need_element

EXAMPLE = os.path.join(os.environ['GST_LINGUA_SOURCE'], 'examples/webrtc/listen.py')

STATISTICS = '''(async () => {
  const found = {};
  for (const report of (await peer.getStats()).values())
    if (report.type === 'inbound-rtp') Object.assign(found, {
      packets: report.packetsReceived, lost: report.packetsLost, jitter: report.jitter, energy: report.totalAudioEnergy,
      concealed: report.concealedSamples - report.silentConcealedSamples });
  return found;
})()'''
# Notes when sound begins behind silence, and when captions come.
WATCH = '''(() => {
  const context = new AudioContext(), analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(document.querySelector('#sound').srcObject).connect(analyser);
  const samples = new Float32Array(1024);
  window.seen = { onsets: [], captions: [] };
  let loud = 0;
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    if (Math.max(...samples.map(Math.abs)) < 0.02) return;
    if (performance.now() - loud > 400) seen.onsets.push(performance.now());
    loud = performance.now();
  }, 10);
  new MutationObserver(() => seen.captions.push(performance.now())).observe(document.querySelector('#captions'), { childList: true });
})()'''
CAPTIONS = '[...document.querySelectorAll("#captions p")].map(line => line.textContent)'


class WebRtc(unittest.TestCase):
    def setUp(self):
        if not chromium.PROGRAM:
            self.skipTest('Chromium is not installed: apt-get install chromium')
        need('gst-inspect-1.0', 'gstreamer1.0-tools')
        need_element('nicesrc', 'gstreamer1.0-nice')
        need_element('webrtcbin', 'gstreamer1.0-plugins-bad')
        try:
            import gi
            gi.require_version('GstWebRTC', '1.0')
        except (ImportError, ValueError):
            self.skipTest('no WebRTC in Python: apt-get install python3-gi gir1.2-gst-plugins-bad-1.0')
        self.process = subprocess.Popen([sys.executable, EXAMPLE, '--to', 'de,fr', '--port', '0'], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        self.address = self.process.stdout.readline().strip()

    def end(self):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdin.close()
        self.process.stdout.close()

    def say(self, text):
        self.process.stdin.write(text + '\n')
        self.process.stdin.flush()

    def test_a_browser_hears_and_reads(self):
        self.say('Good morning, everyone.')
        with chromium.Chromium() as browser:
            browser.open(self.address)
            begun = time.monotonic()
            browser.value('listen()')
            browser.wait('peer.connectionState === "connected"')
            print(f'connected within {time.monotonic() - begun:.1f} s')
            browser.wait(STATISTICS + '.then(found => found.packets > 50)')
            count = browser.value(CAPTIONS + '.length')
            browser.value(WATCH)
            texts = ['The meeting starts at nine.', 'Please bring the report.', 'Thank you very much.']
            for text in texts:
                self.say(text)
            captions = browser.wait(f'(found => found.length === {count + 3} && found)({CAPTIONS})')[count:]
            for caption, word in zip(captions, ('neun', 'Bericht', 'Dank')):
                self.assertIn(word, caption)
            browser.wait('seen.onsets.length > 0')
            time.sleep(3)
            seen = browser.value('seen')
            print(f"first sound {seen['onsets'][0] - seen['captions'][0]:.0f} ms after its caption")
            found = browser.value(STATISTICS)
            print(found)
            self.assertEqual(found['lost'], 0, found)
            self.assertGreater(found['energy'], 0.001, found)

            # One that goes without a word leaves the others alone.
            with chromium.Chromium() as other:
                other.open(self.address)
                other.value('listen()')
                other.wait('peer.connectionState === "connected"')
                other.process.kill()
            self.say('Thank you very much.')
            browser.wait(f'{CAPTIONS}[{count + 3}]')
            packets = browser.value(STATISTICS)['packets']
            browser.wait(STATISTICS + f'.then(found => found.packets > {packets + 100})')

            # Another language: the old peer leaves, the new one has its own.
            count = browser.value(CAPTIONS + '.length')
            browser.value('menu.value = "fr"; menu.onchange()')
            browser.wait('peer.connectionState === "connected"')
            self.say('Thank you very much.')
            self.assertIn('erci', browser.wait(f'{CAPTIONS}[{count}]'))
            browser.wait(STATISTICS + '.then(found => found.energy > 0.0001)')
        self.assertIsNone(self.process.poll())


if __name__ == '__main__':
    suite.main()
