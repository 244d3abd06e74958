// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/units.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Currency {
  std::string_view language;  ///< FLORES-200
  char32_t sign;
  View one, many;
  View of_millions;  ///< "5 millions d’euros"
  std::string_view gender = "masculine";
};

constexpr Currency currencies[] = {
    {"eng_Latn", U'$', U"dollar", U"dollars", U"dollars"},
    {"eng_Latn", U'€', U"euro", U"euros", U"euros"},
    {"eng_Latn", U'£', U"pound", U"pounds", U"pounds"},
    {"eng_Latn", U'¥', U"yen", U"yen", U"yen"},
    {"deu_Latn", U'$', U"Dollar", U"Dollar", U"Dollar"},
    {"deu_Latn", U'€', U"Euro", U"Euro", U"Euro"},
    {"deu_Latn", U'£', U"Pfund", U"Pfund", U"Pfund"},
    {"deu_Latn", U'¥', U"Yen", U"Yen", U"Yen"},
    {"fra_Latn", U'$', U"dollar", U"dollars", U"de dollars"},
    {"fra_Latn", U'€', U"euro", U"euros", U"d’euros"},
    {"fra_Latn", U'£', U"livre", U"livres", U"de livres", "feminine"},
    {"fra_Latn", U'¥', U"yen", U"yens", U"de yens"},
    {"spa_Latn", U'$', U"dólar", U"dólares", U"de dólares"},
    {"spa_Latn", U'€', U"euro", U"euros", U"de euros"},
    {"spa_Latn", U'£', U"libra", U"libras", U"de libras", "feminine"},
    {"spa_Latn", U'¥', U"yen", U"yenes", U"de yenes"},
};

/// What may follow a number: "$5m" is 5 million dollars.
struct Scale {
  std::string_view language;
  View written, said;
  View one = {};  ///< "1 M€"; empty: the same
};

// The longer ones first.
constexpr Scale scales[] = {
    {"eng_Latn", U"thousand", U"thousand"},
    {"eng_Latn", U"million", U"million"},
    {"eng_Latn", U"billion", U"billion"},
    {"eng_Latn", U"trillion", U"trillion"},
    {"eng_Latn", U"bn", U"billion"},
    {"eng_Latn", U"tn", U"trillion"},
    {"eng_Latn", U"k", U"thousand"},
    {"eng_Latn", U"K", U"thousand"},
    {"eng_Latn", U"m", U"million"},
    {"eng_Latn", U"M", U"million"},
    {"eng_Latn", U"B", U"billion"},
    {"deu_Latn", U"Tausend", U"Tausend"},
    {"deu_Latn", U"Millionen", U"Millionen"},
    {"deu_Latn", U"Million", U"Million"},
    {"deu_Latn", U"Milliarden", U"Milliarden"},
    {"deu_Latn", U"Milliarde", U"Milliarde"},
    {"fra_Latn", U"millions", U"millions"},
    {"fra_Latn", U"million", U"million"},
    {"fra_Latn", U"milliards", U"milliards"},
    {"fra_Latn", U"milliard", U"milliard"},
    {"fra_Latn", U"Md", U"milliards", U"milliard"},
    {"fra_Latn", U"M", U"millions", U"million"},
    {"spa_Latn", U"millones", U"millones"},
    {"spa_Latn", U"millón", U"millón"},
    {"spa_Latn", U"M", U"millones", U"millón"},
};

const Currency* find_currency(std::string_view language, char32_t sign) {
  const auto* found = std::find_if(
      std::begin(currencies), std::end(currencies),
      [&](const Currency& row) { return row.sign == sign && row.language == language; });
  return found == std::end(currencies) ? nullptr : found;
}

/// The one that begins at `at`, and ends there.
const Scale* find_scale(const SourcedText& text, size_t at, std::string_view language) {
  const auto* found = std::find_if(std::begin(scales), std::end(scales), [&](const Scale& row) {
    return row.language == language && is_at(text, at, row.written) &&
           !is_letter_or_digit(character_at(text, at + row.written.size()));
  });
  return found == std::end(scales) ? nullptr : found;
}

