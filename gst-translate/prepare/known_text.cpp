// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/known_text.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gst-translate/prepare/breaks.h"
#include "gst-translate/prepare/plain_form.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

bool is_word_character(char32_t character) {
  return u_isalnum(static_cast<UChar32>(character)) != 0;
}

bool opens(char32_t character) {
  const int8_t type = u_charType(static_cast<UChar32>(character));
  return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

bool is_blank(std::string_view text) {
  return trim(text).empty();
}

size_t word_characters(std::string_view text) {
  size_t count = 0;
  for (size_t position = 0; position < text.size();)
    count += is_word_character(next_character(text, position)) ? 1U : 0U;
  return count;
}

char32_t first_of(std::string_view text) {
  size_t position = 0;
  return text.empty() ? U' ' : next_character(text, position);
}

size_t next_position(std::string_view text) {
  size_t position = 0;
  next_character(text, position);
  return position;
}

char32_t last_of(std::string_view text) {
  char32_t last = U' ';
  for (size_t position = 0; position < text.size();)
    last = next_character(text, position);
  return last;
}

/// What stays of one grapheme cluster; nothing of a symbol that has to be taken out.
std::string known_form(std::string_view cluster, const Vocabulary& vocabulary, bool& symbol) {
  symbol = false;
  if (vocabulary.knows(cluster)) return std::string(cluster);
  if (auto plain = plain_form(cluster, vocabulary)) return std::move(*plain);
  // A digit in a keycap is a picture of it.
  symbol =
      !is_word_character(first_of(cluster)) || cluster.find("\u20E3") != std::string_view::npos;
  return symbol ? std::string() : std::string(cluster);
}

/// Joins what stood on both sides of something that was taken out.
void join(std::string& before, std::string_view behind) {
  const auto is_closing = [](char32_t c) {
    return u_ispunct(static_cast<UChar32>(c)) && !opens(c);
  };
  const bool spaced = before.empty() || is_white_space(last_of(before));
  if (spaced)
    while (!behind.empty() && is_white_space(first_of(behind)))
      behind.remove_prefix(next_position(behind));
  if (spaced && !behind.empty() && is_closing(first_of(behind)))
    before.resize(static_cast<size_t>(trim(before).end() - before.data()));
  if (is_word_character(last_of(before)) && is_word_character(first_of(behind))) before += ' ';
  before += behind;
}

/// A word of a translation, or a text in it that is kept.
std::vector<TextRange> words_of(std::string_view text, const std::vector<TextRange>& kept) {
  std::vector<TextRange> words;
  for (const TextRange& range : break_text(text, Break::Word)) {
    if (word_characters(text.substr(range.begin, range.end - range.begin)) == 0) continue;
    const TextRange* whole = find_overlap(kept, range);
    const TextRange word = whole == nullptr ? range : *whole;
    if (words.empty() || !words.back().overlaps(word)) words.push_back(word);
  }
  return words;
}

/// Behind which word something stands that `share` of the letters and digits are before: not behind
/// the last one.
size_t word_before(std::string_view text, const std::vector<TextRange>& words, double share) {
  const auto all = static_cast<double>(word_characters(text));
  size_t best = 0, count = 0;
  double least = 2;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    count += word_characters(text.substr(words[i].begin, words[i].end - words[i].begin));
    const double distance = std::fabs(static_cast<double>(count) / all - share);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

}  // namespace

KnownText make_known(std::string_view text, const std::vector<TextRange>& kept,
                     const Vocabulary& vocabulary) {
  if (vocabulary.knows(text)) return {std::string(text), {}};
  // What is left, cut where something was taken out.
  std::vector<std::string> parts(1);
  KnownText known;
  for (const TextRange& range : break_text(text, Break::Grapheme)) {
    const std::string_view cluster = text.substr(range.begin, range.end - range.begin);
    bool symbol = false;
    parts.back() += known_form(cluster, vocabulary, symbol);
    if (!symbol || find_overlap(kept, range) != nullptr) continue;
    if (!known.taken.empty() && is_blank(parts.back()) && parts.size() > 1) {
      known.taken.back().text += std::exchange(parts.back(), "") + std::string(cluster);
    } else {
      known.taken.push_back({std::string(cluster)});
      parts.emplace_back();
    }
  }

  size_t all = 0, before = 0;
  for (const std::string& part : parts)
    all += word_characters(part);
  known.text = parts[0];
  for (size_t i = 0; i < known.taken.size(); ++i) {
    TakenSymbols& symbols = known.taken[i];
    before += word_characters(parts[i]);
    const auto marks = [](const std::string& part) { return trim(part); };
    symbols.place = before == 0     ? TakenSymbols::Place::Leads
                    : before == all ? TakenSymbols::Place::Trails
                                    : TakenSymbols::Place::Within;
    symbols.share = all == 0 ? 0 : static_cast<double>(before) / static_cast<double>(all);
    symbols.space_before = !parts[i].empty() && is_white_space(last_of(parts[i]));
    symbols.space_behind = !parts[i + 1].empty() && is_white_space(first_of(parts[i + 1]));
    symbols.mark_before = !is_blank(parts[i]) && !is_word_character(last_of(marks(parts[i])));
    symbols.mark_behind =
        !is_blank(parts[i + 1]) && !is_word_character(first_of(marks(parts[i + 1])));
    join(known.text, parts[i + 1]);
  }
  known.text = std::string(trim(known.text));
  return known;
}

std::string put_back(std::string_view translation, const std::vector<TakenSymbols>& taken,
                     const std::vector<TextRange>& kept, std::string_view space) {
  if (taken.empty()) return std::string(translation);
  const std::vector<TextRange> words = words_of(translation, kept);
  std::vector<std::pair<size_t, std::string>> insertions;
  for (const TakenSymbols& symbols : taken) {
    const std::string before = symbols.space_before ? std::string(space) : "";
    const std::string behind = symbols.space_behind ? std::string(space) : "";
    size_t at = 0;
    std::string text;
    if (symbols.place == TakenSymbols::Place::Leads) {
      at = symbols.mark_before && !words.empty() ? words.front().begin : 0;
      text = symbols.text + behind;
    } else if (symbols.place == TakenSymbols::Place::Trails || words.size() < 2) {
      at = symbols.mark_behind && !words.empty() ? words.back().end : translation.size();
      text = before + symbols.text;
    } else {
      const size_t word = word_before(translation, words, symbols.share);
      const TextRange gap{words[word].end, words[word + 1].begin};
      at = gap.begin;
      if (!before.empty() && behind.empty()) {
        at = gap.end;  // it opens what follows
        text = symbols.text;
      } else {
        if (symbols.mark_before)
          while (at < gap.end && !is_white_space(first_of(translation.substr(at))))
            at += next_position(translation.substr(at));
        text = before + symbols.text;
      }
    }
    insertions.emplace_back(at, std::move(text));
  }
  std::stable_sort(insertions.begin(), insertions.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string whole;
  size_t end = 0;
  for (const auto& [at, text] : insertions) {
    whole.append(translation.substr(end, at - end)).append(text);
    end = at;
  }
  return whole.append(translation.substr(end));
}

}  // namespace gst_translate
