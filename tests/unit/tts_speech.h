// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of gst-tts share.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gst-tts/voice/synthesizer.h"

/// All of an utterance.
struct Speech {
  std::vector<int16_t> samples;
  std::vector<gst_tts::SpokenWord> words;
  size_t chunks = 0;
  size_t dropped = 0;
};

inline gst_tts::SpeechRequest request(std::string text, std::string language = "en") {
  gst_tts::SpeechRequest request;
  request.text = std::move(text);
  request.language = std::move(language);
  return request;
}

inline Speech drain(gst_tts::Utterance& utterance) {
  Speech speech;
  gst_tts::AudioChunk chunk;
  while (utterance.next(chunk)) {
    speech.samples.insert(speech.samples.end(), chunk.samples.begin(), chunk.samples.end());
    speech.words.insert(speech.words.end(), chunk.words.begin(), chunk.words.end());
    ++speech.chunks;
  }
  speech.dropped = utterance.dropped_characters();
  return speech;
}

inline Speech speak(const gst_tts::SpeechRequest& request) {
  return drain(*gst_tts::open_synthesizer()->prepare(request));
}

inline Speech speak(std::string text, std::string language = "en") {
  return speak(request(std::move(text), std::move(language)));
}

inline std::string text_of(const gst_tts::SpokenWord& word, std::string_view text) {
  return std::string(text.substr(word.offset, word.length));
}

/// The kind and message of what `action` throws.
template <typename Action>
std::pair<gst_tts::Error::Kind, std::string> error_of(Action action) {
  try {
    action();
  } catch (const gst_tts::Error& error) {
    return {error.kind(), error.what()};
  }
  return {gst_tts::Error::Kind::Failed, "nothing was thrown"};
}
