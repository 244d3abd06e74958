// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// When sentences leave, what a cut gives, and what they carry.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/segmenter_pieces.h"

namespace gst_translate {
namespace {

using Strings = std::vector<std::string>;
constexpr int64_t ms = 1000000;

/// The sentences that have left by the time `text`, pushed in characters, ends.
Strings certain(std::string_view language, std::string_view text) {
  Segmenter segmenter(in_language(language));
  Strings result;
  for (const std::string& piece : characters_of(text, 1)) {
    segmenter.push(piece);
    for (const Sentence& sentence : drain(segmenter))
      result.push_back(sentence.text);
  }
  return result;
}

TEST(Segmenter, WhateverSignComesNextASentenceEndsBeforeIt) {
  for (const char* sign :
       {">>", ">>>", "<3", "→",  "←", "⇒",    "➜", "➡",  "▶",     "►",  "①", "②",   "❶",
        "Ⅱ",  "½",   "{{", "{",  "[", "\\o/", "^", "^^", "%",     "&",  "+", "=",   "==",
        "<",  ">",   "|>", "\\", "/", "//",   "#", "##", "@anna", "$",  "€", "£",   "§",
        "¶",  "†",   "‡",  "©",  "®", "™",    "°", "×",  "÷",     "±",  "√", "∞",   "∑",
        "✓",  "✔",   "✗",  "✖",  "☑", "☐",    "■", "□",  "▲",     "△",  "●", "○",   "◆",
        "◇",  "★",   "☆",  "※",  "№", "♪",    "♫", "~",  "*",     "**", "_", "`x`", "•",
        "‣",  "▪",   "¿",  "¡",  "«", "„",    "“", "「", "《",    "(",  "1", "—",   "-"})
    for (const char* end : {".", "?", "!"})
      for (const char* space : {" ", ""}) {
        const std::string first = std::string("It works") + end;
        const std::string second = sign + std::string(space) + "Next one";
        EXPECT_EQ(split("en", first + " " + second), (Strings{first, second}));
      }
}

TEST(Segmenter, ASmallLetterContinuingPunctuationAndFormulasGoOn) {
  for (const char* text :
       {"Is it so? he asked", "It works! – she said", "It works. , they say",
        "It works! ; so it is", "It works? : yes", "So 5! + 3 is 123", "So n! = m is rare",
        "So n! - 1 is prime", "So (n + 1)! / n! is n", "So 3! <= 6 holds", "So x! × y is so",
        "“It works!” – she said", "It works (really!) and ends", "It works. – and it ends",
        "It works... → and ends here, no"})
    EXPECT_EQ(split("en", text).size(), text[9] == '.' && text[10] == '.' ? 2u : 1u) << text;
}

TEST(Segmenter, ASureMarkOnlyAwaitsAnotherOne) {
  const std::pair<const char*, const char*> sentences[] = {{"zh", "今天下雨。"},
                                                           {"ja", "今日は雨です。"},
                                                           {"ja", "今日は雨です｡"},
                                                           {"hi", "आज बारिश है।"},
                                                           {"bn", "আজ বৃষ্টি হচ্ছে।"},
                                                           {"ur", "آج بارش ہے۔"},
                                                           {"am", "ዛሬ ዝናብ ነው።"},
                                                           {"am", "ዛሬ ዝናብ ነው፡፡"},
                                                           {"my", "မိုးရွာနေတယ်။"},
                                                           {"km", "ថ្ងៃនេះភ្លៀង។"},
                                                           {"hy", "Այսօր անձրև է։"},
                                                           {"sat", "ᱛᱮᱦᱮᱧ ᱫᱟᱜ᱾"},
                                                           {"ja", "彼は「はい。」と答えた。"},
                                                           {"", "彼は来た（たぶん）。"}};
  for (const auto& [language, sentence] : sentences) {
    Segmenter segmenter(in_language(language));
    segmenter.push(sentence);
    EXPECT_TRUE(segmenter.awaits_only_closers()) << sentence;
    EXPECT_EQ(segmenter.cut(CutReason::Terminator)->text, sentence);
    EXPECT_EQ(certain(language, std::string(sentence) + "A"), Strings{sentence});

    // One word or cue a piece: no mark follows, since the piece ends.
    SegmenterOptions options = in_language(language);
    options.join = JoinMode::Words;
    Segmenter words(options);
    words.push(sentence);
    EXPECT_EQ(texts(drain(words)), Strings{sentence});
  }
}

TEST(Segmenter, ALatinSentenceLeavesWithTheFirstCharacterThatDecides) {
  EXPECT_EQ(certain("en", "It rained. "), Strings{});
  EXPECT_EQ(certain("en", "It rained. N"), Strings{"It rained."});
  EXPECT_EQ(certain("en", "It rained? N"), Strings{"It rained?"});
  EXPECT_EQ(certain("en", "It rained. 2"), Strings{"It rained."});
  EXPECT_EQ(certain("en", "It rained.\n\n"), Strings{"It rained."});
  EXPECT_EQ(certain("en", "He said, \"It rained.\" N"), Strings{"He said, \"It rained.\""});
  EXPECT_EQ(certain("ru", "Шёл дождь. Н"), Strings{"Шёл дождь."});
  EXPECT_EQ(certain("ar", "نزل المطر. ن"), Strings{"نزل المطر."});
  EXPECT_EQ(certain("ja", "雨ですか？は"), Strings{"雨ですか？"});
  // As soon as no word that begins sentences begins like this.
  EXPECT_EQ(certain("en", "I like the U.S. N"), Strings{});
  EXPECT_EQ(certain("en", "I like the U.S. They "), Strings{"I like the U.S."});
}

TEST(Segmenter, AQuotationThatNeverClosesHoldsNothingForLong) {
  std::string text = "She said: \"We are here. ";
  for (int i = 0; i < 60; ++i)
    text += "The rain goes on and on. ";
  EXPECT_GT(certain("en", text).size(), 30u);
  EXPECT_EQ(certain("en", "(See below. It rained.\n\nNew"), (Strings{"(See below.", "It rained."}));
}

TEST(Segmenter, AwaitsConfirmationOnlyWhereTheTextCouldEnd) {
  const auto awaits = [](std::string_view language, std::string_view text) {
    Segmenter segmenter(in_language(language));
    segmenter.push(text);
    return segmenter.awaits_confirmation();
  };
  EXPECT_TRUE(awaits("en", "It rained."));
  EXPECT_TRUE(awaits("en", "It rained. "));
  EXPECT_TRUE(awaits("en", "Did it rain?"));
  EXPECT_TRUE(awaits("en", "It rained..."));
  EXPECT_TRUE(awaits("en", "It rained at 7 p.m."));
  EXPECT_TRUE(awaits("en", "He said, \"It rained.\""));
  EXPECT_TRUE(awaits("ja", "雨ですか？"));
  EXPECT_FALSE(awaits("en", ""));
  EXPECT_FALSE(awaits("en", "It rained"));
  EXPECT_FALSE(awaits("en", "It rained. n"));
  EXPECT_FALSE(awaits("en", "I saw Dr."));
  EXPECT_FALSE(awaits("en", "J."));
  EXPECT_FALSE(awaits("en", "1."));
  EXPECT_FALSE(awaits("en", "He said, \"It rained."));
  EXPECT_FALSE(awaits("ja", "「雨です。"));
  EXPECT_TRUE(awaits("zh", "下雨。"));
}

TEST(Segmenter, AwaitsOnlyClosersWhereNothingElseCanChangeTheEnd) {
  const auto closers = [](std::string_view language, std::string_view text) {
    Segmenter segmenter(in_language(language));
    segmenter.push(text);
    return segmenter.awaits_only_closers();
  };
  EXPECT_TRUE(closers("ja", "雨ですか？"));
  EXPECT_TRUE(closers("ja", "雨だ！"));
  EXPECT_TRUE(closers("ja", "雨だ。"));
  EXPECT_TRUE(closers("ar", "هل نزل المطر؟"));
  EXPECT_FALSE(closers("en", "Did it rain?")) << "he asked";
  EXPECT_FALSE(closers("ja", "「雨だ！」")) << "と言った";
  EXPECT_FALSE(closers("en", "It rained."));
}

TEST(Segmenter, ATerminatorCutGivesExactlyTheAwaitedSentence) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("It rained. ");
  ASSERT_TRUE(segmenter.awaits_confirmation());
  const auto sentence = segmenter.cut(CutReason::Terminator);
  ASSERT_TRUE(sentence);
  EXPECT_EQ(sentence->text, "It rained.");
  EXPECT_EQ(sentence->reason, CutReason::Terminator);
  EXPECT_TRUE(sentence->complete);
  EXPECT_EQ(segmenter.pending(), 0u);
  segmenter.push("I saw Dr. ");
  EXPECT_FALSE(segmenter.cut(CutReason::Terminator));
  EXPECT_EQ(segmenter.pending(), 9u);
}

/// The text that a deadline cuts off, and the text that stays.
std::pair<std::string, std::string> at_deadline(std::string_view language, std::string_view text) {
  Segmenter segmenter(in_language(language));
  segmenter.push(text);
  const auto sentence = segmenter.cut(CutReason::Deadline);
  if (!sentence) return {};
  EXPECT_EQ(sentence->reason, CutReason::Deadline);
  const auto rest = segmenter.finish();
  return {sentence->text, rest ? rest->text : ""};
}

TEST(Segmenter, ADeadlineCutsAtTheLastClauseMark) {
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(at_deadline("en", "When it rains, we stay; when it snows, we go out and"),
            (Pair{"When it rains, we stay; when it snows,", "we go out and"}));
  EXPECT_EQ(at_deadline("en", "It costs 1,000 dollars – a lot – for o"),
            (Pair{"It costs 1,000 dollars – a lot –", "for o"}));
  EXPECT_EQ(at_deadline("zh", "下雨的时候，我们在家看"), (Pair{"下雨的时候，", "我们在家看"}));
  EXPECT_EQ(at_deadline("ja", "雨が降ると、家で本を"), (Pair{"雨が降ると、", "家で本を"}));
  EXPECT_EQ(at_deadline("ar", "عندما ينزل المطر، نبقى في"), (Pair{"عندما ينزل المطر،", "نبقى في"}));
}

TEST(Segmenter, ADeadlineCutsBetweenWordsWhereThereIsNoClauseMark) {
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(at_deadline("en", "We stay at home when it ra"),
            (Pair{"We stay at home when it", "ra"}));
  EXPECT_EQ(at_deadline("en", "We stay at home "), (Pair{"We stay at home", ""}));
  EXPECT_EQ(at_deadline("en", "Rain"), (Pair{"Rain", ""}));
  EXPECT_EQ(at_deadline("th", "ฉันไปโรงเรีย"), (Pair{"ฉันไป", "โรงเรีย"}))
      << "of โรงเรียน, which the dictionary takes for two words while it is not whole";
  EXPECT_EQ(at_deadline("th", "วันนี้อากาศดีมาก"), (Pair{"วันนี้อากาศ", "ดีมาก"}));
  EXPECT_EQ(at_deadline("ja", "今日は東京に行きます"), (Pair{"今日は東京に", "行きます"}));
  EXPECT_EQ(at_deadline("zh", "我们明天去学校"), (Pair{"我们明天", "去学校"}));
  EXPECT_EQ(at_deadline("lo", "ມື້ນີ້ອາກາດດີ"), (Pair{"ມື້ນີ້", "ອາກາດດີ"}));
  EXPECT_EQ(at_deadline("km", "ថ្ងៃនេះអាកាសធាតុល្អ"), (Pair{"ថ្ងៃនេះ", "អាកាសធាតុល្អ"}));
  EXPECT_EQ(at_deadline("my", "ဒီနေ့ရာသီဥတုကောင်းတယ်").second.empty(), false);
}

TEST(Segmenter, ADeadlinePrefersTheEndOfASentenceInsideAQuotation) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("He said: \"It rained. Then it, as always, sno");
  const auto sentence = segmenter.cut(CutReason::Deadline);
  ASSERT_TRUE(sentence);
  EXPECT_EQ(sentence->text, "He said: \"It rained.");
  EXPECT_FALSE(sentence->complete);
  segmenter.push("wed.\" We stayed.");
  EXPECT_EQ(texts(finish(segmenter)), (Strings{"Then it, as always, snowed.\"", "We stayed."}));
}

