# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Chromium without a window, driven by the DevTools protocol over its pipe: no port, no library."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAM = next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))), None)


class Chromium:
    def __init__(self, *options):
        self.profile = tempfile.mkdtemp(prefix='gst-lingua-chromium-')
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        command = [
            PROGRAM, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
            '--autoplay-policy=no-user-gesture-required', '--remote-debugging-pipe', '--user-data-dir=' + self.profile,
            '--disable-background-networking', '--disable-component-update', '--lang=en', *options, 'about:blank']

        def arrange():  # it reads from 3 and writes to 4
            os.dup2(commands, 13)
            os.dup2(answers, 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        self.process = subprocess.Popen(command, preexec_fn=arrange, close_fds=False, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(commands)
        os.close(answers)
        self.number = 0
        self.read = b''
        targets = self.call('Target.getTargets', session=False)['targetInfos']
        page = next(target for target in targets if target['type'] == 'page')
        self.session = self.call('Target.attachToTarget', session=False, targetId=page['targetId'], flatten=True)['sessionId']
        self.call('Page.enable')
        self.call('Runtime.enable')

    def call(self, method, session=True, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if session:
            message['sessionId'] = self.session
        os.write(self.commands, json.dumps(message).encode() + b'\0')
        while True:
            answer = self.next_message()
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError('%s: %s' % (method, answer['error']['message']))
                return answer['result']

    def next_message(self, timeout=60):
        while b'\0' not in self.read:
            if not select.select([self.answers], [], [], timeout)[0]:
                raise TimeoutError('Chromium does not answer')
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                raise RuntimeError('Chromium has ended')
            self.read += piece
        message, _, self.read = self.read.partition(b'\0')
        return json.loads(message)

    def size(self, width, height, scale=1, mobile=False):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=scale, mobile=mobile)

    def prefer(self, **features):
        self.call('Emulation.setEmulatedMedia',
                  features=[{'name': name.replace('_', '-'), 'value': value} for name, value in features.items()])

    def open(self, address):
        self.call('Page.navigate', url='about:blank')
        self.wait('location.href === "about:blank"')
        self.call('Page.navigate', url=address)
        self.wait('location.href !== "about:blank" && document.readyState === "complete"')

    def value(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(result['exceptionDetails']['exception'].get('description', expression))
        return result['result'].get('value')

    def wait(self, expression, timeout=60):
        """The value once it is true."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            value = self.value(expression)
            if value:
                return value
            time.sleep(0.1)
        raise TimeoutError('not within %d s: %s' % (timeout, expression))

    def picture(self, path):
        data = self.call('Page.captureScreenshot', format='png')['data']
        with open(path, 'wb') as file:
            file.write(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait(60)
        os.close(self.commands)
        os.close(self.answers)
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
