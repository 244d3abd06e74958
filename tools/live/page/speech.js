// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Plays the speech of a language near the moment at which it is made. The position of the player is the
// time of the server, to which the captions refer.

const type = 'audio/webm; codecs="opus"';
const least = 0.3; // s behind the latest sound, where the network lets it
const most = 0.9; // s more than that at which the player jumps
const kept = 20; // s of the past

const Source = window.ManagedMediaSource || window.MediaSource;

// What this browser can do: 'stream', 'hls', 'file' or 'nothing'.
export function ability(audio, hls) {
  if (Source && Source.isTypeSupported(type)) return 'stream';
  if (hls && audio.canPlayType('application/vnd.apple.mpegurl')) return 'hls';
  return audio.canPlayType(type) ? 'file' : 'nothing';
}

export class Speech {
  // state(text): what there is to say of it to the user, empty if all is well.
  constructor(audio, language, way, state) {
    this.audio = audio;
    this.language = language;
    this.state = state;
    this.closed = false;
    this.pause = 500;
    this.wanted = least;
    // Sound that comes by fits and starts wants a longer run-up.
    this.lengthen = () => {
      if (this.begun && this.playing() === false) this.wanted = Math.min(this.wanted + 0.15, 2);
    };
    audio.addEventListener('waiting', this.lengthen);
    if (way === 'stream') {
      this.open();
      this.watch = setInterval(() => this.follow(), 250);
    } else {
      audio.src = way === 'hls' ? `hls/${language}/master.m3u8` : `speech/${language}.webm`;
      this.play();
      state('This browser plays some seconds behind the captions.');
    }
  }

  // The position in the server's time; NaN while nothing plays.
  position() {
    return this.buffer && this.playing() ? this.audio.currentTime : NaN;
  }

  playing() {
    return !this.audio.paused && this.audio.readyState >= 2;
  }

  open() {
    this.source = new Source();
    this.begun = false;
    this.buffer = null;
    this.queue = [];
    this.audio.disableRemotePlayback = true; // ManagedMediaSource wants it
    this.audio.src = URL.createObjectURL(this.source);
    this.source.addEventListener('sourceopen', () => this.fetch(), { once: true });
  }

  async fetch() {
    const source = this.source;
    this.abort = new AbortController();
    try {
      this.buffer = source.addSourceBuffer(type);
      this.buffer.addEventListener('updateend', () => this.append());
      const answer = await fetch(`speech/${this.language}.webm`, { signal: this.abort.signal, cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.status === 503 ? 'Too many listeners.' : 'No sound: ' + answer.status);
      const reader = answer.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new Error('The sound has stopped.');
        if (this.source !== source) return;
        this.arrived = performance.now();
        this.queue.push(value);
        this.append();
      }
    } catch (error) {
      if (this.source === source) this.reopen(error.message);
    }
  }

  reopen(why) {
    if (this.closed) return;
    this.state(why + ' Trying again …');
    this.abort?.abort();
    this.source = null;
    this.buffer = null;
    setTimeout(() => this.closed || this.open(), this.pause);
    this.pause = Math.min(this.pause * 2, 5000);
  }

  append() {
    const buffer = this.buffer;
    if (!buffer || buffer.updating || this.source?.readyState !== 'open') return;
    try {
      const old = this.audio.currentTime - kept;
      if (buffer.buffered.length && buffer.buffered.start(0) < old - kept) buffer.remove(0, old);
      else if (this.queue.length) buffer.appendBuffer(this.queue.shift());
    } catch (error) {
      this.reopen('The sound broke off.');
    }
  }

  // Keeps near the latest sound: a little faster or slower where that is enough, else by a jump.
  follow() {
    if (!this.buffer) return;
    if (this.audio.error || (this.arrived && performance.now() - this.arrived > 8000)) {
      this.arrived = 0;
      this.reopen('The sound broke off.');
      return;
    }
    const ranges = this.buffer.buffered;
    if (!ranges.length) return;
    const end = ranges.end(ranges.length - 1);
    const start = ranges.start(ranges.length - 1);
    if (!this.begun) {
      if (end - start < this.wanted) return;
      this.begun = true;
      this.audio.currentTime = end - this.wanted;
      this.play();
      return;
    }
    const behind = end - this.audio.currentTime;
    if (behind > this.wanted + most || behind < -0.5 || this.audio.currentTime < start) this.audio.currentTime = Math.max(start, end - this.wanted);
    this.audio.playbackRate = behind > this.wanted + 0.25 ? 1.06 : behind < this.wanted - 0.2 ? 0.96 : 1;
  }

  play() {
    this.audio.play().then(
      () => {
        this.pause = 500;
        this.state('');
      },
      (error) => {
        if (error.name === 'NotAllowedError') this.state('The browser wants a press of the button before it plays.', true);
      },
    );
  }

  close() {
    this.closed = true;
    this.audio.removeEventListener('waiting', this.lengthen);
    clearInterval(this.watch);
    this.abort?.abort();
    this.source = null;
    this.buffer = null;
    this.audio.pause();
    this.audio.removeAttribute('src');
    this.audio.load();
  }
}