TEST(Segmenter, ADeadlineSaysWhetherTheSentenceIsWhole) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("It rained ");
  EXPECT_FALSE(segmenter.cut(CutReason::Deadline)->complete);
  EXPECT_FALSE(segmenter.cut(CutReason::Deadline)) << "nothing is pending";
  segmenter.push("It rained.");
  EXPECT_TRUE(segmenter.cut(CutReason::Deadline)->complete);
  // What follows a cut goes on a sentence, so its small letter says nothing of the writer.
  segmenter.push("we, as");
  EXPECT_EQ(segmenter.cut(CutReason::Deadline)->text, "we,");
  segmenter.push(" you know appr. here. Then");
  EXPECT_EQ(texts(drain(segmenter)), Strings{"as you know appr. here."});
}

TEST(Segmenter, NothingIsLongerThanTheLongestLength) {
  SegmenterOptions options = in_language("en");
  options.max_chars = 30;
  const auto sentences = segment_bytes(
      options,
      "We walked along the river, which was high, until nobody could see us any more. Yes.", 1);
  EXPECT_EQ(texts(sentences), (Strings{"We walked along the river,", "which was high,",
                                       "until nobody could see us any", "more.", "Yes."}));
  EXPECT_EQ(sentences[0].reason, CutReason::Length);
  EXPECT_FALSE(sentences[0].complete);
  EXPECT_TRUE(sentences[3].complete);
  options.max_chars = 20;
  EXPECT_EQ(texts(segment_bytes(options, std::string(50, 'x'), 7)),
            (Strings{std::string(20, 'x'), std::string(20, 'x'), std::string(10, 'x')}));
  // An ideograph is two columns wide.
  options.language = "zh";
  for (const Sentence& sentence :
       segment_bytes(options, "我们沿着河走了很久很久直到没有人能看见我们", 0))
    EXPECT_LE(characters_of(sentence.text, 1).size(), 10u);
}

