// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/cleaner.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <string>

#include "gst-translate/text/utf8.h"
#include "gst-tts/espeak/sign_names.h"
#include "gst-tts/espeak/voice_table.h"
#include "gst-tts/voice/characters.h"
#include "gst-tts/voice/readings.h"

namespace gst_tts::espeak {

namespace {

uint32_t category(char32_t c) {
  return U_GET_GC_MASK(static_cast<UChar32>(c));
}

bool is_letter(char32_t c) {
  return (category(c) & U_GC_L_MASK) != 0;
}

bool is_digit(char32_t c) {
  return (category(c) & U_GC_ND_MASK) != 0;
}

bool is_han(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

/// ZWNJ and ZWJ shape Persian and Indic words.
bool is_joiner(char32_t c) {
  return c == 0x200C || c == 0x200D;
}

/// Marks that espeak-ng 1.51 makes a pause at when a space follows.
bool is_clause_mark(char32_t c) {
  return is_one_of(c, U".,;:?!…、。！？，；：．،؛؟۔।॥։՝።፣፤፥፧");
}

/// Between two spoken characters these belong to the word or number: don't, l'homme, well-known,
/// 3.14, 10:30, 1,000, a/b, col·legi.
bool joins_words(char32_t mark, char32_t before, char32_t after) {
  const bool digits = is_digit(before) && is_digit(after);
  switch (mark) {
    case '\'':
    case '-':
    case '/':
      return true;
    case '.':
      return digits || (is_letter(before) && is_letter(after)) || is_digit(after);
    case ',':
    case ':':
      return digits;
    case 0x00B7:  // ·
      return is_letter(before) && is_letter(after);
    default:
      return false;
  }
}

/// What becomes of one character, whatever stands beside it: 0 for nothing.
struct Verdict {
  char32_t character = 0;
  bool dropped = false;  ///< nothing is heard where something should be
};

Verdict keep(char32_t c) {
  return {c, false};
}
Verdict leave_out() {
  return {0, false};
}
Verdict drop() {
  return {0, true};
}

Verdict judge_symbol(char32_t c) {
  if (c == U'+' || c == U'=') return keep(c);
  if (is_one_of(c, U"©®™")) return leave_out();  // nobody says them, and Korean crashes on "°©"
  if (c == 0x2212) return keep(c);               // − is read "minus", - "dash"
  if (c == 0x22EF) return keep(U'…');            // ⋯
  if (is_one_of(c, U"|~^`¬´¨¯¸")) return keep(U' ');
  if ((category(c) & U_GC_SC_MASK) != 0) return keep(c);  // currencies
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EMOJI_MODIFIER)) return leave_out();
  return drop();
}

Verdict judge_punctuation(char32_t c) {
  switch (c) {
    case 0x2018:  // ‘ ’ and what is used for them
    case 0x2019:
    case 0x201B:
    case 0x2032:
      return keep(U'\'');
    case 0x2010:  // hyphens
    case 0x2011:
      return keep(U'-');
    case 0x2012:  // dashes
    case 0x2013:
    case 0x2014:
    case 0x2015:
      return keep(U'—');
    case 0x2025:  // ‥
      return keep(U'…');
    case 0x00A1:  // ¡ ¿ stand where no pause is wanted; the closing ones say it all
    case 0x00BF:
    case '*':
    case '_':
    case '\\':
    case 0x1361:  // ፡ stands between words
    case 0x30FB:  // ・
      return keep(U' ');
    case 0x104A:  // ၊
      return keep(U',');
    case 0x104B:  // ။
      return keep(U'.');
    case 0x0387:  // the Greek semicolon
      return keep(U';');
    case '%':
    case '&':
    case '@':
    case '#':
    case '\'':
    case '-':
    case '/':
    case 0x00B7:
      return keep(c);
    default:
      return is_clause_mark(c) ? keep(c) : keep(U'"');  // quotation marks, brackets
  }
}

/// Digits of any script as everybody's.
Verdict judge_digit(char32_t c, const ReadableScripts& readable) {
  if (!readable.digits()) return drop();
  return keep(U'0' + static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c))));
}

