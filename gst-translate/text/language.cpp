// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/language.h"

#include <algorithm>
#include <iterator>

#include "gst-translate/text/language_table.h"

namespace gst_translate {

const std::vector<Language>& languages() {
  static const std::vector<Language> all(std::begin(language_table), std::end(language_table));
  return all;
}

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template <typename Shape>
bool all_of(std::string_view text, Shape shape) {
  return std::all_of(text.begin(), text.end(), shape);
}

bool equal(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

/// A locale of POSIX ("de_DE.UTF-8@euro") without what says nothing of its language. A modifier
/// that may ("sr_RS@latin") stays, and finds only what it says.
std::string_view without_encoding(std::string_view code) {
  constexpr std::string_view euro = "@euro";
  if (code.size() > euro.size() && equal(code.substr(code.size() - euro.size()), euro))
    code.remove_suffix(euro.size());
  return code.find('@') == std::string_view::npos ? code.substr(0, code.find('.')) : code;
}

/// The subtags between hyphens or underscores; none if one is not made of one to eight letters and
/// digits (RFC 5646, section 2.1).
std::vector<std::string_view> split(std::string_view code) {
  std::vector<std::string_view> subtags;
  for (;;) {
    size_t length = std::min(code.find_first_of("-_"), code.size());
    std::string_view subtag = code.substr(0, length);
    if (subtag.empty() || subtag.size() > 8 ||
        !all_of(subtag, [](char c) { return is_letter(c) || is_digit(c); }))
      return {};
    subtags.push_back(subtag);
    if (length == code.size()) return subtags;
    code.remove_prefix(length + 1);
  }
}

const Language* row(std::string_view flores) {
  for (const Language& language : languages())
    if (language.flores == flores) return &language;
  return nullptr;
}

/// What a language code means when nothing else is said: of several rows the one that needs no
/// script in its tag.
const Language* from_code(std::string_view code) {
  for (const CodeAlias& alias : code_aliases)
    if (equal(code, alias.code)) return row(alias.flores);
  const Language* found = nullptr;
  for (const Language& language : languages()) {
    if (!equal(code, language.iso639_1) && !equal(code, language.iso639_2) &&
        !equal(code, language.iso639_3))
      continue;
    if (!found || language.bcp47.size() < found->bcp47.size()) found = &language;
  }
  return found;
}

const Language* exception(const Language& language, std::string_view subtag) {
  for (const TagException& entry : tag_exceptions)
    if (entry.flores == language.flores && equal(subtag, entry.subtag)) return row(entry.meant);
  return nullptr;
}

/// The same language in another script, or nothing: who asks for Serbian in Latin letters is not
/// served with Cyrillic ones.
const Language* in_script(const Language& language, std::string_view script) {
  if (equal(script, "Kore")) script = "Hang";
  for (const Language& other : languages()) {
    if (other.iso639_3 == language.iso639_3 &&
        (equal(script, other.script) || equal(script, other.flores.substr(4))))
      return &other;
  }
  return exception(language, script);
}

// The shapes of RFC 5646, section 2.1.
bool is_extended_language(std::string_view subtag) {
  return subtag.size() == 3 && all_of(subtag, is_letter);  // "zh-yue": behind its macrolanguage
}
bool is_script(std::string_view subtag) {
  return subtag.size() == 4 && all_of(subtag, is_letter);
}
bool is_region(std::string_view subtag) {
  return (subtag.size() == 2 && all_of(subtag, is_letter)) ||
         (subtag.size() == 3 && all_of(subtag, is_digit));
}
bool is_singleton(std::string_view subtag) {
  return subtag.size() == 1;
}
bool is_variant(std::string_view subtag) {
  // Of the registered variants without a digit only those that a translation can ignore: a mistyped
  // script ("zho_Hantt") has the same shape.
  return (subtag.size() >= 4 && std::any_of(subtag.begin(), subtag.end(), is_digit)) ||
         equal(subtag, "valencia") || equal(subtag, "oxendict");
}

}  // namespace

const Language* find_language(std::string_view code) {
  const std::vector<std::string_view> subtags = split(without_encoding(code));
  if (subtags.empty()) return nullptr;
  auto subtag = subtags.begin();
  const auto next_is = [&](auto&& shape) { return subtag != subtags.end() && shape(*subtag); };

  const Language* language = from_code(*subtag++);
  if (language && next_is(is_extended_language)) language = from_code(*subtag++);
  const bool script_given = next_is(is_script);
  if (language && script_given) language = in_script(*language, *subtag++);
  if (!language) return nullptr;
  if (next_is(is_region)) {
    const Language* regional = exception(*language, *subtag++);
    if (regional && !script_given) language = regional;
  }
  while (next_is(is_variant))
    ++subtag;
  if (next_is(is_singleton) && subtag + 1 != subtags.end()) return language;  // extensions
  return subtag == subtags.end() ? language : nullptr;
}

std::string_view region_of(std::string_view code) {
  const std::vector<std::string_view> subtags = split(without_encoding(code));
  for (size_t i = 1; i < subtags.size() && !is_singleton(subtags[i]); ++i)
    if (is_region(subtags[i])) return subtags[i];
  return {};
}

}  // namespace gst_translate