TEST(Segmenter, ACutForLengthSparesWhatBelongsTogether) {
  const auto cut = [](std::string_view language, std::string_view text, size_t longest) {
    SegmenterOptions options = in_language(language);
    options.max_chars = longest;
    return texts(segment_bytes(options, text, 1));
  };
  EXPECT_EQ(cut("fr", "Est-ce que vous venez avec vous ? Oui.", 31),
            (Strings{"Est-ce que vous venez avec", "vous ?", "Oui."}));
  EXPECT_EQ(cut("fr", "Il a payé 30\u00A0000\u202Feuros hier soir", 18)[0], "Il a payé");
  EXPECT_EQ(cut("ja", "昨日の値段は１，０００円だったと思います", 22)[0].find("１，\0"),
            std::string::npos);
  for (const std::string& part : cut("ja", "昨日の値段は１，０００円だったと思います", 18))
    EXPECT_TRUE(part.find("１") == std::string::npos ||
                part.find("１，０００") != std::string::npos)
        << part;
}

TEST(Segmenter, ACutForLengthSparesAWordThatMayGoOn) {
  for (size_t longest = 12; longest < 24; ++longest) {
    SegmenterOptions options = in_language("th");
    options.max_chars = longest;
    const auto parts = texts(segment_bytes(options, "ฉันไปโรงเรียนทุกวันกับเพื่อน", 1));
    EXPECT_TRUE(std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
      return part.find("โรงเรียน") != std::string::npos;
    })) << longest;
  }
}