Verdict judge(char32_t c, const ReadableScripts& readable) {
  const uint32_t type = category(c);
  if (is_reading(c)) return keep(c);
  if (c == 0xFFFD) return drop();
  if (gst_translate::is_white_space(c)) return keep(U' ');
  if (is_joiner(c)) return keep(c);
  if ((type & (U_GC_CC_MASK | U_GC_CF_MASK)) != 0) return leave_out();
  if ((type & (U_GC_CO_MASK | U_GC_CS_MASK | U_GC_CN_MASK)) != 0) return drop();
  if ((type & U_GC_ME_MASK) != 0) return leave_out();
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_VARIATION_SELECTOR)) return leave_out();
  if (is_heard_sign(c)) return readable.names(c) ? keep(c) : drop();
  if ((type & U_GC_P_MASK) != 0) return judge_punctuation(c);
  if (is_digit(c)) return judge_digit(c, readable);
  if (!readable.contains(c)) return (type & U_GC_M_MASK) != 0 ? leave_out() : drop();
  return (type & U_GC_S_MASK) != 0 ? judge_symbol(c) : keep(c);
}

/// Part of a word or said by name; what stands between these is a separator.
bool is_spoken(char32_t c) {
  return is_joiner(c) || is_reading(c) ||
         (category(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_S_MASK)) != 0 ||
         is_one_of(c, U"%&@#§¶‰");
}

/// Greek letters stand for themselves in a text of another language: α, 5 μm.
std::string_view greek_name(char32_t letter) {
  constexpr std::u32string_view letters = U"αβγδεζηθικλμνξοπρστυφχψω";
  constexpr std::array<std::string_view, letters.size()> names = {
      "alpha", "beta",  "gamma",  "delta",   "epsilon", "zeta", "eta",     "theta",
      "iota",  "kappa", "lambda", "mu",      "nu",      "xi",   "omicron", "pi",
      "rho",   "sigma", "tau",    "upsilon", "phi",     "chi",  "psi",     "omega"};
  const size_t at = letters.find(static_cast<char32_t>(u_tolower(static_cast<UChar32>(letter))));
  return at == std::u32string_view::npos ? std::string_view() : names.at(at);
}

void append_word(SourcedText& text, std::string_view word, const SourcedCharacter& source) {
  text.push_back({U' ', source.begin, source.begin});
  for (const char letter : word)
    text.push_back({static_cast<unsigned char>(letter), source.begin, source.end});
  text.push_back({U' ', source.end, source.end});
}

