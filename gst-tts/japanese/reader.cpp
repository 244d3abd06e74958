// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/reader.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gst-translate/text/error.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/japanese/corrections.h"
#include "gst-tts/japanese/dictionary.h"
#include "gst-tts/japanese/english.h"
#include "gst-tts/japanese/kana.h"
#include "gst-tts/japanese/numbers.h"
#include "gst-tts/japanese/phrases.h"
#include "gst-tts/japanese/quantities.h"
#include "gst-tts/japanese/rewriter.h"
#include "gst-tts/japanese/ruby.h"
#include "gst-tts/japanese/spelling.h"
#include "gst-tts/japanese/units.h"
#include "gst-tts/voice/characters.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

/// Morphemes are found sentence by sentence, and no more than this at once.
constexpr size_t longest_sentence = 1000;

/// ASCII's and those with diacritics, but for × and ÷.
bool is_latin(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') ||
         (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

enum class Kind { Kana, Kanji, Latin, Digit, Other };

Kind kind_of(char32_t c) {
  if (is_kana(c)) return Kind::Kana;
  if (is_digit(c)) return Kind::Digit;
  if (is_latin(c)) return Kind::Latin;
  return is_kanji(c) ? Kind::Kanji : Kind::Other;
}

/// Symbols that are said.
constexpr std::pair<char32_t, View> symbol_names[] = {
    {U'%', U"パーセント"},   {U'&', U"アンド"},         {U'+', U"プラス"},
    {U'=', U"イコール"},     {U'×', U"カケル"},         {U'÷', U"ワル"},
    {U'@', U"アットマーク"}, {U'#', U"シャープ"},       {U'°', U"ド"},
    {U'$', U"ドル"},         {U'€', U"ユーロ"},         {U'£', U"ポンド"},
    {U'¥', U"エン"},         {U'²', U"ニジョー"},       {U'³', U"サンジョー"},
    {U'½', U"ニブンノイチ"}, {U'¼', U"ヨンブンノイチ"}, {U'¾', U"ヨンブンノサン"},
    {U'<', U"ショーナリ"},   {U'>', U"ダイナリ"},       {U'±', U"プラスマイナス"},
    {U'−', U"マイナス"},     {U'Ω', U"オーム"},         {U'™', U""},
    {U'‰', U"パーミル"},     {U'§', U"セクション"},     {U'〒', U"ユービンバンゴー"},
};

/// The morphemes of kana without a dictionary: runs of one kind.
std::vector<Morpheme> split_by_kind(View text) {
  std::vector<Morpheme> morphemes;
  for (size_t begin = 0, end; begin < text.size(); begin = end) {
    const Kind kind = kind_of(text[begin]);
    end = begin + 1;
    while (end < text.size() && kind != Kind::Other && kind_of(text[end]) == kind)
      ++end;
    Morpheme morpheme{begin, end, Role::Content, {}};
    if (kind == Kind::Kana) morpheme.pronunciation = to_katakana(text.substr(begin, end - begin));
    if (kind == Kind::Digit) morpheme.role = Role::Numeral;
    if (kind == Kind::Latin) morpheme.role = Role::Noun;
    if (kind == Kind::Other) morpheme.role = Role::Symbol;
    if (text[begin] != U' ') morphemes.push_back(std::move(morpheme));
  }
  return morphemes;
}

class SentenceReader {
 public:
  SentenceReader(const SourcedText& text, size_t begin, size_t end, const Pronounce& english,
                 PhraseWriter& writer, size_t& dropped)
      : source_(text.data() + begin), english_(english), writer_(writer), dropped_(dropped) {
    for (size_t i = begin; i < end; ++i)
      text_ += text[i].character;
    find_morphemes();
  }

  void read() {
    size_t end = 0;
    for (size_t index = 0; index < morphemes_.size();) {
      if (morphemes_[index].begin > end && text_[morphemes_[index].begin - 1] == U' ')
        writer_.end_phrase();
      if (const auto quantity = read_quantity(text_, morphemes_, index)) {
        end = morphemes_[quantity->next - 1].end;
        add(quantity->reading, Role::Content, morphemes_[index].begin, end);
        index = quantity->next;
        range(index);
      } else if (const size_t next = read_correction(index); next > index) {
        index = next;
        end = morphemes_[index - 1].end;
      } else {
        end = morphemes_[index].end;
        read_morpheme(index++);
      }
    }
  }

 private:
  /// One of several morphemes, too: 日本 + 武道館. The morpheme behind it; `first` if there is
  /// none.
  size_t read_correction(size_t first) {
    const size_t begin = morphemes_[first].begin;
    size_t last = first;
    while (last + 1 < morphemes_.size() && morphemes_[last + 1].begin == morphemes_[last].end &&
           morphemes_[last + 1].end - begin <= longest_correction())
      ++last;
    for (;; --last) {
      const size_t end = morphemes_[last].end;
      const View reading = corrected_reading(View(text_).substr(begin, end - begin));
      if (!reading.empty()) {
        add(reading, morphemes_[first].role, begin, end);
        return last + 1;
      }
      if (last == first) return first;
    }
  }

  void find_morphemes() {
    const bool kanji = std::any_of(text_.begin(), text_.end(), is_kanji);
    try {
      // Without kanji too: it knows the particles.
      dictionary_ = open_dictionary();
    } catch (const gst_translate::Error&) {
      if (kanji) throw;
    }
    if (!dictionary_) {
      for (const Morpheme& morpheme : split_by_kind(text_))
        add_morpheme(morpheme);
      return;
    }
    choose_forms();
    // To MeCab a space is no border: 今 日本 is 今日 and 本 as well.
    for (size_t begin = 0, end; begin < text_.size(); begin = end + 1) {
      end = std::min(text_.find_first_of(std::u32string({U' ', literally}), begin), text_.size());
      for (Morpheme morpheme : dictionary_->parse(View(text_).substr(begin, end - begin))) {
        morpheme.begin += begin;
        morpheme.end += begin;
        add_morpheme(morpheme);
      }
      if (end == text_.size() || text_[end] != literally) continue;
      begin = end + 1;
      end = std::min(text_.find(literally, begin), text_.size());
      morphemes_.push_back(
          {begin, end, Role::Noun, to_katakana(View(text_).substr(begin, end - begin))});
    }
  }

  /// Old forms that the dictionary knows better by their usual ones, all that stand side by side or
  /// one of them; 々 that it does not know with what is before it.
  void choose_forms() {
    for (size_t begin = 0, end; begin < text_.size(); begin = end + 1) {
      end = begin;
      std::u32string usual = text_;
      for (; end < text_.size() && usual_form(text_[end]) != text_[end]; ++end)
        usual[end] = usual_form(text_[end]);
      if (end == begin || choose(usual)) continue;
      for (size_t i = begin; end - begin > 1 && i < end; ++i) {
        std::u32string other = text_;
        other[i] = usual_form(text_[i]);
        choose(other);
      }
    }
    if (text_.find(U'々') == std::u32string::npos) return;
    for (const Morpheme& morpheme : dictionary_->parse(text_)) {
      const size_t length = morpheme.end - morpheme.begin;
      const View text = text_of(morpheme);
      if (text.find_first_not_of(U'々') != View::npos || length > morpheme.begin) continue;
      for (size_t i = morpheme.begin; i < morpheme.end; ++i)
        if (is_kanji(text_[i - length])) text_[i] = text_[i - length];
    }
  }

  bool choose(const std::u32string& other) {
    const bool better = dictionary_->cost(other) < dictionary_->cost(text_);
    if (better) text_ = other;
    return better;
  }

  /// Symbols side by side are one word to a dictionary that lacks them: 、$.
  void add_morpheme(const Morpheme& morpheme) {
    const View text = text_of(morpheme);
    const bool symbols =
        std::all_of(text.begin(), text.end(), [](char32_t c) { return kind_of(c) == Kind::Other; });
    if (!symbols) return morphemes_.push_back(morpheme);
    for (size_t i = morpheme.begin; i < morpheme.end; ++i)
      morphemes_.push_back({i, i + 1, Role::Symbol, {}});
  }

  View text_of(const Morpheme& morpheme) const {
    return View(text_).substr(morpheme.begin, morpheme.end - morpheme.begin);
  }

  void add(View katakana, Role role, size_t begin, size_t end) {
    writer_.add(katakana, role, source_[begin].begin, source_[end - 1].end);
  }

  /// 3〜5人: between two numbers, from the first to the second.
  void range(size_t& index) {
    if (index + 1 >= morphemes_.size()) return;
    const Morpheme& mark = morphemes_[index];
    if (!is_one_of(text_[mark.begin], U"〜~～") || !is_digit(text_[morphemes_[index + 1].begin]))
      return;
    add(U"カラ", Role::Attached, mark.begin, mark.end);
    ++index;
  }

  void read_morpheme(size_t index) {
    const Morpheme& morpheme = morphemes_[index];
    const std::u32string pronunciation = pronunciation_of(index);
    if (!pronunciation.empty())
      add(pronunciation, morpheme.role, morpheme.begin, morpheme.end);
    else
      read_characters(morpheme);
  }

  std::u32string pronunciation_of(size_t index) const {
    const Morpheme& morpheme = morphemes_[index];
    const View text = text_of(morpheme);
    // 行った is "went" but behind an object, where it is "carried out".
    if (text == U"行っ" && morpheme.pronunciation == U"オコナッ" &&
        !(index > 0 &&
          (text_of(morphemes_[index - 1]) == U"を" || morphemes_[index - 1].role == Role::Noun)))
      return U"イッ";
    return usual_reading(text, morpheme.pronunciation);
  }

  /// A word that the dictionary lacks, run by run.
  void read_characters(const Morpheme& morpheme) {
    for (size_t begin = morpheme.begin, end; begin < morpheme.end; begin = end) {
      const Kind kind = kind_of(text_[begin]);
      const auto in_run = [kind](char32_t c) {
        return kind_of(c) == kind || (kind == Kind::Latin && c == U'\'');
      };
      end = begin + 1;
      while (end < morpheme.end && in_run(text_[end]))
        ++end;
      const View run = View(text_).substr(begin, end - begin);
      switch (kind) {
        case Kind::Kana:
          add(to_katakana(run), morpheme.role, begin, end);
          break;
        case Kind::Latin:
          add(read_latin(run), Role::Noun, begin, end);
          break;
        case Kind::Digit:
          add(say_digits(run), Role::Noun, begin, end);
          break;
        case Kind::Kanji:
          for (size_t i = begin; i < end; ++i)
            read_kanji(i);
          break;
        case Kind::Other:
          for (size_t i = begin; i < end; ++i)
            read_symbol(i);
          break;
      }
    }
  }

  std::u32string read_latin(View word) const {
    if (const View unit = unit_alone(word); !unit.empty()) return std::u32string(unit);
    if (is_spelled(word)) return spell(word);
    std::string utf8;
    for (const char32_t c : word)
      gst_translate::append_utf8(utf8, c);
    std::u32string phonemes;
    const std::string said = english_(utf8);
    for (size_t position = 0; position < said.size();)
      phonemes += gst_translate::next_character(said, position);
    return katakana_from_phonemes(phonemes);
  }

  /// One alone, where the dictionary knows no word with it.
  void read_kanji(size_t index) {
    const auto alone = dictionary_->parse(View(text_).substr(index, 1));
    if (alone.empty() || alone[0].pronunciation.empty())
      ++dropped_;
    else
      add(alone[0].pronunciation, Role::Noun, index, index + 1);
  }

  void read_symbol(size_t index) {
    const char32_t c = text_[index];
    for (const auto& [symbol, name] : symbol_names)
      if (c == symbol) return add(name, Role::Content, index, index + 1);
    // Brackets do not part a word from its particle.
    if (is_one_of(c, U"「」『』()（）[]【】〈〉《》\"“”・")) return writer_.end_compound();
    if (is_one_of(c, U"〜~～") && index > 0 && is_kana(text_[index - 1]))
      return add(U"ー", Role::Attached, index, index + 1);
    const bool inside_name = index > 0 && index + 1 < text_.size() && is_latin(text_[index - 1]) &&
                             is_latin(text_[index + 1]);
    if (c == U'.' && inside_name) return add(U"ドット", Role::Content, index, index + 1);
    // A plain stop or comma is no clause mark without a space behind it.
    const char32_t mark = c == U'.' ? U'。' : c == U',' ? U'、' : c;
    writer_.add_mark(mark, source_[index].begin, source_[index].end);
  }

  const SourcedCharacter* source_;  ///< of the sentence's first character
  const Pronounce& english_;
  PhraseWriter& writer_;
  size_t& dropped_;
  std::u32string text_;
  std::shared_ptr<const Dictionary> dictionary_;
  std::vector<Morpheme> morphemes_;
};

}  // namespace

SourcedText read(const SourcedText& request, const Pronounce& english, size_t& dropped) {
  SourcedText text = normalize(usual_spelling(request));
  date_rules().apply(text);
  latin_rules().apply(text);
  sign_rules().apply(text);
  if (has_ruby(text)) read_ruby(text, *open_dictionary());
  SourcedText out;
  PhraseWriter writer(out);
  for (size_t begin = 0, end; begin < text.size(); begin = end) {
    end = begin + 1;
    while (end < text.size() && end - begin < longest_sentence &&
           !is_one_of(text[end - 1].character, U"。！？\n"))
      ++end;
    SentenceReader(text, begin, end, english, writer, dropped).read();
    writer.end_phrase();
  }
  return out;
}

}  // namespace gst_tts::japanese
