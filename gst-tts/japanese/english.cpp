// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/english.h"

#include <algorithm>
#include <array>
#include <vector>

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

constexpr std::array<View, 26> letter_names = {
    U"エー",   U"ビー",       U"シー",     U"ディー", U"イー",  U"エフ",   U"ジー",
    U"エイチ", U"アイ",       U"ジェー",   U"ケー",   U"エル",  U"エム",   U"エヌ",
    U"オー",   U"ピー",       U"キュー",   U"アール", U"エス",  U"ティー", U"ユー",
    U"ブイ",   U"ダブリュー", U"エックス", U"ワイ",   U"ゼット"};

/// Capitals that are read as a word.
constexpr View words_in_capitals[] = {U"NASA", U"NATO", U"OPEC", U"IKEA",
                                      U"JAXA", U"FIFA", U"UEFA"};

bool is_capital(char32_t c) {
  return c >= U'A' && c <= U'Z';
}

enum Vowel { A, I, U, E, O, none };

/// A vowel of English: the column of the syllabary it takes, and what follows.
struct VowelSound {
  View phoneme;
  Vowel vowel;
  View tail;
  bool is_short;
};

// The longer ones first.
constexpr VowelSound vowel_sounds[] = {
    {U"iː", I, U"ー", false}, {U"ɑː", A, U"ー", false}, {U"ɔː", O, U"ー", false},
    {U"uː", U, U"ー", false}, {U"ɜː", A, U"ー", false}, {U"aɪ", A, U"イ", false},
    {U"aʊ", A, U"ウ", false}, {U"eɪ", E, U"イ", false}, {U"əʊ", O, U"ー", false},
    {U"oʊ", O, U"ー", false}, {U"ɔɪ", O, U"イ", false}, {U"iə", I, U"ア", false},
    {U"eə", E, U"ア", false}, {U"ʊə", U, U"ア", false}, {U"i", I, U"", false},
    {U"ɪ", I, U"", true},     {U"ᵻ", I, U"", false},    {U"e", E, U"", true},
    {U"ɛ", E, U"", true},     {U"a", A, U"", true},     {U"æ", A, U"", true},
    {U"ɒ", O, U"", true},     {U"ɔ", O, U"", true},     {U"o", O, U"", false},
    {U"ʊ", U, U"", true},     {U"u", U, U"", false},    {U"ʌ", A, U"", true},
    {U"ə", A, U"", false},    {U"ɐ", A, U"", false},
};

/// A consonant: its syllables with a, i, u, e, o, and what it is without a vowel.
struct ConsonantSound {
  View phoneme;
  std::array<View, 6> kana;
};

