// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/prepared_text.h"

#include <unicode/uchar.h>

#include <utility>

#include "gst-translate/prepare/capitals.h"
#include "gst-translate/prepare/full_stop.h"
#include "gst-translate/prepare/item_label.h"
#include "gst-translate/prepare/sentence_space.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

bool has_letter(std::string_view text) {
  for (size_t position = 0; position < text.size();)
    if (u_isalpha(static_cast<UChar32>(next_character(text, position)))) return true;
  return false;
}

bool has_letter_outside(std::string_view text, const std::vector<TextRange>& kept) {
  size_t end = 0;
  for (const TextRange& range : kept) {
    if (has_letter(text.substr(end, range.begin - end))) return true;
    end = range.end;
  }
  return has_letter(text.substr(end));
}

}  // namespace

PreparedText::PreparedText(std::string text) : original_(text), text_(std::move(text)) {}

PreparedText::PreparedText(std::string text, Style style, const Vocabulary& vocabulary)
    : original_(std::move(text)), label_(item_label(original_)), style_(std::move(style)) {
  const std::string_view item = std::string_view(original_).substr(label_.size());
  const std::vector<TextRange> kept = find_kept(item);
  for (const TextRange& range : kept)
    ranges_.push_back({range.begin + label_.size(), range.end + label_.size()});
  needs_model_ = has_letter_outside(item, kept);
  if (!needs_model_) return;
  for (const TextRange& range : kept)
    kept_.emplace_back(item.substr(range.begin, range.end - range.begin));
  KnownText known = make_known(item, kept, vocabulary);
  taken_ = std::move(known.taken);
  text_ = std::move(known.text);
  // Small letters first would move what is kept. Its case does not matter: it is put back.
  if (style_.capitals)
    text_ = to_sentence_case(text_, find_kept(text_), style_.language, vocabulary);
}

PreparedText::Style PreparedText::style_of(std::string_view text, const std::string& language,
                                           const Vocabulary& vocabulary) {
  text.remove_prefix(item_label(text).size());
  return {language, is_in_capitals(text, find_kept(text), language, vocabulary)};
}

bool PreparedText::needs_model(std::string_view text) {
  text.remove_prefix(item_label(text).size());
  return has_letter_outside(text, find_kept(text));
}

bool PreparedText::restore(std::string& translation, const std::string& language,
                           bool symbols) const {
  if (!style_.language.empty()) drop_added_full_stop(translation, text_);
  if (style_.capitals) translation = to_capitals(translation, language);
  const std::vector<TextRange> places = repair_kept(translation, kept_);
  if (symbols) translation = put_back(translation, taken_, places, sentence_space(language));
  translation.insert(0, label_);
  return places.size() == kept_.size();
}

std::string PreparedText::without_kept(std::string text) const {
  for (const std::string& kept : kept_)
    if (const size_t place = text.find(kept); place != std::string::npos)
      text.erase(place, kept.size());
  return text;
}

}  // namespace gst_translate
