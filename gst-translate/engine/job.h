// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/decode/search.h"
#include "gst-translate/engine/split.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"

namespace gst_translate {

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
  Clock::time_point submitted() const { return submitted_; }
  uint64_t number() const { return number_; }  ///< in this process, for the log

  size_t parts() const { return parts_.size(); }
  size_t targets() const { return targets_.size(); }
  const std::string& text(size_t part) const { return parts_[part].text; }
  int32_t source() const { return source_; }
  int32_t target(size_t index) const { return targets_[index]; }
  const std::string& target_language(size_t index) const { return languages_[index]; }
  const std::string& source_language() const { return source_language_; }

  /// The encoder's input for a part: one for all targets, or one for each.
  const std::vector<int32_t>& input(size_t part, size_t target) const;
  bool input_for_each_target() const { return per_target_; }

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
  struct Piece {
    Translation translation;
    bool found = false;
  };
  /// How far one target's fragments are.
  struct Cursor {
    size_t part = 0;
    size_t bytes = 0;  // of the part, handed out
  };

  Piece& piece(size_t part, size_t target) { return pieces_[part * targets_.size() + target]; }
  std::string gap(size_t part, size_t target) const;
  void restore_unknown(size_t part, size_t target, Translation& translation) const;
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
  std::vector<TextPart> parts_;
  bool per_target_ = false;
  std::vector<std::vector<int32_t>> inputs_;       // [parts], or [parts * targets]
  std::vector<std::vector<UnknownSpan>> unknown_;  // [parts], where they are kept
  std::vector<Piece> pieces_;                      // [parts * targets]
  std::vector<Cursor> cursors_;                    // [targets]
  size_t open_ = 0;
  bool settled_ = false;
  const Clock::time_point submitted_ = Clock::now();
  const uint64_t number_;
};

}  // namespace gst_translate
