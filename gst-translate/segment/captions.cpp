// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/captions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "gst-translate/segment/caption_lines.h"
#include "gst-translate/segment/characters.h"
#include "gst-translate/text/markup.h"

namespace gst_translate {

namespace {

constexpr int64_t second = 1000000000;
constexpr int64_t shortest = second;
constexpr int64_t most_columns = 20;  // a second
constexpr int64_t good_columns = 17;

/// When the byte at `offset` of a sentence is said.
int64_t time_at(const Sentence& sentence, size_t offset) {
  const auto part_of = [](TimeSpan time, size_t done, size_t all) {
    const double share = all == 0 ? 0 : static_cast<double>(done) / static_cast<double>(all);
    return time.start + static_cast<int64_t>(share * static_cast<double>(time.end - time.start));
  };
  for (const TimedText& word : sentence.words) {
    if (offset <= word.offset) return word.time.start;
    if (offset < word.offset + word.length && word.time.end >= word.time.start)
      return part_of(word.time, offset - word.offset, word.length);
  }
  return part_of(sentence.time, offset, sentence.text.size());
}

}  // namespace

struct Captions::Private {
  /// What waits, in one line.
  struct Waiting {
    std::u32string text;
    Sentence sentence;  ///< its times, and what is said of its end
  };

  int64_t least(const std::u32string& text, int64_t columns_a_second) const {
    const auto columns = static_cast<int64_t>(lines.width(text));
    return std::max(shortest, (columns * second + columns_a_second - 1) / columns_a_second);
  }

  /// The next thing is said at `next`, if anything is.
  Sentence take(std::optional<int64_t> next) {
    Sentence caption = std::move(waiting->sentence);
    caption.text = segment::to_utf8(lines.fit(waiting->text).value_or(waiting->text));
    caption.words.clear();
    const int64_t start = std::max(caption.time.start, free_from);
    const int64_t enough = start + least(waiting->text, most_columns);
    int64_t end = std::max(caption.time.end, start + least(waiting->text, good_columns));
    if (next) end = std::min(end, *next);
    caption.time = {start, std::max(end, enough)};
    free_from = caption.time.end;
    waiting.reset();
    return caption;
  }

  void add(std::u32string text, Sentence sentence, std::vector<Sentence>& ready) {
    if (waiting) {
      const int64_t start = std::max(waiting->sentence.time.start, free_from);
      const bool hurried = sentence.time.start < start + least(waiting->text, most_columns);
      const bool spaced =
          !segment::is_unspaced(waiting->text.back()) || !segment::is_unspaced(text.front());
      const std::u32string both = waiting->text + (spaced ? U" " : U"") + text;
      if (hurried && lines.fit(both)) {
        sentence.time.start = waiting->sentence.time.start;
        waiting = Waiting{both, std::move(sentence)};
        return;
      }
      ready.push_back(take(sentence.time.start));
    }
    waiting = Waiting{std::move(text), std::move(sentence)};
  }

  segment::CaptionLines lines;
  std::optional<Waiting> waiting;
  int64_t free_from = 0;  ///< where the caption before ends
};

Captions::Captions() : priv_(std::make_unique<Private>()) {}
Captions::~Captions() = default;

std::vector<Sentence> Captions::push(const Sentence& sentence) {
  std::vector<Sentence> ready;
  const std::u32string text = segment::to_utf32(sentence.text);
  size_t begin = 0, offset = 0;
  for (const size_t end : priv_->lines.parts(text)) {
    const std::u32string part = text.substr(begin, end - begin);
    const size_t next = offset + segment::to_utf8(part).size();
    Sentence piece;
    piece.reason = sentence.reason;
    piece.complete = sentence.complete && end == text.size();
    piece.time = {time_at(sentence, offset),
                  end == text.size() ? sentence.time.end : time_at(sentence, next)};
    const std::string line = join_lines(segment::to_utf8(part));
    if (!line.empty()) priv_->add(segment::to_utf32(line), std::move(piece), ready);
    begin = end;
    offset = next;
  }
  return ready;
}

std::vector<Sentence> Captions::pass(int64_t time) {
  if (!priv_->waiting) return {};
  const int64_t start = std::max(priv_->waiting->sentence.time.start, priv_->free_from);
  if (time < start + priv_->least(priv_->waiting->text, most_columns)) return {};
  return {priv_->take(time)};
}

std::vector<Sentence> Captions::finish() {
  if (!priv_->waiting) return {};
  return {priv_->take(std::nullopt)};
}

bool Captions::pending() const {
  return priv_->waiting.has_value();
}

void Captions::reset() {
  priv_->waiting.reset();
  priv_->free_from = 0;
}

}  // namespace gst_translate
