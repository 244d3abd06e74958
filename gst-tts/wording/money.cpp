// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/units.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

struct Currency {
  std::string_view language;  ///< BCP 47
  View sign;
  View one, many;
  View of_millions;  ///< "5 millions d’euros"
  std::string_view gender = "masculine";
};

// Of two that begin alike the longer one comes first.
constexpr Currency currencies[] = {
    {"de", U"US$", U"US-Dollar", U"US-Dollar", U"US-Dollar"},
    {"de", U"$", U"Dollar", U"Dollar", U"Dollar"},
    {"de", U"€", U"Euro", U"Euro", U"Euro"},
    {"de", U"£", U"Pfund", U"Pfund", U"Pfund"},
    {"de", U"¥", U"Yen", U"Yen", U"Yen"},
    {"en", U"US$", U"US dollar", U"US dollars", U"US dollars"},
    {"en", U"$", U"dollar", U"dollars", U"dollars"},
    {"en", U"€", U"euro", U"euros", U"euros"},
    {"en", U"£", U"pound", U"pounds", U"pounds"},
    {"en", U"¥", U"yen", U"yen", U"yen"},
    {"en", U"₹", U"rupee", U"rupees", U"rupees"},
    {"es", U"$", U"dólar", U"dólares", U"de dólares"},
    {"es", U"€", U"euro", U"euros", U"de euros"},
    {"es", U"£", U"libra", U"libras", U"de libras", "feminine"},
    {"es", U"¥", U"yen", U"yenes", U"de yenes"},
    {"fr", U"$", U"dollar", U"dollars", U"de dollars"},
    {"fr", U"€", U"euro", U"euros", U"d’euros"},
    {"fr", U"£", U"livre", U"livres", U"de livres", "feminine"},
    {"fr", U"¥", U"yen", U"yens", U"de yens"},
    {"hi", U"₹", U"रुपया", U"रुपये", U"रुपये"},
    {"it", U"$", U"dollaro", U"dollari", U"di dollari"},
    {"it", U"€", U"euro", U"euro", U"di euro"},
    {"it", U"£", U"sterlina", U"sterline", U"di sterline", "feminine"},
    {"it", U"¥", U"yen", U"yen", U"di yen"},
    {"nl", U"$", U"dollar", U"dollar", U"dollar"},
    {"nl", U"€", U"euro", U"euro", U"euro"},
    {"nl", U"£", U"pond", U"pond", U"pond"},
    {"nl", U"¥", U"yen", U"yen", U"yen"},
    {"pt", U"R$", U"real", U"reais", U"de reais"},
    {"pt", U"US$", U"dólar", U"dólares", U"de dólares"},
    {"pt", U"$", U"dólar", U"dólares", U"de dólares"},
    {"pt", U"€", U"euro", U"euros", U"de euros"},
    {"pt", U"£", U"libra", U"libras", U"de libras", "feminine"},
    {"pt", U"¥", U"iene", U"ienes", U"de ienes"},
};

/// What may follow a number: "$5m" is 5 million dollars.
struct Scale {
  std::string_view language;  ///< BCP 47
  View written, said;
  View one = {};  ///< "1 M€"; empty: the same
};

// The longer ones first.
constexpr Scale scales[] = {
    {"en", U"thousand", U"thousand"},
    {"en", U"million", U"million"},
    {"en", U"billion", U"billion"},
    {"en", U"trillion", U"trillion"},
    {"en", U"bn", U"billion"},
    {"en", U"tn", U"trillion"},
    {"en", U"k", U"thousand"},
    {"en", U"K", U"thousand"},
    {"en", U"m", U"million"},
    {"en", U"M", U"million"},
    {"en", U"B", U"billion"},
    {"de", U"Tausend", U"Tausend"},
    {"de", U"Millionen", U"Millionen"},
    {"de", U"Million", U"Million"},
    {"de", U"Milliarden", U"Milliarden"},
    {"de", U"Milliarde", U"Milliarde"},
    {"fr", U"millions", U"millions"},
    {"fr", U"million", U"million"},
    {"fr", U"milliards", U"milliards"},
    {"fr", U"milliard", U"milliard"},
    {"fr", U"Md", U"milliards", U"milliard"},
    {"fr", U"M", U"millions", U"million"},
    {"es", U"millones", U"millones"},
    {"es", U"millón", U"millón"},
    {"es", U"M", U"millones", U"millón"},
    {"it", U"milioni", U"milioni"},
    {"it", U"milione", U"milione"},
    {"it", U"miliardi", U"miliardi"},
    {"it", U"miliardo", U"miliardo"},
    {"it", U"mln", U"milioni", U"milione"},
    {"nl", U"miljoen", U"miljoen"},
    {"nl", U"miljard", U"miljard"},
    {"nl", U"mln", U"miljoen"},
    {"pt", U"milhões", U"milhões"},
    {"pt", U"milhão", U"milhão"},
    {"pt", U"bilhões", U"bilhões"},
    {"pt", U"bilhão", U"bilhão"},
};

/// The one whose sign begins at `at`.
const Currency* find_currency(const SourcedText& text, size_t at, std::string_view language) {
  const auto rows = rows_of(currencies, language);
  const auto* found = std::find_if(rows.begin(), rows.end(),
                                   [&](const Currency& row) { return is_at(text, at, row.sign); });
  return found == rows.end() ? nullptr : found;
}

/// The one that begins at `at`, and ends there.
const Scale* find_scale(const SourcedText& text, size_t at, std::string_view language) {
  const auto rows = rows_of(scales, language);
  const auto* found = std::find_if(rows.begin(), rows.end(), [&](const Scale& row) {
    return is_word_at(text, at, row.written);
  });
  return found == rows.end() ? nullptr : found;
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
  amount.currency = find_currency(text, at, language);
  const bool sign_first = amount.currency != nullptr;
  amount.number = sign_first ? skip_spaces(text, at + amount.currency->sign.size()) : at;
  amount.number_end = amount.end = number_end(text, amount.number);
  if (amount.number_end == amount.number) return false;
  const size_t next = skip_spaces(text, amount.number_end);
  amount.scale = find_scale(text, next, language);
  if (amount.scale) amount.end = next + amount.scale->written.size();
  if (!sign_first) {
    const size_t sign = skip_spaces(text, amount.end);
    amount.currency = find_currency(text, sign, language);
    if (!amount.currency) return false;
    amount.end = sign + amount.currency->sign.size();
  }
  // "5 $5" is no sum in front of a number, nor is "$5th" one.
  return !is_letter_or_digit(character_at(text, amount.end));
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

SourcedText spell_out_money(const SourcedText& text, std::string_view bcp47) {
  if (rows_of(currencies, bcp47).empty()) return text;
  SourcedText out;
  out.reserve(text.size());
  Amount amount;
  for (size_t at = 0; at < text.size();) {
    if (find_amount(text, at, bcp47, amount)) {
      append_amount(out, text, at, amount, bcp47);
      at = amount.end;
      if (const Replacement rate = find_rate(text, at, bcp47, true); rate.end > 0) {
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