/// An amount of money in a text, all as characters [begin, end) of it.
struct Amount {
  size_t number = 0, number_end = 0;
  const Scale* scale = nullptr;
  const Currency* currency = nullptr;
  size_t end = 0;
};

/// "$5", "$ 5 million", "5 €", "5M€".
bool find_amount(const SourcedText& text, size_t at, std::string_view language, Amount& amount) {
  if (at > 0 && is_letter_or_digit(text[at - 1].character)) return false;
  amount.currency = find_currency(language, text[at].character);
  const bool sign_first = amount.currency != nullptr;
  amount.number = sign_first ? skip_spaces(text, at + 1) : at;
  amount.number_end = amount.end = number_end(text, amount.number);
  if (amount.number_end == amount.number) return false;
  const size_t next = skip_spaces(text, amount.number_end);
  amount.scale = find_scale(text, next, language);
  if (amount.scale) amount.end = next + amount.scale->written.size();
  if (!sign_first) {
    const size_t sign = skip_spaces(text, amount.end);
    amount.currency = find_currency(language, character_at(text, sign));
    amount.end = sign + 1;
  }
  // "5 $5" is no sum in front of a number, nor is "$5th" one.
  return amount.currency && !is_letter_or_digit(character_at(text, amount.end));
}

/// Where the hundredths of 3.50 begin, if they are two digits that are said alone; 0 if not.
size_t hundredths(const SourcedText& text, const Amount& amount) {
  const size_t point = amount.number_end - 3;
  if (amount.scale || amount.number_end - amount.number < 4) return 0;
  const char32_t c = text[point].character;
  return (c == U'.' || c == U',') && text[point + 1].character != U'0' ? point + 1 : 0;
}

void append_amount(SourcedText& out, const SourcedText& text, size_t begin, const Amount& amount,
                   std::string_view bcp47) {
  // All of it is one word of the text: "€5".
  const auto say = [&](View words) {
    append(out, words, text[begin].begin, text[amount.end - 1].end);
  };
  const auto say_characters = [&](size_t first, size_t last) {
    for (size_t i = first; i < last; ++i)
      say(View(&text[i].character, 1));
  };
  const size_t small = hundredths(text, amount);
  const size_t whole_end = small ? small - 1 : amount.number_end;
  // Of a scale it is the number that the words for units look at.
  const std::u32string number =
      amount.scale ? std::u32string()
                   : counted_number(bcp47, number_value(text, amount.number, whole_end),
                                    amount.currency->gender);
  if (number.empty())
    say_characters(amount.number, whole_end);
  else
    say(number);
  say(U" ");
  const bool one = whole_end - amount.number == 1 && text[amount.number].character == U'1';
  if (amount.scale) {
    say(one && !amount.scale->one.empty() ? amount.scale->one : amount.scale->said);
    say(U" ");
  }
  say(amount.scale ? amount.currency->of_millions
                   : (one ? amount.currency->one : amount.currency->many));
  if (!small) return;
  say(U" ");
  say_characters(small, amount.number_end);
}

}  // namespace

SourcedText spell_out_money(const SourcedText& text, const gst_translate::Language& language) {
  const std::string_view flores = language.flores;
  if (!find_currency(flores, U'$')) return text;
  SourcedText out;
  out.reserve(text.size());
  Amount amount;
  for (size_t at = 0; at < text.size();) {
    if (find_amount(text, at, flores, amount)) {
      append_amount(out, text, at, amount, language.bcp47);
      at = amount.end;
      if (const Rate rate = find_rate(text, at, language.bcp47, true); rate.end > 0) {
        append(out, rate.said, text[at].begin, text[rate.end - 1].end);
        at = rate.end;
      }
      continue;
    }
    // A number goes as a whole, so that none begins in its midst.
    const size_t end = std::max(at + 1, number_end(text, at));
    copy(out, text, at, end);
    at = end;
  }
  return out;
}

}  // namespace gst_tts
