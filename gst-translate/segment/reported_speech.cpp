// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/reported_speech.h"

namespace gst_translate::segment {

namespace {

constexpr size_t longest_report = 40;  // "पुलिस के एक आदमी ने कहा"
constexpr size_t longest_unspaced_report = 12;
constexpr size_t most_names = 3;  // "Mrs. Anna Hill asked"

}  // namespace

bool reports_speech(Reader& reader, const LanguageRules& rules, size_t position) {
  if (rules.is_empty(WordList::VerbsOfSaying)) return false;
  size_t end = position;
  const auto is_part = [&](Kind kind) {
    return is_letter(kind) || kind == Kind::Mark || kind == Kind::Space ||
           (kind == Kind::Quote && end > position && is_hebrew(reader[end - 1]));  // פרופ' לוי
  };
  for (Kind kind = reader.kind(end); is_part(kind); kind = reader.kind(++end))
    if (end - position > (is_unspaced(reader[end]) ? longest_unspaced_report : longest_report))
      return false;
  const Kind mark = reader.kind(end);
  if (!is_terminator(mark) && mark != Kind::Comma && mark != Kind::Newline && mark != Kind::End)
    return false;
  return rules.has_word_at(WordList::VerbsOfSaying, reader, position) ||
         rules.ends_with(WordList::VerbsOfSaying, trim_end(reader.before(end)));
}

bool names_speaker(Reader& reader, const LanguageRules& rules, size_t position) {
  size_t at = position;
  for (size_t names = 0; names < most_names && reader.kind(at) == Kind::Upper; ++names) {
    while (is_letter(reader.kind(at)) || reader.kind(at) == Kind::Mark)
      ++at;
    if (reader.kind(at) == Kind::FullStop) ++at;  // Mrs.
    if (reader.kind(at) != Kind::Space) return false;
    at = reader.skip_space(at);
  }
  return rules.has_word_at(WordList::VerbsOfSaying, reader, at);
}

}  // namespace gst_translate::segment
