// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/wording/ordinals.h"

#include <algorithm>
#include <iterator>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

// German

constexpr View after_ordinal[] = {
    U"Januar",      U"Jänner",       U"Februar",     U"März",       U"April",     U"Mai",
    U"Juni",        U"Juli",         U"August",      U"September",  U"Oktober",   U"November",
    U"Dezember",    U"Auflage",      U"Etage",       U"Geburtstag", U"Halbzeit",  U"Jahrestag",
    U"Jahrhundert", U"Jahrhunderts", U"Jahrtausend", U"Kapitel",    U"Klasse",    U"Lebensjahr",
    U"Mal",         U"Minute",       U"Person",      U"Platz",      U"Quartal",   U"Runde",
    U"Semester",    U"Stock",        U"Tag",         U"Teil",       U"Weltkrieg", U"Weltkriegs"};

/// How "3." ends before its noun, by the words before it: "am dritten Mai", "der dritte Mai",
/// "dritter Mai".
const char* german_rules(const SourcedText& text, size_t at) {
  size_t begin = before_spaces(text, at);
  const std::u32string article = small_word_before(text, begin, &begin);
  if (article.empty()) return "%spellout-ordinal-r";
  constexpr View definite[] = {U"der", U"die", U"das"};
  if (!contains(definite, article)) return "%spellout-ordinal-n";
  // "in der dritten Klasse"
  constexpr View prepositions[] = {U"an",   U"auf",  U"aus", U"bei", U"in",      U"mit",
                                   U"nach", U"seit", U"von", U"vor", U"während", U"zu"};
  const bool bent = article == U"der" &&
                    contains(prepositions, small_word_before(text, before_spaces(text, begin)));
  return bent ? "%spellout-ordinal-n" : "%spellout-ordinal";
}

SourcedText german_ordinals(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    end = std::max(at + 1, number_end(text, at));
    const size_t stop = digits_end(text, at);
    if (stop == at || stop - at > 2 || stop != end || character_at(text, stop) != U'.' ||
        is_letter_or_digit(before) || before == U'.' || before == U',') {
      copy(out, text, at, end);
      continue;
    }
    const size_t noun = skip_spaces(text, stop + 1);
    size_t noun_end = noun;
    std::u32string word;
    while (u_isalpha(static_cast<UChar32>(character_at(text, noun_end))))
      word += text[noun_end++].character;
    const bool range = word == U"bis" && is_digit(character_at(text, skip_spaces(text, noun_end)));
    if (!contains(after_ordinal, word) && !range) {
      copy(out, text, at, end);
      continue;
    }
    append(out, number_in_words("de", german_rules(text, at), number_value(text, at, stop)),
           text[at].begin, text[stop].end);
    end = stop + 1;
    if (noun == end) append(out, U" ", text[stop].end, text[stop].end);
  }
  return out;
}

/// "2e", "2ème", "1re": voices say "deux e". "1er" and "1ère" they know.
SourcedText french_ordinals(const SourcedText& text) {
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    size_t end = digits_end(text, at);
    const bool alone = !is_letter_or_digit(before) && !is_one_of(before, U".,");
    const bool short_number = end > at && end - at < 4;
    const Replacement ordinal =
        short_number && alone
            ? french_ordinal(text, end, static_cast<int>(number_value(text, at, end)))
            : Replacement();
    if (ordinal.end == 0) {
      end = std::max(end, at + 1);
      copy(out, text, at, end);
      at = end;
      continue;
    }
    append(out, ordinal.said, text[at].begin, text[ordinal.end - 1].end);
    at = ordinal.end;
  }
  return out;
}

/// "1.º", "2.ª", "1.er": voices say "uno o".
SourcedText spanish_ordinals(const SourcedText& text) {
  struct Ending {
    View written;
    const char* rules;
  };
  constexpr Ending endings[] = {{U"º", "%spellout-ordinal-masculine"},
                                {U"ª", "%spellout-ordinal-feminine"},
                                {U"er", "%spellout-ordinal-masculine-adjective"}};
  constexpr size_t most_digits = 3;
  constexpr double last_without_stop = 10;  // 20º is rather a temperature
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : U' ';
    const size_t number = digits_end(text, at);
    end = std::max(at + 1, number_end(text, at));
    const size_t mark = number + (character_at(text, number) == U'.' ? 1 : 0);
    const auto* found =
        std::find_if(std::begin(endings), std::end(endings), [&](const Ending& ending) {
          return number > at && number - at <= most_digits &&
                 is_word_at(text, mark, ending.written) &&
                 (mark > number || number_value(text, at, number) <= last_without_stop) &&
                 !is_letter_or_digit(before) && before != U',' && before != U'.';
        });
    if (found == std::end(endings)) {
      copy(out, text, at, end);
      continue;
    }
    end = mark + found->written.size();
    append(out, number_in_words("es", found->rules, number_value(text, at, number)), text[at].begin,
           text[end - 1].end);
  }
  return out;
}

}  // namespace

Replacement french_ordinal(const SourcedText& text, size_t at, int number) {
  for (const View ending : {U"ème", U"er", U"re", U"e", U"ᵉ"}) {
    const bool feminine = ending == U"re", first = ending == U"er" || feminine;
    if (is_word_at(text, at, ending) && first == (number == 1))
      return {at + ending.size(),
              number_in_words(
                  "fr", feminine ? "%spellout-ordinal-feminine" : "%spellout-ordinal-masculine",
                  number)};
  }
  return {};
}

SourcedText spell_out_ordinals(const SourcedText& text, std::string_view bcp47) {
  if (bcp47 == "de") return german_ordinals(text);
  if (bcp47 == "es") return spanish_ordinals(text);
  return bcp47 == "fr" ? french_ordinals(text) : text;
}

}  // namespace gst_tts