TEST(Segmenter, ShortSentencesJoinTheNextOnlyWhereTheirEndIsNotSure) {
  SegmenterOptions options = in_language("en");
  options.min_chars = 12;
  EXPECT_EQ(texts(segment_bytes(options, "Hi! Oh. It rained all night. Yes.", 1)),
            (Strings{"Hi! Oh. It rained all night.", "Yes."}));
  EXPECT_EQ(texts(segment_bytes(options, "Hi!\n\nIt rained all night.", 1)),
            (Strings{"Hi!", "It rained all night."}));
  options.language = "ja";
  EXPECT_EQ(texts(segment_bytes(options, "はい。雨です。", 1)), (Strings{"はい。", "雨です。"}));
}

TEST(Segmenter, TheReasonTellsATerminatorFromTheEnd) {
  const auto sentences = segment_bytes(in_language("en"), "It rained. Goodbye Mr.", 0);
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_EQ(sentences[0].reason, CutReason::Terminator);
  EXPECT_EQ(sentences[1].reason, CutReason::End);
  EXPECT_EQ(segment_bytes(in_language("en"), "It rained.", 0)[0].reason, CutReason::Terminator);
  Segmenter segmenter(in_language("en"));
  segmenter.push("It rained. And then");
  drain(segmenter);
  const auto turn = segmenter.finish(CutReason::Boundary);
  ASSERT_TRUE(turn);
  EXPECT_EQ(turn->reason, CutReason::Boundary);
  EXPECT_TRUE(turn->complete);
  EXPECT_FALSE(segmenter.finish());
}

