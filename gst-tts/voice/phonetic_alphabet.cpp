// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/voice/phonetic_alphabet.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gst-translate/text/utf8.h"

namespace gst_tts {

namespace {

using Row = std::pair<std::string_view, std::string_view>;

/// What is not the same letter in both. Longer ones first, where one begins another.
constexpr Row x_sampa_signs[] = {
    // Consonants and vowels of more than one character.
    {"b_<", "ɓ"},
    {"d`", "ɖ"},
    {"d_<", "ɗ"},
    {"g_<", "ɠ"},
    {"h\\", "ɦ"},
    {"j\\", "ʝ"},
    {"l`", "ɭ"},
    {"l\\", "ɺ"},
    {"n`", "ɳ"},
    {"p\\", "ɸ"},
    {"r`", "ɽ"},
    {"r\\`", "ɻ"},
    {"r\\", "ɹ"},
    {"s`", "ʂ"},
    {"s\\", "ɕ"},
    {"t`", "ʈ"},
    {"v\\", "ʋ"},
    {"x\\", "ɧ"},
    {"z`", "ʐ"},
    {"z\\", "ʑ"},
    {"B\\", "ʙ"},
    {"G\\_<", "ʛ"},
    {"G\\", "ɢ"},
    {"H\\", "ʜ"},
    {"I\\", "ᵻ"},
    {"J\\_<", "ʄ"},
    {"J\\", "ɟ"},
    {"K\\", "ɮ"},
    {"L\\", "ʟ"},
    {"M\\", "ɰ"},
    {"N\\", "ɴ"},
    {"O\\", "ʘ"},
    {"R\\", "ʀ"},
    {"U\\", "ᵿ"},
    {"X\\", "ħ"},
    {"@\\", "ɘ"},
    {"3\\", "ɞ"},
    {"?\\", "ʕ"},
    {"<\\", "ʢ"},
    {">\\", "ʡ"},
    {"|\\|\\", "ǁ"},
    {"|\\", "ǀ"},
    {"!\\", "ǃ"},
    {"=\\", "ǂ"},
    {"-\\", "‿"},
    {":\\", "ˑ"},
    {"@`", "ɚ"},
    {"3`", "ɝ"},
    // Diacritics.
    {"_\"", "̈"},
    {"_+", "̟"},
    {"_-", "̠"},
    {"_/", "̌"},
    {"_0", "̥"},
    {"_=", "̩"},
    {"_>", "ʼ"},
    {"_?\\", "ˤ"},
    {"_\\", "̂"},
    {"_^", "̯"},
    {"_}", "̚"},
    {"_~", "̃"},
    {"_A", "̘"},
    {"_a", "̺"},
    {"_B", "̏"},
    {"_c", "̜"},
    {"_d", "̪"},
    {"_e", "̴"},
    {"_F", "̂"},
    {"_G", "ˠ"},
    {"_H", "́"},
    {"_h", "ʰ"},
    {"_j", "ʲ"},
    {"_k", "̰"},
    {"_L", "̀"},
    {"_l", "ˡ"},
    {"_M", "̄"},
    {"_m", "̻"},
    {"_N", "̼"},
    {"_n", "ⁿ"},
    {"_O", "̹"},
    {"_o", "̞"},
    {"_q", "̙"},
    {"_R", "̌"},
    {"_r", "̝"},
    {"_T", "̋"},
    {"_t", "̤"},
    {"_v", "̬"},
    {"_w", "ʷ"},
    {"_X", "̆"},
    {"_x", "̽"},
    {"__", "͡"},
    // Single characters.
    {"A", "ɑ"},
    {"B", "β"},
    {"C", "ç"},
    {"D", "ð"},
    {"E", "ɛ"},
    {"F", "ɱ"},
    {"G", "ɣ"},
    {"H", "ɥ"},
    {"I", "ɪ"},
    {"J", "ɲ"},
    {"K", "ɬ"},
    {"L", "ʎ"},
    {"M", "ɯ"},
    {"N", "ŋ"},
    {"O", "ɔ"},
    {"P", "ʋ"},
    {"Q", "ɒ"},
    {"R", "ʁ"},
    {"S", "ʃ"},
    {"T", "θ"},
    {"U", "ʊ"},
    {"V", "ʌ"},
    {"W", "ʍ"},
    {"X", "χ"},
    {"Y", "ʏ"},
    {"Z", "ʒ"},
    {"@", "ə"},
    {"{", "æ"},
    {"}", "ʉ"},
    {"1", "ɨ"},
    {"2", "ø"},
    {"3", "ɜ"},
    {"4", "ɾ"},
    {"5", "ɫ"},
    {"6", "ɐ"},
    {"7", "ɤ"},
    {"8", "ɵ"},
    {"9", "œ"},
    {"&", "ɶ"},
    {"?", "ʔ"},
    {"\"", "ˈ"},
    {"%", "ˌ"},
    {":", "ː"},
    {".", "."},
    {"-", ""},
    {"'", "ʲ"},
    {"=", "̩"},
    {"~", "̃"},
    {"`", "˞"},
    {"|", "|"},
    {" ", " "},
    {"g", "ɡ"},
    {"*", ""},
};

constexpr std::u32string_view ipa_letters =
    U"abcdefghijklmnopqrstuvwxyzæçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎ"
    U"ʏʐʑʒʔʕʘʙʛʜʝʟʡʢβθχᵻᵿãõñẽĩũỹ";
constexpr std::u32string_view ipa_marks = U"ˈˌ'.ː:ˑ |‖‿˞ʰʱʲˠˤʷⁿˡʼᵊᵝ˥˦˧˨˩ꜛꜜ↗↘";

bool is_combining(char32_t c) {
  return c >= 0x0300 && c <= 0x036F;
}

}  // namespace

char32_t find_foreign_sign(std::string_view ipa) {
  for (size_t position = 0; position < ipa.size();) {
    const char32_t c = gst_translate::next_character(ipa, position);
    if (ipa_letters.find(c) == std::u32string_view::npos &&
        ipa_marks.find(c) == std::u32string_view::npos && !is_combining(c))
      return c;
  }
  return 0;
}

std::optional<std::string> ipa_of_x_sampa(std::string_view x_sampa) {
  std::string ipa;
  while (!x_sampa.empty()) {
    std::string_view sign, meaning;
    for (const auto& [from, to] : x_sampa_signs) {
      if (from.size() > sign.size() && x_sampa.substr(0, from.size()) == from) {
        sign = from;
        meaning = to;
      }
    }
    if (sign.empty()) {
      const char c = x_sampa.front();
      if (c < 'a' || c > 'z') return std::nullopt;
      sign = meaning = x_sampa.substr(0, 1);
    }
    ipa += meaning;
    x_sampa.remove_prefix(sign.size());
  }
  return ipa;
}

bool are_espeak_names(std::string_view names) {
  return !names.empty() && names.size() <= 400 &&
         std::all_of(names.begin(), names.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '[' && c != ']'; });
}

}  // namespace gst_tts