SourcedText sift(const SourcedText& text, const ReadableScripts& readable, size_t& dropped) {
  SourcedText sifted;
  sifted.reserve(text.size());
  size_t counted_to = 0;  // one character of the request may have become several
  for (const SourcedCharacter& c : text) {
    // A mark or joiner without a letter: of an emoji, or of a letter that was left out.
    const bool behind_letter =
        !sifted.empty() && (category(sifted.back().character) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
    if (!behind_letter && (is_joiner(c.character) || (category(c.character) & U_GC_M_MASK) != 0))
      continue;
    const std::string_view greek = greek_name(c.character);
    if (!greek.empty() && !readable.contains(c.character)) {
      append_word(sifted, greek, c);
      continue;
    }
    const Verdict verdict = judge(c.character, readable);
    if (verdict.character != 0) {
      sifted.push_back({verdict.character, c.begin, c.end});
    } else if (verdict.dropped) {
      if (c.end > counted_to) ++dropped;
      counted_to = c.end;
      sifted.push_back({U' ', c.begin, c.end});  // what stood on its sides are two words
    }
  }
  return sifted;
}

/// A run of characters between two spoken ones, and what it comes to.
class Separator {
 public:
  Separator(const SourcedText& text, size_t begin, size_t end)
      : text_(text), begin_(begin), end_(end) {
    size_t dots = 0;
    for (size_t i = begin; i < end; ++i) {
      const char32_t c = text[i].character;
      if (c == ' ') space_ = true;
      if (c == '.') ++dots;
      if (is_clause_mark(c) && (!mark_ || strength(c) > strength(mark_->character)))
        mark_ = &text[i];
      if (is_dash(i)) dash_ = &text[i];
      if (c == '"') quote_ = &text[i];
    }
    ellipsis_ = mark_ && mark_->character == '.' && dots >= 2;
  }

  /// Onto `out`, whose last character, if any, is spoken.
  void append_to(SourcedText& out) const {
    const bool first = out.empty();
    const bool last = end_ == text_.size();
    if (!first && !last) {
      append_between(out);
    } else if (mark_ && !first) {
      append_mark(out);
    }
    const SourcedCharacter& nearest = text_[end_ - 1];
    if (!last && nearest.character == '-' && is_digit(text_[end_].character) &&
        (first || end_ > begin_ + 1))
      out.push_back({U'−', nearest.begin, nearest.end});
  }

 private:
  /// Of several marks the one that is heard; a full stop before another one is an abbreviation's.
  static int strength(char32_t mark) {
    if (is_one_of(mark, U"?!？！؟")) return 2;
    return mark == '.' ? 0 : 1;
  }

  /// Two hyphens are a dash, and one that touches no word.
  bool is_dash(size_t i) const {
    if (text_[i].character != '-') return text_[i].character == U'—';
    const bool touches_words = i == begin_ || i + 1 == end_;
    return !touches_words || (i > begin_ && text_[i - 1].character == '-');
  }

  void append_mark(SourcedText& out) const {
    out.push_back({ellipsis_ ? U'…' : mark_->character, mark_->begin, mark_->end});
  }

  void append_between(SourcedText& out) const {
    const SourcedCharacter& next = text_[end_];
    if (end_ == begin_ + 1 &&
        joins_words(text_[begin_].character, out.back().character, next.character)) {
      out.push_back(text_[begin_]);
      return;
    }
    if (mark_) {
      append_mark(out);
    } else if (dash_) {
      out.push_back({U' ', dash_->begin, dash_->begin});
      out.push_back({U'—', dash_->begin, dash_->end});
    } else if (quote_ && space_) {
      // espeak-ng makes a short pause at a quotation mark that touches a word.
      out.push_back({U'"', quote_->begin, quote_->end});
    } else if (quote_ && is_han(out.back().character) && is_han(next.character)) {
      return;
    }
    out.push_back({U' ', next.begin, next.begin});
  }

  const SourcedText& text_;
  size_t begin_, end_;
  bool space_ = false, ellipsis_ = false;
  const SourcedCharacter* mark_ = nullptr;
  const SourcedCharacter* dash_ = nullptr;
  const SourcedCharacter* quote_ = nullptr;
};

SourcedText punctuate(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    if (is_spoken(text[i].character)) {
      out.push_back(text[i++]);
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && !is_spoken(text[i].character))
      ++i;
    Separator(text, begin, i).append_to(out);
  }
  return out;
}

/// A letter by itself with its full stop: of an abbreviation.
bool is_dotted_letter(const SourcedText& text, size_t i) {
  return i + 1 < text.size() && is_letter(text[i].character) && text[i + 1].character == '.' &&
         (i == 0 || text[i - 1].character == '.' || text[i - 1].character == ' ');
}