TEST(Segmenter, WordsJoinWithSpacesWhereTheirScriptHasThem) {
  const auto join = [](std::string_view language, const Strings& words) {
    SegmenterOptions options = in_language(language);
    options.join = JoinMode::Words;
    Segmenter segmenter(options);
    for (const std::string& word : words)
      segmenter.push(word);
    return texts(finish(segmenter));
  };
  EXPECT_EQ(join("en", {"It", "rained", ".", "Don't", "you", "see", "?"}),
            (Strings{"It rained.", "Don't you see?"}));
  EXPECT_EQ(join("en", {"It", "'s", "\"odd\"", ",", "(very)", "well", "-known", "$", "5", "%"}),
            Strings{"It's \"odd\", (very) well-known $5%"});
  EXPECT_EQ(join("en", {"It ", "rained", " all", "night"}), Strings{"It rained all night"});
  EXPECT_EQ(join("en", {"two lines\nin a caption", "go on"}),
            Strings{"two lines in a caption go on"});
  EXPECT_EQ(join("ja", {"今日", "は", "雨", "です", "。", "はい"}),
            (Strings{"今日は雨です。", "はい"}));
  EXPECT_EQ(join("th", {"วันนี้", "ฝนตก"}), Strings{"วันนี้ฝนตก"});
  EXPECT_EQ(join("ko", {"오늘은", "비가", "와요"}), Strings{"오늘은 비가 와요"});
  EXPECT_EQ(join("hi", {"आज", "बारिश", "है", "।"}), Strings{"आज बारिश है।"});
}

TEST(Segmenter, VerbatimPiecesJoinAsTheyAre) {
  Segmenter segmenter(in_language("en"));
  for (const char* token : {"It", " rain", "ed", ".", " Tok", "ens", "!"})
    segmenter.push(token);
  EXPECT_EQ(texts(finish(segmenter)), (Strings{"It rained.", "Tokens!"}));
}

TEST(Segmenter, TimesAreOfTheFirstAndTheLastCharacter) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("It rained. We", {0, 1300 * ms});  // 13 characters of 100 ms
  segmenter.push(" stayed.", {2000 * ms, 2800 * ms});
  const auto sentences = finish(segmenter);
  ASSERT_EQ(texts(sentences), (Strings{"It rained.", "We stayed."}));
  EXPECT_EQ(sentences[0].time.start, 0);
  EXPECT_EQ(sentences[0].time.end, 1000 * ms);
  EXPECT_EQ(sentences[1].time.start, 1100 * ms);
  EXPECT_EQ(sentences[1].time.end, 2800 * ms);
}

