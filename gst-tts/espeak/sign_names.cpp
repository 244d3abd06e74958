// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/sign_names.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace gst_tts::espeak {

namespace {

struct SignNames {
  char32_t sign;
  std::string_view languages;  ///< with spaces around each; "*": all
};

constexpr SignNames signs[] = {
    {U'§', " af bs ca cs da de en es hr hu it lt ltg lv mk pl pt sk sr ta tr "},
    {U'¶', " af bs ca de en es fr hr hu it lt ltg lv mk pl pt sk sr te tr "},
    {U'‰', " bs hr it ltg lv mk sk sr "},
    {U'°', " af bs cs de en eo es fr hr hu it lt ltg lv mk nl pl pt ro sk sr tr "},
    {U'№', " bg de en it ky pt ru "},
    {U'×', " af bs cs da de en fa fr hr hu ky ltg lv mk pl pt sk sr ta "},
    {U'÷', " af bs cs da de en fa fr hr hu kn ltg lv mk pl pt sk sr ta "},
    {U'<', " fa gn ky ne ta "},
    {U'>', " fa gn ky ne ta "},
    {U'±', "*"},
    {U'≤', " de en it "},
    {U'≥', " de en it "},
    {U'≠', "*"},
    {U'≈', "*"},
    {U'∞', " de en hu it pt "},
    {U'√', " de en hu it "},
    {U'∑', " de en it "},
    {U'→', " de en it pt ta "},
};

const SignNames* find(char32_t sign) {
  const auto* found = std::find_if(std::begin(signs), std::end(signs),
                                   [sign](const SignNames& row) { return row.sign == sign; });
  return found == std::end(signs) ? nullptr : found;
}

}  // namespace

bool is_heard_sign(char32_t sign) {
  return find(sign) != nullptr;
}

bool names_sign(std::string_view language, char32_t sign) {
  const SignNames* row = find(sign);
  if (!row) return false;
  const std::string name = " " + std::string(language) + " ";
  return row->languages == "*" || row->languages.find(name) != std::string_view::npos;
}

}  // namespace gst_tts::espeak
