// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/quantities.h"

#include <algorithm>

#include "gst-tts/japanese/counters.h"
#include "gst-tts/japanese/numbers.h"
#include "gst-tts/japanese/telephone.h"
#include "gst-tts/voice/characters.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

bool is_latin(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

View without_zeros(View digits) {
  return digits.substr(std::min(digits.find_first_not_of(U'0'), digits.size() - 1));
}

/// `counter` is in the list of known ones.
std::u32string count(View digits, View counter) {
  return say_count({std::u32string(without_zeros(digits)), {}, 0}, counter, {}).value_or(U"");
}

class QuantityReader {
 public:
  QuantityReader(View text, const std::vector<Morpheme>& morphemes, size_t index)
      : text_(text), morphemes_(morphemes), index_(index), begin_(morphemes[index].begin) {}

  std::optional<Quantity> read() const {
    for (const auto& kind : {date(), time(), digit_groups(), fraction(), money(), number()})
      if (kind) return kind;
    return std::nullopt;
  }

 private:
  char32_t at(size_t position) const { return position < text_.size() ? text_[position] : U'\0'; }
  char32_t before(size_t position) const { return position > 0 ? at(position - 1) : U'\0'; }

  /// The morpheme behind what ends at `end`; nothing if one goes across.
  std::optional<size_t> morpheme_behind(size_t end) const {
    size_t next = index_;
    while (next < morphemes_.size() && morphemes_[next].begin < end)
      ++next;
    if (next > 0 && morphemes_[next - 1].end > end) return std::nullopt;
    return next;
  }

  std::optional<Quantity> done(std::u32string reading, size_t end) const {
    const std::optional<size_t> next = morpheme_behind(end);
    if (!next) return std::nullopt;
    return Quantity{std::move(reading), *next};
  }

  /// `least` to `most` digits and no more; empty if there are others.
  View digits(size_t position, size_t least, size_t most) const {
    size_t end = position;
    while (is_digit(at(end)))
      ++end;
    const size_t length = end - position;
    return length < least || length > most ? View() : text_.substr(position, length);
  }

  std::optional<Quantity> date() const {
    const View year = digits(begin_, 4, 4);
    size_t end = begin_ + year.size();
    const char32_t separator = at(end);
    if (year.empty() || !is_one_of(separator, U"/-")) return std::nullopt;
    const View month = digits(end + 1, 1, 2);
    end += 1 + month.size();
    if (month.empty() || at(end) != separator) return std::nullopt;
    const View day = digits(end + 1, 1, 2);
    end += 1 + day.size();
    if (day.empty()) return std::nullopt;
    const std::u32string day_name = without_zeros(day) == U"1" ? U"ツイタチ" : count(day, U"日");
    return done(count(year, U"年") + U' ' + count(month, U"月") + U' ' + day_name, end);
  }

  std::optional<Quantity> time() const {
    const View hour = digits(begin_, 1, 2);
    size_t end = begin_ + hour.size();
    const View minute = digits(end + 1, 2, 2);
    if (hour.empty() || at(end) != U':' || minute.empty()) return std::nullopt;
    end += 1 + minute.size();
    std::u32string reading = count(hour, U"時");
    if (minute != U"00") reading += U' ' + count(minute, U"分");
    if (at(end) == U':') {
      const View second = digits(end + 1, 2, 2);
      if (second.empty()) return std::nullopt;
      end += 1 + second.size();
      reading += U' ' + count(second, U"秒");
    }
    return done(std::move(reading), end);
  }

  std::optional<Quantity> digit_groups() const {
    auto found = read_digit_groups(text_, begin_);
    return found ? done(std::move(found->reading), found->end) : std::nullopt;
  }

  /// 3/4: three of four parts.
  std::optional<Quantity> fraction() const {
    const View part = digits(begin_, 1, 3);
    const View whole = digits(begin_ + part.size() + 1, 1, 4);
    const size_t end = begin_ + part.size() + 1 + whole.size();
    if (part.empty() || whole.empty() || at(begin_ + part.size()) != U'/' || at(end) == U'/' ||
        part.size() > whole.size() || (part.size() == whole.size() && part >= whole))
      return std::nullopt;
    return done(count(whole, U"分の") + say_number({std::u32string(without_zeros(part)), {}, 0}),
                end);
  }

  std::optional<Quantity> money() const {
    if (!is_one_of(at(begin_), U"$¥€£") || !is_digit(at(begin_ + 1))) return std::nullopt;
    const auto amount = parse_number(text_, begin_ + 1, numerals_end(begin_ + 1));
    if (!amount) return std::nullopt;
    auto reading = say_count(*amount, text_.substr(begin_, 1), {});
    return reading ? done(std::move(*reading), amount->end) : std::nullopt;
  }

  std::optional<Quantity> number() const {
    const bool negative =
        is_one_of(at(begin_), U"-−") && !is_digit(before(begin_)) && !is_latin(before(begin_));
    const size_t first = begin_ + (negative ? 1 : 0);
    const bool unknown = is_unknown_digit(at(first));
    if (!is_digit(at(first)) && !unknown && (negative || morphemes_[index_].role != Role::Numeral))
      return std::nullopt;
    const auto parsed = parse_number(text_, first, numerals_end(first));
    if (!parsed) return std::nullopt;
    if (unknown && parsed->end == first + 1 && !counts_unknown(parsed->end)) return std::nullopt;
    const std::u32string sign = negative ? U"マイナス " : U"";
    if (auto counted = with_counter(*parsed, sign)) return counted;
    return done(sign + say_number(*parsed), parsed->end);
  }

  /// 何 and 数 are words of their own but before a counter. 何分にも is no time.
  bool counts_unknown(size_t end) const {
    if (text_.substr(end, 3) == U"分にも" || text_.substr(end, 3) == U"分よろ") return false;
    if (counter_length(end) > 0) return true;
    const std::optional<size_t> next = morpheme_behind(end);
    return next && *next < morphemes_.size() && morphemes_[*next].role == Role::Counter;
  }

  /// How far Chinese characters are numerals in the dictionary's eyes. Behind a digit that nobody
  /// knows they are, whatever it sees in them: 数千.
  size_t numerals_end(size_t position) const {
    const auto continues = [this](size_t i) {
      return is_one_of(at(i), U"十百千万億兆") || is_digit(at(i)) || is_unknown_digit(at(i));
    };
    if (is_unknown_digit(at(position))) {
      while (continues(++position)) {
      }
      return position;
    }
    for (const Morpheme& morpheme : morphemes_) {
      if (morpheme.begin != position) continue;
      if (morpheme.role != Role::Numeral && !is_one_of(at(position), U",.")) break;
      position = morpheme.end;
    }
    // 十数人
    if (is_one_of(before(position), U"十百千") && at(position) == U'数' &&
        (continues(position + 1) || counter_length(position + 1) > 0))
      while (continues(position))
        ++position;
    return position;
  }

  std::optional<Quantity> with_counter(const Number& parsed, const std::u32string& sign) const {
    size_t length = counter_length(parsed.end);
    std::u32string usual_reading;
    if (length == 0) {
      const std::optional<size_t> next = morpheme_behind(parsed.end);
      if (!next || *next == morphemes_.size()) return std::nullopt;
      const Morpheme& morpheme = morphemes_[*next];
      if (morpheme.role != Role::Counter || morpheme.begin != parsed.end) return std::nullopt;
      length = morpheme.end - morpheme.begin;
      usual_reading = morpheme.pronunciation;
    }
    const View counter = text_.substr(parsed.end, length);
    const bool of_month = counter == U"日" && is_one_of(before(begin_), U"月");
    // 1年1組 is a class of a school, and the old numbers do not count those.
    if (counter == U"組" && is_one_of(before(begin_), U"年"))
      return done(say_number(parsed) + U"クミ", parsed.end + length);
    auto reading = of_month && parsed.whole == U"1" ? std::u32string(U"ツイタチ")
                                                    : say_count(parsed, counter, usual_reading);
    return reading ? done(sign + *reading, parsed.end + length) : std::nullopt;
  }

  /// Of the longest known counter that ends where a morpheme does: the 年 of 年末 is none.
  size_t counter_length(size_t begin) const {
    const View rest = text_.substr(begin);
    size_t length = known_counter(rest, rest.size());
    while (length > 0) {
      const size_t end = begin + length;
      const bool in_word = is_latin(at(end - 1)) && is_latin(at(end));
      if (!in_word && morpheme_behind(end)) return length;
      length = known_counter(rest, length - 1);
    }
    return 0;
  }

  const View text_;
  const std::vector<Morpheme>& morphemes_;
  const size_t index_;
  const size_t begin_;
};

}  // namespace

std::optional<Quantity> read_quantity(View text, const std::vector<Morpheme>& morphemes,
                                      size_t index) {
  return QuantityReader(text, morphemes, index).read();
}

}  // namespace gst_tts::japanese
