// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/transcript.h"

#include <algorithm>
#include <utility>

#include "gst-translate/text/markup.h"
#include "gst-translate/text/utf8.h"
#include "tools/common/timestamp.h"

namespace gst_lingua_live {

using gst_lingua_tools::timestamp;

namespace {

// How far back speech may belong: more texts do not wait to be spoken.
constexpr size_t farthest = 64;

/// True if it is this text's speech.
bool matches(const Translation& translation, const Speech& speech) {
  return !translation.spoken &&
         gst_translate::trim(translation.text) == gst_translate::trim(speech.text);
}

void set_spoken(Translation& translation, const Speech& speech) {
  translation.spoken = true;
  translation.start = speech.start;
  translation.speech_time = speech.duration;
}

}  // namespace

const Sentence& Transcript::add(const Caption& caption) {
  Sentence* sentence = find(caption.time);
  if (sentence == nullptr) {
    if (sentences_.size() == most_) sentences_.pop_front();
    sentence = &sentences_.emplace_back();
    sentence->id = ++last_id_;
    sentence->time = caption.time;
    sentence->duration = caption.duration;
    sentence->original = caption.original;
    sentence->speaker = caption.speaker;
  }
  Translation& translation = sentence->translations[caption.language];
  translation.text = caption.text;
  const auto early = std::find_if(early_.begin(), early_.end(), [&](const Speech& speech) {
    return speech.language == caption.language && matches(translation, speech);
  });
  if (early != early_.end()) {
    set_spoken(translation, *early);
    early_.erase(early);
  }
  return *sentence;
}

const Sentence* Transcript::add(const Speech& speech) {
  Sentence* sentence = find_unspoken(speech);
  if (sentence == nullptr) {
    if (early_.size() == farthest) early_.pop_front();
    early_.push_back(speech);
    return nullptr;
  }
  set_spoken(sentence->translations[speech.language], speech);
  return sentence;
}

Sentence* Transcript::find(GstClockTime time) {
  const auto found =
      std::find_if(sentences_.rbegin(), sentences_.rend(),
                   [time](const Sentence& sentence) { return sentence.time <= time; });
  return found != sentences_.rend() && found->time == time ? &*found : nullptr;
}

/// The oldest one that has this text.
Sentence* Transcript::find_unspoken(const Speech& speech) {
  const size_t begin = sentences_.size() - std::min(sentences_.size(), farthest);
  for (size_t i = begin; i < sentences_.size(); ++i) {
    const auto translation = sentences_[i].translations.find(speech.language);
    if (translation != sentences_[i].translations.end() && matches(translation->second, speech))
      return &sentences_[i];
  }
  return nullptr;
}

std::deque<Transcript::Cue> Transcript::cues(const std::string& language, uint64_t last_id) const {
  std::deque<Cue> cues;
  const auto later = std::find_if(sentences_.rbegin(), sentences_.rend(),
                                  [=](const Sentence& each) { return each.id <= last_id; });
  for (auto each = later.base(); each != sentences_.end(); ++each) {
    const Sentence& sentence = *each;
    Cue cue{sentence.id, sentence.time, sentence.time + sentence.duration, sentence.original};
    const auto translation = sentence.translations.find(language);
    if (translation != sentence.translations.end()) {
      cue.text = translation->second.text;
      if (translation->second.spoken) {
        cue.start = translation->second.start;
        cue.end = cue.start + std::max(translation->second.speech_time, sentence.duration);
      }
    }
    if (cue.text.empty()) continue;
    if (!cues.empty()) cues.back().end = std::min(cues.back().end, cue.start);
    cues.push_back(std::move(cue));
  }
  return cues;
}

std::string Transcript::as_text(const std::string& language) const {
  std::string text;
  for (const Cue& cue : cues(language))
    text += cue.text + '\n';
  return text;
}

std::string Transcript::as_srt(const std::string& language) const {
  std::string text;
  int number = 0;
  for (const Cue& cue : cues(language))
    text += std::to_string(++number) + '\n' + timestamp(cue.start, ',') + " --> " +
            timestamp(cue.end, ',') + '\n' + cue.text + "\n\n";
  return text;
}

std::string Transcript::as_webvtt(const std::string& language) const {
  std::string text = "WEBVTT\n\n";
  for (const Cue& cue : cues(language))
    text += timestamp(cue.start, '.') + " --> " + timestamp(cue.end, '.') + '\n' +
            webvtt_text(cue.text) + "\n\n";
  return text;
}

std::string webvtt_text(const std::string& text) {
  return gst_translate::escape_markup(text);
}

}  // namespace gst_lingua_live
