// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <iterator>

#include "gst-translate/text/utf8.h"
#include "gst-tts/voice/characters.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/word_list.h"

namespace gst_tts {

namespace {

using View = std::u32string_view;

/// Where the letters mean this, and no other word. `AtEnds` is anywhere, too; a capital behind it
/// begins a sentence.
enum class Where { Anywhere, AtEnds, BeforeNumber, BesideNumber, BehindOne, BeforeName, EndOfWord };

struct Abbreviation {
  std::string_view language;  ///< FLORES-200
  View written;  ///< a small first letter may be a capital; behind a full stop there may be a space
  View said;
  Where where = Where::Anywhere;
};

// What espeak-ng 1.51 reads well by itself is not here: "e.g.", "etc.", English "Mr." and "St.",
// French "Mme" and "Dr", Spanish "Sr.". Of two that begin alike the longer one comes first.
constexpr Abbreviation abbreviations[] = {
    {"eng_Latn", U"CO2", U"C O 2"},
    {"eng_Latn", U"a.k.a.", U"also known as"},
    {"eng_Latn", U"approx.", U"approximately"},
    {"eng_Latn", U"Apr.", U"April", Where::BesideNumber},
    {"eng_Latn", U"Aug.", U"August", Where::BesideNumber},
    {"eng_Latn", U"Ave.", U"Avenue"},
    {"eng_Latn", U"Blvd.", U"Boulevard"},
    {"eng_Latn", U"Capt.", U"Captain"},
    {"eng_Latn", U"cf.", U"compare"},
    {"eng_Latn", U"ch.", U"chapter", Where::BeforeNumber},
    {"eng_Latn", U"Col.", U"Colonel", Where::BeforeName},
    {"eng_Latn", U"Corp.", U"Corporation", Where::AtEnds},
    {"eng_Latn", U"Dec.", U"December", Where::BesideNumber},
    {"eng_Latn", U"Dept.", U"Department"},
    {"eng_Latn", U"Feb.", U"February", Where::BesideNumber},
    {"eng_Latn", U"e.g.,", U"for example,"},
    {"eng_Latn", U"fig.", U"figure", Where::BeforeNumber},
    {"eng_Latn", U"Ft.", U"Fort", Where::BeforeName},
    {"eng_Latn", U"Gen.", U"General", Where::BeforeName},
    {"eng_Latn", U"Gov.", U"Governor", Where::BeforeName},
    {"eng_Latn", U"i.e.", U"that is"},
    {"eng_Latn", U"Inc.", U"Incorporated", Where::AtEnds},
    {"eng_Latn", U"Jan.", U"January", Where::BesideNumber},
    {"eng_Latn", U"Jr.", U"Junior", Where::AtEnds},
    {"eng_Latn", U"Lt.", U"Lieutenant"},
    {"eng_Latn", U"Maj.", U"Major", Where::BeforeName},
    {"eng_Latn", U"Ms.", U"Miz"},
    {"eng_Latn", U"Mt.", U"Mount"},
    {"eng_Latn", U"no.", U"number", Where::BeforeNumber},
    {"eng_Latn", U"#", U"number", Where::BeforeNumber},
    {"eng_Latn", U"Nov.", U"November", Where::BesideNumber},
    {"eng_Latn", U"Oct.", U"October", Where::BesideNumber},
    {"eng_Latn", U"p.", U"page", Where::BeforeNumber},
    {"eng_Latn", U"pp.", U"pages", Where::BeforeNumber},
    {"eng_Latn", U"Prof.", U"Professor"},
    {"eng_Latn", U"Rep.", U"Representative", Where::BeforeName},
    {"eng_Latn", U"Rev.", U"Reverend", Where::BeforeName},
    {"eng_Latn", U"Sen.", U"Senator", Where::BeforeName},
    {"eng_Latn", U"Sept.", U"September", Where::BesideNumber},
    {"eng_Latn", U"Sep.", U"September", Where::BesideNumber},
    {"eng_Latn", U"Sgt.", U"Sergeant"},
    {"eng_Latn", U"vol.", U"volume", Where::BeforeNumber},
    {"eng_Latn", U"vs.", U"versus"},

    {"deu_Latn", U"CO2", U"C O 2"},
    {"deu_Latn", U"Abb.", U"Abbildung", Where::BeforeNumber},
    {"deu_Latn", U"Abs.", U"Absatz", Where::BeforeNumber},
    {"deu_Latn", U"abzgl.", U"abzüglich"},
    {"deu_Latn", U"allg.", U"allgemein"},
    {"deu_Latn", U"Apr.", U"April", Where::BesideNumber},
    {"deu_Latn", U"Art.", U"Artikel", Where::BeforeNumber},
    {"deu_Latn", U"Aug.", U"August", Where::BesideNumber},
    {"deu_Latn", U"Bd.", U"Band", Where::BeforeNumber},
    {"deu_Latn", U"bspw.", U"beispielsweise"},
    {"deu_Latn", U"bzgl.", U"bezüglich"},
    {"deu_Latn", U"bzw.", U"beziehungsweise"},
    {"deu_Latn", U"ca.", U"circa"},
    {"deu_Latn", U"d.h.", U"das heißt"},
    {"deu_Latn", U"Dez.", U"Dezember", Where::BesideNumber},
    {"deu_Latn", U"Dr.", U"Doktor"},
    {"deu_Latn", U"ehem.", U"ehemals"},
    {"deu_Latn", U"einschl.", U"einschließlich"},
    {"deu_Latn", U"evtl.", U"eventuell"},
    {"deu_Latn", U"exkl.", U"exklusive"},
    {"deu_Latn", U"Feb.", U"Februar", Where::BesideNumber},
    {"deu_Latn", U"Fr.", U"Frau", Where::BeforeName},
    {"deu_Latn", U"geb.", U"geboren"},
    {"deu_Latn", U"gem.", U"gemäß"},
    {"deu_Latn", U"ggf.", U"gegebenenfalls"},
    {"deu_Latn", U"Hr.", U"Herr", Where::BeforeName},
    {"deu_Latn", U"Hrn.", U"Herrn", Where::BeforeName},
    {"deu_Latn", U"i.d.R.", U"in der Regel"},
    {"deu_Latn", U"inkl.", U"inklusive"},
    {"deu_Latn", U"insb.", U"insbesondere"},
    {"deu_Latn", U"Jan.", U"Januar", Where::BesideNumber},
    {"deu_Latn", U"Jh.", U"Jahrhundert"},
    {"deu_Latn", U"Kap.", U"Kapitel", Where::BeforeNumber},
    {"deu_Latn", U"m.E.", U"meines Erachtens"},
    {"deu_Latn", U"max.", U"maximal", Where::BeforeNumber},
    {"deu_Latn", U"Mio.", U"Million", Where::BehindOne},
    {"deu_Latn", U"Mio.", U"Millionen"},
    {"deu_Latn", U"Mrd.", U"Milliarde", Where::BehindOne},
    {"deu_Latn", U"Mrd.", U"Milliarden"},
    {"deu_Latn", U"MwSt.", U"Mehrwertsteuer", Where::AtEnds},
    {"deu_Latn", U"n.Chr.", U"nach Christus", Where::AtEnds},
    {"deu_Latn", U"Nov.", U"November", Where::BesideNumber},
    {"deu_Latn", U"Nr.", U"Nummer"},
    {"deu_Latn", U"o.Ä.", U"oder Ähnliches", Where::AtEnds},
    {"deu_Latn", U"o.ä.", U"oder ähnliches", Where::AtEnds},
    {"deu_Latn", U"Okt.", U"Oktober", Where::BesideNumber},
    {"deu_Latn", U"Prof.", U"Professor"},
    {"deu_Latn", U"S.", U"Seite", Where::BeforeNumber},
    {"deu_Latn", U"§§", U"Paragrafen", Where::BeforeNumber},
    {"deu_Latn", U"s.o.", U"siehe oben"},
    {"deu_Latn", U"s.u.", U"siehe unten"},
    {"deu_Latn", U"Sept.", U"September", Where::BesideNumber},
    {"deu_Latn", U"sog.", U"sogenannte"},
    {"deu_Latn", U"St.", U"Sankt", Where::BeforeName},
    {"deu_Latn", U"Std.", U"Stunde", Where::BehindOne},
    {"deu_Latn", U"Std.", U"Stunden"},
    {"deu_Latn", U"str.", U"straße", Where::EndOfWord},
    {"deu_Latn", U"Str.", U"Straße"},
    {"deu_Latn", U"Tel.", U"Telefon"},
    {"deu_Latn", U"Tsd.", U"Tausend"},
    {"deu_Latn", U"u.a.", U"unter anderem"},
    {"deu_Latn", U"u.Ä.", U"und Ähnliches", Where::AtEnds},
    {"deu_Latn", U"u.ä.", U"und ähnliches", Where::AtEnds},
    {"deu_Latn", U"u.U.", U"unter Umständen"},
    {"deu_Latn", U"usf.", U"und so fort", Where::AtEnds},
    {"deu_Latn", U"usw.", U"und so weiter", Where::AtEnds},
    {"deu_Latn", U"v.a.", U"vor allem"},
    {"deu_Latn", U"v.Chr.", U"vor Christus", Where::AtEnds},
    {"deu_Latn", U"vgl.", U"vergleiche"},
    {"deu_Latn", U"z.B.", U"zum Beispiel"},
    {"deu_Latn", U"z.T.", U"zum Teil"},
    {"deu_Latn", U"z.Zt.", U"zur Zeit"},
    {"deu_Latn", U"z.Z.", U"zur Zeit"},
    {"deu_Latn", U"zzgl.", U"zuzüglich"},

    {"fra_Latn", U"CO2", U"C O 2"},
    {"fra_Latn", U"ap.J.-C.", U"après Jésus-Christ", Where::AtEnds},
    {"fra_Latn", U"av.J.-C.", U"avant Jésus-Christ", Where::AtEnds},
    {"fra_Latn", U"av.", U"avenue", Where::BeforeName},
    {"fra_Latn", U"bd.", U"boulevard", Where::BeforeName},
    {"fra_Latn", U"c.-à-d.", U"c’est-à-dire"},
    {"fra_Latn", U"cf.", U"voir"},
    {"fra_Latn", U"chap.", U"chapitre", Where::BeforeNumber},
    {"fra_Latn", U"env.", U"environ"},
    {"fra_Latn", U"fig.", U"figure", Where::BeforeNumber},
    {"fra_Latn", U"M.et", U"monsieur et", Where::BeforeName},
    {"fra_Latn", U"M.", U"monsieur", Where::BeforeName},
    {"fra_Latn", U"MM.", U"messieurs", Where::BeforeName},
    {"fra_Latn", U"n°", U"numéro", Where::BeforeNumber},
    {"fra_Latn", U"nº", U"numéro", Where::BeforeNumber},
    {"fra_Latn", U"p.ex.", U"par exemple"},
    {"fra_Latn", U"p.", U"page", Where::BeforeNumber},
    {"fra_Latn", U"tél.", U"téléphone"},
    {"fra_Latn", U"vol.", U"volume", Where::BeforeNumber},

    {"spa_Latn", U"CO2", U"C O 2"},
    {"spa_Latn", U"a.C.", U"antes de Cristo", Where::AtEnds},
    {"spa_Latn", U"a.m.", U"a eme", Where::AtEnds},
    {"spa_Latn", U"aprox.", U"aproximadamente"},
    {"spa_Latn", U"art.", U"artículo", Where::BeforeNumber},
    {"spa_Latn", U"Avda.", U"avenida"},
    {"spa_Latn", U"cap.", U"capítulo", Where::BeforeNumber},
    {"spa_Latn", U"d.C.", U"después de Cristo", Where::AtEnds},
    {"spa_Latn", U"EE.UU.", U"Estados Unidos"},
    {"spa_Latn", U"etc.", U"etcétera", Where::AtEnds},
    {"spa_Latn", U"fig.", U"figura", Where::BeforeNumber},
    {"spa_Latn", U"JJ.OO.", U"Juegos Olímpicos"},
    {"spa_Latn", U"n.º", U"número", Where::BeforeNumber},
    {"spa_Latn", U"n.°", U"número", Where::BeforeNumber},
    {"spa_Latn", U"nº", U"número", Where::BeforeNumber},
    {"spa_Latn", U"núm.", U"número"},
    {"spa_Latn", U"p.ej.", U"por ejemplo"},
    {"spa_Latn", U"p.m.", U"pe eme", Where::AtEnds},
    {"spa_Latn", U"pág.", U"página"},
    {"spa_Latn", U"págs.", U"páginas"},
    {"spa_Latn", U"tel.", U"teléfono"},
    {"spa_Latn", U"Uds.", U"ustedes"},
    {"spa_Latn", U"Vd.", U"usted"},
    {"spa_Latn", U"vol.", U"volumen", Where::BeforeNumber},
};

/// One past the abbreviation if it begins at `at`, 0 if it does not.
size_t match(const SourcedText& text, size_t at, View written) {
  const char32_t first = text[at].character;
  if (first != written.front() &&
      u_tolower(static_cast<UChar32>(first)) != static_cast<UChar32>(written.front()))
    return 0;
  size_t end = at + 1;
  for (size_t i = 1; i < written.size(); ++i) {
    if (written[i - 1] == U'.') end = skip_spaces(text, end);
    if (character_at(text, end) != written[i]) return 0;
    ++end;
  }
  return written.back() != U'.' && is_letter_or_digit(character_at(text, end)) &&
                 !is_digit(character_at(text, end))
             ? 0
             : end;
}

bool is_behind_number(const SourcedText& text, size_t at) {
  at = before_spaces(text, at);
  if (at > 0 && text[at - 1].character == U'.') --at;
  return at > 0 && is_digit(text[at - 1].character);
}

/// "1 Mio.", but neither "21 Mio." nor "0,1 Mio."
bool is_behind_one(const SourcedText& text, size_t at) {
  at = before_spaces(text, at);
  if (at == 0 || text[at - 1].character != U'1') return false;
  const char32_t before = at > 1 ? text[at - 2].character : U' ';
  return !is_letter_or_digit(before) && before != U',' && before != U'.';
}

bool means_it(const SourcedText& text, size_t begin, size_t end, Where where) {
  const char32_t next = character_at(text, skip_spaces(text, end));
  switch (where) {
    case Where::BeforeNumber:
      return is_digit(next);
    case Where::BesideNumber:
      return is_digit(next) || is_behind_number(text, begin);
    case Where::BehindOne:
      return is_behind_one(text, begin);
    case Where::BeforeName:
      return u_isupper(static_cast<UChar32>(next)) != 0;
    case Where::AtEnds:
    case Where::EndOfWord:
    case Where::Anywhere:
      break;
  }
  return true;
}

/// Only spaces and closing quotes and brackets follow, or another sentence.
bool is_end(const SourcedText& text, size_t at, Where where) {
  const char32_t next = character_at(text, skip_spaces(text, at));
  if (where == Where::AtEnds && u_isupper(static_cast<UChar32>(next))) return true;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                     [](const SourcedCharacter& c) {
                       constexpr View closing = U"\"'”’»)]";
                       return gst_translate::is_white_space(c.character) ||
                              closing.find(c.character) != View::npos;
                     });
}

}  // namespace

SourcedText spell_out_abbreviations(const SourcedText& text, std::string_view flores) {
  const auto rows = rows_of(abbreviations, flores);
  if (rows.empty()) return text;
  SourcedText out;
  out.reserve(text.size());
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const char32_t before = at > 0 ? text[at - 1].character : 0;
    const bool in_word = is_letter_or_digit(before);
    const auto* found = std::find_if(rows.begin(), rows.end(), [&](const Abbreviation& row) {
      return in_word == (row.where == Where::EndOfWord) && before != U'.' &&
             (end = match(text, at, row.written)) != 0 && means_it(text, at, end, row.where);
    });
    if (found == rows.end()) {
      out.push_back(text[at]);
      end = at + 1;
      continue;
    }
    append(out, found->said, text[at].begin, text[end - 1].end);
    // Its full stop may end the sentence, too.
    if (found->written.back() == U'.' && is_end(text, end, found->where))
      out.push_back(text[end - 1]);
    // "Nr.5"
    if (is_letter_or_digit(character_at(text, end)))
      out.push_back({U' ', text[end - 1].end, text[end - 1].end});
  }
  return out;
}

}  // namespace gst_tts
