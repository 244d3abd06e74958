// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/voice/run_utterance.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "gst-translate/text/language.h"

namespace gst_tts {

namespace {

constexpr int chunk_ms = 20;

// Speech that takes a duration: so often is it spoken at most, and so near is near enough.
constexpr int most_passes = 5;
constexpr double duration_tolerance = 0.01;
constexpr double slowest = 0.1, fastest = 10;

bool is_same_language(const std::string& a, const std::string& b) {
  const auto* first = gst_translate::find_language(a);
  return first && first == gst_translate::find_language(b);
}

}  // namespace

RunUtterance::RunUtterance(Synthesizer& synthesizer, const SpeechRequest& request)
    : synthesizer_(synthesizer) {
  for (const double seconds : request.durations)
    durations_.push_back(std::llround(seconds * synthesizer.sample_rate() / request.rate));
  for (size_t i = 0; i < request.runs.size(); ++i)
    parts_.push_back(part_of(request, i));
}

std::vector<SpeechRequest> RunUtterance::requests(Synthesizer& synthesizer,
                                                  const SpeechRequest& request) {
  std::vector<SpeechRequest> requests;
  for (Part& part : RunUtterance(synthesizer, request).parts_)
    if (!part.request.text.empty()) requests.push_back(std::move(part.request));
  return requests;
}

RunUtterance::Part RunUtterance::part_of(const SpeechRequest& request, size_t index) {
  const SpokenRun& run = request.runs[index];
  Part part;
  part.begin = run.begin;
  part.duration = run.duration;
  part.pause = std::llround(run.pause.value_or(0) * synthesizer_.sample_rate() / request.rate);
  auto mark = std::lower_bound(request.marks.begin(), request.marks.end(), index,
                               [](const Mark& each, size_t wanted) { return each.run < wanted; });
  for (; mark != request.marks.end() && mark->run == index; ++mark)
    part.marks.push_back(*mark);

  SpeechRequest& spoken = part.request;
  spoken.text = request.text.substr(run.begin, run.end - run.begin);
  spoken.language = run.language.empty() ? request.language : run.language;
  spoken.voice = run.voice;
  // The voice of the request speaks its language, not others.
  const bool same = run.language.empty() || is_same_language(run.language, request.language);
  if (run.voice.empty() && run.gender == VoiceGender::Any && same) spoken.voice = request.voice;
  spoken.speaker = request.speaker;
  spoken.gender = run.gender;
  spoken.near_voice = request.near_voice;
  spoken.rate = request.rate * run.rate;
  spoken.pitch = request.pitch + run.pitch;
  spoken.volume = request.volume * run.volume;
  spoken.pauses = request.pauses;
  spoken.cancel = request.cancel;
  spoken.lexicon = request.lexicon;
  const auto first =
      std::lower_bound(request.readings.begin(), request.readings.end(), run.begin,
                       [](const Reading& reading, size_t begin) { return reading.begin < begin; });
  for (auto it = first; it != request.readings.end() && it->end <= run.end; ++it) {
    spoken.readings.push_back(*it);
    spoken.readings.back().begin -= run.begin;
    spoken.readings.back().end -= run.begin;
  }
  const bool last = index + 1 == request.runs.size();
  spoken.continued = last ? request.continued : !request.runs[index + 1].pause;
  check_voice(request, spoken);
  return part;
}

/// The request's own voice for a run that asks for one that is not there.
void RunUtterance::check_voice(const SpeechRequest& request, SpeechRequest& part) {
  try {
    synthesizer_.voice_for(part);
    return;
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::NotFound && error.kind() != Error::Kind::Settings) throw;
    const bool own = part.voice == request.voice && part.language == request.language;
    if (own) throw;
    deviate(error);
  }
  if (!part.voice.empty() && part.voice != request.voice) {
    // The voice that was asked for is missing; its language may have another one.
    part.voice = is_same_language(part.language, request.language) ? request.voice : "";
    try {
      synthesizer_.voice_for(part);
      return;
    } catch (const Error& error) {
      deviate(error);
    }
  }
  part.voice = request.voice;
  part.language = request.language;
  synthesizer_.voice_for(part);
}

/// Each of them once.
void RunUtterance::deviate(const Error& error) {
  const std::string message = error.what();
  const auto same = [&](const Error& known) { return known.what() == message; };
  if (std::none_of(deviations_.begin(), deviations_.end(), same)) deviations_.push_back(error);
}

void RunUtterance::prepare(Part& part) {
  if (part.utterance) return;
  if (part.duration != 0)
    fit(part.duration);
  else
    part.utterance = synthesizer_.prepare(part.request);
}

