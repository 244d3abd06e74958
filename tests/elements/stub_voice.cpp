// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A speech engine without speech, for tests: each byte of a text sounds for 50 ms at rate 1, loud
// where there is a word and a little softer at spaces; semicolons are pauses, and no sound without
// pauses. It speaks English, German and Japanese; the
// text "ENDLESS" never ends, "FAIL" fails after 100 ms, "LOSE" loses a part, "TINY" comes in pieces
// of 2 samples.

#include "stub_voice.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <utility>

#include "gst-translate/text/language.h"

namespace gst_tts {
namespace {

constexpr int64_t chunk_samples = stub_rate / 50;

std::mutex last_request_mutex;
SpeechRequest last_request;
std::atomic<bool> last_isolate{false};

class StubUtterance final : public Utterance {
 public:
  explicit StubUtterance(SpeechRequest request) : request_(std::move(request)) {
    std::string& text = request_.text;
    if (!request_.pauses) text.erase(std::remove(text.begin(), text.end(), ';'), text.end());
    character_ =
        static_cast<int64_t>(std::lround(stub_character_ms * (stub_rate / 1000.0) / request_.rate));
    length_ = static_cast<int64_t>(request_.text.size()) * character_;
    if (request_.text == "ENDLESS") length_ = INT64_MAX;
    if (request_.text == "LOSE")
      losses_.emplace_back(Error::Kind::Failed, "The engine crashed while it spoke \"LOSE\".");
  }

  SpeechDuration duration_up_to(int64_t samples) override {
    if (request_.text == "ENDLESS" && samples == INT64_MAX)
      throw Error(Error::Kind::Failed, "Nobody lives to hear all of it.");
    return {length_, length_ <= samples};
  }

  bool next(AudioChunk& chunk) override {
    chunk.samples.clear();
    chunk.words.clear();
    if (request_.cancel && *request_.cancel)
      throw Error(Error::Kind::Cancelled, "The speech was cancelled.");
    if (request_.text == "FAIL" && position_ > stub_rate / 10)
      throw Error(Error::Kind::Failed, "The speech engine failed.");
    if (position_ >= length_) return false;
    const int64_t end =
        std::min(position_ + (request_.text == "TINY" ? 2 : chunk_samples), length_);
    for (; position_ < end; position_++) {
      const auto offset = static_cast<size_t>(position_ / character_) % request_.text.size();
      const bool space = request_.text[offset] == ' ';
      const bool begins = !space && (offset == 0 || request_.text[offset - 1] == ' ');
      if (begins && position_ % character_ == 0)
        chunk.words.push_back(
            {offset,
             std::min(request_.text.find_first_of(" .", offset), request_.text.size()) - offset,
             position_});
      chunk.samples.push_back(static_cast<int16_t>((space ? 500 : 1000) * request_.volume));
    }
    return true;
  }

  bool has_pauses() const override { return request_.text.find(';') != std::string::npos; }

  size_t dropped_characters() const override { return request_.text == "?" ? 1 : 0; }

  const std::vector<Error>& losses() const override { return losses_; }

 private:
  SpeechRequest request_;
  std::vector<Error> losses_;
  int64_t character_;
  int64_t length_;
  int64_t position_ = 0;
};

class StubSynthesizer final : public Synthesizer {
 public:
  int sample_rate() const override { return stub_rate; }

  std::vector<Voice> voices() const override { return {}; }

  std::string voice_for(const SpeechRequest& request) const override {
    const auto* language = gst_translate::find_language(request.language);
    if (!language)
      throw Error(Error::Kind::Settings, "\"" + request.language + "\" is no language code.");
    for (const char* known : {"eng_Latn", "deu_Latn", "jpn_Jpan"})
      if (language->flores == known && request.voice != "nobody") return "stub";
    throw Error(Error::Kind::NotFound,
                "There is no voice for " + std::string(language->name) + ".");
  }

  std::string reading(const SpeechRequest& request) override { return request.text; }

  std::unique_ptr<Utterance> prepare(const SpeechRequest& request) override {
    voice_for(request);
    const std::lock_guard lock(last_request_mutex);
    last_request = request;
    return std::make_unique<StubUtterance>(request);
  }
};

}  // namespace

SpeechRequest stub_last_request() {
  const std::lock_guard lock(last_request_mutex);
  return last_request;
}

bool stub_last_isolate() {
  return last_isolate;
}

std::shared_ptr<Synthesizer> open_synthesizer(std::string_view engine, bool isolate) {
  last_isolate = isolate;
  if (engine != "auto" && engine != "stub")
    throw Error(Error::Kind::Settings,
                "There is no speech engine \"" + std::string(engine) + "\".");
  return std::make_shared<StubSynthesizer>();
}

}  // namespace gst_tts
