// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/job.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "gst-translate/engine/fragments.h"
#include "gst-translate/prepare/sentence_space.h"
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

  if (request_.prepare && request_.split)
    style_ = PreparedText::style_of(request_.text, source_language_, vocabulary());
  split();
  for (const auto& input : inputs_)
    result.source_ids.insert(result.source_ids.end(), input.begin(), input.end());
  found_.resize(parts_.size() * targets_.size());
  open_ = found_.size();
  for (size_t part = 0; part < parts_.size(); ++part) {
    const PreparedText& source = sources_[part];
    held_.push_back(source.has_to_be_restored(request_.keep_unknown) ||
                    (request_.keep_unknown && !tokenizer_.knows(source.text())));
    for (size_t target = 0; target < targets_.size() && !source.needs_model(); ++target, --open_) {
      found_of(part, target).translation.text = source.original();
      found_of(part, target).whole = true;
    }
  }
  for (size_t target = 0; target < targets_.size() && request_.on_fragment; ++target)
    advance(target);
}

Vocabulary Job::vocabulary() const {
  return {[&tokenizer = tokenizer_](std::string_view text) { return tokenizer.knows(text); },
          [&tokenizer = tokenizer_](std::string_view text) {
            return tokenizer.encode(text, 0, 0).size();
          }};
}

PreparedText Job::prepare(std::string text) const {
  if (!style_) return PreparedText(std::move(text));
  return PreparedText(std::move(text), *style_, vocabulary());
}

/// What the model reads; nothing of a text that does not need it.
std::vector<int32_t> Job::encode(const PreparedText& source, size_t target) const {
  if (!source.needs_model()) return {};
  return tokenizer_.encode(source.text(), source_, targets_[target]);
}

/// `ids`: those of the text for the first target.
void Job::add(TextPart part, PreparedText source, std::vector<int32_t> ids) {
  inputs_.push_back(std::move(ids));
  for (size_t target = 1; target < targets_.size() && per_target_; ++target)
    inputs_.push_back(encode(source, target));
  parts_.push_back(std::move(part));
  sources_.push_back(std::move(source));
}

/// A part that is too long for a translation is cut around what is kept, then at clauses.
void Job::split_long(TextPart part) {
  PreparedText source = prepare(part.text);
  std::vector<int32_t> ids = encode(source, 0);
  if (!request_.split || ids.size() <= longest_input(settings_))
    return add(std::move(part), std::move(source), std::move(ids));
  if (source.has_kept()) {
    for (auto& piece : source.pieces()) {
      split_long({std::move(piece.text), part.line_breaks, part.joined});
      part.line_breaks = 0;
      part.joined = true;
    }
    return;
  }
  const size_t width = text_width(part.text) * longest_input(settings_) / ids.size();
  for (auto& clause : split_clauses(part.text, source_language_, width)) {
    PreparedText prepared = prepare(clause);
    ids = encode(prepared, 0);
    add({std::move(clause), std::exchange(part.line_breaks, 0), std::exchange(part.joined, false)},
        std::move(prepared), std::move(ids));
  }
}

void Job::split() {
  if (trim(request_.text).empty()) return;
  // Where no model is needed, nothing changes.
  if (!request_.split || (style_ && !PreparedText::needs_model(request_.text)))
    return split_long({request_.text});
  for (auto& part : split_sentences(request_.text, source_language_))
    split_long(std::move(part));
}

const std::vector<int32_t>& Job::input(size_t part, size_t target) const {
  return inputs_[per_target_ ? part * targets_.size() + target : part];
}

/// What stands before a part in the translation.
std::string Job::gap(size_t part, size_t target) const {
  if (part == 0 || (parts_[part].joined && parts_[part].line_breaks == 0)) return {};
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
  if (held_[part]) return;
  const size_t end = clause_end(text, cursor.bytes);
  if (end == cursor.bytes) return;
  if (cursor.bytes == 0) hand_out(target, gap(part, target), false);
  hand_out(target, std::string_view(text).substr(cursor.bytes, end - cursor.bytes), false);
  cursor.bytes = end;
}

/// Hands out what is whole now: fragments keep the order of the text.
void Job::advance(size_t target) {
  Cursor& cursor = cursors_[target];
  while (cursor.part < parts_.size() && found_of(cursor.part, target).whole) {
    const std::string_view text = found_of(cursor.part, target).translation.text;
    const bool last = cursor.part + 1 == parts_.size();
    if (cursor.bytes == 0) hand_out(target, gap(cursor.part, target), false);
    hand_out(target, text.substr(std::min(cursor.bytes, text.size())), last);
    ++cursor.part;
    cursor.bytes = 0;
  }
}

Reading Job::read(const PreparedText& source, size_t target,
                  const std::vector<int32_t>& ids) const {
  std::vector<UnknownSpan> unknown;
  if (request_.keep_unknown) unknown = tokenizer_.unknown_spans(source.text());
  Reading reading;
  reading.text = unknown.empty()
                     ? tokenizer_.decode(ids)
                     : tokenizer_.decode(ids, unknown, sentence_space(languages_[target]));
  reading.altered = !source.restore(reading.text, languages_[target], request_.keep_unknown);
  return reading;
}

void Job::found(size_t part, size_t target, Translation translation) {
  Found& found = found_of(part, target);
  found.translation = std::move(translation);
  found.whole = true;
  if (request_.on_fragment) advance(target);
  if (--open_ == 0) settle();
}

void Job::assemble() {
  for (size_t target = 0; target < targets_.size(); ++target) {
    Translation& whole = result.translations[target];
    float score = 0;
    for (size_t part = 0; part < parts_.size(); ++part) {
      const Translation& own = found_of(part, target).translation;
      whole.text += gap(part, target) + own.text;
      whole.ids.insert(whole.ids.end(), own.ids.begin(), own.ids.end());
      score += own.score * static_cast<float>(own.ids.size());
      whole.flaws = whole.flaws | own.flaws;
      whole.retried = whole.retried || own.retried;
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