constexpr ConsonantSound consonant_sounds[] = {
    {U"tʃ", {U"チャ", U"チ", U"チュ", U"チェ", U"チョ", U"チ"}},
    {U"dʒ", {U"ジャ", U"ジ", U"ジュ", U"ジェ", U"ジョ", U"ジ"}},
    {U"ts", {U"ツァ", U"ツイ", U"ツ", U"ツェ", U"ツォ", U"ツ"}},
    {U"dz", {U"ザ", U"ジ", U"ズ", U"ゼ", U"ゾ", U"ズ"}},
    {U"p", {U"パ", U"ピ", U"プ", U"ペ", U"ポ", U"プ"}},
    {U"b", {U"バ", U"ビ", U"ブ", U"ベ", U"ボ", U"ブ"}},
    {U"t", {U"タ", U"ティ", U"トゥ", U"テ", U"ト", U"ト"}},
    {U"d", {U"ダ", U"ディ", U"ドゥ", U"デ", U"ド", U"ド"}},
    {U"k", {U"カ", U"キ", U"ク", U"ケ", U"コ", U"ク"}},
    {U"ɡ", {U"ガ", U"ギ", U"グ", U"ゲ", U"ゴ", U"グ"}},
    {U"f", {U"ファ", U"フィ", U"フ", U"フェ", U"フォ", U"フ"}},
    {U"v", {U"バ", U"ビ", U"ブ", U"ベ", U"ボ", U"ブ"}},
    {U"θ", {U"サ", U"シ", U"ス", U"セ", U"ソ", U"ス"}},
    {U"ð", {U"ザ", U"ジ", U"ズ", U"ゼ", U"ゾ", U"ズ"}},
    {U"s", {U"サ", U"シ", U"ス", U"セ", U"ソ", U"ス"}},
    {U"z", {U"ザ", U"ジ", U"ズ", U"ゼ", U"ゾ", U"ズ"}},
    {U"ʃ", {U"シャ", U"シ", U"シュ", U"シェ", U"ショ", U"シュ"}},
    {U"ʒ", {U"ジャ", U"ジ", U"ジュ", U"ジェ", U"ジョ", U"ジュ"}},
    {U"h", {U"ハ", U"ヒ", U"フ", U"ヘ", U"ホ", U""}},
    {U"m", {U"マ", U"ミ", U"ム", U"メ", U"モ", U"ム"}},
    {U"n", {U"ナ", U"ニ", U"ヌ", U"ネ", U"ノ", U"ン"}},
    {U"ŋ", {U"ンガ", U"ンギ", U"ング", U"ンゲ", U"ンゴ", U"ング"}},
    {U"l", {U"ラ", U"リ", U"ル", U"レ", U"ロ", U"ル"}},
    {U"ɹ", {U"ラ", U"リ", U"ル", U"レ", U"ロ", U"ル"}},
    {U"r", {U"ラ", U"リ", U"ル", U"レ", U"ロ", U"ル"}},
    {U"w", {U"ワ", U"ウィ", U"ウ", U"ウェ", U"ウォ", U"ウ"}},
    {U"j", {U"ヤ", U"イ", U"ユ", U"イェ", U"ヨ", U"イ"}},
    {U"x", {U"ハ", U"ヒ", U"フ", U"ヘ", U"ホ", U"ハ"}},
};

struct Sound {
  const VowelSound* vowel = nullptr;
  const ConsonantSound* consonant = nullptr;

  bool is(View phoneme) const {
    return vowel ? vowel->phoneme == phoneme : consonant && consonant->phoneme == phoneme;
  }
  bool is_one_of(std::initializer_list<View> phonemes) const {
    return std::any_of(phonemes.begin(), phonemes.end(), [this](View p) { return is(p); });
  }
};

template <typename Table>
auto find_prefix(const Table& table, View text) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [text](const auto& entry) {
    return text.substr(0, entry.phoneme.size()) == entry.phoneme;
  });
  return found == std::end(table) ? nullptr : found;
}

/// Without stress, language marks "(en)" and separators.
std::u32string without_marks(View phonemes) {
  std::u32string plain;
  bool in_mark = false;
  for (const char32_t c : phonemes) {
    in_mark = (in_mark || c == U'(') && c != U')';
    if (!in_mark && c != U')' && c != U'ˈ' && c != U'ˌ') plain += c;
  }
  return plain;
}

std::vector<Sound> sounds_of(View phonemes) {
  std::vector<Sound> sounds;
  for (View rest = phonemes; !rest.empty();) {
    size_t length = 1;
    if (const VowelSound* vowel = find_prefix(vowel_sounds, rest)) {
      sounds.push_back({vowel, nullptr});
      length = vowel->phoneme.size();
    } else if (const ConsonantSound* consonant = find_prefix(consonant_sounds, rest)) {
      sounds.push_back({nullptr, consonant});
      length = consonant->phoneme.size();
    }
    rest.remove_prefix(length);
  }
  return sounds;
}

/// mjuː: ミュー. The first syllable kana of the i column, then a small y.
std::u32string palatal(const ConsonantSound& consonant, Vowel vowel) {
  constexpr std::array<View, 5> small = {U"ャ", U"ィ", U"ュ", U"ェ", U"ョ"};
  if (consonant.phoneme == U"t") return U"チ" + std::u32string(small.at(vowel));
  if (consonant.phoneme == U"d") return U"デ" + std::u32string(small.at(vowel));
  if (consonant.phoneme == U"f") return U"ヒ" + std::u32string(small.at(vowel));
  return std::u32string(consonant.kana[I].substr(0, 1)) + std::u32string(small.at(vowel));
}

