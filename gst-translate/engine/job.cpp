// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/job.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "gst-translate/engine/fragments.h"
#include "gst-translate/text/check_range.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

/// Tokens of the source that certainly fit a translation of `max_length`: a longer text would be
/// cut off in the middle.
size_t longest_input(const SearchSettings& settings) {
  return std::max<size_t>(16, static_cast<size_t>(settings.max_length) * 2 / 3);
}

uint64_t next_number() {
  static std::atomic<uint64_t> last{0};
  return ++last;
}

}  // namespace

Job::Job(TranslationRequest request, const Tokenizer& tokenizer, const ModelConfig& config)
    : tokenizer_(tokenizer),
      request_(std::move(request)),
      settings_(resolve(request_.search, config.search, config.eos)),
      source_(tokenizer.languages().id(request_.source)),
      source_language_(tokenizer.languages().name(source_)),
      per_target_(tokenizer.target_in_source()),
      number_(next_number()) {
  check_range("batch-size", request_.batch_size, 1, TranslationRequest::largest_batch);
  settings_.scores = request_.scores;
  for (const auto& target : request_.targets) {
    targets_.push_back(tokenizer.languages().id(target));
    languages_.push_back(tokenizer.languages().name(targets_.back()));
    result.translations.emplace_back();
    result.translations.back().language = languages_.back();
  }
  if (targets_.empty()) return;
  cursors_.resize(targets_.size());

  if (request_.split)
    parts_ = split_sentences(request_.text, source_language_);
  else if (!trim(request_.text).empty())
    parts_.push_back({request_.text, 0});
  const auto encode = [&](const std::string& text, size_t target) {
    return tokenizer.encode(text, source_, targets_[target]);
  };
  std::vector<TextPart> parts;
  for (auto& part : parts_) {
    const size_t tokens = encode(part.text, 0).size();
    if (!request_.split || tokens <= longest_input(settings_)) {
      parts.push_back(std::move(part));
      continue;
    }
    const size_t width = text_width(part.text) * longest_input(settings_) / tokens;
    for (auto& clause : split_clauses(part.text, source_language_, width))
      parts.push_back({std::move(clause), std::exchange(part.line_breaks, 0)});
  }
  parts_ = std::move(parts);
  for (const auto& part : parts_)
    for (size_t target = 0; target < (per_target_ ? targets_.size() : 1); ++target)
      inputs_.push_back(encode(part.text, target));
  for (const auto& input : inputs_)
    result.source_ids.insert(result.source_ids.end(), input.begin(), input.end());
  if (request_.keep_unknown)
    for (const auto& part : parts_)
      unknown_.push_back(tokenizer.unknown_spans(part.text));
  pieces_.resize(parts_.size() * targets_.size());
  open_ = pieces_.size();
}

const std::vector<int32_t>& Job::input(size_t part, size_t target) const {
  return inputs_[per_target_ ? part * targets_.size() + target : part];
}

/// What stands before a part in the translation.
std::string Job::gap(size_t part, size_t target) const {
  if (part == 0) return {};
  if (parts_[part].line_breaks > 0)
    return std::string(static_cast<size_t>(std::min(parts_[part].line_breaks, 2)), '\n');
  return std::string(sentence_space(languages_[target]));
}

void Job::hand_out(size_t target, std::string_view text, bool last) {
  if (!text.empty() || last) request_.on_fragment({target, text, last});
}

void Job::grown(size_t part, size_t target, const std::string& text) {
  Cursor& cursor = cursors_[target];
  if (!request_.on_fragment || part != cursor.part) return;
  // Where unknown characters stand is only known at the end.
  if (!unknown_.empty() && !unknown_[part].empty()) return;
  const size_t end = clause_end(text, cursor.bytes);
  if (end == cursor.bytes) return;
  if (cursor.bytes == 0) hand_out(target, gap(part, target), false);
  hand_out(target, std::string_view(text).substr(cursor.bytes, end - cursor.bytes), false);
  cursor.bytes = end;
}

/// Hands out what is whole now: fragments keep the order of the text.
void Job::advance(size_t target) {
  Cursor& cursor = cursors_[target];
  while (cursor.part < parts_.size() && piece(cursor.part, target).found) {
    const std::string_view text = piece(cursor.part, target).translation.text;
    const bool last = cursor.part + 1 == parts_.size();
    if (cursor.bytes == 0) hand_out(target, gap(cursor.part, target), false);
    hand_out(target, text.substr(std::min(cursor.bytes, text.size())), last);
    ++cursor.part;
    cursor.bytes = 0;
  }
}

void Job::restore_unknown(size_t part, size_t target, Translation& translation) const {
  if (unknown_.empty() || unknown_[part].empty()) return;
  // Not into what a guard had translated in several pieces.
  if (translation.text != tokenizer_.decode(translation.ids)) return;
  translation.text =
      tokenizer_.decode(translation.ids, unknown_[part], sentence_space(languages_[target]));
}

void Job::found(size_t part, size_t target, Translation translation) {
  restore_unknown(part, target, translation);
  Piece& whole = piece(part, target);
  whole.translation = std::move(translation);
  whole.found = true;
  if (request_.on_fragment) advance(target);
  if (--open_ == 0) settle();
}

void Job::assemble() {
  for (size_t target = 0; target < targets_.size(); ++target) {
    Translation& whole = result.translations[target];
    float score = 0;
    for (size_t part = 0; part < parts_.size(); ++part) {
      Translation& piece_found = piece(part, target).translation;
      whole.text += gap(part, target) + piece_found.text;
      whole.ids.insert(whole.ids.end(), piece_found.ids.begin(), piece_found.ids.end());
      score += piece_found.score * static_cast<float>(piece_found.ids.size());
      whole.flaws = whole.flaws | piece_found.flaws;
      whole.retried = whole.retried || piece_found.retried;
    }
    if (!whole.ids.empty()) whole.score = score / static_cast<float>(whole.ids.size());
  }
}

void Job::settle() {
  if (parts_.empty() && request_.on_fragment)
    for (size_t target = 0; target < targets_.size(); ++target)
      hand_out(target, {}, true);
  assemble();
  settled_ = true;  // from here on nothing fails
  promise_.set_value(std::move(result));
  if (request_.on_ready) request_.on_ready();
}

void Job::fail(const std::exception_ptr& error) {
  settled_ = true;
  promise_.set_exception(error);
  if (request_.on_ready) request_.on_ready();
}

}  // namespace gst_translate
