# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A hub on this machine with the models that a test puts there: as much of the hub's interface as
its client uses to fetch files."""

import hashlib
import http.server
import json
import threading
import urllib.parse


class Hub:
    def __init__(self):
        self.models = {}  # name: {file: bytes}
        self.licence = 'cc-by-nc-4.0'
        self.requests = []  # (method, file)
        self.announced = {}  # file: the checksum to tell, in place of the right one
        self.cut = {}  # file: how many bytes to send before the connection breaks, once
        self.ranges = []  # (file, range) of resumed downloads
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = 'http://127.0.0.1:%d' % self.server.server_address[1]

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def fetched(self):
        return [file for method, file in self.requests if method == 'GET']

    def info(self, name):
        siblings = []
        for file, data in self.models[name].items():
            entry = {'rfilename': file, 'size': len(data), 'blobId': '0' * 40}
            if file.endswith(('.safetensors', '.bin', '.model')):
                digest = self.announced.get(file) or hashlib.sha256(data).hexdigest()
                entry['lfs'] = {'size': len(data), 'sha256': digest, 'pointerSize': 130}
            siblings.append(entry)
        return {'id': name, 'modelId': name, 'sha': 'c0ffee' + '0' * 34, 'siblings': siblings, 'tags': [],
                'private': False, 'downloads': 0, 'likes': 0, 'cardData': {'license': self.licence}}

    def handler(hub):  # noqa: N805: the handler's own self is inside
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments):
                pass

            def refuse(self):
                self.send_response(404)
                self.send_header('X-Error-Code', 'RepoNotFound')
                self.send_header('Content-Length', '0')
                self.end_headers()

            def do_HEAD(self):
                self.answer(False)

            def do_GET(self):
                self.answer(True)

            def answer(self, with_body):
                parts = urllib.parse.urlparse(self.path).path.strip('/').split('/')
                if parts[:2] == ['api', 'models']:
                    name = '/'.join(parts[2:4])
                    if name not in hub.models:
                        return self.refuse()
                    body = json.dumps(hub.info(name)).encode()
                    self.send_response(200)
                    self.send_header('Content-Type', 'application/json')
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    return self.wfile.write(body)
                name, file = '/'.join(parts[:2]), '/'.join(parts[4:])
                data = hub.models.get(name, {}).get(file)
                if data is None:
                    return self.refuse()
                hub.requests.append(('GET' if with_body else 'HEAD', file))
                start, end = 0, len(data)
                asked = self.headers.get('Range', '')
                if asked.startswith('bytes='):
                    first, last = asked[6:].split('-')
                    start, end = int(first), int(last) + 1 if last else end
                    hub.ranges.append((file, asked))
                self.send_response(206 if asked else 200)
                if asked:
                    self.send_header('Content-Range', 'bytes %d-%d/%d' % (start, end - 1, len(data)))
                self.send_header('Content-Length', str(end - start))
                self.send_header('Accept-Ranges', 'bytes')
                self.send_header('ETag', '"%s"' % hashlib.sha256(data).hexdigest())
                self.send_header('X-Repo-Commit', hub.info(name)['sha'])
                self.end_headers()
                if with_body:
                    stop = hub.cut.pop(file, None) if start == 0 else None
                    self.wfile.write(data[start:end if stop is None else stop])
                    if stop is not None:
                        self.wfile.flush()
                        self.connection.close()

        return Handler
