// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/unit_names.h"
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

// Where people say it otherwise than ICU's data. Of two that begin alike the longer one comes
// first.
constexpr Currency currencies[] = {
    {"de", U"US$", U"US-Dollar", U"US-Dollar", U"US-Dollar"},
    {"de", U"$", U"Dollar", U"Dollar", U"Dollar"},
    {"de", U"€", U"Euro", U"Euro", U"Euro"},
    {"de", U"£", U"Pfund", U"Pfund", U"Pfund"},
    {"de", U"¥", U"Yen", U"Yen", U"Yen"},
    {"en", U"US$", U"US dollar", U"US dollars", U"US dollars"},
    {"en", U"$", U"dollar", U"dollars", U"dollars"},
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
    {"it", U"$", U"dollaro", U"dollari", U"di dollari"},
    {"it", U"€", U"euro", U"euro", U"di euro"},
    {"it", U"£", U"sterlina", U"sterline", U"di sterline", "feminine"},
    {"it", U"¥", U"yen", U"yen", U"di yen"},
    {"nl", U"$", U"dollar", U"dollar", U"dollar"},
    {"nl", U"£", U"pond", U"pond", U"pond"},
    {"nl", U"¥", U"yen", U"yen", U"yen"},
    {"pt", U"R$", U"real", U"reais", U"de reais"},
    {"pt", U"US$", U"dólar", U"dólares", U"de dólares"},
    {"pt", U"$", U"dólar", U"dólares", U"de dólares"},
    {"pt", U"€", U"euro", U"euros", U"de euros"},
    {"pt", U"£", U"libra", U"libras", U"de libras", "feminine"},
    {"pt", U"¥", U"iene", U"ienes", U"de ienes"},
    {"zh", U"¥", U"元", U"元", U"元"},
};

struct Sign {
  View written;
  const char* code;  ///< of ISO 4217
  /// BCP 47, one space around each; empty: all.
  std::string_view languages = {};
};

// Of two that begin alike the longer one comes first.
constexpr Sign signs[] = {
    {U"A$", "AUD"},
    {U"C$", "CAD"},
    {U"HK$", "HKD"},
    {U"NT$", "TWD"},
    {U"R$", "BRL"},
    {U"US$", "USD"},
    {U"$", "USD"},
    {U"€", "EUR"},
    {U"£", "GBP"},
    {U"¥", "CNY", " zh "},
    {U"¥", "JPY"},
    {U"₩", "KRW"},
    {U"₪", "ILS"},
    {U"₫", "VND"},
    {U"₭", "LAK"},
    {U"₮", "MNT"},
    {U"₱", "PHP"},
    {U"₲", "PYG"},
    {U"₴", "UAH"},
    {U"₵", "GHS"},
    {U"₸", "KZT"},
    {U"₹", "INR"},
    {U"₺", "TRY"},
    {U"₼", "AZN"},
    {U"₽", "RUB"},
    {U"₾", "GEL"},
    {U"₡", "CRC"},
    {U"₦", "NGN"},
    {U"֏", "AMD"},
    {U"৳", "BDT"},
    {U"฿", "THB"},
    {U"៛", "KHR"},
    {U"Ft", "HUF", " hu "},
    {U"Kč", "CZK"},
    {U"TL", "TRY", " tr "},
    {U"kr", "DKK", " da "},
    {U"kr", "ISK", " is "},
    {U"kr", "NOK", " nb nn "},
    {U"kr", "SEK", " sv "},
    {U"lei", "RON", " ro "},
    {U"zł", "PLN"},
    {U"đ", "VND", " vi "},
    {U"грн", "UAH", " ru uk "},
    {U"лв", "BGN", " bg "},
    {U"руб", "RUB", " be ru uk "},
    {U"AUD", "AUD"},
    {U"BRL", "BRL"},
    {U"CAD", "CAD"},
    {U"CHF", "CHF"},
    {U"CNY", "CNY"},
    {U"CZK", "CZK"},
    {U"DKK", "DKK"},
    {U"EUR", "EUR"},
    {U"GBP", "GBP"},
    {U"HUF", "HUF"},
    {U"INR", "INR"},
    {U"JPY", "JPY"},
    {U"KRW", "KRW"},
    {U"MXN", "MXN"},
    {U"NOK", "NOK"},
    {U"PLN", "PLN"},
    {U"RON", "RON"},
    {U"RUB", "RUB"},
    {U"SEK", "SEK"},
    {U"TRY", "TRY"},
    {U"UAH", "UAH"},
    {U"USD", "USD"},
};

/// A currency that is called by its noun alone where it is at home: "5 złotych", not "polskich".
struct Home {
  const char* code;
  std::string_view languages;  ///< BCP 47, one space around each
  bool noun_first = false;     ///< else its last word
};