class Writer {
 public:
  explicit Writer(std::vector<Sound> sounds) : sounds_(std::move(sounds)) {}

  std::u32string write() {
    for (at_ = 0; at_ < sounds_.size(); ++at_)
      sounds_[at_].vowel ? lone_vowel() : consonant();
    return out_;
  }

 private:
  const Sound& sound(size_t ahead) const {
    static const Sound end;
    return at_ + ahead < sounds_.size() ? sounds_[at_ + ahead] : end;
  }
  bool ends(size_t ahead) const { return at_ + ahead >= sounds_.size(); }

  void lone_vowel() {
    constexpr std::array<View, 5> kana = {U"ア", U"イ", U"ウ", U"エ", U"オ"};
    const VowelSound& vowel = *sound(0).vowel;
    out_ += kana.at(vowel.vowel);
    finish_vowel(vowel);
  }

  /// What stands behind the syllable of a vowel: length, a second vowel, a doubled stop.
  void finish_vowel(const VowelSound& vowel) {
    out_ += vowel.tail;
    if (vowel.phoneme == U"ə" && ends(1)) out_ += U'ー';  // computer
    const bool stop = sound(1).is_one_of({U"p", U"t", U"k", U"tʃ", U"ts"});
    const bool closes = ends(2) || (sound(2).is(U"s") && ends(3));
    if (vowel.is_short && stop && closes) out_ += U'ッ';  // net, box
  }

  void consonant() {
    const ConsonantSound& c = *sound(0).consonant;
    if (sound(1).is(U"j") && sound(2).vowel) {
      const VowelSound& vowel = *sound(2).vowel;
      at_ += 2;
      out_ += palatal(c, vowel.vowel);
      finish_vowel(vowel);
    } else if (const VowelSound* vowel = sound(1).vowel) {
      ++at_;
      if (vowel->phoneme == U"ə" && sound(1).is(U"l") && !sound(2).vowel) {
        out_ += c.kana[none];  // apple, but not hello
        return;
      }
      out_ += syllable(c, *vowel);
      finish_vowel(*vowel);
    } else if ((c.phoneme == U"m" && sound(1).is_one_of({U"p", U"b", U"m"})) ||
               (c.phoneme == U"ŋ" && sound(1).is_one_of({U"k", U"ɡ"}))) {
      out_ += U'ン';
    } else {
      out_ += c.kana[none];
    }
  }

  std::u32string syllable(const ConsonantSound& c, const VowelSound& vowel) const {
    if (vowel.phoneme == U"a" && c.phoneme == U"k") return U"キャ";  // cat
    if (vowel.phoneme == U"a" && c.phoneme == U"ɡ") return U"ギャ";
    const bool tion =
        vowel.phoneme == U"ə" && sound(1).is(U"n") && (c.phoneme == U"ʃ" || c.phoneme == U"ʒ");
    return std::u32string(c.kana.at(tion ? O : vowel.vowel));
  }

  std::vector<Sound> sounds_;
  size_t at_ = 0;
  std::u32string out_;
};

}  // namespace

std::u32string spell(View letters) {
  std::u32string names;
  for (const char32_t c : letters) {
    if (is_capital(c))
      names += letter_names.at(c - U'A');
    else if (c >= U'a' && c <= U'z')
      names += letter_names.at(c - U'a');
  }
  return names;
}

bool is_spelled(View word) {
  if (word.size() == 1) return true;
  return word.size() <= 4 && std::all_of(word.begin(), word.end(), is_capital) &&
         std::find(std::begin(words_in_capitals), std::end(words_in_capitals), word) ==
             std::end(words_in_capitals);
}

std::u32string katakana_from_phonemes(View phonemes) {
  const std::u32string plain = without_marks(phonemes);
  std::u32string katakana;
  // A compound's parts are words: git hub.
  for (size_t begin = 0; begin < plain.size();) {
    const size_t end = std::min(plain.find(U' ', begin), plain.size());
    katakana += Writer(sounds_of(View(plain).substr(begin, end - begin))).write();
    begin = end + 1;
  }
  return katakana;
}

}  // namespace gst_tts::japanese
