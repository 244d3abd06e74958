// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <string>
#include <vector>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// Digits [begin, end) of a text.
struct Group {
  size_t begin = 0, end = 0;
  size_t size() const { return end - begin; }
};

/// Groups of digits, a mark or a space between two of them: "+49 (0)30 123-4567".
struct Code {
  std::vector<Group> groups;
  std::u32string marks;  ///< what parts them: one of "-./ (" each
  bool plus = false;
  bool check_x = false;  ///< an X follows, the last digit of an ISBN
  size_t digits = 0;
  size_t end = 0;

  std::u32string sizes() const {
    std::u32string all;
    for (const Group& group : groups)
      all += static_cast<char32_t>(U'0' + std::min<size_t>(group.size(), 9));
    return all;
  }
  bool has_only(View allowed) const { return marks.find_first_not_of(allowed) == View::npos; }
};

/// Of more it is a list of numbers.
constexpr size_t most_groups = 10;

/// What parts two groups at `at`, and where the next one begins; 0 if none does.
char32_t mark_at(const SourcedText& text, size_t at, size_t& next) {
  const char32_t c = character_at(text, at);
  const bool space = c != 0 && gst_translate::is_white_space(c) && c != U'\n';
  next = at + 1;
  if (is_one_of(c, U"-\u2010\u2011./)")) {
    if (c == U')' && character_at(text, next) == U' ') ++next;
    if (is_digit(character_at(text, next)))
      return c == U')' ? U' ' : is_one_of(c, U"./") ? c : U'-';
    return 0;
  }
  if (space && character_at(text, next) == U'(') ++next;
  return space && is_digit(character_at(text, next)) ? U' ' : 0;
}

/// The one that begins at `at`; without groups where none does.
Code read_code(const SourcedText& text, size_t at) {
  Code code;
  code.plus = character_at(text, at) == U'+';
  if (code.plus) ++at;
  if (character_at(text, at) == U'(') ++at;
  for (char32_t mark = 0;;) {
    const size_t end = digits_end(text, at);
    if (end == at) return {};
    if (code.groups.size() == most_groups) return {};
    code.groups.push_back({at, end});
    code.digits += end - at;
    code.end = end;
    size_t next = 0;
    mark = mark_at(text, end, next);
    if (mark == 0) {
      const size_t last = end + (character_at(text, end) == U'-' ? 1 : 0);
      code.check_x = is_word_at(text, last, U"X");
      return code;
    }
    code.marks += mark;
    at = next;
  }
}

/// The word before `at`, past spaces and a colon.
bool follows(const SourcedText& text, size_t at, View word) {
  at = before_spaces(text, at);
  if (at > 0 && text[at - 1].character == U':') --at;
  return at >= word.size() && is_at(text, at - word.size(), word);
}

bool is_isbn(const SourcedText& text, size_t at, const Code& code) {
  const size_t digits = code.digits + (code.check_x ? 1 : 0);
  if (digits != 10 && digits != 13) return false;
  for (const View name : {U"ISBN", U"ISBN-10", U"ISBN-13"})
    if (follows(text, at, name)) return true;
  const std::string first = encode(text, code.groups[0].begin, code.groups[0].end);
  return code.marks == U"----" && digits == 13 && (first == "978" || first == "979");
}

/// As they are written in most countries: from "+", from the 0 of the place, or the ten digits of
/// North America.
bool is_telephone(const SourcedText& text, const Code& code) {
  const std::u32string sizes = code.sizes();
  if (code.plus) return code.digits >= 9 && code.digits <= 15;
  if (code.digits < 7 || code.digits > 13) return false;
  const bool ten = sizes == U"334" || sizes == U"1334";
  if (ten && (code.marks.find(U'-') != View::npos || code.marks == U"..")) return true;
  // Not 01/02/2026, 01-02-2026.
  return text[code.groups[0].begin].character == U'0' && code.groups.size() > 1 &&
         code.groups[0].size() > 1 && code.groups[0].size() < 6 && code.has_only(U"- /") &&
         std::count(code.marks.begin(), code.marks.end(), U'/') < 2 && sizes != U"224";
}

/// No quantity, though voices take it for one or for several.
bool is_code(const SourcedText& text, size_t at, const Code& code, std::string_view bcp47) {
  constexpr size_t longest_quantity = 10;
  if (is_isbn(text, at, code)) return true;
  if (code.check_x) return false;
  if (code.groups.size() == 1 && !code.plus) return code.digits > longest_quantity;
  if (code.sizes() == U"4444" && code.has_only(U" -")) return true;
  // People say pairs and threes of digits as numbers there.
  const auto is_short = [](const Group& group) { return group.size() < 4; };
  if (has_word(" ca es fr it pt ", bcp47) &&
      std::all_of(code.groups.begin(), code.groups.end(), is_short))
    return false;
  return is_telephone(text, code);
}

bool is_capital(char32_t c) {
  return c >= U'A' && c <= U'Z';
}

bool is_capital_or_digit(char32_t c) {
  return is_capital(c) || is_digit(c);
}

