// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/numbers.h"

#include <algorithm>
#include <array>

#include "gst-tts/japanese/counters.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

constexpr std::array<View, 13> digit_names = {U"ゼロ", U"イチ", U"ニ",   U"サン", U"ヨン",
                                              U"ゴ",   U"ロク", U"ナナ", U"ハチ", U"キュー",
                                              U"ナン", U"スー", U"イク"};

/// The digits that nobody knows, whose values here are 10 and up.
constexpr View unknown_digits = U"何数幾";
constexpr int what = 10;  // 何

/// What ends a number decides how it meets its counter.
enum class Last {
  One,
  Two,
  Three,
  Four,
  Five,
  Six,
  Seven,
  Eight,
  Nine,
  Zero,
  Ten,
  Hundred,
  Thousand,
  Myriad
};

/// A number in two parts: the second one may change.
struct Spoken {
  std::u32string head;
  std::u32string tail;
  Last last = Last::Zero;
};

int value_of(char32_t digit) {
  const size_t unknown = unknown_digits.find(digit);
  return unknown == View::npos ? static_cast<int>(digit - U'0') : what + static_cast<int>(unknown);
}

Last last_digit(int digit) {
  constexpr std::array lasts = {Last::Zero,
                                Last::One,
                                Last::Two,
                                Last::Three,
                                Last::Four,
                                Last::Five,
                                Last::Six,
                                Last::Seven,
                                Last::Eight,
                                Last::Nine,
                                Last::Three /* 何本 ナンボン */,
                                Last::Two,
                                Last::Two};
  return lasts.at(static_cast<size_t>(digit));
}

View name_of(int digit) {
  return digit_names.at(static_cast<size_t>(digit));
}

/// The digit in front of 百 or 千 and the changes that both undergo.
std::u32string hundreds(int digit) {
  switch (digit) {
    case 1:
      return U"ヒャク";
    case 3:
      return U"サンビャク";
    case 6:
      return U"ロッピャク";
    case 8:
      return U"ハッピャク";
    case what:
      return U"ナンビャク";
    default:
      return std::u32string(name_of(digit)) + U"ヒャク";
  }
}
std::u32string thousands(int digit, bool begins_myriad) {
  switch (digit) {
    case 1:
      return begins_myriad ? U"イッセン" : U"セン";
    case 3:
      return U"サンゼン";
    case 8:
      return U"ハッセン";
    case what:
      return U"ナンゼン";
    default:
      return std::u32string(name_of(digit)) + U"セン";
  }
}

/// 1 to 9999.
Spoken say_group(View four_digits, bool begins_myriad) {
  Spoken spoken;
  const auto add = [&spoken](std::u32string word, Last last) {
    spoken.head += spoken.tail;
    spoken.tail = std::move(word);
    spoken.last = last;
  };
  const int thousand = value_of(four_digits[0]), hundred = value_of(four_digits[1]);
  const int ten = value_of(four_digits[2]), one = value_of(four_digits[3]);
  if (thousand) add(thousands(thousand, begins_myriad), Last::Thousand);
  if (hundred) add(hundreds(hundred), Last::Hundred);
  if (ten > 1) add(std::u32string(name_of(ten)), last_digit(ten));
  if (ten) add(U"ジュー", Last::Ten);
  if (one) add(std::u32string(name_of(one)), last_digit(one));
  return spoken;
}

constexpr std::array<View, 5> myriads = {U"", U"マン", U"オク", U"チョー", U"ケイ"};
constexpr size_t longest_number = myriads.size() * 4;

/// 兆 and 京 double their consonant behind 一, 八 and 十, 京 behind 六 as well.
std::u32string with_myriad(Spoken group, size_t power) {
  const bool k = power == 4;
  if (power >= 3) {
    if (group.last == Last::One) group.tail = U"イッ";
    if (group.last == Last::Eight) group.tail = U"ハッ";
    if (group.last == Last::Ten) group.tail = U"ジュッ";
    if (group.last == Last::Six && k) group.tail = U"ロッ";
    if (group.last == Last::Hundred && k) group.tail.replace(group.tail.size() - 1, 1, U"ッ");
  }
  return group.head + group.tail + std::u32string(myriads.at(power));
}

