# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""As much of the WebSocket protocol (RFC 6455) as a conversation in JSON with one server needs."""

import base64
import json
import os
import socket
import struct


class WebSocket:
    def __init__(self, port, protocol):
        self.socket = socket.create_connection(('127.0.0.1', port), timeout=30)
        self.file = self.socket.makefile('rb')
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f'GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                             f'Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n'
                             f'Sec-WebSocket-Protocol: {protocol}\r\n\r\n').encode())
        status = self.file.readline().decode()
        if ' 101 ' not in status:
            raise ConnectionError(status)
        while self.file.readline().strip():
            pass

    def send(self, message, opcode=1):
        payload = json.dumps(message).encode() if opcode == 1 else message
        mask = os.urandom(4)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else struct.pack('>BH', 0x80 | 126, size)
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask
                            + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload)))

    def receive(self):
        text = b''
        while True:
            first, size = self.file.read(2)
            if size == 126:
                size, = struct.unpack('>H', self.file.read(2))
            elif size == 127:
                size, = struct.unpack('>Q', self.file.read(8))
            payload = self.file.read(size)
            opcode = first & 0x0f
            if opcode == 8:
                raise ConnectionError('closed: ' + payload[2:].decode(errors='replace'))
            if opcode == 9:
                self.send(payload, opcode=10)
            elif opcode in (0, 1):
                text += payload
                if first & 0x80:
                    return json.loads(text)

    def close(self):
        self.file.close()
        self.socket.close()
