// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/phonemes.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "gst-translate/text/utf8.h"
#include "gst-tts/espeak/reading_codes.h"
#include "gst-tts/voice/phonetic_alphabet.h"

namespace gst_tts::espeak {

namespace {

/// Names that languages of espeak-ng 1.51 give to phonemes. Of those with the same sound the first
/// one is taken, so plain ones come first.
constexpr const char* candidates =
    "p b t d k g f v T D s z S Z C x X h m n N n^ l L l^ r R j w H tS dZ ts dz pf ? "
    "a A A: a: aa V 0 O O: o o: e e: E E: @ 3 3: i i: I I2 u u: U U: y y: Y Y: W W: & &: 8 1 @2 @: "
    "a# I# E# E2 O2 02 a2 A# u# i# o# e# V# U# 0# @- u- e- o- i. u1 u2 i2 I^ "
    "aI eI OI aU oU e@ i@ U@ O@ o@ A@ aI@ aI3 aU@ i@3 @U eU iu ai au oi ei ui uI oI ou ie uo EI "
    "EU OU VU VI AI A~ a~ e~ E~ o~ O~ i~ u~ U~ I~ W~ V~ y~ @~ "
    "t# d# k# g# t2 s2 z2 r- r/ *r * 4 r` r. *; J J^ c c# Q G q B P K t. d. n. l. s. z. "
    "s; z; S; Z; t; d; n; l; tS; dZ; ts; dz; p; b; m; f; v; k; g; ph th kh tsh tS;h bh dH gH t` d` "
    "tS` ts` "
    "s` z` s\\ z\\ t[ d[ N- n- l/ l/2 l/3 R2 r2 v# w# w/ h# N# g` "
    "&U~ &~ &i &y b# p# c# f; R^ Wy Yy Y@ VI OY ey iy "
    "11 21 13 22 23 24 33 35 44 51 53 55 214";

/// What stands for what a voice lacks, the nearest first.
constexpr std::pair<char32_t, std::u32string_view> near_sounds[] = {
    {U'ɹ', U"rɾʁɻ"},   {U'r', U"ɹɾʁʀɽ"}, {U'ʁ', U"ʀrɹɾɣ"}, {U'ʀ', U"ʁrɹ"},   {U'ɾ', U"rɹtd"},
    {U'ɻ', U"ɹr"},     {U'ɽ', U"ɾrɖ"},   {U'θ', U"sft"},   {U'ð', U"dzv"},   {U'ʃ', U"ɕʂs"},
    {U'ʒ', U"ʑʐzʃ"},   {U'ɕ', U"ʃʂs"},   {U'ʑ', U"ʒʐz"},   {U'ʂ', U"ʃɕs"},   {U'ʐ', U"ʒʑzɹ"},
    {U'ç', U"xʃhɕ"},   {U'x', U"χhçk"},  {U'χ', U"xhk"},   {U'ɣ', U"ɡxʁ"},   {U'ɦ', U"hx"},
    {U'h', U"xɦχħ"},   {U'ħ', U"hxχ"},   {U'ʔ', U"t"},     {U'ŋ', U"nɴɡ"},   {U'ɴ', U"ŋn"},
    {U'ɲ', U"njŋ"},    {U'ʎ', U"lj"},    {U'ɫ', U"lɭ"},    {U'ɭ', U"l"},     {U'ɬ', U"lʃs"},
    {U'ɱ', U"mn"},     {U'ʋ', U"vw"},    {U'v', U"ʋwfbβ"}, {U'w', U"ʋvuβ"},  {U'ɥ', U"jwy"},
    {U'β', U"bvw"},    {U'ɸ', U"fhp"},   {U'f', U"ɸpv"},   {U'ʈ', U"t"},     {U'ɖ', U"d"},
    {U'ɳ', U"n"},      {U'c', U"kt"},    {U'ɟ', U"ɡdj"},   {U'q', U"k"},     {U'ɢ', U"ɡ"},
    {U'ʍ', U"w"},      {U'z', U"s"},     {U'j', U"iʝ"},    {U'ʝ', U"j"},     {U'p', U"b"},
    {U'ɡ', U"kɣ"},     {U'l', U"ɫɭɾr"},  {U'b', U"βp"},    {U'd', U"ð"},     {U'a', U"ɑɐæʌɒäɛ"},
    {U'ɑ', U"aɒʌɐ"},   {U'ɒ', U"ɔɑao"},  {U'æ', U"aɛɑ"},   {U'ɐ', U"aʌəɑ"},  {U'ʌ', U"ɐaəɑ"},
    {U'ɔ', U"oɒʊ"},    {U'o', U"ɔʊu"},   {U'e', U"ɛɪi"},   {U'ɛ', U"eæ"},    {U'ə', U"ɐɜʌɛea"},
    {U'ɜ', U"əɛœeʌ"},  {U'ɝ', U"ɜɚəɹ"},  {U'ɚ', U"ɜəɐ"},   {U'ɪ', U"iᵻe"},   {U'i', U"ɪ"},
    {U'ʊ', U"uɯo"},    {U'u', U"ʊɯɨ"},   {U'ɯ', U"uʊɨ"},   {U'y', U"ʏʉuiɪ"}, {U'ʏ', U"yʊɪui"},
    {U'ø', U"œɵəeɛɜ"}, {U'œ', U"øɜəɛe"}, {U'ɵ', U"øoʊ"},   {U'ɨ', U"ɪiᵻʉə"}, {U'ʉ', U"uyʊɨ"},
    {U'ɤ', U"oəʌɔ"},   {U'ɘ', U"əe"},    {U'ɞ', U"ɜə"},    {U'ɶ', U"œa"},    {U'ᵻ', U"ɪiɨ"},
    {U'ᵿ', U"ʊu"},
};

constexpr std::u32string_view vowels = U"aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻᵿ";

bool is_vowel(char32_t c) {
  return vowels.find(c) != std::u32string_view::npos;
}

bool is_combining(char32_t c) {
  return c >= 0x0300 && c <= 0x036F;
}

/// Says nothing of its own: diacritics, what joins and what parts syllables.
bool is_detail(char32_t c) {
  constexpr std::u32string_view others = U"˞ʰʱʲˠˤʷⁿˡʼᵊᵝˑ.‿|‖";
  return is_combining(c) || others.find(c) != std::u32string_view::npos;
}

/// One way to write each sound: diacritics apart from letters, no tie bars, one letter g.
std::u32string plain(std::string_view ipa) {
  std::u32string signs;
  for (size_t position = 0; position < ipa.size();) {
    const char32_t c = gst_translate::next_character(ipa, position);
    constexpr std::u32string_view composed = U"ãõñẽĩũỹ", bases = U"aoneiuy";
    if (const size_t at = composed.find(c); at != std::u32string_view::npos) {
      signs += {bases[at], U'\u0303'};
    } else if (c == U'g') {
      signs += U'ɡ';
    } else if (c == U':') {
      signs += U'ː';
    } else if (c == U'\'') {
      signs += U'ˈ';
    } else if (c != U'\u0361' && c != U'\u035C') {
      signs += c;
    }
  }
  return signs;
}

std::u32string without(std::u32string text, bool (*is_left_out)(char32_t)) {
  text.erase(std::remove_if(text.begin(), text.end(), is_left_out), text.end());
  return text;
}

bool is_stress(char32_t c) {
  return c == U'ˈ' || c == U'ˌ';
}

bool is_white(char32_t c) {
  return c == U' ' || c == U'\n';
}

}  // namespace

/// Each before a vowel first, for some languages say no voiced consonant at the end of a word; then
/// alone, for some say a vowel otherwise before another one.
PhonemeNames::PhonemeNames(const Pronounce& pronounce) {
  const auto sound_of = [&](const std::string& phonemes) {
    return without(without(plain(pronounce(phoneme_code(phonemes))), is_stress), is_white);
  };
  const auto add = [&](const std::u32string& sound, const std::string& name) {
    longest_ = std::max(longest_, sound.size());
    if (!sound.empty()) names_.emplace(sound, name);
  };
  const std::string vowel = "a";
  const std::u32string vowel_sound = sound_of(vowel);
  std::istringstream before_vowel(candidates), alone(candidates);
  for (std::string name; before_vowel >> name;) {
    const std::u32string sound = sound_of(name + "|" + vowel);
    const size_t length = sound.size() - std::min(sound.size(), vowel_sound.size());
    if (sound.substr(length) == vowel_sound) add(sound.substr(0, length), name);
  }
  for (std::string name; alone >> name;)
    add(sound_of(name), name);
  // A sound with a detail stands for the one without, where nothing else does.
  const auto whole = names_;
  for (const auto& [sound, name] : whole)
    if (const std::u32string bare = without(sound, is_detail); !bare.empty())
      names_.emplace(bare, name);
}

const std::string* PhonemeNames::find(std::u32string_view sounds) const {
  const auto found = names_.find(sounds);
  return found == names_.end() ? nullptr : &found->second;
}

/// Stress stands before a syllable in IPA, and before its vowel in espeak-ng's names.
std::optional<std::string> PhonemeNames::names_of(std::string_view ipa) const {
  if (find_foreign_sign(ipa) != 0) return std::nullopt;
  const std::u32string signs = plain(ipa);
  std::string names, stress;
  const auto append = [&](const std::string& name, bool vowel) {
    if (!names.empty() && names.back() != '|') names += '|';
    if (vowel) names += std::exchange(stress, {});
    names += name;
  };
  const auto append_near = [&](char32_t sound) {
    const auto row = std::find_if(std::begin(near_sounds), std::end(near_sounds),
                                  [sound](const auto& each) { return each.first == sound; });
    if (row == std::end(near_sounds)) return false;
    for (const char32_t near : row->second) {
      if (const std::string* name = find(std::u32string_view(&near, 1))) {
        append(*name, is_vowel(near));
        return true;
      }
    }
    return false;
  };
  for (size_t at = 0; at < signs.size();) {
    const char32_t sign = signs[at];
    if (is_stress(sign)) {
      stress.assign(1, sign == U'ˈ' ? '\'' : ',');
      ++at;
      continue;
    }
    if (sign == U' ') {
      if (!names.empty()) names += "||";
      ++at;
      continue;
    }
    const std::string* name = nullptr;
    size_t length = std::min(longest_, signs.size() - at);
    for (; length > 0 && !name; --length)
      name = find(std::u32string_view(signs).substr(at, length));
    if (name) {
      append(*name,
             std::any_of(signs.begin() + static_cast<std::ptrdiff_t>(at),
                         signs.begin() + static_cast<std::ptrdiff_t>(at + length + 1), is_vowel));
      at += length + 1;
    } else if (sign == U'ː') {
      if (!names.empty()) names += ':';
      ++at;
    } else if (is_detail(sign)) {
      ++at;
    } else if (append_near(sign)) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  // Longer than any word: espeak-ng would cut its clause within it.
  if (names.empty() || names.size() > 400) return std::nullopt;
  return names;
}

}  // namespace gst_tts::espeak