Spoken say_whole(View digits) {
  if (digits.size() > longest_number || (digits.size() > 1 && digits[0] == U'0'))
    return {say_digits(digits), U"", Last::Zero};
  std::u32string padded(digits);
  padded.insert(0, (4 - padded.size() % 4) % 4, U'0');
  Spoken spoken;
  for (size_t at = 0; at < padded.size(); at += 4) {
    const View group = View(padded).substr(at, 4);
    if (group == U"0000") continue;
    const size_t power = (padded.size() - at) / 4 - 1;
    Spoken next = say_group(group, power > 0);
    spoken.head += spoken.tail;
    if (!spoken.head.empty()) spoken.head += U' ';
    if (power == 0) {
      spoken.head += next.head;
      spoken.tail = next.tail;
      spoken.last = next.last;
    } else {
      spoken.tail = with_myriad(std::move(next), power);
      spoken.last = Last::Myriad;
    }
  }
  if (spoken.tail.empty()) spoken.tail = U"ゼロ";
  return spoken;
}

bool begins_with_one_of(View text, View set) {
  return !text.empty() && set.find(text[0]) != View::npos;
}

constexpr View h_row = U"ハヒフヘホ", b_row = U"バビブベボ", p_row = U"パピプペポ";

std::u32string voiced(View reading, View row) {
  std::u32string changed(reading);
  const size_t column = changed.empty() ? View::npos : h_row.find(changed[0]);
  if (column != View::npos) changed[0] = row[column];
  return changed;
}

bool doubles(CounterSound sound, Last last, View reading) {
  switch (sound) {
    case CounterSound::Plain:
      return false;
    case CounterSound::Unit:
      return last == Last::Ten &&
             begins_with_one_of(reading, U"カキクケコサシスセソタチツテトパピプペポ");
    case CounterSound::ST:
      return last == Last::One || last == Last::Eight || last == Last::Ten;
    case CounterSound::K:
    case CounterSound::HB:
    case CounterSound::HP:
      return last == Last::One || last == Last::Six || last == Last::Eight || last == Last::Ten ||
             last == Last::Hundred;
  }
  return false;
}

std::u32string join(Spoken number, const Counter& counter) {
  std::u32string reading(counter.reading);
  const bool h = counter.sound == CounterSound::HB || counter.sound == CounterSound::HP;
  const View changed_row = counter.sound == CounterSound::HB ? b_row : p_row;
  switch (number.last) {
    case Last::Three:
      if (!counter.three.empty()) reading = counter.three;
      if (h) reading = voiced(reading, changed_row);
      break;
    case Last::Four:
      if (!counter.four.empty()) number.tail = counter.four;
      // Of the h counters 分 alone says ヨンプン.
      if (counter.written.substr(0, 1) == U"分" && h) reading = voiced(reading, p_row);
      break;
    case Last::Seven:
      if (!counter.seven.empty()) number.tail = counter.seven;
      break;
    case Last::Nine:
      if (!counter.nine.empty()) number.tail = counter.nine;
      break;
    case Last::Thousand:
    case Last::Myriad:
      if (h) reading = voiced(reading, changed_row);
      break;
    default:
      break;
  }
  if (doubles(counter.sound, number.last, counter.reading)) {
    const size_t kept = number.last == Last::Ten ? 2 : number.tail.size() - 1;
    number.tail = number.tail.substr(0, kept) + U"ッ";
    if (h) reading = voiced(reading, p_row);
  }
  return number.head + number.tail + reading;
}

