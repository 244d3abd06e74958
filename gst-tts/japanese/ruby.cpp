// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/ruby.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gst-tts/japanese/edit_distance.h"
#include "gst-tts/japanese/kana.h"

namespace gst_tts::japanese {

namespace {

using View = std::u32string_view;

constexpr size_t longest_ruby = 24;

char32_t closing(char32_t opening) {
  switch (opening) {
    case U'(':
      return U')';
    case U'《':
      return U'》';
    case U'〈':
      return U'〉';
    default:
      return 0;
  }
}

bool is_hiragana(char32_t c) {
  return c >= 0x3041 && c <= 0x309E;
}

/// Vowels that lengthen the one before them as the mark of length, so that ユウウツ is ユーウツ.
std::u32string comparable(View katakana) {
  constexpr View a = U"アカサタナハマヤラワガザダバパャァ", i = U"イキシチニヒミリギジヂビピ",
                 u = U"ウクスツヌフムユルグズヅブプュゥ", e = U"エケセテネヘメレゲゼデベペェ",
                 o = U"オコソトノホモヨロヲゴゾドボポョォ";
  std::u32string out;
  char32_t vowel = 0;
  for (char32_t c : katakana) {
    const bool lengthens = (vowel == U'a' && c == U'ア') || (vowel == U'i' && c == U'イ') ||
                           (vowel == U'u' && c == U'ウ') ||
                           (vowel == U'e' && (c == U'イ' || c == U'エ')) ||
                           (vowel == U'o' && (c == U'ウ' || c == U'オ'));
    if (lengthens) c = U'ー';
    out += c;
    if (c == U'ー') continue;
    const auto is_in = [c](View row) { return row.find(c) != View::npos; };
    vowel = is_in(a) ? U'a' : is_in(i) ? U'i' : is_in(u) ? U'u' : is_in(e) ? U'e' : U'o';
    if (!is_in(a) && !is_in(i) && !is_in(u) && !is_in(e) && !is_in(o)) vowel = 0;
  }
  return out;
}

/// What a ruby is for, and how it is said.
struct Reading {
  size_t begin = 0;
  std::u32string katakana;
};

class RubyFinder {
 public:
  RubyFinder(const SourcedText& text, const Dictionary& dictionary)
      : dictionary_(dictionary), text_(characters(text)) {}

  /// The ruby between the bracket at `open` and the one at `close`.
  std::optional<Reading> find(size_t open, size_t close) const {
    const View ruby = View(text_).substr(open + 1, close - open - 1);
    if (ruby.empty() || ruby.size() > longest_ruby) return std::nullopt;
    if (!std::all_of(ruby.begin(), ruby.end(), is_kana)) return std::nullopt;
    // 躊躇う（ためらう）: what both end with is part of both.
    size_t kanji_end = open;
    for (size_t i = 0; i + 1 < ruby.size() && kanji_end > 0; ++i) {
      if (!is_hiragana(text_[kanji_end - 1]) || text_[kanji_end - 1] != ruby[ruby.size() - 1 - i])
        break;
      --kanji_end;
    }
    size_t kanji_begin = kanji_end;
    while (kanji_begin > 0 && is_kanji(text_[kanji_begin - 1]))
      --kanji_begin;
    if (kanji_begin == kanji_end) return std::nullopt;
    return best(kanji_begin, kanji_end, open, ruby);
  }

 private:
  std::optional<Reading> best(size_t begin, size_t kanji_end, size_t end, View ruby) const {
    const std::u32string said = to_katakana(ruby);
    const std::u32string wanted = comparable(said);
    const std::vector<Morpheme> morphemes =
        dictionary_.parse(View(text_).substr(begin, end - begin));
    std::optional<Reading> found;
    size_t nearest = std::u32string::npos;
    std::u32string pronunciation;
    for (size_t i = morphemes.size(); i-- > 0;) {
      pronunciation = morphemes[i].pronunciation + pronunciation;
      const size_t first = begin + morphemes[i].begin;
      if (first >= kanji_end) continue;
      const size_t kanji = kanji_end - first;
      const bool possible = wanted.size() <= 5 * kanji && wanted.size() * 2 >= kanji;
      const size_t distance = edit_distance(comparable(pronunciation), wanted);
      if (!possible || distance >= nearest) continue;
      nearest = distance;
      found = Reading{first, distance == 0 ? pronunciation : said};
    }
    if (nearest > 0 && is_remark(ruby)) return std::nullopt;
    // Like nothing that is known: for all of the characters, if there are not too many.
    if (found && nearest * 2 > wanted.size() && wanted.size() * 2 >= kanji_end - begin)
      found->begin = begin;
    return found;
  }

  /// Words that say something of their own.
  static bool is_remark(View ruby) {
    constexpr View remarks[] = {U"たぶん",   U"おそらく", U"ただし",   U"もちろん", U"たとえば",
                                U"または",   U"および",   U"など",     U"ほか",     U"すべて",
                                U"いずれも", U"まだ",     U"なし",     U"あり",     U"あるいは",
                                U"やや",     U"とくに",   U"だいたい", U"おおよそ", U"ほぼ"};
    return std::find(std::begin(remarks), std::end(remarks), ruby) != std::end(remarks);
  }

  const Dictionary& dictionary_;
  const std::u32string text_;
};

}  // namespace

bool has_ruby(const SourcedText& text) {
  const auto is_at = [&text](size_t i) {
    return closing(text[i].character) != 0 && is_kana(text[i + 1].character);
  };
  for (size_t i = 1; i + 1 < text.size(); ++i)
    if (is_at(i)) return true;
  return false;
}

void read_ruby(SourcedText& text, const Dictionary& dictionary) {
  for (size_t open = 1; open < text.size(); ++open) {
    const char32_t end_mark = closing(text[open].character);
    if (end_mark == 0) continue;
    size_t close = open + 1;
    while (close < text.size() && text[close].character != end_mark &&
           close - open <= longest_ruby + 1)
      ++close;
    if (close == text.size() || text[close].character != end_mark) continue;
    const auto reading = RubyFinder(text, dictionary).find(open, close);
    if (!reading) continue;
    // ｜ says where a ruby begins.
    const bool marked = reading->begin > 0 && text[reading->begin - 1].character == U'|';
    const size_t begin = reading->begin - (marked ? 1 : 0);
    SourcedText said;
    append(said, reading->katakana, text[begin].begin, text[close].end);
    const auto at = [&text](size_t index) { return text.begin() + static_cast<ptrdiff_t>(index); };
    text.erase(at(begin), at(close + 1));
    text.insert(at(begin), said.begin(), said.end());
    open = begin + said.size();
  }
}

}  // namespace gst_tts::japanese
