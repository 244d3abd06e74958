// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/numbers.h"

#include <algorithm>
#include <array>

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

constexpr std::array<View, 10> digit_names = {U"ゼロ", U"イチ", U"ニ",   U"サン", U"ヨン",
                                              U"ゴ",   U"ロク", U"ナナ", U"ハチ", U"キュー"};

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
  return static_cast<int>(digit - U'0');
}

Last last_digit(int digit) {
  constexpr std::array lasts = {Last::Zero, Last::One, Last::Two,   Last::Three, Last::Four,
                                Last::Five, Last::Six, Last::Seven, Last::Eight, Last::Nine};
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

/// How a counter changes the number before it, and itself.
enum class Sound {
  Plain,
  K,  ///< 一回 イッカイ, 六回 ロッカイ, 八回 ハッカイ, 十回 ジュッカイ, 百回 ヒャッカイ
  S,  ///< 一歳 イッサイ, 八歳 ハッサイ, 十歳 ジュッサイ
  T,  ///< as S
  HB,    ///< 一本 イッポン, 三本 サンボン
  HP,    ///< 一分 イップン, 三分 サンプン
  Unit,  ///< a foreign word: only 十 changes, before k, s, t, p: 10キロ ジュッキロ
};

struct Counter {
  View written;
  View reading;
  Sound sound;
  View four = {}, seven = {}, nine = {};  ///< what 4, 7, 9 are called before it
  View three = {};                        ///< its own reading behind 3
};

// Those that do not follow from their reading, those that a dictionary does not mark as counters,
// and units.
constexpr Counter counters[] = {
    {U"万", U"マン", Sound::Plain},  // behind a fraction: 1.5億
    {U"億", U"オク", Sound::Plain},
    {U"兆", U"チョー", Sound::Plain},
    {U"年", U"ネン", Sound::Plain, U"ヨ"},
    {U"年間", U"ネンカン", Sound::Plain, U"ヨ"},
    {U"年生", U"ネンセイ", Sound::Plain, U"ヨ"},
    {U"年代", U"ネンダイ", Sound::Plain},
    {U"年前", U"ネンマエ", Sound::Plain, U"ヨ"},
    {U"年後", U"ネンゴ", Sound::Plain, U"ヨ"},
    {U"月", U"ガツ", Sound::Plain, U"シ", U"シチ", U"ク"},
    {U"か月", U"カゲツ", Sound::K},
    {U"カ月", U"カゲツ", Sound::K},
    {U"ヶ月", U"カゲツ", Sound::K},
    {U"ヵ月", U"カゲツ", Sound::K},
    {U"ケ月", U"カゲツ", Sound::K},
    {U"箇月", U"カゲツ", Sound::K},
    {U"か国", U"カコク", Sound::K},
    {U"カ国", U"カコク", Sound::K},
    {U"ヶ国", U"カコク", Sound::K},
    {U"か所", U"カショ", Sound::K},
    {U"カ所", U"カショ", Sound::K},
    {U"ヶ所", U"カショ", Sound::K},
    {U"箇所", U"カショ", Sound::K},
    {U"週間", U"シューカン", Sound::S},
    {U"日", U"ニチ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日間", U"ニチカン", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日目", U"ニチメ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日前", U"ニチマエ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"日後", U"ニチゴ", Sound::Plain, U"ヨン", U"シチ", U"ク"},
    {U"時", U"ジ", Sound::Plain, U"ヨ", U"シチ", U"ク"},
    {U"時間", U"ジカン", Sound::Plain, U"ヨ", {}, U"ク"},
    {U"分", U"フン", Sound::HP},
    {U"分間", U"フンカン", Sound::HP},
    {U"分の", U"ブンノ", Sound::Plain},
    {U"秒", U"ビョー", Sound::Plain},
    {U"円", U"エン", Sound::Plain, U"ヨ"},
    {U"人", U"ニン", Sound::Plain, U"ヨ"},
    {U"人目", U"ニンメ", Sound::Plain, U"ヨ"},
    {U"人前", U"ニンマエ", Sound::Plain, U"ヨ"},
    {U"名", U"メイ", Sound::Plain},
    {U"つ", U"ツ", Sound::Plain},
    {U"つ目", U"ツメ", Sound::Plain},
    {U"個", U"コ", Sound::K},
    {U"回", U"カイ", Sound::K},
    {U"回目", U"カイメ", Sound::K},
    {U"階", U"カイ", Sound::K, {}, {}, {}, U"ガイ"},
    {U"軒", U"ケン", Sound::K, {}, {}, {}, U"ゲン"},
    {U"歳", U"サイ", Sound::S},
    {U"才", U"サイ", Sound::S},
    {U"足", U"ソク", Sound::S, {}, {}, {}, U"ゾク"},
    {U"本", U"ホン", Sound::HB},
    {U"匹", U"ヒキ", Sound::HB},
    {U"杯", U"ハイ", Sound::HB},
    {U"票", U"ヒョー", Sound::HB},
    {U"泊", U"ハク", Sound::HP},
    {U"対", U"タイ", Sound::T},
    {U"位", U"イ", Sound::Plain},
    {U"話", U"ワ", Sound::Plain},
    {U"羽", U"ワ", Sound::Plain},
    {U"割", U"ワリ", Sound::Plain},
    {U"度", U"ド", Sound::Plain},
    {U"番", U"バン", Sound::Plain},
    {U"番目", U"バンメ", Sound::Plain},
    {U"号", U"ゴー", Sound::Plain},
    {U"代", U"ダイ", Sound::Plain},
    {U"世紀", U"セイキ", Sound::S},
    {U"丁目", U"チョーメ", Sound::T},
    {U"ページ", U"ページ", Sound::Unit},
    {U"%", U"パーセント", Sound::Unit},
    {U"％", U"パーセント", Sound::Unit},
    {U"パーセント", U"パーセント", Sound::Unit},
    {U"‰", U"パーミル", Sound::Unit},
    {U"°", U"ド", Sound::Plain},
    {U"°C", U"ド", Sound::Plain},
    {U"°F", U"ド", Sound::Plain},
    {U"km", U"キロメートル", Sound::Unit},
    {U"km/h", U"キロメートルマイジ", Sound::Unit},
    {U"m", U"メートル", Sound::Unit},
    {U"cm", U"センチメートル", Sound::Unit},
    {U"mm", U"ミリメートル", Sound::Unit},
    {U"μm", U"マイクロメートル", Sound::Unit},
    {U"kg", U"キログラム", Sound::Unit},
    {U"g", U"グラム", Sound::Unit},
    {U"mg", U"ミリグラム", Sound::Unit},
    {U"t", U"トン", Sound::Unit},
    {U"L", U"リットル", Sound::Unit},
    {U"l", U"リットル", Sound::Unit},
    {U"mL", U"ミリリットル", Sound::Unit},
    {U"ml", U"ミリリットル", Sound::Unit},
    {U"kW", U"キロワット", Sound::Unit},
    {U"W", U"ワット", Sound::Unit},
    {U"V", U"ボルト", Sound::Unit},
    {U"Hz", U"ヘルツ", Sound::Unit},
    {U"kHz", U"キロヘルツ", Sound::Unit},
    {U"MHz", U"メガヘルツ", Sound::Unit},
    {U"GHz", U"ギガヘルツ", Sound::Unit},
    {U"KB", U"キロバイト", Sound::Unit},
    {U"MB", U"メガバイト", Sound::Unit},
    {U"GB", U"ギガバイト", Sound::Unit},
    {U"TB", U"テラバイト", Sound::Unit},
    {U"$", U"ドル", Sound::Unit},
    {U"¥", U"エン", Sound::Plain, U"ヨ"},
    {U"€", U"ユーロ", Sound::Unit},
    {U"£", U"ポンド", Sound::Unit},
};

/// Numbers that are a word together with their counter.
struct WholeWord {
  View number, counter, reading;
};
constexpr WholeWord whole_words[] = {
    {U"1", U"人", U"ヒトリ"},        {U"2", U"人", U"フタリ"},   {U"1", U"人目", U"ヒトリメ"},
    {U"2", U"人目", U"フタリメ"},    {U"20", U"歳", U"ハタチ"},  {U"20", U"才", U"ハタチ"},
    {U"1", U"つ", U"ヒトツ"},        {U"2", U"つ", U"フタツ"},   {U"3", U"つ", U"ミッツ"},
    {U"4", U"つ", U"ヨッツ"},        {U"5", U"つ", U"イツツ"},   {U"6", U"つ", U"ムッツ"},
    {U"7", U"つ", U"ナナツ"},        {U"8", U"つ", U"ヤッツ"},   {U"9", U"つ", U"ココノツ"},
    {U"2", U"日", U"フツカ"},        {U"3", U"日", U"ミッカ"},   {U"4", U"日", U"ヨッカ"},
    {U"5", U"日", U"イツカ"},        {U"6", U"日", U"ムイカ"},   {U"7", U"日", U"ナノカ"},
    {U"8", U"日", U"ヨーカ"},        {U"9", U"日", U"ココノカ"}, {U"10", U"日", U"トーカ"},
    {U"14", U"日", U"ジューヨッカ"}, {U"20", U"日", U"ハツカ"},  {U"24", U"日", U"ニジューヨッカ"},
    {U"0", U"時", U"レイジ"},
};

const Counter* find_counter(View written) {
  const auto* found = std::find_if(std::begin(counters), std::end(counters),
                                   [written](const Counter& c) { return c.written == written; });
  return found == std::end(counters) ? nullptr : found;
}

bool begins_with_one_of(View text, View set) {
  return !text.empty() && set.find(text[0]) != View::npos;
}

/// By the row of the syllabary that the reading begins with. Foreign words, which are written in
/// katakana, change nothing.
Sound sound_of(View written, View reading) {
  if (written == reading) return Sound::Unit;
  if (begins_with_one_of(reading, U"カキクケコ")) return Sound::K;
  if (begins_with_one_of(reading, U"サシスセソ")) return Sound::S;
  if (begins_with_one_of(reading, U"タチツテト")) return Sound::T;
  if (begins_with_one_of(reading, U"ハヒフヘホ")) return Sound::HP;
  return Sound::Plain;
}

constexpr View h_row = U"ハヒフヘホ", b_row = U"バビブベボ", p_row = U"パピプペポ";

std::u32string voiced(View reading, View row) {
  std::u32string changed(reading);
  const size_t column = changed.empty() ? View::npos : h_row.find(changed[0]);
  if (column != View::npos) changed[0] = row[column];
  return changed;
}

bool doubles(Sound sound, Last last, View reading) {
  switch (sound) {
    case Sound::Plain:
      return false;
    case Sound::Unit:
      return last == Last::Ten &&
             begins_with_one_of(reading, U"カキクケコサシスセソタチツテトパピプペポ");
    case Sound::S:
    case Sound::T:
      return last == Last::One || last == Last::Eight || last == Last::Ten;
    case Sound::K:
    case Sound::HB:
    case Sound::HP:
      return last == Last::One || last == Last::Six || last == Last::Eight || last == Last::Ten ||
             last == Last::Hundred;
  }
  return false;
}

std::u32string join(Spoken number, const Counter& counter) {
  std::u32string reading(counter.reading);
  const bool h = counter.sound == Sound::HB || counter.sound == Sound::HP;
  const View changed_row = counter.sound == Sound::HB ? b_row : p_row;
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

/// A whole word of a date or a count: 3日 ミッカ; 3日間 ミッカカン.
std::optional<std::u32string> whole_word(View digits, View counter) {
  for (const WholeWord& word : whole_words) {
    if (word.number != digits) continue;
    if (word.counter == counter) return std::u32string(word.reading);
    if (word.counter == U"日" && counter.size() == 2 && counter[0] == U'日') {
      const Counter* longer = find_counter(counter);
      if (longer) return std::u32string(word.reading) + std::u32string(longer->reading.substr(2));
    }
    if (word.counter == U"つ" && counter == U"つ目") return std::u32string(word.reading) + U"メ";
  }
  return std::nullopt;
}

/// The point changes its number as a counter would: 1.5 イッテンゴ.
std::u32string say_point(View whole, View fraction) {
  const Counter point = {U"点", U"テン", Sound::T};
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
    } else if (zeros != 0) {
      sum.digits(run);
      run.clear();
      if (!sum.unit(zeros)) return std::nullopt;
      units = true;
    } else if (is_digit(text[i])) {
      run += take_digits(text, i);
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
  const Counter counter = known ? *known : Counter{written, reading, sound_of(written, reading)};
  if (!number.fraction.empty())
    return say_point(number.whole, number.fraction) + std::u32string(counter.reading);
  if (auto word = whole_word(number.whole, written)) return word;
  return join(say_whole(number.whole), counter);
}

size_t known_counter(View text, size_t most) {
  size_t longest = 0;
  for (const Counter& counter : counters) {
    const size_t length = counter.written.size();
    if (length <= most && text.substr(0, length) == counter.written)
      longest = std::max(longest, length);
  }
  return longest;
}

}  // namespace gst_tts::japanese
