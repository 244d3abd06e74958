// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/wording/rulers.h"

#include <optional>

#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/counted_number.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// Names of kings, emperors, popes; one space around each.
struct Rulers {
  std::string_view language;  ///< BCP 47
  std::string_view men, women;
};

constexpr Rulers rulers[] = {
    {"en",
     " Alexander Benedict Charles Edward Francis Frederick George Gregory Henry Innocent James "
     "John Leo Louis Napoleon Nicholas Paul Peter Philip Pius Ramses Richard Robert Rudolf Urban "
     "Wilhelm William ",
     " Catherine Elizabeth Isabella Margaret Mary "},
    {"de",
     " Albert Albrecht Alexander Alfons August Benedikt Christian Eduard Ferdinand Franz Friedrich "
     "Georg Gregor Gustav Heinrich Innozenz Iwan Jakob Johannes Josef Joseph Karl Konrad Leo "
     "Leopold Ludwig Maximilian Napoleon Nikolaus Otto Paul Peter Philipp Pius Ramses Richard "
     "Rudolf Urban Wilhelm ",
     " Beatrix Elisabeth Elizabeth Isabella Katharina Margarethe Maria "},
    {"fr",
     " Alexandre Benoît Charles Clément Édouard François Frédéric Georges Grégoire Guillaume Henri "
     "Innocent Jacques Jean Léon Léopold Louis Napoléon Nicolas Paul Philippe Pie Pierre Richard "
     "Robert Urbain ",
     " Catherine Elisabeth Élisabeth Isabelle Marguerite Marie "},
    {"es",
     " Alejandro Alfonso Benedicto Carlos Clemente Eduardo Enrique Felipe Fernando Francisco "
     "Guillermo Gregorio Inocencio Jacobo Jaime Jorge Juan León Luis Napoleón Nicolás Pablo Pedro "
     "Pío Ramiro Ricardo Sancho Urbano ",
     " Catalina Isabel Juana Margarita María "},
};

/// A name that ends before `at`.
struct Name {
  size_t begin = 0;
  bool woman = false;
  bool genitive = false;  ///< "Ludwigs"
};

std::optional<Name> name_before(const SourcedText& text, size_t at, std::string_view bcp47) {
  const auto rows = rows_of(rulers, bcp47);
  const size_t end = before_spaces(text, at), begin = letters_begin(text, end);
  if (rows.empty() || end == at) return std::nullopt;
  const auto look_up = [&](size_t name_end, bool genitive) -> std::optional<Name> {
    const std::string name = encode(text, begin, name_end);
    const bool woman = has_word(rows.begin()->women, name);
    if (!woman && !has_word(rows.begin()->men, name)) return std::nullopt;
    return Name{begin, woman, genitive};
  };
  const auto name = look_up(end, false);
  if (name || bcp47 != "de" || begin == end || text[end - 1].character != U's') return name;
  return look_up(end - 1, true);
}

/// "dem" for "unter Kaiser Karl V.": what the word before the name and its titles asks for.
View german_article(const SourcedText& text, const Name& name) {
  constexpr View dative[] = {U"an",  U"auf",    U"aus", U"außer", U"bei",   U"beim", U"dem",
                             U"in",  U"hinter", U"mit", U"nach",  U"neben", U"seit", U"unter",
                             U"vom", U"von",    U"vor", U"zu",    U"zum",   U"zur",  U"zwischen"};
  constexpr View accusative[] = {U"den", U"durch", U"für", U"gegen", U"ohne", U"um"};
  constexpr int most_titles = 3;
  bool genitive = name.genitive;
  size_t begin = name.begin;
  for (int i = 0; i <= most_titles && !genitive; ++i) {
    const size_t end = before_spaces(text, begin);
    if (end == begin) break;
    const std::u32string word = small_word_before(text, end, &begin);
    if (contains(dative, word)) return name.woman ? U"der" : U"dem";
    if (contains(accusative, word)) return name.woman ? U"die" : U"den";
    genitive = word == U"des";
    if (begin == end || u_isupper(static_cast<UChar32>(text[begin].character)) == 0) break;
  }
  if (genitive) return name.woman ? U"der" : U"des";
  return name.woman ? U"die" : U"der";
}

}  // namespace

std::u32string number_of_ruler(const SourcedText& text, size_t at, std::string_view bcp47,
                               int number) {
  const std::optional<Name> name = name_before(text, at, bcp47);
  if (!name) return {};
  if (bcp47 == "en") return U"the " + number_in_words(bcp47, "%spellout-ordinal", number);
  if (bcp47 == "de") {
    const View article = german_article(text, *name);
    const bool nominative = article == U"die" || (article == U"der" && !name->woman);
    return std::u32string(article) + U" " +
           number_in_words(bcp47, nominative ? "%spellout-ordinal" : "%spellout-ordinal-n", number);
  }
  constexpr int last_ordinal = 10;
  if (bcp47 == "es" && number <= last_ordinal)
    return number_in_words(
        bcp47, name->woman ? "%spellout-ordinal-feminine" : "%spellout-ordinal-masculine", number);
  return number_in_digits(number);
}

}  // namespace gst_tts