/// Prepares all parts that take a duration together, at the rate at which they do. The pauses
/// between them are as long as they were asked for.
void RunUtterance::fit(size_t duration) {
  std::vector<Part*> parts;
  int64_t wanted = durations_.at(duration - 1);
  for (Part& part : parts_) {
    if (part.duration != duration) continue;
    if (!parts.empty()) wanted -= part.pause;
    parts.push_back(&part);
  }
  for (int pass = 1;; ++pass) {
    int64_t length = 0;
    for (Part* part : parts) {
      part->utterance = synthesizer_.prepare(part->request);
      length += part->utterance->duration().samples;
    }
    const double factor =
        static_cast<double>(length) / static_cast<double>(std::max<int64_t>(wanted, 1));
    if (pass == most_passes || length == 0 || std::abs(factor - 1) < duration_tolerance) return;
    for (Part* part : parts)
      part->request.rate = std::clamp(part->request.rate * factor, slowest, fastest);
  }
}

SpeechDuration RunUtterance::duration_up_to(int64_t samples) {
  SpeechDuration all{made(), true};
  if (!parts_.empty() && begun_) all.samples = start_;
  int64_t speech = 0, bytes = 0;
  bool first = true;
  for (Part& part : parts_) {
    if (!(first && begun_)) all.samples += part.pause;
    first = false;
    const auto size = static_cast<int64_t>(part.request.text.size());
    if (bytes > 0 && all.samples > samples) {
      // What is left sounds as long, a byte.
      all.samples += std::llround(static_cast<double>(speech) * static_cast<double>(size) /
                                  static_cast<double>(bytes));
      all.exact = false;
      continue;
    }
    prepare(part);
    const SpeechDuration one =
        part.utterance->duration_up_to(std::max<int64_t>(samples - all.samples, 0));
    collect_losses(part);
    has_pauses_ |= part.utterance->has_pauses();
    all.samples += one.samples;
    all.exact = all.exact && one.exact;
    speech += one.samples;
    bytes += size;
  }
  return all;
}

bool RunUtterance::next(AudioChunk& chunk) {
  chunk = {};
  const int64_t wanted = static_cast<int64_t>(synthesizer_.sample_rate()) * chunk_ms / 1000;
  // A sample more than that, so that the last chunk is known for the last.
  while (made() - handed_out_ <= wanted && !parts_.empty())
    speak();
  const auto count = static_cast<size_t>(std::min(wanted, made() - handed_out_));
  if (count == 0) return false;
  const auto first = samples_.begin() + static_cast<std::ptrdiff_t>(taken_);
  chunk.samples.assign(first, first + static_cast<std::ptrdiff_t>(count));
  taken_ += count;
  handed_out_ += static_cast<int64_t>(count);
  const bool last = parts_.empty() && made() == handed_out_;
  for (; !words_.empty() && (last || words_.front().sample < handed_out_); words_.pop_front())
    chunk.words.push_back(words_.front());
  for (; !marks_.empty() && (last || marks_.front().sample < handed_out_); marks_.pop_front()) {
    chunk.marks.push_back(std::move(marks_.front()));
    chunk.marks.back().sample = std::min(chunk.marks.back().sample, handed_out_ - 1);
  }
  return true;
}

/// A piece of sound more, or the end of a run.
void RunUtterance::speak() {
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  Part& part = parts_.front();
  if (!begun_) {
    // A long one in pieces.
    const int64_t piece = std::min<int64_t>(part.pause, synthesizer_.sample_rate());
    samples_.resize(samples_.size() + static_cast<size_t>(piece));
    part.pause -= piece;
    if (part.pause > 0) return;
    start_ = made();
    begun_ = true;
  }
  prepare(part);
  AudioChunk chunk;
  if (part.utterance->next(chunk))
    take(part, std::move(chunk));
  else
    end(part);
}

void RunUtterance::take(Part& part, AudioChunk&& chunk) {
  samples_.insert(samples_.end(), chunk.samples.begin(), chunk.samples.end());
  for (SpokenWord& word : chunk.words) {
    word.offset += part.begin;
    word.sample += start_;
    reach_marks(part, word.offset, word.sample);
    words_.push_back(word);
  }
}

/// Those before or at this place.
void RunUtterance::reach_marks(Part& part, size_t offset, int64_t sample) {
  auto& marks = part.marks;
  const auto later = std::find_if(marks.begin(), marks.end(),
                                  [offset](const Mark& mark) { return mark.offset > offset; });
  for (auto mark = marks.begin(); mark != later; ++mark)
    marks_.push_back({mark->name, sample});
  marks.erase(marks.begin(), later);
}

void RunUtterance::end(Part& part) {
  reach_marks(part, part.begin + part.request.text.size(), made());
  dropped_ += part.utterance->dropped_characters();
  collect_losses(part);
  has_pauses_ |= part.utterance->has_pauses();
  for (const Error& error : part.utterance->deviations())
    deviate(error);
  parts_.pop_front();
  begun_ = false;
}

void RunUtterance::collect_losses(Part& part) {
  const std::vector<Error>& all = part.utterance->losses();
  losses_.insert(losses_.end(), all.begin() + static_cast<std::ptrdiff_t>(part.losses), all.end());
  part.losses = all.size();
}

}  // namespace gst_tts
