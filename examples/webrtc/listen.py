#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Translates its standard input as it comes, and serves speech and captions to browsers by WebRTC.

A browser, or any other program that speaks WHEP, posts its offer to /whep/LANGUAGE and gets the answer; sound then flows,
and captions through the data channel "captions" where the offer has one. DELETE at the answer's Location ends it.

    ./run shell -- python3 examples/webrtc/listen.py --to de,fr --port 8090
"""
import argparse
import http.server
import itertools
import os
import re
import sys
import threading

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstApp', '1.0')
gi.require_version('GstSdp', '1.0')
gi.require_version('GstWebRTC', '1.0')
from gi.repository import GLib, Gst, GstApp, GstSdp, GstWebRTC  # noqa: E402, F401

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'listen.html')
STUN = os.environ.get('STUN_SERVER')  # as stun://stun.example.org:3478, for listeners beyond this network


class Listener:
    """One peer: a pipeline of its own behind the sound of its language, so that its faults are nobody else's."""

    def __init__(self, translation, language, offer):
        self.translation = translation
        self.language = language
        self.channel = None
        self.waiting = []  # captions that came before the channel was open
        self.gathered = threading.Event()
        # The offer numbers its codecs as it likes.
        payload = re.search(r'^a=rtpmap:(\d+) opus/48000', offer, re.MULTILINE | re.IGNORECASE)
        if not payload:
            raise ValueError('the offer has no Opus')
        self.pipeline = Gst.parse_launch(
            'proxysrc name=source ! queue leaky=downstream ! rtpopuspay pt=%s ! webrtcbin name=webrtc bundle-policy=max-bundle'
            % payload[1])
        self.sink = Gst.ElementFactory.make('proxysink')
        self.pipeline.get_by_name('source').set_property('proxysink', self.sink)
        self.webrtc = self.pipeline.get_by_name('webrtc')
        if STUN:
            self.webrtc.set_property('stun-server', STUN)
        self.webrtc.connect('on-data-channel', self.on_data_channel)
        self.webrtc.connect('notify::ice-gathering-state', self.on_gathering)

    def join(self, on_fault):
        """Both pipelines have one clock and one time."""
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect('message::error', lambda *_: on_fault())
        whole = self.translation.pipeline
        self.pipeline.use_clock(whole.get_clock())
        self.pipeline.set_start_time(Gst.CLOCK_TIME_NONE)
        self.pipeline.set_base_time(whole.get_base_time())
        self.pipeline.set_state(Gst.State.PLAYING)
        whole.add(self.sink)
        self.sink.sync_state_with_parent()
        self.pad = self.translation.tees[self.language].request_pad_simple('src_%u')
        self.pad.link(self.sink.get_static_pad('sink'))

    def answer(self, offer):
        """The answer, with all addresses."""
        _, message = GstSdp.SDPMessage.new_from_text(offer)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.OFFER, message)
        self.call('set-remote-description', description)
        promise = self.call('create-answer', None)  # it owns the answer
        reply = promise.get_reply()
        answer = reply and reply.get_value('answer')
        if not answer:
            raise ValueError('the offer cannot be answered')
        self.call('set-local-description', answer)
        self.gathered.wait(5)
        return self.webrtc.get_property('local-description').sdp.as_text()

    def call(self, signal, argument):
        promise = Gst.Promise.new()
        self.webrtc.emit(signal, argument, promise)
        promise.wait()
        return promise

    def on_gathering(self, webrtc, _property):
        if webrtc.get_property('ice-gathering-state') == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            self.gathered.set()

    def on_data_channel(self, _webrtc, channel):
        if channel.get_property('label') == 'captions':
            GLib.idle_add(self.open_channel, channel)

    def open_channel(self, channel):
        self.channel = channel
        for caption in self.waiting:
            channel.emit('send-string', caption)
        self.waiting.clear()

    def caption(self, text):
        """To be called in the main loop's thread."""
        if self.channel:
            self.channel.emit('send-string', text)
        else:
            self.waiting.append(text)

    def leave(self):
        # No buffer is on its way through the pad while it is unlinked.
        self.pad.add_probe(Gst.PadProbeType.IDLE, self.unlink)

    def unlink(self, pad, _info):
        tee = pad.get_parent_element()
        pad.unlink(self.sink.get_static_pad('sink'))
        tee.release_request_pad(pad)
        GLib.idle_add(self.remove)
        return Gst.PadProbeReturn.REMOVE

    def remove(self):
        self.pipeline.get_bus().remove_signal_watch()
        self.pipeline.set_state(Gst.State.NULL)
        self.sink.set_state(Gst.State.NULL)
        self.translation.pipeline.remove(self.sink)