constexpr Home homes[] = {
    {"BDT", " bn "},       {"BGN", " bg "},
    {"CZK", " cs "},       {"DKK", " da "},
    {"GEL", " ka "},       {"HUF", " hu "},
    {"ILS", " he ", true}, {"INR", " bn gu hi kn ml mr or pa ta te "},
    {"ISK", " is "},       {"KRW", " ko "},
    {"NOK", " nb nn "},    {"PLN", " pl ", true},
    {"RUB", " ru "},       {"SEK", " sv "},
    {"UAH", " uk "},       {"VND", " vi ", true},
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

/// Said as they are written, in languages that have no scales above.
constexpr View scale_words[] = {
    U"bin",        U"juta",        U"lakh",
    U"crore",      U"miliar",      U"miliarde",
    U"milioane",   U"milion",      U"miliony",
    U"milionů",    U"milionów",    U"miljard",
    U"miljarder",  U"miljoen",     U"miljon",
    U"miljoner",   U"miljoona",    U"miljoonaa",
    U"million",    U"millioner",   U"millió",
    U"milyar",     U"milyon",      U"milliard",
    U"milliarder", U"milliárd",    U"nghìn",
    U"ribu",       U"triệu",       U"tysięcy",
    U"tỷ",         U"εκατομμύρια", U"δισεκατομμύρια",
    U"χιλιάδες",   U"миллиард",    U"миллиарда",
    U"миллиардов", U"миллион",     U"миллиона",
    U"миллионов",  U"тысяч",       U"тысячи",
    U"мільйон",    U"мільйони",    U"мільйонів",
    U"мільярд",    U"мільярдів",   U"тисяч",
    U"אלף",        U"מיליארד",     U"מיליון",
    U"ألف",        U"مليار",       U"مليون",
    U"میلیارد",    U"میلیون",      U"ہزار",
    U"هزار",       U"لاکھ",        U"کروڑ",
    U"अरब",        U"करोड़",        U"लाख",
    U"हज़ार",       U"কোটি",        U"লাখ",
    U"ล้าน",        U"만",          U"억",
    U"万",         U"亿",          U"萬",
    U"億",
};

/// A currency that stands at a place of a text.
struct FoundCurrency {
  const Currency* row = nullptr;  ///< what people say for it, if that is known
  const Sign* sign = nullptr;     ///< else
  size_t end = 0;                 ///< one past its sign; 0: none stands there

  explicit operator bool() const { return end > 0; }
};

/// The one whose sign begins at `at`.
FoundCurrency find_currency(const SourcedText& text, size_t at, std::string_view language) {
  for (const Currency& row : rows_of(currencies, language))
    if (is_at(text, at, row.sign)) return {&row, nullptr, at + row.sign.size()};
  for (const Sign& sign : signs)
    if (is_at(text, at, sign.written) &&
        (sign.languages.empty() || has_word(sign.languages, language)))
      return {nullptr, &sign, abbreviation_end(text, at + sign.written.size())};
  return {};
}

/// The one that begins at `at`, and ends there.
std::optional<Scale> find_scale(const SourcedText& text, size_t at, std::string_view language) {
  const auto stands = [&](View word) {
    return is_at(text, at, word) && !joins_number(character_at(text, at + word.size()));
  };
  for (const Scale& row : rows_of(scales, language))
    if (stands(row.written)) return row;
  for (const View word : scale_words)
    if (stands(word)) return Scale{{}, word, word};
  return std::nullopt;
}

/// An amount of money in a text, all as characters [begin, end) of it.
struct Amount {
  size_t number = 0, number_end = 0;
  std::optional<Scale> scale = std::nullopt;
  FoundCurrency currency;
  size_t end = 0;
};

/// "$5", "$ 5 million", "5 €", "5M€".
bool find_amount(const SourcedText& text, size_t at, std::string_view language, Amount& amount) {
  const char32_t before = at > 0 ? text[at - 1].character : 0;
  if (joins_number(before) || before == U'^') return false;
  amount.currency = find_currency(text, at, language);
  const bool sign_first(amount.currency);
  amount.number = sign_first ? skip_spaces(text, amount.currency.end) : at;
  amount.number_end = amount.end = number_end(text, amount.number);
  if (amount.number_end == amount.number) return false;
  const size_t next = skip_spaces(text, amount.number_end);
  amount.scale = find_scale(text, next, language);
  if (amount.scale) amount.end = next + amount.scale->written.size();
  if (!sign_first) {
    const size_t sign = skip_spaces(text, amount.end);
    amount.currency = find_currency(text, sign, language);
    if (!amount.currency) return false;
    amount.end = amount.currency.end;
  }
  // "5 $5" is no sum in front of a number, nor is "$5th" one.
  return !joins_number(character_at(text, amount.end));
}

/// Where the hundredths of 3.50 begin, if they are two digits that are said alone; 0 if not.
size_t hundredths(const SourcedText& text, const Amount& amount) {
  const size_t point = amount.number_end - 3;
  if (amount.scale || amount.number_end - amount.number < 4) return 0;
  const char32_t c = text[point].character;
  return (c == U'.' || c == U',') && text[point + 1].character != U'0' ? point + 1 : 0;
}

/// Its whole number, or a half more where it has other fractions than hundredths that are said
/// alone; three digits behind each point are thousands.
double value_of(const SourcedText& text, size_t begin, size_t end) {
  double value = 0;
  for (size_t i = begin; i < end; ++i) {
    if (is_digit(text[i].character))
      value = value * 10 + static_cast<double>(text[i].character - U'0');
    else if (digits_end(text, i + 1) - (i + 1) != 3)
      return value + 0.5;
  }
  return value;
}

/// The word for a currency alone, of what ICU calls it.
View noun_of(View name, const char* code, std::string_view language) {
  const auto* home = std::find_if(std::begin(homes), std::end(homes), [&](const Home& row) {
    return std::string_view(row.code) == code && has_word(row.languages, language);
  });
  if (home == std::end(homes)) return name;
  return home->noun_first ? name.substr(0, name.find(U' ')) : name.substr(name.rfind(U' ') + 1);
}

/// ICU's data have no gender of currencies; in these languages the noun ends with it: "corona
/// checa", "Tschechische Krone".
std::string_view gender_of(View name, std::string_view language) {
  const bool german = language == "de";
  if (!german && !has_word(" ca es it pt ", language)) return {};
  const char32_t last = german ? name.back() : name.substr(0, name.find(U' ')).back();
  return last == U'a' || (german && last == U'e') ? "feminine" : "masculine";
}

/// How so much of a currency is called, and its gender in CLDR's words, empty where it does not
/// matter.
struct CurrencyName {
  std::u32string before, behind;  ///< the number
  std::string_view gender;
};

std::optional<CurrencyName> name_of(const SourcedText& text, const Amount& amount, size_t whole_end,
                                    std::string_view language) {
  const double value = value_of(text, amount.number, whole_end);
  if (const Currency* row = amount.currency.row) {
    const View said = amount.scale ? row->of_millions : (value == 1 ? row->one : row->many);
    return CurrencyName{{}, std::u32string(said), row->gender};
  }
  const char* code = amount.currency.sign->code;
  constexpr double million = 1e6;
  const auto name = name_of_currency(language, code, amount.scale ? million : value);
  if (!name || name->instead) return std::nullopt;
  const auto trimmed = [](View part) {
    part.remove_prefix(std::min(part.size(), part.find_first_not_of(U' ')));
    return part.substr(0, part.find_last_not_of(U' ') + 1);
  };
  const View behind = noun_of(trimmed(name->behind), code, language);
  return CurrencyName{std::u32string(trimmed(name->before)), std::u32string(behind),
                      gender_of(behind, language)};
}

/// False where nobody knows its name in the language.
bool append_amount(SourcedText& out, const SourcedText& text, size_t begin, const Amount& amount,
                   std::string_view bcp47) {
  const size_t small = hundredths(text, amount);
  const size_t whole_end = small ? small - 1 : amount.number_end;
  const auto name = name_of(text, amount, whole_end, bcp47);
  if (!name) return false;
  // All of it is one word of the text: "€5".
  const auto say = [&](View words) {
    append(out, words, text[begin].begin, text[amount.end - 1].end);
  };
  const auto say_characters = [&](size_t first, size_t last) {
    for (size_t i = first; i < last; ++i)
      say(View(&text[i].character, 1));
  };
  if (!name->before.empty()) say(name->before + U' ');
  // Of a scale it is the number that the words for units look at.
  const std::u32string number =
      amount.scale
          ? std::u32string()
          : counted_number(bcp47, number_value(text, amount.number, whole_end), name->gender);
  if (number.empty())
    say_characters(amount.number, whole_end);
  else
    say(number);
  const bool one = whole_end - amount.number == 1 && text[amount.number].character == U'1';
  if (amount.scale) {
    say(U" ");
    say(one && !amount.scale->one.empty() ? amount.scale->one : amount.scale->said);
  }
  if (!name->behind.empty()) say(U' ' + name->behind);
  if (!small) return true;
  say(U" ");
  say_characters(small, amount.number_end);
  return true;
}

}  // namespace

SourcedText spell_out_money(const SourcedText& text, std::string_view bcp47) {
  const auto is_number = [](const SourcedCharacter& c) { return is_digit(c.character); };
  if (std::none_of(text.begin(), text.end(), is_number)) return text;
  SourcedText out;
  out.reserve(text.size());
  Amount amount;
  for (size_t at = 0; at < text.size();) {
    if (find_amount(text, at, bcp47, amount) && append_amount(out, text, at, amount, bcp47)) {
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