size_t capitals_and_digits_end(const SourcedText& text, size_t at) {
  while (is_capital_or_digit(character_at(text, at)))
    ++at;
  return at;
}

/// One past the IBAN that begins at `at`, in groups of four or in one piece; 0 if none does.
size_t iban_end(const SourcedText& text, size_t at) {
  constexpr size_t shortest = 15, longest = 34, group = 4;
  if (!is_capital(character_at(text, at)) || !is_capital(character_at(text, at + 1)) ||
      !is_digit(character_at(text, at + 2)) || !is_digit(character_at(text, at + 3)))
    return 0;
  size_t end = capitals_and_digits_end(text, at), characters = end - at;
  for (size_t last = characters; last == group;) {
    const size_t begin = end + 1, next = capitals_and_digits_end(text, begin);
    const bool has_digit = digits_end(text, begin) > begin || characters == group;
    last = next - begin;
    if (character_at(text, end) != U' ' || last == 0 || last > group || !has_digit ||
        is_letter_or_digit(character_at(text, next)))
      break;
    characters += last;
    end = next;
  }
  const bool ends = !is_letter_or_digit(character_at(text, end));
  return ends && characters >= shortest && characters <= longest ? end : 0;
}

bool is_currency(const SourcedText& text, size_t begin, size_t end) {
  return has_word(" AUD BRL CAD CHF CNY DKK EUR GBP INR JPY MXN NOK PLN RUB SEK TRY USD ",
                  encode(text, begin, end));
}

/// Likewise of capitals and digits that voices would take for a word and a huge number:
/// "AB12345678". "10000MB" is none, nor is "EUR10000".
size_t serial_number_end(const SourcedText& text, size_t at) {
  constexpr size_t shortest = 8, shortest_number = 5;
  const size_t end = capitals_and_digits_end(text, at);
  if (end - at < shortest || is_letter_or_digit(character_at(text, end))) return 0;
  size_t longest_number = 0, runs = 0;
  for (size_t i = at; i < end; ++runs) {
    const size_t number = digits_end(text, i);
    longest_number = std::max(longest_number, number - i);
    if (number > i) {
      i = number;
      continue;
    }
    const size_t letters = i;
    while (i < end && is_capital(text[i].character))
      ++i;
    if (is_currency(text, letters, i)) return 0;
  }
  const bool quantity = runs == 1 || (runs == 2 && is_digit(text[at].character));
  return longest_number >= shortest_number && !quantity ? end : 0;
}

/// One by one; of many there is a pause behind each four.
void append_one_by_one(SourcedText& out, const SourcedText& text, size_t begin, size_t end) {
  constexpr size_t longest_at_once = 8;
  const size_t group = end - begin > longest_at_once ? 4 : longest_at_once;
  size_t said = 0;
  for (size_t i = begin; i < end; ++i) {
    if (!is_letter_or_digit(text[i].character)) continue;
    if (said > 0) append(out, said % group == 0 ? U", " : U" ", text[i].begin, text[i].begin);
    copy(out, text, i, i + 1);
    ++said;
  }
}

}  // namespace

SourcedText spell_out_codes(const SourcedText& text, std::string_view bcp47) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t c = text[at].character, before = at > 0 ? text[at - 1].character : U' ';
    end = std::max(at + 1, number_end(text, at));
    const bool parted = !is_letter_or_digit(before) && !is_one_of(before, U"-./,:_+#$€£¥@");
    if (parted && is_capital_or_digit(c)) {
      size_t code_end = iban_end(text, at);
      if (code_end == 0) code_end = serial_number_end(text, at);
      if (code_end > 0) {
        append_one_by_one(out, text, at, code_end);
        end = code_end;
        continue;
      }
    }
    const bool begins = parted && (is_digit(c) || is_one_of(c, U"+("));
    const Code code = begins ? read_code(text, at) : Code();
    if (code.groups.empty()) {
      copy(out, text, at, end);
      continue;
    }
    const char32_t next = character_at(text, code.end);
    const bool ends =
        code.check_x ||
        !(is_letter_or_digit(next) || is_one_of(next, U"%°") ||
          (is_one_of(next, U",:/-'") && is_letter_or_digit(character_at(text, code.end + 1))));
    if (!ends || !is_code(text, at, code, bcp47)) {
      // None begins in its midst.
      end = std::max(end, code.groups[0].end);
      copy(out, text, at, end);
      continue;
    }
    if (code.plus) copy(out, text, at, at + 1);
    for (const Group& group : code.groups) {
      if (&group != &code.groups[0])
        append(out, U", ", text[group.begin].begin, text[group.begin].begin);
      if (code.plus && &group == &code.groups[0])
        append(out, U" ", text[group.begin].begin, text[group.begin].begin);
      append_one_by_one(out, text, group.begin, group.end);
    }
    end = code.end;
    if (code.check_x && text[end].character == U'-') ++end;
    if (code.check_x) append(out, U" ", text[end].begin, text[end].begin);
  }
  return out;
}

}  // namespace gst_tts