/// The point changes its number as a counter would: 1.5 イッテンゴ.
std::u32string say_point(View whole, View fraction) {
  const Counter point = {U"点", U"テン", CounterSound::ST};
  std::u32string said = whole == U"0" ? U"レーテン" : join(say_whole(whole), point);
  for (const char32_t digit : fraction)
    said += digit == U'.' ? View(U"テン") : name_of(value_of(digit));
  return said;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// 0 to 9, -1 for none.
int kanji_digit(char32_t c) {
  constexpr View digits = U"〇一二三四五六七八九";
  if (c == U'零') return 0;
  const size_t at = digits.find(c);
  return at == View::npos ? -1 : static_cast<int>(at);
}

/// Zeros behind one, 0 for none.
int kanji_unit(char32_t c) {
  switch (c) {
    case U'十':
      return 1;
    case U'百':
      return 2;
    case U'千':
      return 3;
    case U'万':
      return 4;
    case U'億':
      return 8;
    case U'兆':
      return 12;
    case U'京':
      return 16;
    default:
      return 0;
  }
}

/// Adds up what is written with units; gives up on what is out of order or too long.
class Sum {
 public:
  void digits(const std::u32string& text) { pending_ += text; }

  bool unit(int zeros) {
    if (zeros < 4) {
      if (pending_.size() > 1 || !place(pending_.empty() ? U"1" : View(pending_), zeros, section_))
        return false;
    } else {
      if (!pending_.empty() && !place(pending_, 0, section_)) return false;
      const std::u32string count = trimmed(section_);
      if (!place(count.empty() ? U"1" : View(count), zeros, total_)) return false;
      section_.assign(4, U'0');
    }
    pending_.clear();
    return true;
  }

  bool finish() {
    if (!pending_.empty() && !place(pending_, 0, section_)) return false;
    const std::u32string rest = trimmed(section_);
    return rest.empty() || place(rest, 0, total_);
  }

  std::u32string value() const {
    std::u32string digits = trimmed(total_);
    return digits.empty() ? U"0" : digits;
  }

 private:
  static std::u32string trimmed(const std::u32string& digits) {
    const size_t first = digits.find_first_not_of(U'0');
    return first == std::u32string::npos ? std::u32string() : digits.substr(first);
  }

  /// Writes digits into zeros.
  static bool place(View digits, int zeros, std::u32string& into) {
    const size_t length = digits.size() + static_cast<size_t>(zeros);
    if (length > into.size()) return false;
    for (size_t i = 0; i < digits.size(); ++i) {
      char32_t& target = into[into.size() - length + i];
      if (target != U'0' && digits[i] != U'0') return false;
      if (digits[i] != U'0') target = digits[i];
    }
    return true;
  }

  std::u32string pending_;
  std::u32string section_ = std::u32string(4, U'0');
  std::u32string total_ = std::u32string(longest_number, U'0');
};

/// Digits, with the commas that part thousands taken out: 123,456.
std::u32string take_digits(View text, size_t& at) {
  std::u32string digits;
  while (at < text.size() && is_digit(text[at]))
    digits += text[at++];
  const auto group_at = [text](size_t comma) {
    const View group = text.substr(std::min(comma, text.size()), 4);
    return group.size() == 4 && group[0] == U',' &&
           std::all_of(group.begin() + 1, group.end(), is_digit) &&
           (comma + 4 == text.size() || !is_digit(text[comma + 4]));
  };
  if (digits.empty() || digits.size() > 3) return digits;
  for (; group_at(at); at += 4)
    digits += text.substr(at + 1, 3);
  return digits;
}

}  // namespace

bool is_unknown_digit(char32_t c) {
  return unknown_digits.find(c) != View::npos;
}

std::optional<Number> parse_number(View text, size_t begin, size_t kanji_end) {
  size_t at = begin;
  std::u32string digits = take_digits(text, at);
  std::u32string fraction;
  while (!digits.empty() && at + 1 < text.size() && text[at] == U'.' && is_digit(text[at + 1])) {
    if (!fraction.empty()) fraction += U'.';
    for (++at; at < text.size() && is_digit(text[at]); ++at)
      fraction += text[at];
  }
  if (!fraction.empty() || (digits.size() > 1 && digits[0] == U'0'))
    return Number{digits, fraction, at};

  // Chinese numerals, or digits with Chinese units.
  Sum sum;
  bool units = false;
  std::u32string run = digits;
  size_t i = at;
  for (; i < std::min(kanji_end, text.size()); ++i) {
    const int digit = kanji_digit(text[i]);
    const int zeros = kanji_unit(text[i]);
    if (digit >= 0) {
      run += U'0' + static_cast<char32_t>(digit);
    } else if (is_unknown_digit(text[i])) {
      if (!run.empty() && is_unknown_digit(run.back())) return std::nullopt;  // 何何
      run += text[i];
    } else if (zeros != 0) {
      sum.digits(run);
      run.clear();
      if (!sum.unit(zeros)) return std::nullopt;
      units = true;
    } else if (is_digit(text[i])) {
      const bool unknown = !run.empty() && is_unknown_digit(run.back());
      const std::u32string more = take_digits(text, i);
      run += unknown ? more.substr(1) : more;  // 数10: the one is not said
      --i;
    } else {
      break;
    }
  }
  if (i == begin) return std::nullopt;
  if (!units) return Number{run, {}, i};
  sum.digits(run);
  if (!sum.finish()) return std::nullopt;
  return Number{sum.value(), {}, i};
}

std::u32string say_digits(View digits) {
  std::u32string said;
  for (const char32_t digit : digits)
    said += name_of(value_of(digit));
  return said;
}

std::u32string say_number(const Number& number) {
  if (!number.fraction.empty()) return say_point(number.whole, number.fraction);
  const Spoken spoken = say_whole(number.whole);
  return spoken.head + spoken.tail;
}

std::optional<std::u32string> say_count(const Number& number, View written, View reading) {
  const Counter* known = find_counter(written);
  if (!known && reading.empty()) return std::nullopt;
  const Counter counter = known ? *known : unlisted_counter(written, reading);
  if (!number.fraction.empty())
    return say_point(number.whole, number.fraction) + std::u32string(counter.reading);
  if (auto word = irregular_count(number.whole, written)) return word;
  return join(say_whole(number.whole), counter);
}

}  // namespace gst_tts::japanese
