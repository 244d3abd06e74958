// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The captions of a language as they come, whatever the network does meanwhile.

const patience = 8000; // ms without any event, of which there is one every 2 s

export class Captions {
  // handlers: caption(data), speech(data), hello(data), clock(now), end(), connected(yes)
  constructor(language, handlers) {
    this.language = language;
    this.handlers = handlers;
    this.lastId = '';
    this.open();
    this.watch = setInterval(() => this.check(), 1000);
  }

  open() {
    this.heard = performance.now();
    const after = this.lastId ? '?after=' + encodeURIComponent(this.lastId) : '';
    const source = new EventSource('captions/' + this.language + after);
    this.source = source;
    const on = (name, handle) =>
      source.addEventListener(name, (event) => {
        this.heard = performance.now();
        if (event.lastEventId) this.lastId = event.lastEventId;
        handle(JSON.parse(event.data));
      });
    on('hello', (data) => {
      this.handlers.connected(true);
      this.handlers.hello(data);
    });
    on('caption', (data) => this.handlers.caption(data));
    on('speech', (data) => this.handlers.speech(data));
    on('clock', (data) => this.handlers.clock(data.now));
    on('end', () => this.handlers.end());
    source.onerror = () => this.handlers.connected(false);
  }

  // A browser gives up after an answer like 503, and does not see that a network has gone.
  check() {
    const gone = this.source.readyState === EventSource.CLOSED;
    if (!gone && performance.now() - this.heard < patience) return;
    if (gone && performance.now() - this.heard < 2000) return;
    this.source.close();
    this.handlers.connected(false);
    this.open();
  }

  close() {
    clearInterval(this.watch);
    this.source.close();
  }
}