TEST(Segmenter, TimesGoByCharactersNotBytes) {
  Segmenter segmenter(in_language("ja"));
  segmenter.push("はい。No", {0, 500 * ms});
  const auto sentences = finish(segmenter);
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_EQ(sentences[0].time.end, 300 * ms);
  EXPECT_EQ(sentences[1].time.start, 300 * ms);
}

TEST(Segmenter, TheWordsOfASentenceAreTheTimedPieces) {
  SegmenterOptions options = in_language("en");
  options.join = JoinMode::Words;
  Segmenter segmenter(options);
  segmenter.push("Très", {0, 200 * ms});
  segmenter.push("bien.", {300 * ms, 400 * ms});
  segmenter.push("We go.", {500 * ms, 1100 * ms});
  const auto sentences = finish(segmenter);
  ASSERT_EQ(texts(sentences), (Strings{"Très bien.", "We go."}));
  const auto& words = sentences[0].words;
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(sentences[0].text.substr(words[0].offset, words[0].length), "Très");
  EXPECT_EQ(sentences[0].text.substr(words[1].offset, words[1].length), "bien.");
  EXPECT_EQ(words[0].time.start, 0);
  EXPECT_EQ(words[0].time.end, 200 * ms);
  EXPECT_EQ(words[1].time.start, 300 * ms);
  EXPECT_EQ(words[1].time.end, 400 * ms);
  ASSERT_EQ(sentences[1].words.size(), 1u);
}

TEST(Segmenter, APieceWithoutAnEndOrATimeHasNone) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("It rained. ", {700 * ms, TimeSpan::none});
  segmenter.push("We stayed.");
  const auto sentences = finish(segmenter);
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_EQ(sentences[0].time.start, 700 * ms);
  EXPECT_EQ(sentences[0].time.end, TimeSpan::none);
  EXPECT_EQ(sentences[1].time.start, TimeSpan::none);
  EXPECT_TRUE(sentences[1].words.empty());
}

TEST(Segmenter, LinesOfCuesMayEndAsOnWindows) {
  for (const JoinMode join : {JoinMode::Words, JoinMode::Cues})
    for (const char* line_break : {"\r\n", "\r", "\n"}) {
      SegmenterOptions options = in_language("en");
      options.join = join;
      Segmenter segmenter(options);
      segmenter.push("Good morning," + std::string(line_break) + "everyone.", {0, 100 * ms});
      segmenter.push("Who is" + std::string(line_break) + "it?" + line_break, {100 * ms, 200 * ms});
      EXPECT_EQ(texts(finish(segmenter)), (Strings{"Good morning, everyone.", "Who is it?"}));
    }
}

TEST(Segmenter, APauseEndsASentenceWithoutPunctuation) {
  SegmenterOptions options = in_language("en");
  options.join = JoinMode::Words;
  options.max_pause = 500 * ms;
  Segmenter segmenter(options);
  segmenter.push("it", {0, 100 * ms});
  segmenter.push("rained", {500 * ms, 900 * ms});
  EXPECT_TRUE(drain(segmenter).empty());
  segmenter.push("we", {1500 * ms, 1600 * ms});
  const auto sentences = drain(segmenter);
  ASSERT_EQ(texts(sentences), Strings{"it rained"});
  EXPECT_EQ(sentences[0].reason, CutReason::Pause);
  EXPECT_TRUE(sentences[0].complete);
  EXPECT_EQ(sentences[0].time.end, 900 * ms);
  EXPECT_EQ(texts(finish(segmenter)), Strings{"we"});
}

