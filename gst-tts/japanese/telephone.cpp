// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/telephone.h"

#include <vector>

#include "gst-tts/japanese/numbers.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

/// Groups of digits with one hyphen or bracket between them.
class Groups {
 public:
  Groups(View text, size_t begin) : text_(text), end_(begin) {
    plus_ = take(U'+');
    bool bracket = take(U'(');
    for (;;) {
      const size_t first = end_;
      while (at(end_) >= U'0' && at(end_) <= U'9')
        ++end_;
      if (end_ == first) {
        groups.clear();
        return;
      }
      groups.push_back(text_.substr(first, end_ - first));
      bool parted = false;
      if (bracket && take(U')')) {
        bracket = false;
        take(U'-');
        parted = true;
      } else if (!bracket && at(end_) == U'(' && is_digit(at(end_ + 1))) {
        parted = bracket = take(U'(');
      } else if (at(end_) == U'-' && is_digit(at(end_ + 1))) {
        parted = take(U'-');
      }
      if (!parted) break;
      while (take(U' ')) {
      }
    }
    if (bracket) groups.clear();
  }

  bool plus() const { return plus_; }
  size_t end() const { return end_; }

  std::vector<View> groups;

 private:
  static bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
  char32_t at(size_t i) const { return i < text_.size() ? text_[i] : U'\0'; }
  bool take(char32_t c) {
    if (at(end_) != c) return false;
    ++end_;
    return true;
  }

  const View text_;
  size_t end_;
  bool plus_ = false;
};

bool is_year(View group) {
  return group.size() == 4 && (group.substr(0, 2) == U"19" || group.substr(0, 2) == U"20");
}

bool is_telephone(const Groups& number) {
  const std::vector<View>& groups = number.groups;
  if (groups.size() < 2) return false;
  if (number.plus()) return groups.size() >= 3;
  for (const View group : groups)
    if (group.size() > 5 || group.size() < 2) return false;
  if (groups.front()[0] == U'0') return groups.back().size() >= 3;
  if (groups.size() == 2)
    return groups[1].size() == 4 && (groups[0].size() == 3 || groups[0].size() == 4) &&
           !(is_year(groups[0]) && is_year(groups[1]));
  return false;
}

std::u32string say(const std::vector<View>& groups) {
  std::u32string reading;
  for (const View group : groups) {
    if (!reading.empty()) reading += U"ノ ";
    reading += say_digits(group);
  }
  return reading;
}

}  // namespace

std::optional<DigitGroups> read_digit_groups(View text, size_t begin) {
  if (begin < text.size() && text[begin] == U'〒') {
    size_t first = begin + 1;
    while (first < text.size() && text[first] == U' ')
      ++first;
    Groups code(text, first);
    if (code.groups.empty()) return std::nullopt;
    if (code.groups.size() == 1 && code.groups[0].size() == 7)
      code.groups = {code.groups[0].substr(0, 3), code.groups[0].substr(3)};
    return DigitGroups{U"ユービンバンゴー " + say(code.groups), code.end()};
  }
  const Groups number(text, begin);
  if (!is_telephone(number)) return std::nullopt;
  return DigitGroups{(number.plus() ? U"プラス " : U"") + say(number.groups), number.end()};
}

}  // namespace gst_tts::japanese
