// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <string>
#include <vector>

#include "gst-translate/prepare/capitals.h"
#include "gst-translate/prepare/kept_text.h"
#include "gst-translate/prepare/known_text.h"
#include "gst-translate/prepare/plain_form.h"
#include "gst-translate/prepare/prepared_text.h"
#include "gst-translate/text/utf8.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

/// A vocabulary of ASCII without some signs, and of letters beyond it. Names and acronyms are one
/// token as they are written, other words are two in small letters and three with a large one.
const Vocabulary vocabulary = {
    [](std::string_view text) {
      for (size_t position = 0; position < text.size();) {
        const char32_t c = next_character(text, position);
        const bool letter = c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7;
        const bool sign = c < 0x80 && std::string_view("*[]#@_<>").find(static_cast<char>(c)) ==
                                          std::string_view::npos;
        if (!letter && !sign && (c < 0x3000 || c > 0xD7FF)) return false;
      }
      return true;
    },
    [](std::string_view text) -> size_t {
      for (const std::string_view known : {"London", "Haus", "USA", "NATO"})
        if (text == known) return 1;
      const auto is_large = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
      const auto large = static_cast<size_t>(std::count_if(text.begin(), text.end(), is_large));
      return large == 0 ? 2 : large == 1 ? 3 : text.size();
    },
};