TEST(Segmenter, ALineBreakBetweenIdeographsIsOnlyWhereTheLineWasFull) {
  EXPECT_EQ(split("ja", "これは父の\n家です。"), Strings{"これは父の家です。"});
  EXPECT_EQ(split("zh", "今天天气很好，\n我们去公园吧。好啊！"),
            (Strings{"今天天气很好，我们去公园吧。", "好啊！"}));
  EXPECT_EQ(split("ko", "나는 집에\n가고 있었다."), Strings{"나는 집에\n가고 있었다."});

  Segmenter segmenter(in_language("ja"));
  segmenter.push("父の\n", {0, 300});
  segmenter.push("家。", {1000, 1200});
  const auto sentence = segmenter.finish();
  ASSERT_TRUE(sentence);
  ASSERT_EQ(sentence->words.size(), 2u);
  EXPECT_EQ(sentence->words[0].time.end, 200);
  EXPECT_EQ(sentence->words[1].offset, std::string("父の").size());
  EXPECT_EQ(sentence->words[1].time.start, 1000);
  EXPECT_EQ(sentence->time.end, 1200);
}

TEST(Segmenter, AWordCutWithAHyphenIsOneWord) {
  EXPECT_EQ(split("en", "The govern-\nment has de-\r\n  cided."),
            Strings{"The govern-ment has de-cided."});
  EXPECT_EQ(split("en", "A well‐\nknown man"), Strings{"A well‐known man"});
  EXPECT_EQ(split("de", "Der Haupt-\nund Nebensatz"), Strings{"Der Haupt-\nund Nebensatz"});
  EXPECT_EQ(split("en", "It was –\nor not -\nso x-\ny in pre-\nWar days"),
            Strings{"It was –\nor not -\nso x-\ny in pre-\nWar days"});
  EXPECT_EQ(split("en", "the end-\n\nthen"), (Strings{"the end-", "then"}));
}

TEST(Segmenter, AResetForgetsWhatIsPending) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("It rained. \"We\xC3");
  segmenter.reset();
  EXPECT_EQ(segmenter.pending(), 0u);
  EXPECT_FALSE(segmenter.next());
  segmenter.push("Stay here. Go.");
  EXPECT_EQ(texts(finish(segmenter)), (Strings{"Stay here.", "Go."}));
  EXPECT_EQ(segmenter.invalid_sequences(), 0u);
}

TEST(Segmenter, TheLanguageCanChangeInTheMiddle) {
  Segmenter segmenter(in_language("de"));
  segmenter.push("Am 3. Oktober regnete es. Wir");
  EXPECT_EQ(texts(drain(segmenter)), Strings{"Am 3. Oktober regnete es."});
  segmenter.set_options(in_language("en"));
  segmenter.push(" counted to 3. Nobody saw Mr. Hill. ");
  EXPECT_EQ(texts(finish(segmenter)), (Strings{"Wir counted to 3.", "Nobody saw Mr. Hill."}));
}

TEST(Segmenter, AnyCodeOfALanguageDoes) {
  for (const char* code : {"de", "deu", "ger", "deu_Latn", "de-AT", "DE"})
    EXPECT_EQ(split(code, "Hr. Vogel kam am 3. Oktober. Gut.").size(), 2u) << code;
  EXPECT_EQ(split("nb", "Hr. Dahl kom. Bra.").size(), 2u);
  EXPECT_EQ(split("xx", "Mrs. Hill left. Good."), (Strings{"Mrs. Hill left.", "Good."}));
}

TEST(Segmenter, InvalidBytesAreReplacedAndCounted) {
  Segmenter segmenter(in_language("en"));
  segmenter.push("It r\xFF");
  segmenter.push("ained \xE2\x82");
  segmenter.push(
      "\xAC"
      "5. \xF0\x9F");
  EXPECT_EQ(texts(finish(segmenter)), (Strings{"It r\uFFFDained €5. \uFFFD"}));
  EXPECT_EQ(segmenter.invalid_sequences(), 2u);
}

TEST(Segmenter, PendingCountsTheBytesThatHaveNotLeft) {
  Segmenter segmenter(in_language("fr"));
  segmenter.push(" \n Très ");
  EXPECT_EQ(segmenter.pending(), 5u);
  segmenter.push("bien. Oui");
  EXPECT_EQ(segmenter.pending(), 3u);
}

}  // namespace
}  // namespace gst_translate
