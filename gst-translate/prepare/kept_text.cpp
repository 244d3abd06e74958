// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/kept_text.h"

#include <unicode/uchar.h>
#include <unicode/uregex.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>

#include "gst-translate/prepare/kept_patterns.h"
#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

using Expression = std::unique_ptr<URegularExpression, decltype(&uregex_close)>;

/// A copy for this call: an expression is of use to one thread at a time.
Expression expression() {
  static const Expression compiled = [] {
    UErrorCode error = U_ZERO_ERROR;
    const std::string pattern = kept_pattern();
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, pattern.data(), static_cast<int64_t>(pattern.size()), &error);
    Expression made(uregex_openUText(&text, 0, nullptr, &error), uregex_close);
    utext_close(&text);
    if (U_FAILURE(error)) throw std::logic_error(u_errorName(error));
    return made;
  }();
  UErrorCode error = U_ZERO_ERROR;
  return {uregex_clone(compiled.get(), &error), uregex_close};
}

/// False for most sentences, which so cost nothing: whatever is kept has a digit, or one of these
/// marks where no sentence has it, or is longer than any word.
bool may_hold_kept(std::string_view text) {
  size_t since_space = 0;
  for (size_t position = 0; position < text.size();) {
    const char32_t c = next_character(text, position);
    const auto character = static_cast<UChar32>(c);
    since_space = is_white_space(c) ? 0 : since_space + 1;
    if (since_space > longest_word) return true;
    const char next = position < text.size() ? text[position] : ' ';
    if (u_isdigit(character) || u_charType(character) == U_OTHER_NUMBER) return true;
    if (character < 0x80 &&
        std::string_view("@#`_/\\").find(static_cast<char>(character)) != std::string_view::npos)
      return true;
    if (character == U'＃' || (character == '(' && next == ')')) return true;
    if ((character == '.' || character == ':') && next != ' ') return true;
  }
  return false;
}

char32_t character_before(std::string_view text, size_t position) {
  size_t begin = position;
  do
    --begin;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80);
  return next_character(text, begin);
}

char32_t character_at(std::string_view text, size_t position) {
  return next_character(text, position);
}

bool is_word_character(char32_t character) {
  return u_isalnum(static_cast<UChar32>(character)) != 0;
}

/// Two characters of one word or number: one is not the end of it.
bool belong_together(char32_t a, char32_t b) {
  if (!is_word_character(a) || !is_word_character(b) || is_cjk(a) || is_cjk(b)) return false;
  const bool digit = u_isdigit(static_cast<UChar32>(a)) != 0;
  if (digit != (u_isdigit(static_cast<UChar32>(b)) != 0)) return false;
  UErrorCode error = U_ZERO_ERROR;
  return digit || uscript_getScript(static_cast<UChar32>(a), &error) ==
                      uscript_getScript(static_cast<UChar32>(b), &error);
}

bool is_cut_out(std::string_view text, const TextRange& range) {
  return (range.begin == 0 ||
          !belong_together(character_before(text, range.begin), character_at(text, range.begin))) &&
         (range.end == text.size() ||
          !belong_together(character_before(text, range.end), character_at(text, range.end)));
}

/// What models do not change about a name or a number: letters, in one case, digits and the signs
/// of units.
struct Core {
  char32_t character = 0;
  TextRange range;
};

std::vector<Core> cores(std::string_view text) {
  std::vector<Core> list;
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    const auto character = static_cast<UChar32>(next_character(text, position));
    const bool sign = u_charType(character) == U_CURRENCY_SYMBOL || character == '%' ||
                      character == U'‰' || character == U'°';
    if (sign || u_isalnum(character))
      list.push_back(
          {static_cast<char32_t>(u_foldCase(character, U_FOLD_CASE_DEFAULT)), {begin, position}});
  }
  return list;
}

std::optional<TextRange> find_exact(std::string_view text, const std::string& kept,
                                    const std::vector<TextRange>& taken) {
  for (size_t at = text.find(kept); at != std::string_view::npos; at = text.find(kept, at + 1)) {
    const TextRange range{at, at + kept.size()};
    if (find_overlap(taken, range) == nullptr && is_cut_out(text, range)) return range;
  }
  return std::nullopt;
}

bool is_mark(char32_t character) {
  return !u_isalnum(static_cast<UChar32>(character)) && !is_white_space(character);
}

/// Takes up to `marks` of the marks before and behind a damaged copy to it: those that its own have
/// become. A quotation mark comes with the other one of its pair, and what is before that:
/// 'code()'.
TextRange with_marks(std::string_view text, TextRange range, size_t before, size_t behind) {
  const auto is_quote = [](char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_QUOTATION_MARK) != 0;
  };
  bool quoted = false;
  for (; before > 0 && range.begin > 0; --before) {
    const char32_t mark = character_before(text, range.begin);
    if (!is_mark(mark)) break;
    quoted = quoted || is_quote(mark);
    range.begin -= [&] {
      std::string bytes;
      append_utf8(bytes, mark);
      return bytes.size();
    }();
  }
  if (quoted) behind = std::max<size_t>(behind, 1);
  for (size_t end = range.end; behind > 0 && end < text.size(); --behind) {
    const char32_t mark = next_character(text, end);
    if (!is_mark(mark)) break;
    if (!quoted || is_quote(mark)) range.end = end;
    if (quoted && is_quote(mark)) break;
  }
  return range;
}

size_t marks_before(std::string_view text) {
  size_t count = 0;
  for (size_t position = 0; position < text.size(); ++count)
    if (!is_mark(next_character(text, position))) break;
  return count;
}