std::vector<std::string> lines_of(const std::string& name) {
  std::ifstream file(folders::test_data("preparation/" + name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  return lines;
}

/// Text with ⟦⟧ around what is kept.
std::string marked(const std::string& text) {
  std::string whole;
  size_t end = 0;
  for (const TextRange& range : find_kept(text)) {
    whole += text.substr(end, range.begin - end) + "⟦" +
             text.substr(range.begin, range.end - range.begin) + "⟧";
    end = range.end;
  }
  return whole + text.substr(end);
}

std::string without_marks(std::string text) {
  for (const std::string mark : {"⟦", "⟧"})
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.erase(at, mark.size());
  return text;
}

PreparedText prepare(const std::string& text, const std::string& language = "eng_Latn") {
  return {text, PreparedText::style_of(text, language, vocabulary), vocabulary};
}

/// What becomes of a translation; empty where what is kept is not in it.
std::string restored(const std::string& source, std::string translation,
                     const std::string& language = "deu_Latn", bool symbols = true) {
  return prepare(source).restore(translation, language, symbols) ? translation : "";
}

TEST(Prepare, FindsWhatIsKept) {
  const std::vector<std::string> lines = lines_of("kept.txt");
  ASSERT_GT(lines.size(), 60U);
  for (const std::string& line : lines)
    EXPECT_EQ(marked(without_marks(line)), line);
}

TEST(Prepare, FindsWhatIsKeptInLongAndHostileTexts) {
  for (const std::string& unit :
       {std::string("a"), std::string("a."), std::string("/a"), std::string("@"), std::string("1 "),
        std::string("1-"), std::string("("), std::string("http://"), std::string("a_"),
        std::string("`"), std::string("a@"), std::string("#"), std::string("\xff"),
        std::string("$1"), std::string("1="), std::string("a<"), std::string("1+")}) {
    std::string text;
    while (text.size() < 4000)
      text += unit;
    for (const TextRange& range : find_kept(text))
      EXPECT_LE(range.end, text.size());
  }
}

TEST(Prepare, KeepsWhatIsTooLongForAWord) {
  const std::string letters(200000, 'a'),
      key = std::string(150, 'Q') + "+/9==", picture = "data:image/png;base64,";
  for (const std::string& text :
       {letters, key, std::string(1000, '7') + "x", picture + std::string(5000, 'R') + "=",
        picture + std::string(300000, 'R')})
    EXPECT_FALSE(prepare(text).needs_model()) << text.size();
  EXPECT_EQ(marked("The key is " + key + ", and " + letters + "."),
            "The key is ⟦" + key + "⟧, and ⟦" + letters + "⟧.");
  for (const char* words :
       {"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "และมหาวิทยาลัยมีนักศึกษามากกว่าหนึ่งหมื่นคนจากทั่วประเทศและจากต่างประเทศและมหาวิทยาลัยมี"
        "นักศึกษามากกว่าหนึ่งหมื่นคนจากทั่วประเทศ",
        "彼は昨日東京へ行って友達に会い一緒に昼食を食べてから映画を見て夜遅く家に帰ってきたのですが"
        "今日"
        "はとても疲れているので朝から一度も外に出ずにずっと部屋で本を読んだり音楽を聴いたりしていま"
        "した"
        "明日からまた仕事なので早く寝ようと思っています"})
    EXPECT_EQ(marked(words), words);
}

TEST(Prepare, LetsTextsWithoutLettersPass) {
  for (const char* text :
       {"...", "♪", "[...]", "\u200B", "10:30", "12.5 %", "🐶", "— !", "3 × 4 = 12",
        "https://example.com", "@maria #love 5 kg", "report.pdf", "½", "٣"})
    EXPECT_FALSE(prepare(text).needs_model()) << text;
  for (const char* text : {"a", "♪ La la ♪", "10 Uhr", "日本", "See https://example.com", "नमस्ते"})
    EXPECT_TRUE(prepare(text).needs_model()) << text;
}

TEST(Prepare, WritesUnknownCharactersPlain) {
  EXPECT_EQ(prepare("It’s my father‘s “old” car.").text(), "It's my father's \"old\" car.");
  EXPECT_EQ(prepare("well‑known ‐ 3 − 2 — so").text(), "well-known - 3 - 2 - so");
  EXPECT_EQ(prepare("a\u00A0b\u202Fc\u2009d").text(), "a b c d");
  EXPECT_EQ(prepare("co\u00ADoperate\u200E now\uFEFF").text(), "cooperate now");
  EXPECT_EQ(prepare("wait… ½ of it, ﬁne").text(), "wait... 1/2 of it, fine");
  // What is known stays.
  EXPECT_EQ(prepare("Straße, mañana, 日本語").text(), "Straße, mañana, 日本語");
  // Letters have no plain form.
  EXPECT_EQ(prepare("We saw 𓃠 there.").text(), "We saw 𓃠 there.");
  EXPECT_FALSE(plain_form("♪", vocabulary));
}

TEST(Prepare, TakesUnknownSymbolsOut) {
  for (const auto& [text, wanted] : std::vector<std::pair<std::string, std::string>>{
           {"I love dogs 🐶", "I love dogs"},
           {"🐶 I love dogs", "I love dogs"},
           {"I love 🐶 dogs", "I love dogs"},
           {"I love dogs 🐶.", "I love dogs."},
           {"I love dogs! 🐶🐶 🎉", "I love dogs!"},
           {"♪ La la la ♪", "La la la"},
           {"This is *very* good", "This is very good"},
           {"Family 👨‍👩‍👧 and ❤️", "Family and"},
           {"Flags 🇩🇪🇯🇵 and keys 1️⃣", "Flags and keys"},
           {"yes🐶no", "yes no"},
           {"[door opens] Who?", "door opens Who?"}}) {
    EXPECT_EQ(prepare(text).text(), wanted);
  }
}

TEST(Prepare, PutsSymbolsBack) {
  EXPECT_EQ(restored("I love dogs 🐶", "Ich liebe Hunde"), "Ich liebe Hunde 🐶");
  EXPECT_EQ(restored("I love dogs 🐶", "Ich liebe Hunde", "deu_Latn", false), "Ich liebe Hunde");
  EXPECT_EQ(restored("🐶 I love dogs", "Ich liebe Hunde"), "🐶 Ich liebe Hunde");
  EXPECT_EQ(restored("♪ La la ♪", "Tra la"), "♪ Tra la ♪");
  EXPECT_EQ(restored("I love dogs 🐶.", "Ich liebe Hunde."), "Ich liebe Hunde 🐶.");
  EXPECT_EQ(restored("I love dogs!🐶 🎉", "Ich liebe Hunde!"), "Ich liebe Hunde!🐶 🎉");
  EXPECT_EQ(restored("I love dogs 🐶", "犬が大好きです。", "jpn_Jpan"), "犬が大好きです🐶");
  EXPECT_EQ(restored("I love dogs.🐶", "犬が大好きです。", "jpn_Jpan"), "犬が大好きです。🐶");
  EXPECT_EQ(restored("This is *very* good", "Das ist sehr gut"), "Das ist *sehr* gut");
  EXPECT_EQ(restored("Hello 👋 world", "Hallo Welt"), "Hallo 👋 Welt");
  EXPECT_EQ(restored("Hello, 👋 world", "Hallo, Welt"), "Hallo, 👋 Welt");
  EXPECT_EQ(restored("[door opens] Who?", "Tür auf Wer?"), "[Tür auf] Wer?");
  EXPECT_EQ(restored("Hello 👋 world", "Hallo"), "Hallo 👋");
  EXPECT_EQ(restored("Hello 👋 world", ""), " 👋");
  // Never into what is kept.
  EXPECT_EQ(restored("See 👀 https://example.com/a-b-c now", "https://example.com/a-b-c sehen"),
            "https://example.com/a-b-c 👀 sehen");
}

TEST(Prepare, WhatEndsWithoutAMarkGetsNone) {
  EXPECT_EQ(restored("The train leaves at nine", "Der Zug fährt um neun ab."),
            "Der Zug fährt um neun ab");
  EXPECT_EQ(restored("(door closes)", "(Tür schließt.)"), "(Tür schließt)");
  EXPECT_EQ(restored("♪ I love the rain ♪", "Ich liebe den Regen."), "♪ Ich liebe den Regen ♪");
  EXPECT_EQ(restored("at 9", "um 9."), "um 9");
  // Its own mark, an abbreviation, an ordinal, an ellipsis.
  EXPECT_EQ(restored("It rains.", "Es regnet."), "Es regnet.");
  EXPECT_EQ(restored("(It rains!)", "(Es regnet.)"), "(Es regnet.)");
  EXPECT_EQ(restored("and others", "u. a."), "u. a.");
  EXPECT_EQ(restored("at noon", "12 p.m."), "12 p.m.");
  EXPECT_EQ(restored("on the third", "am 3."), "am 3.");
  EXPECT_EQ(restored("and so", "und so..."), "und so...");
  // Chinese has no letters with case.
  EXPECT_EQ(restored("我喜欢雨", "Ich liebe den Regen."), "Ich liebe den Regen.");
}

TEST(Prepare, TheLabelOfAnItemIsNotTranslated) {
  for (const std::string label : {"a) ", "(2) ", "iv) ", "б)  ", "12) "}) {
    EXPECT_EQ(prepare(label + "First").text(), "First");
    EXPECT_EQ(restored(label + "First", "Erstens."), label + "Erstens");
    EXPECT_EQ(restored(label + "FIRST THINGS", "erstens"), label + "ERSTENS");
  }
  EXPECT_EQ(restored("a) See example.com now", "Siehe example.com jetzt"),
            "a) Siehe example.com jetzt");
  EXPECT_FALSE(prepare("a) 5 kg").needs_model());
  for (const std::string text :
       {"f(x) is", "(see) it", "a)", "a) ", "1234) x", ":) yes", "(a b", "It) is"})
    EXPECT_EQ(restored(text, "ja"), "ja") << text;
}

TEST(Prepare, ReadsCapitalsInSentenceCase) {
  EXPECT_EQ(prepare("WHERE ARE YOU GOING?").text(), "Where are you going?");
  EXPECT_EQ(prepare("- I'M SURE I SAW HIM").text(), "- I'm sure I saw him");
  EXPECT_EQ(prepare("LONDON IS NOT IN THE USA").text(), "London is not in the USA");
  EXPECT_EQ(prepare("STOP!").text(), "Stop!");
  EXPECT_EQ(prepare("NATO").text(), "NATO") << "an acronym";
  EXPECT_EQ(prepare("The NATO and the USA").text(), "The NATO and the USA");
  EXPECT_EQ(prepare("I").text(), "I");
  EXPECT_EQ(prepare("ISTANBUL ILIK VE İYİ", "tur_Latn").text(), "Istanbul ılık ve iyi");
  EXPECT_EQ(prepare("IM HAUS IST ES GROẞ", "deu_Latn").text(), "Im Haus ist es groß");
  EXPECT_EQ(prepare("ПРИВЕТ, МИР", "rus_Cyrl").text(), "Привет, мир");
  EXPECT_EQ(prepare("Ο ΚΟΣΜΟΣ ΕΙΝΑΙ", "ell_Grek").text(), "Ο κοσμος ειναι");
  EXPECT_EQ(prepare("GO TO https://Example.com/Ab NOW").text(), "Go to https://Example.com/Ab now");
}

TEST(Prepare, GivesCapitalsBack) {
  const auto back = [](const std::string& translation, const std::string& language) {
    return restored("WHERE ARE YOU GOING?", translation, language);
  };
  EXPECT_EQ(back("Wohin gehst du, groß?", "deu_Latn"), "WOHIN GEHST DU, GROSS?");
  EXPECT_EQ(back("Nereye gidiyorsun, iyi mi?", "tur_Latn"), "NEREYE GİDİYORSUN, İYİ Mİ?");
  EXPECT_EQ(back("Πού πηγαίνεις;", "ell_Grek"), "ΠΟΥ ΠΗΓΑΙΝΕΙΣ;");
  EXPECT_EQ(back("¿Adónde vas?", "spa_Latn"), "¿ADÓNDE VAS?");
  EXPECT_EQ(back("Où vas-tu ?", "fra_Latn"), "OÙ VAS-TU ?");
  EXPECT_EQ(back("Куда ты идёшь?", "rus_Cyrl"), "КУДА ТЫ ИДЁШЬ?");
  EXPECT_EQ(back("どこに行くの？", "jpn_Jpan"), "どこに行くの？");
  EXPECT_EQ(back("სად მიდიხარ?", "kat_Geor"), "სად მიდიხარ?");
  EXPECT_EQ(back("Ուր ես գնում և", "hye_Armn"), "ՈՒՐ ԵՍ ԳՆՈՒՄ ԵՎ");
  EXPECT_EQ(
      restored("GO TO https://example.com/Ab NOW", "Gehen Sie jetzt zu https://example.com/ab"),
      "GEHEN SIE JETZT ZU https://example.com/Ab");
}

TEST(Prepare, RepairsDamagedCopies) {
  EXPECT_EQ(restored("It goes 120 km/h.", "Er fährt 120 Km / h."), "Er fährt 120 km/h.");
  EXPECT_EQ(restored("It weighs 12.5 kg.", "Es wiegt 12,5 kg."), "Es wiegt 12.5 kg.");
  EXPECT_EQ(restored("Ask anna.smith@example.org.", "Frag anna.smith'example.org."),
            "Frag anna.smith@example.org.");
  EXPECT_EQ(restored("Thanks to @maria for it.", "Danke an „Maria“ dafür."),
            "Danke an @maria dafür.");
  EXPECT_EQ(restored("Run `make install` first.", "Zuerst 'make install' ausführen."),
            "Zuerst `make install` ausführen.");
  EXPECT_EQ(restored("Call `code()` first.", "Rufen Sie zuerst 'code()' an."),
            "Rufen Sie zuerst `code()` an.");
  EXPECT_EQ(restored("Call `foo(x)` (twice).", "Appelez «foo(x)» (deux fois)."),
            "Appelez `foo(x)` (deux fois).");
  EXPECT_EQ(restored("Call `foo`.", "Rufen Sie „foo“, dann."), "Rufen Sie `foo`, dann.");
  EXPECT_EQ(restored("See https://example.com/a_b?x=1.", "Siehe https: //example. com/a b?x1."),
            "Siehe https://example.com/a_b?x=1.");
  EXPECT_EQ(restored("重さは12.5 kgです", "12.5kg である", "jpn_Jpan"), "12.5 kg である");
  // The same twice, and one that is a part of another.
  EXPECT_EQ(restored("5 kg here, 5 kg there, 15 kg.", "15 Kg, hier 5 Kg, da 5 kg."),
            "15 kg, hier 5 kg, da 5 kg.");
}

TEST(Prepare, SaysWhereWhatIsKeptIsMissing) {
  EXPECT_EQ(restored("Open report.pdf now.", "Öffnen Sie Bericht.pdf."), "");
  EXPECT_EQ(restored("It costs $5.", "Es kostet 5 Dollar."), "");
  EXPECT_EQ(restored("It weighs 5 kg.", "Es wiegt 15 kg."), "");
  EXPECT_EQ(restored("5 kg and 5 kg", "5 kg"), "");
  EXPECT_EQ(restored("Thanks, @maria", "Danke, Marianne"), "");
}

TEST(Prepare, CutsASentenceAroundWhatIsKept) {
  const auto pieces = [](const std::string& text) {
    std::string list;
    for (const Piece& piece : prepare(text).pieces())
      list += (piece.kept ? "=" : "") + piece.text + "|";
    return list;
  };
  EXPECT_EQ(pieces("Please visit (https://example.com), or call."),
            "Please visit|= (https://example.com), |or call.|");
  EXPECT_EQ(pieces("https://example.com is “here”."), "=https://example.com |is “here”.|");
  EXPECT_EQ(pieces("See report.pdf."), "See|= report.pdf.|");
  EXPECT_EQ(pieces("From 5 kg, 6 kg to 7 kg."), "From|= 5 kg, 6 kg |to|= 7 kg.|");
  EXPECT_EQ(pieces("詳細はhttps://example.com/を見て。"), "詳細は|=https://example.com/|を見て。|");
  const auto fit = [](const std::string& translation, const std::string& source) {
    return fit_into_sentence(translation, source, vocabulary);
  };
  EXPECT_EQ(fit("Für Details.", "for details"), "für Details");
  EXPECT_EQ(fit("Haus und Hof", "house and yard"), "Haus und Hof");
  EXPECT_EQ(fit("Pour plus de détails.", "for details."), "pour plus de détails.");
  EXPECT_EQ(fit("BBC de Londres", "the BBC"), "BBC de Londres");
  EXPECT_EQ(fit("I think", "creo"), "I think");
  EXPECT_EQ(fit("詳細。", "for details"), "詳細");
}

}  // namespace
}  // namespace gst_translate
