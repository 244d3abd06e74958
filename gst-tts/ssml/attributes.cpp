// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/ssml/attributes.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <locale>
#include <sstream>
#include <string>
#include <utility>

#include "gst-translate/text/utf8.h"

namespace gst_tts::ssml {

namespace {

constexpr double mans_pitch = 110;  ///< Hz

/// "+20%" in its parts.
struct Quantity {
  bool has_sign = false;
  double number = 0;
  std::string unit;
};

std::optional<Quantity> parse_quantity(std::string_view value) {
  value = gst_translate::trim(value);
  Quantity quantity;
  quantity.has_sign = !value.empty() && (value[0] == '+' || value[0] == '-');
  const size_t digits = value.find_first_not_of("+-.0123456789");
  const std::string_view number = value.substr(0, digits);
  if (digits != std::string_view::npos) quantity.unit = gst_translate::trim(value.substr(digits));
  std::istringstream stream{std::string(number)};
  stream.imbue(std::locale::classic());
  if (!(stream >> quantity.number) || stream.peek() != std::istringstream::traits_type::eof() ||
      !std::isfinite(quantity.number))
    return std::nullopt;
  return quantity;
}

template <typename Words>
std::optional<double> find(const Words& words, std::string_view value) {
  value = gst_translate::trim(value);
  const auto found = std::find_if(std::begin(words), std::end(words),
                                  [value](const auto& word) { return word.first == value; });
  if (found == std::end(words)) return std::nullopt;
  return found->second;
}

using Word = std::pair<std::string_view, double>;

std::optional<double> at_least(double lowest, double value) {
  if (value < lowest) return std::nullopt;
  return value;
}

double semitones(double factor) {
  return 12 * std::log2(factor);
}

}  // namespace

std::optional<double> parse_time(std::string_view value) {
  const auto time = parse_quantity(value);
  if (!time || time->number < 0) return std::nullopt;
  if (time->unit == "ms") return time->number / 1000;
  if (time->unit == "s") return time->number;
  return std::nullopt;
}

std::optional<double> parse_strength(std::string_view value) {
  static constexpr Word words[] = {{"none", 0},      {"x-weak", 0.25}, {"weak", 0.5},
                                   {"medium", 0.75}, {"strong", 1},    {"x-strong", 1.25}};
  return find(words, value);
}

std::optional<double> parse_rate(std::string_view value) {
  static constexpr Word words[] = {{"x-slow", 0.5}, {"slow", 0.75}, {"medium", 1},
                                   {"default", 1},  {"fast", 1.35}, {"x-fast", 1.8}};
  if (const auto word = find(words, value)) return word;
  const auto rate = parse_quantity(value);
  if (!rate) return std::nullopt;
  if (rate->unit == "%") return at_least(0.01, (rate->has_sign ? 1 : 0) + rate->number / 100);
  if (rate->unit.empty()) return at_least(0.01, (rate->has_sign ? 1 : 0) + rate->number);
  return std::nullopt;
}

std::optional<double> parse_pitch(std::string_view value) {
  static constexpr Word words[] = {{"x-low", -6},  {"low", -3}, {"medium", 0},
                                   {"default", 0}, {"high", 3}, {"x-high", 6}};
  if (const auto word = find(words, value)) return word;
  const auto pitch = parse_quantity(value);
  if (!pitch) return std::nullopt;
  double factor = 0;
  if (pitch->unit == "st") return pitch->number;
  if (pitch->unit == "%")
    factor = (pitch->has_sign ? 1 : 0) + pitch->number / 100;
  else if (pitch->unit == "Hz" || pitch->unit == "hz")
    factor = (pitch->has_sign ? 1 : 0) + pitch->number / mans_pitch;
  if (factor <= 0) return std::nullopt;
  return semitones(factor);
}

std::optional<double> parse_volume(std::string_view value) {
  static constexpr Word words[] = {{"silent", 0},  {"x-soft", 0.25}, {"soft", 0.5}, {"medium", 1},
                                   {"default", 1}, {"loud", 1.4},    {"x-loud", 2}};
  if (const auto word = find(words, value)) return word;
  const auto volume = parse_quantity(value);
  if (!volume) return std::nullopt;
  if (volume->unit == "dB") return std::pow(10, volume->number / 20);
  if (volume->unit != "%" && !volume->unit.empty()) return std::nullopt;
  return at_least(0, (volume->has_sign ? 1 : 0) + volume->number / 100);
}

}  // namespace gst_tts::ssml