size_t marks_behind(std::string_view text) {
  size_t count = 0;
  while (!text.empty() && is_mark(character_before(text, text.size()))) {
    std::string bytes;
    append_utf8(bytes, character_before(text, text.size()));
    text.remove_suffix(bytes.size());
    ++count;
  }
  return count;
}

std::optional<TextRange> find_damaged(std::string_view text, const std::string& kept,
                                      const std::vector<TextRange>& taken) {
  const std::vector<Core> wanted = cores(kept), found = cores(text);
  if (wanted.empty()) return std::nullopt;
  const auto same = [](const Core& a, const Core& b) { return a.character == b.character; };
  for (auto at = found.begin();; ++at) {
    at = std::search(at, found.end(), wanted.begin(), wanted.end(), same);
    if (at == found.end()) return std::nullopt;
    const TextRange core{at->range.begin,
                         (at + static_cast<std::ptrdiff_t>(wanted.size()) - 1)->range.end};
    if (!is_cut_out(text, core)) continue;
    const TextRange range = with_marks(text, core, marks_before(kept), marks_behind(kept));
    if (find_overlap(taken, range) == nullptr) return range;
  }
}

bool has_letters_or_digits(std::string_view text) {
  for (size_t position = 0; position < text.size();)
    if (is_word_character(next_character(text, position))) return true;
  return false;
}

}  // namespace

std::vector<TextRange> find_kept(std::string_view text) {
  std::vector<TextRange> found;
  if (!may_hold_kept(text)) return found;
  UErrorCode error = U_ZERO_ERROR;
  UText input = UTEXT_INITIALIZER;
  utext_openUTF8(&input, text.data(), static_cast<int64_t>(text.size()), &error);
  const Expression search = expression();
  uregex_setUText(search.get(), &input, &error);
  while (uregex_findNext(search.get(), &error) && U_SUCCESS(error))
    found.push_back({static_cast<size_t>(uregex_start64(search.get(), 0, &error)),
                     static_cast<size_t>(uregex_end64(search.get(), 0, &error))});
  utext_close(&input);
  return found;
}

std::vector<TextRange> repair_kept(std::string& translation, const std::vector<std::string>& kept) {
  std::vector<TextRange> places(kept.size());
  std::vector<TextRange> taken;
  std::vector<size_t> missing;
  for (size_t i = 0; i < kept.size(); ++i) {
    if (const auto place = find_exact(translation, kept[i], taken))
      taken.push_back(places[i] = *place);
    else
      missing.push_back(i);
  }
  for (const size_t i : missing) {
    const auto damaged = find_damaged(translation, kept[i], taken);
    if (!damaged) return {};
    translation.replace(damaged->begin, damaged->end - damaged->begin, kept[i]);
    places[i] = {damaged->begin, damaged->begin + kept[i].size()};
    for (auto* list : {&places, &taken})
      for (TextRange& range : *list)
        if (range.begin >= damaged->end) {
          range.begin += places[i].end - damaged->end;
          range.end += places[i].end - damaged->end;
        }
    taken.push_back(places[i]);
  }
  return places;
}

std::vector<Piece> cut_around(std::string_view text, const std::vector<TextRange>& kept) {
  std::vector<Piece> pieces;
  const auto add = [&](std::string_view part, bool keep) {
    if (part.empty()) return;
    if (!pieces.empty() && pieces.back().kept && keep)
      pieces.back().text += part;
    else
      pieces.push_back({std::string(part), keep});
  };
  size_t end = 0;
  const auto add_between = [&](size_t next, bool last) {
    const std::string_view gap = text.substr(end, next - end);
    if (!has_letters_or_digits(gap)) return add(gap, true);
    size_t from = 0, to = gap.size();
    if (end > 0)
      for (size_t position = 0; !is_word_character(next_character(gap, position));)
        from = position;
    if (!last)
      for (; !is_word_character(character_before(gap, to)); --to)
        while (to > 1 && (static_cast<unsigned char>(gap[to - 1]) & 0xC0) == 0x80)
          --to;
    add(gap.substr(0, from), true);
    add(gap.substr(from, to - from), false);
    add(gap.substr(to), true);
  };
  for (const TextRange& range : kept) {
    add_between(range.begin, false);
    add(text.substr(range.begin, range.end - range.begin), true);
    end = range.end;
  }
  add_between(text.size(), true);
  return pieces;
}

std::string fit_into_sentence(std::string translation, std::string_view source,
                              const Vocabulary& vocabulary) {
  if (translation.empty() || source.empty()) return translation;
  if (is_word_character(character_before(source, source.size())))
    for (const std::string_view stop : {"...", ".", "。"})
      if (translation.size() > stop.size() &&
          translation.compare(translation.size() - stop.size(), stop.size(), stop) == 0) {
        translation.resize(translation.size() - stop.size());
        break;
      }
  size_t second = 0;
  const auto first = static_cast<UChar32>(next_character(translation, second));
  // Neither an acronym nor the English "I".
  const bool begins_word = u_isupper(first) && second < translation.size() &&
                           u_islower(static_cast<UChar32>(character_at(translation, second)));
  if (!begins_word || !u_islower(static_cast<UChar32>(character_at(source, 0)))) return translation;
  size_t end = second;
  for (size_t next = end; next < translation.size(); end = next)
    if (!is_word_character(next_character(translation, next))) break;
  std::string small;
  append_utf8(small, static_cast<char32_t>(u_tolower(first)));
  small += translation.substr(second, end - second);
  if (vocabulary.tokens(small) > vocabulary.tokens(translation.substr(0, end))) return translation;
  return small + translation.substr(end);
}

}  // namespace gst_translate