/// espeak-ng 1.51 looks for an abbreviation with full stops, and the word behind it, in an array of
/// 160 bytes, whose end it does not heed (LookupDictList() in src/libespeak-ng/dictionary.c). So a
/// long one is several words.
void part_dotted_letters(SourcedText& text) {
  constexpr size_t most_bytes = 150;
  size_t begin = 0;  // of the abbreviation
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_dotted_letter(text, i)) {
      begin = i + 1;
      continue;
    }
    ++i;
    size_t end = i + 1;  // of what comes behind the full stop
    if (is_dotted_letter(text, end)) {
      end += 2;
    } else {
      while (end < text.size() && text[end].character != ' ' && end - begin <= most_bytes)
        ++end;
    }
    if (encode(text, begin, end).size() <= most_bytes) continue;
    text[i].character = ' ';
    begin = i + 1;
  }
}

/// Letters of the word that ends at `end`.
size_t word_length(const SourcedText& text, size_t begin, size_t end) {
  size_t length = 0;
  while (end > begin && is_letter(text[end - 1].character)) {
    --end;
    ++length;
  }
  return length;
}

/// Whether the mark at `i` ends a clause for espeak-ng too. A full stop may be an abbreviation's,
/// which espeak-ng knows and we do not: only behind a longer word, before a word that begins big or
/// has no case.
bool is_clause_end(const SourcedText& text, size_t begin, size_t i) {
  const char32_t mark = text[i].character;
  if (!is_clause_mark(mark) || i + 2 >= text.size() || text[i + 1].character != ' ') return false;
  if (mark != '.' && mark != U'．') return true;
  const char32_t next = text[i + 2].character;
  return word_length(text, begin, i) >= 4 && is_letter(next) &&
         (category(next) & U_GC_LL_MASK) == 0;
}

constexpr size_t longest_clause = 300;  ///< espeak-ng itself cuts at 800 bytes

}  // namespace

ReadableScripts::ReadableScripts(std::string_view language, std::string_view voice)
    : scripts_(std::set<int>{}) {
  add("Latn");
  const std::string spoken = voice_language(voice);
  language_ = spoken;
  digits_ = spoken != "he" && spoken != "tk";
  bool known = false;
  for (const EspeakVoice& row : espeak_voices()) {
    const bool speaks = voice_language(row.name) == spoken;
    if (speaks || row.language == language) add(row.language.substr(4));
    known |= speaks;
  }
  if (!known) scripts_.reset();
}

bool ReadableScripts::names(char32_t sign) const {
  return !scripts_ || names_sign(language_, sign);
}

void ReadableScripts::add(std::string_view iso15924) {
  if (iso15924 == "Hans" || iso15924 == "Hant") iso15924 = "Hani";
  if (iso15924 == "Jpan") {
    scripts_->insert(USCRIPT_HIRAGANA);
    iso15924 = "Kana";
  }
  const int script = u_getPropertyValueEnum(UCHAR_SCRIPT, std::string(iso15924).c_str());
  if (script != UCHAR_INVALID_CODE) scripts_->insert(script);
}

bool ReadableScripts::contains(char32_t letter) const {
  if (!scripts_) return true;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(letter), &status);
  return script == USCRIPT_COMMON || script == USCRIPT_INHERITED || scripts_->count(script) != 0;
}

SourcedText clean(const SourcedText& text, const ReadableScripts& readable, size_t& dropped) {
  SourcedText cleaned = punctuate(sift(text, readable, dropped));
  part_dotted_letters(cleaned);
  return cleaned;
}

size_t clause_end(const SourcedText& text, size_t begin, size_t shortest) {
  size_t word_end = 0;
  for (size_t i = begin; i < text.size(); ++i) {
    if (i - begin >= longest_clause && word_end != 0) return word_end;
    if (i - begin >= shortest && is_clause_end(text, begin, i)) return i + 1;
    if (text[i].character == ' ') word_end = i;
    // Without spaces: anywhere, rather than all at once.
    if (i - begin >= 2 * longest_clause) return i;
  }
  return text.size();
}

bool ends_with_mark(const SourcedText& text, size_t end) {
  return end > 0 && is_clause_mark(text[end - 1].character);
}

}  // namespace gst_tts::espeak
