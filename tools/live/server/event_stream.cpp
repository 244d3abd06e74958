// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/server/event_stream.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

namespace gst_lingua_live {

using Json = nlohmann::ordered_json;

namespace {

// Sentences that one who joins gets to read.
constexpr size_t replayed = 100;

double seconds(GstClockTime time) {
  return static_cast<double>(GST_TIME_AS_MSECONDS(time)) / 1000;
}

std::string event(const char* name, const Json& data, const std::string& id = "") {
  return (id.empty() ? "" : "id: " + id + '\n') + "event: " + name +
         "\ndata: " + data.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n\n";
}

}  // namespace

EventStream::EventStream(std::string language, std::string session)
    : language_(std::move(language)), session_(std::move(session)) {}

void EventStream::add(std::unique_ptr<ClientStream> client, const std::string& last_event_id,
                      const Transcript& transcript, GstClockTime now) {
  const auto& sentences = transcript.sentences();
  const uint64_t last_id = parse(last_event_id);
  std::string text = "retry: 1000\n\n";
  text += event("hello", {{"session", session_}, {"language", language_}, {"now", seconds(now)}});
  const size_t begin = sentences.size() - std::min(sentences.size(), replayed);
  for (size_t i = begin; i < sentences.size(); ++i)
    if (sentences[i].id > last_id) text += caption_event(sentences[i]) + speech_event(sentences[i]);
  if (ended_) text += event("end", Json::object());
  client->send(text);
  clients_.push_back(std::move(client));
}

void EventStream::send_caption(const Sentence& sentence) {
  if (sentence.translations.count(language_) == 0) {  // the original, once for all translations
    if (sentence.id <= last_original_) return;
    last_original_ = sentence.id;
  }
  send(caption_event(sentence));
}

void EventStream::send_speech(const Sentence& sentence) {
  send(speech_event(sentence));
}

void EventStream::send_clock(GstClockTime now) {
  send(event("clock", {{"now", seconds(now)}}));
}

void EventStream::send_end() {
  ended_ = true;
  send(event("end", Json::object()));
}

void EventStream::send(const std::string& text) {
  clients_.remove_if([](const auto& client) { return !client->open(); });
  if (clients_.empty() || text.empty()) return;
  g_autoptr(GBytes) bytes = g_bytes_new(text.data(), text.size());
  for (const auto& client : clients_)
    client->send(bytes);
}

std::string EventStream::caption_event(const Sentence& sentence) const {
  const auto translation = sentence.translations.find(language_);
  const bool own = translation == sentence.translations.end();
  Json data = {{"id", sentence.id},
               {"time", seconds(sentence.time)},
               {"duration", seconds(sentence.duration)},
               {"text", own ? sentence.original : translation->second.text}};
  if (!own) data["original"] = sentence.original;
  if (!sentence.speaker.empty()) data["speaker"] = sentence.speaker;
  return event("caption", data, session_ + '-' + std::to_string(sentence.id));
}

/// Empty if it is not spoken.
std::string EventStream::speech_event(const Sentence& sentence) const {
  const auto translation = sentence.translations.find(language_);
  if (translation == sentence.translations.end() || !translation->second.spoken) return {};
  return event("speech", {{"id", sentence.id},
                          {"start", seconds(translation->second.start)},
                          {"duration", seconds(translation->second.speech_time)}});
}

/// The sentence that an id of ours names, 0 for any other.
uint64_t EventStream::parse(const std::string& event_id) const {
  const std::string start = session_ + '-';
  if (event_id.rfind(start, 0) != 0) return 0;
  return std::strtoull(event_id.c_str() + start.size(), nullptr, 10);
}

}  // namespace gst_lingua_live
