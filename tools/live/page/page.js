// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

import { Captions } from './captions.js';
import { Speech, ability } from './speech.js';

const shown = 3; // captions on the stage
const keptLines = 2000; // of the transcript; the whole of it can be downloaded
const patience = 1.5; // s that a caption waits to hear when it is spoken

const $ = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
if (parameters.has('token')) {
  // It is kept as a cookie; an address is shown to others, and copied.
  parameters.delete('token');
  history.replaceState(null, '', location.pathname + (String(parameters) && '?' + parameters));
}

let all; // what /languages says
let language; // the chosen one
let captions = null; // the connection
let speech = null; // the sound, while it is on
let session = '';
let ended = false;
let connected = false;
let soundState = '';
const waiting = new Map(); // captions that are not shown yet, by id

// What is remembered of the last visit; a browser may forbid it.
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // then not
  }
}

function ownName(entry) {
  try {
    return new Intl.DisplayNames([entry.code], { type: 'language' }).of(entry.code) || entry.name;
  } catch {
    return entry.name;
  }
}

function tell() {
  const parts = [];
  if (!connected) parts.push('Connection lost. Trying again …');
  else if (ended) parts.push('The talk has ended. The transcript stays.');
  else parts.push('Live');
  if (soundState) parts.push(soundState);
  const text = parts.join(' · ');
  if ($('state').textContent !== text) $('state').textContent = text;
}

function clock(seconds) {
  const two = (number) => String(Math.floor(number)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function fill(element, data) {
  element.dataset.id = data.id;
  if (data.speaker) {
    const who = document.createElement('b');
    who.textContent = data.speaker + ': ';
    element.append(who);
  }
  element.append(data.text);
  if (data.original && data.original !== data.text) {
    const original = document.createElement('small');
    original.lang = all.source;
    original.dir = 'auto';
    original.textContent = data.original;
    element.append(original);
  }
}

function show(data) {
  waiting.delete(data.id);
  const stage = $('captions');
  const caption = document.createElement('p');
  fill(caption, data);
  // For whoever measures: where the sound was when the caption came up.
  caption.dataset.position = speech ? speech.position() : NaN;
  if (data.speech) caption.dataset.start = data.speech.start;
  stage.append(caption);
  while (stage.children.length > shown) stage.firstChild.remove();

  const list = $('transcript');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const line = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = clock(data.time);
  line.append(time);
  fill(line, data);
  line.dataset.position = caption.dataset.position;
  if (data.speech) line.dataset.start = data.speech.start;
  list.append(line);
  while (list.children.length > keptLines) list.firstChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
  $('latest').hidden = atEnd;
}

// With sound, a caption waits for its speech; what is never spoken does not wait long.
function showDue() {
  const position = speech ? speech.position() : NaN;
  for (const data of [...waiting.values()]) {
    const heard = Number.isNaN(position) || !data.live || (data.speech ? position >= data.speech.start - 0.02 : position > data.time + patience);
    if (!heard) break; // in their order
    show(data);
  }
}

function clear() {
  waiting.clear();
  $('captions').replaceChildren();
  $('transcript').replaceChildren();
  $('latest').hidden = true;
}

function openCaptions() {
  captions?.close();
  clear();
  let last = 0;
  let now = 0;
  captions = new Captions(language.code, {
    connected(yes) {
      connected = yes;
      tell();
    },
    hello(data) {
      ended = false;
      $('sound').disabled = !language.speech;
      now = data.now;
      if (session && session !== data.session) {
        clear(); // the program was started anew
        last = 0;
        if (speech) openSpeech();
      }
      session = data.session;
      tell();
    },
    clock(time) {
      now = time;
    },
    caption(data) {
      if (data.id <= last) return;
      last = data.id;
      data.live = data.time > now - 5;
      waiting.set(data.id, data);
      showDue();
    },
    speech(data) {
      const caption = waiting.get(data.id);
      if (caption) caption.speech = data;
      showDue();
    },
    end() {
      ended = true;
      soundState = '';
      if (speech) setTimeout(closeSpeech, 2000); // what is said last is still to be heard
      $('sound').disabled = true;
      tell();
    },
  });
}

function openSpeech() {
  closeSpeech();
  const way = ability($('audio'), all.hls);
  if (way === 'nothing') {
    soundState = 'This browser cannot play the speech (no Media Source Extensions); the captions go on.';
    tell();
    return;
  }
  speech = new Speech($('audio'), language.code, way, (text, refused) => {
    soundState = text;
    if (refused) closeSpeech();
    tell();
  });
  $('sound').setAttribute('aria-pressed', 'true');
}

function closeSpeech() {
  speech?.close();
  speech = null;
  $('sound').setAttribute('aria-pressed', 'false');
  showDue();
}

function choose(code) {
  language = all.languages.find((entry) => entry.code === code) || all.languages[0];
  $('language').value = language.code;
  remember('language', language.code);
  for (const id of ['captions', 'transcript']) {
    $(id).lang = language.code;
    $(id).dir = language.direction;
  }
  for (const link of document.querySelectorAll('nav a')) link.href = `transcript/${language.code}.${link.dataset.type}`;
  $('sound').disabled = ended || !language.speech;
  $('sound').title = language.speech ? '' : 'There is no voice for this language.';
  const wasOn = speech !== null;
  soundState = '';
  closeSpeech();
  openCaptions();
  if (wasOn && language.speech) openSpeech();
}

function toggleOriginal(on) {
  document.body.classList.toggle('original', on);
  $('show-original').setAttribute('aria-pressed', String(on));
  remember('original', on ? 'yes' : 'no');
}

async function begin() {
  for (;;) {
    try {
      const answer = await fetch('languages', { cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.status);
      all = await answer.json();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
  document.title = all.title;
  $('title').textContent = all.title;
  document.body.classList.toggle('bare', parameters.get('view') === 'captions');
  for (const entry of all.languages) {
    const option = document.createElement('option');
    option.value = entry.code;
    option.lang = entry.code;
    option.textContent = ownName(entry) + (entry.speech ? '' : ' (captions)');
    $('language').append(option);
  }
  toggleOriginal((parameters.get('original') || recall('original')) === 'yes');
  const preferred = navigator.languages.map((code) => code.split('-')[0]).find((code) => all.languages.some((entry) => entry.code === code));
  choose(parameters.get('language') || recall('language') || preferred);

  $('language').addEventListener('change', () => choose($('language').value));
  $('sound').addEventListener('click', () => {
    soundState = '';
    if (speech) closeSpeech();
    else openSpeech();
    tell();
  });
  $('show-original').addEventListener('click', () => toggleOriginal(!document.body.classList.contains('original')));
  $('latest').addEventListener('click', () => {
    $('transcript').scrollTop = $('transcript').scrollHeight;
    $('latest').hidden = true;
  });
  $('controls').addEventListener('submit', (event) => event.preventDefault());
  // Whoever reads the end of the transcript goes on to do so in a window of another size.
  new ResizeObserver(() => {
    if ($('latest').hidden) $('transcript').scrollTop = $('transcript').scrollHeight;
  }).observe($('transcript'));
  setInterval(showDue, 40);
  if (parameters.get('sound') === 'yes' && language.speech) openSpeech();
}

begin();
