// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/decode/search.h"
#include "gst-translate/engine/split.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/prepare/prepared_text.h"

namespace gst_translate {

/// What ids say.
struct Reading {
  std::string text;
  bool altered = false;  ///< it lacks what had to be kept
};

/// A request on its way: its parts, and what is known of their translations. Built by the thread
/// that submits it, then touched by the engine's thread alone.
class Job {
 public:
  using Clock = std::chrono::steady_clock;

  /// Splits and tokenizes; the tokenizer outlives the job. Throws `Error` (Settings).
  Job(TranslationRequest request, const Tokenizer& tokenizer, const ModelConfig& config);

  std::future<TranslationResult> future() { return promise_.get_future(); }

  const TranslationRequest& request() const { return request_; }
  const SearchSettings& settings() const { return settings_; }
  bool cancelled() const { return request_.cancel && *request_.cancel; }
  bool settled() const { return settled_; }
  bool complete() const { return open_ == 0; }  ///< all parts are found
  Clock::time_point submitted() const { return submitted_; }
  uint64_t number() const { return number_; }  ///< in this process, for the log

  size_t parts() const { return parts_.size(); }
  size_t targets() const { return targets_.size(); }
  /// A part as the model reads it.
  const PreparedText& source_text(size_t part) const { return sources_[part]; }
  /// What the model's tokenizer knows, while that lives.
  Vocabulary vocabulary() const;
  /// The same for another text in the place of a part.
  PreparedText prepare(std::string text) const;
  /// False where a part is its own translation, which is found already.
  bool needs_model(size_t part) const { return sources_[part].needs_model(); }
  int32_t source() const { return source_; }
  int32_t target(size_t index) const { return targets_[index]; }
  const std::string& target_language(size_t index) const { return languages_[index]; }
  const std::string& source_language() const { return source_language_; }

  /// The encoder's input for a part: one for all targets, or one for each.
  const std::vector<int32_t>& input(size_t part, size_t target) const;
  bool input_for_each_target() const { return per_target_; }

  /// The text of ids that a prepared text was translated to.
  Reading read(const PreparedText& source, size_t target, const std::vector<int32_t>& ids) const;

  /// True where nothing of a part's translation leaves before it is whole.
  bool waits_for_whole(size_t part) const { return !request_.on_fragment || held_[part]; }

  /// The translation of a part so far; hands out fragments where they are wanted.
  void grown(size_t part, size_t target, const std::string& text);

  /// A part is translated; the last one settles the request.
  void found(size_t part, size_t target, Translation translation);

  /// Nothing more to come: keeps what the request waits for. It is called, as `fail`, once and
  /// without a lock: it calls back.
  void settle();
  void fail(const std::exception_ptr& error);

  TranslationResult result;  ///< timing is filled in by the scheduler

 private:
  /// One part in one target language.
  struct Found {
    Translation translation;
    bool whole = false;
  };
  /// How far one target's fragments are.
  struct Cursor {
    size_t part = 0;
    size_t bytes = 0;  // of the part, handed out
  };

  Found& found_of(size_t part, size_t target) { return found_[part * targets_.size() + target]; }
  void split();
  void split_long(TextPart part);
  std::vector<int32_t> encode(const PreparedText& source, size_t target) const;
  void add(TextPart part, PreparedText source, std::vector<int32_t> ids);
  std::string gap(size_t part, size_t target) const;
  void hand_out(size_t target, std::string_view text, bool last);
  void advance(size_t target);
  void assemble();

  const Tokenizer& tokenizer_;
  TranslationRequest request_;
  std::promise<TranslationResult> promise_;
  SearchSettings settings_;
  int32_t source_ = 0;
  std::string source_language_;
  std::vector<int32_t> targets_;
  std::vector<std::string> languages_;
  std::optional<PreparedText::Style> style_;  // nothing: texts go in as they are
  std::vector<TextPart> parts_;
  std::vector<PreparedText> sources_;  // [parts]
  bool per_target_ = false;
  std::vector<std::vector<int32_t>> inputs_;  // [parts], or [parts * targets]
  std::vector<bool> held_;                    // [parts]: no fragment of it
  std::vector<Found> found_;                  // [parts * targets]
  std::vector<Cursor> cursors_;               // [targets]
  size_t open_ = 0;
  bool settled_ = false;
  const Clock::time_point submitted_ = Clock::now();
  const uint64_t number_;
};

}  // namespace gst_translate