class Translation:
    """The pipeline: text in, a tee of Opus and captions a language out."""

    def __init__(self, source, languages):
        branches = ''.join(
            ' t.audio_{0} ! audioconvert ! audioresample ! opusenc ! tee name=sound-{0} allow-not-linked=true'
            ' t.text_{0} ! appsink name=captions-{0} sync=true emit-signals=true'.format(language) for language in languages)
        self.pipeline = Gst.parse_launch(
            'appsrc name=text is-live=true do-timestamp=true format=time '
            '! translatespeechbin name=t input-language-code=%s%s' % (source, branches))
        self.text = self.pipeline.get_by_name('text')
        self.tees = {language: self.pipeline.get_by_name('sound-' + language) for language in languages}
        self.listeners = {}
        self.numbers = itertools.count(1)
        for language in languages:
            self.pipeline.get_by_name('captions-' + language).connect('new-sample', self.on_caption, language)

    def on_caption(self, sink, language):
        buffer = sink.emit('pull-sample').get_buffer()
        text = buffer.extract_dup(0, buffer.get_size()).decode()
        GLib.idle_add(self.send_caption, language, text)
        return Gst.FlowReturn.OK

    def send_caption(self, language, text):
        for listener in list(self.listeners.values()):
            if listener.language == language:
                listener.caption(text)

    def say(self, piece):
        self.text.emit('push-buffer', Gst.Buffer.new_wrapped(piece))

    def listen(self, language, offer):
        listener = Listener(self, language, offer)
        number = str(next(self.numbers))
        listener.join(lambda: self.leave(number))
        self.listeners[number] = listener
        try:
            return number, listener.answer(offer)
        except ValueError:
            self.leave(number)
            raise

    def leave(self, number):
        listener = self.listeners.pop(number, None)
        if listener:
            listener.leave()
        return listener


class Handler(http.server.BaseHTTPRequestHandler):
    translation = None

    def do_GET(self):
        if self.path.partition('?')[0] != '/':
            self.send_error(404)
            return
        with open(PAGE, encoding='utf-8') as file:
            page = file.read().replace('LANGUAGES', ' '.join(self.translation.tees))
        self.reply(200, page, 'text/html; charset=utf-8')

    def do_POST(self):
        language = self.path.rpartition('/whep/')[2]
        length = int(self.headers.get('Content-Length', 0))
        if language not in self.translation.tees or length > 100000:
            self.send_error(404 if length <= 100000 else 413)
            return
        try:
            number, answer = self.translation.listen(language, self.rfile.read(length).decode())
        except ValueError as fault:
            self.send_error(400, explain=str(fault))
            return
        self.reply(201, answer, 'application/sdp', Location='/listeners/' + number)

    def do_DELETE(self):
        self.send_error(200 if self.translation.leave(self.path.rpartition('/')[2]) else 404)

    def reply(self, status, text, kind, **headers):
        body = text.encode()
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description='Serves translated speech and captions of what it reads, by WebRTC.')
    parser.add_argument('--from', dest='source', default='en')
    parser.add_argument('--to', default='de,fr', help='languages, with commas between')
    parser.add_argument('--address', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=8090)
    options = parser.parse_args()

    Gst.init(None)
    translation = Handler.translation = Translation(options.source, options.to.split(','))
    server = http.server.ThreadingHTTPServer((options.address, options.port), Handler)
    loop = GLib.MainLoop()
    failures = []

    def on_message(_bus, message):
        if message.type == Gst.MessageType.ERROR:
            failures.append(message.parse_error()[0].message)
            loop.quit()

    def read():
        for piece in iter(lambda: os.read(0, 4096), b''):
            translation.say(piece)

    bus = translation.pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect('message', on_message)
    translation.pipeline.set_state(Gst.State.PLAYING)
    threading.Thread(target=read, daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print('http://%s:%d/' % (options.address, server.server_address[1]), flush=True)
    try:
        loop.run()
    except KeyboardInterrupt:
        pass
    finally:
        translation.pipeline.set_state(Gst.State.NULL)
    for failure in failures:
        print(failure, file=sys.stderr)
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main())
