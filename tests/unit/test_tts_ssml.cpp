// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is heard of SSML, with the real voices: lengths, pauses, pitch, loudness and phonemes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "gst-tts/ssml/ssml.h"
#include "gst-tts/timing/fit.h"
#include "tests/unit/tts_speech.h"

namespace {

using gst_tts::Error;
using gst_tts::SpeechRequest;

SpeechRequest ssml(const std::string& document, const std::string& language = "en") {
  SpeechRequest read = request("", language);
  const std::vector<Error> flaws = gst_tts::read_ssml(document, read);
  EXPECT_TRUE(flaws.empty()) << document << ": " << flaws.front().what();
  return read;
}

SpeechRequest speak_element(const std::string& content, const std::string& language = "en") {
  return ssml("<speak>" + content + "</speak>", language);
}

std::string reading(const SpeechRequest& request) {
  return gst_tts::open_synthesizer()->reading(request);
}

std::string reading(const std::string& content, const std::string& language = "en") {
  return reading(speak_element(content, language));
}

std::string plain_reading(const std::string& text, const std::string& language = "en") {
  return reading(request(text, language));
}

double rate() {
  return gst_tts::open_synthesizer()->sample_rate();
}

double seconds(const Speech& speech) {
  return static_cast<double>(speech.samples.size()) / rate();
}

double length(const std::string& content, const std::string& language = "en") {
  return seconds(speak(speak_element(content, language)));
}

/// Seconds of each silence of 150 ms or more between two sounds.
std::vector<double> pauses(const Speech& speech) {
  std::vector<double> found;
  size_t quiet = 0;
  bool sounded = false;
  for (const int16_t sample : speech.samples) {
    if (std::abs(sample) < 64) {
      ++quiet;
      continue;
    }
    const double pause = static_cast<double>(quiet) / rate();
    if (sounded && pause >= 0.15) found.push_back(pause);
    sounded = true;
    quiet = 0;
  }
  return found;
}

std::vector<double> pauses(const std::string& content) {
  return pauses(speak(speak_element(content)));
}

double loudness(const Speech& speech) {
  double sum = 0;
  for (const int16_t sample : speech.samples)
    sum += static_cast<double>(sample) * sample;
  return std::sqrt(sum / static_cast<double>(std::max<size_t>(speech.samples.size(), 1)));
}

/// The median fundamental frequency, by autocorrelation of pieces of 40 ms.
double pitch(const Speech& speech) {
  std::vector<double> found;
  const auto piece = static_cast<size_t>(rate() * 0.04);
  for (size_t at = 0; at + 2 * piece < speech.samples.size(); at += piece) {
    double best = 0, energy = 0;
    size_t best_lag = 0;
    for (size_t i = 0; i < piece; ++i)
      energy += std::pow(static_cast<double>(speech.samples[at + i]), 2);
    for (auto lag = static_cast<size_t>(rate() / 400); lag < static_cast<size_t>(rate() / 60);
         ++lag) {
      double sum = 0;
      for (size_t i = 0; i < piece; ++i)
        sum += static_cast<double>(speech.samples[at + i]) * speech.samples[at + i + lag];
      if (sum > best) {
        best = sum;
        best_lag = lag;
      }
    }
    if (energy > 1e8 && best > 0.6 * energy)
      found.push_back(rate() / static_cast<double>(best_lag));
  }
  if (found.empty()) return 0;
  std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2),
                   found.end());
  return found[found.size() / 2];
}

std::vector<Error> flaws_of(const std::string& document, SpeechRequest& read) {
  read = request("");
  return gst_tts::read_ssml(document, read);
}

constexpr double exactly = 0.02;  // seconds

TEST(Ssml, SpeaksPlainTextAsItIsSpokenWithoutTags) {
  EXPECT_EQ(reading("Hello world."), plain_reading("Hello world."));
  EXPECT_EQ(speak(speak_element("Hello world.")).samples, speak("Hello world.").samples);
}

TEST(Ssml, BreaksAreAsLongAsTheySay) {
  for (const auto& [time, wanted] : {std::pair("300ms", 0.3), {"1.5s", 1.5}, {"2s", 2.0}}) {
    const auto found = pauses("one<break time=\"" + std::string(time) + "\"/>two");
    ASSERT_EQ(found.size(), 1U) << time;
    EXPECT_NEAR(found[0], wanted, exactly) << time;
  }
  EXPECT_NEAR(pauses("one. <break time='1s'/> Two.").at(0), 1, exactly)
      << "in place of the full stop's pause";
  EXPECT_NEAR(pauses("one<break time='300ms'/><break time='300ms'/>two").at(0), 0.6, exactly);
  const double word = length("one");
  EXPECT_NEAR(length("<break time='500ms'/>one"), 0.5 + word, exactly) << "before all words";
  EXPECT_NEAR(length("one<break time='500ms'/>"), 0.5 + word, exactly) << "behind them";
  EXPECT_NEAR(length("<break time='700ms'/>"), 0.7, exactly) << "without words";
}

TEST(Ssml, BreaksHaveStrengths) {
  double last = 0.2;
  for (const char* strength : {"x-weak", "weak", "medium", "strong", "x-strong"}) {
    const auto found = pauses("one<break strength='" + std::string(strength) + "'/>two");
    ASSERT_EQ(found.size(), 1U) << strength;
    EXPECT_GT(found[0], last) << strength;
    last = found[0];
  }
  EXPECT_EQ(pauses("one<break/>two").size(), 1U);
  EXPECT_EQ(pauses("Tomorrow. Sunday.").size(), 1U);
  EXPECT_EQ(pauses("Tomorrow. <break strength='none'/>Sunday.").size(), 0U);
}

TEST(Ssml, SaysTheAliasAndShowsTheText) {
  const SpeechRequest w3c =
      speak_element("See <sub alias=\"World Wide Web Consortium\">W3C</sub> now.");
  EXPECT_EQ(reading(w3c), plain_reading("See World Wide Web Consortium now."));
  EXPECT_EQ(w3c.text, "See W3C now.");
  const Speech speech = speak(w3c);
  ASSERT_EQ(speech.words.size(), 3U);
  EXPECT_EQ(text_of(speech.words[1], w3c.text), "W3C");
  EXPECT_EQ(text_of(speech.words[2], w3c.text), "now");
  EXPECT_EQ(reading("<sub alias='キョート'>京都</sub>です。", "ja"),
            plain_reading("キョートです。", "ja"));
}

TEST(Ssml, SaysPhonemes) {
  EXPECT_EQ(reading("<phoneme alphabet=\"ipa\" ph=\"təˈmeɪtoʊ\">tomato</phoneme>"), "təmˈeɪɾoʊ")
      << "as the voice says a t there";
  EXPECT_EQ(reading("<phoneme ph=\"təˈmɑːloʊ\">tomato</phoneme>"), "təmˈɑːloʊ")
      << "IPA unless told";
  EXPECT_EQ(reading("<phoneme alphabet='x-sampa' ph='t@\"mA:loU'>x</phoneme>"), "təmˈɑːloʊ");
  EXPECT_EQ(reading("<phoneme alphabet='x-espeak' ph=\"t@m'A:loU\">x</phoneme>"), "təmˈɑːloʊ");
  EXPECT_EQ(reading("<phoneme ph='ˈʃtʁaːsə'>x</phoneme>", "de"), "ʃtɾˈaːsə");
  EXPECT_EQ(reading("Say <phoneme ph='piːˈkæn'>pecan</phoneme> pie."), "sˈeɪ piːkˈæn pˈaɪ");
}

TEST(Ssml, SaysPhonemesOfJapanese) {
  const std::string word = "<phoneme ph='toːkjoː'>東京</phoneme>";
  EXPECT_EQ(reading(word + "へ。", "ja"), "/toːkjoː/エ。");
  const double said = length(word, "ja");
  EXPECT_NEAR(said, seconds(speak("トーキョー", "ja")), 0.25 * said);
}

TEST(Ssml, PhonemesAreOneWordOfTheText) {
  const SpeechRequest pecan = speak_element("Say <phoneme ph='piːˈkæn'>pecan</phoneme> pie.");
  const Speech speech = speak(pecan);
  ASSERT_EQ(speech.words.size(), 3U);
  EXPECT_EQ(text_of(speech.words[1], pecan.text), "pecan");
  EXPECT_GT(speech.words[1].sample, speech.words[0].sample);
  EXPECT_GT(speech.words[2].sample, speech.words[1].sample + static_cast<int64_t>(rate() / 5));
}

TEST(Ssml, SpeaksAsWrittenWhatIsNoPhonemes) {
  for (const char* attributes :
       {"ph='%%'", "alphabet='x-sampa' ph='äö'", "alphabet='pinyin' ph='ni3'", "ph=''"}) {
    SpeechRequest read;
    const auto flaws =
        flaws_of("<speak><phoneme " + std::string(attributes) + ">tomato</phoneme></speak>", read);
    EXPECT_EQ(flaws.size(), 1U) << attributes;
    EXPECT_EQ(reading(read), plain_reading("tomato")) << attributes;
  }
}

TEST(Ssml, SpellsCharacters) {
  EXPECT_EQ(reading("<say-as interpret-as='characters'>ABC</say-as>"), "ˌeɪbˌiːsˈiː");
  EXPECT_EQ(reading("<say-as interpret-as='spell-out'>cat</say-as>"), "sˌiːˌeɪtˈiː");
  EXPECT_EQ(reading("<say-as interpret-as='characters'>ab1</say-as>", "de"), "ˌɑːbˌeːˈaɪns");
  EXPECT_EQ(reading("<say-as interpret-as='characters'>AB</say-as>", "ja"),
            plain_reading("A B", "ja"));
}

TEST(Ssml, SaysNumbersAsTold) {
  const auto say = [](const std::string& as, const std::string& text, const std::string& language) {
    return reading("<say-as interpret-as='" + as + "'>" + text + "</say-as>", language);
  };
  EXPECT_EQ(say("ordinal", "21", "en"), plain_reading("twenty-first"));
  EXPECT_EQ(say("ordinal", "3rd", "en"), plain_reading("third"));
  EXPECT_EQ(say("ordinal", "2", "fr"), plain_reading("deuxième", "fr"));
  EXPECT_EQ(say("ordinal", "3", "de"), plain_reading("dritte", "de"));
  EXPECT_EQ(say("cardinal", "1,234", "en"), plain_reading("1234"));
  EXPECT_EQ(say("cardinal", "1.234", "de"), plain_reading("1234", "de"));
  EXPECT_EQ(say("digits", "123", "en"), plain_reading("one two three"));
  EXPECT_EQ(say("telephone", "+1 (212) 55", "en"), plain_reading("+ 1, 2 1 2, 5 5"));
  EXPECT_EQ(say("cardinal", "many", "en"), plain_reading("many")) << "no number";
  EXPECT_EQ(say("nonsense", "42", "en"), plain_reading("42"));
}

TEST(Ssml, SaysDatesAndTimes) {
  const auto date = [](const std::string& text, const std::string& format,
                       const std::string& language) {
    return reading("<say-as interpret-as='date' format='" + format + "'>" + text + "</say-as>",
                   language);
  };
  EXPECT_EQ(date("2/1/2026", "mdy", "en"), plain_reading("February 1, 2026"));
  EXPECT_EQ(date("2/1/2026", "dmy", "en"), plain_reading("January 2, 2026"));
  EXPECT_EQ(date("2026-11-29", "", "en"), plain_reading("November 29, 2026"));
  EXPECT_EQ(date("29.11.2026", "", "de"), plain_reading("29. November 2026", "de"));
  EXPECT_EQ(date("11/29", "md", "en"), plain_reading("November 29"));
  EXPECT_EQ(date("2026-11-29", "", "ja"), plain_reading("2026年11月29日", "ja"));
  EXPECT_EQ(date("99/99", "md", "en"), plain_reading("99/99")) << "no date";
  const auto time = [](const std::string& text) {
    return reading("<say-as interpret-as='time'>" + text + "</say-as>");
  };
  EXPECT_EQ(time("2:30pm"), plain_reading("2:30 PM"));
  EXPECT_EQ(time("1'21\""), plain_reading("1 minute 21 seconds"));
}

TEST(Ssml, ProsodyChangesThePace) {
  const std::string text = "The meeting starts at nine in the morning";
  const double natural = length(text);
  const auto at = [&](const std::string& value) {
    return length("<prosody rate='" + value + "'>" + text + "</prosody>");
  };
  EXPECT_NEAR(at("200%"), natural / 2, 0.1 * natural);
  EXPECT_NEAR(at("+50%"), natural / 1.5, 0.1 * natural);
  EXPECT_NEAR(at("0.8"), natural / 0.8, 0.15 * natural);
  EXPECT_NEAR(at("default"), natural, exactly);
  EXPECT_LT(at("x-fast"), at("fast"));
  EXPECT_LT(at("medium"), at("slow"));
  EXPECT_LT(at("slow"), at("x-slow"));
}

TEST(Ssml, ProsodyChangesThePitch) {
  const std::string text = "Where are you, my old friend";
  const double natural = pitch(speak(speak_element(text)));
  ASSERT_GT(natural, 60);
  const auto ratio = [&](const std::string& value) {
    return pitch(speak(speak_element("<prosody pitch='" + value + "'>" + text + "</prosody>"))) /
           natural;
  };
  EXPECT_NEAR(ratio("+4st"), std::exp2(4 / 12.0), 0.08);
  EXPECT_NEAR(ratio("-4st"), std::exp2(-4 / 12.0), 0.08);
  EXPECT_NEAR(ratio("+20%"), 1.2, 0.08);
  EXPECT_GT(ratio("high"), 1.1);
  EXPECT_LT(ratio("low"), 0.92);
}

TEST(Ssml, ProsodyChangesTheVolume) {
  const std::string text = "Good morning";
  const double natural = loudness(speak(speak_element(text)));
  const auto ratio = [&](const std::string& value) {
    return loudness(
               speak(speak_element("<prosody volume='" + value + "'>" + text + "</prosody>"))) /
           natural;
  };
  EXPECT_NEAR(ratio("-6dB"), 0.5, 0.02);
  EXPECT_NEAR(ratio("50"), 0.5, 0.02);
  EXPECT_NEAR(ratio("-20%"), 0.8, 0.02);
  EXPECT_EQ(ratio("silent"), 0);
  EXPECT_LT(ratio("soft"), 1);
  EXPECT_GT(ratio("loud"), 1);
}

TEST(Ssml, ProsodyTakesTheDurationThatItIsGiven) {
  const std::string text = "The meeting, I hear, starts at nine in the morning. Bring the report.";
  const double natural = length(text);
  for (const double factor : {0.6, 0.9, 1.4}) {
    const double wanted = natural * factor;
    const std::string value = std::to_string(static_cast<int>(1000 * wanted)) + "ms";
    const std::string start = "<prosody duration='" + value + "'>";
    EXPECT_NEAR(length(start + text + "</prosody>"), wanted, 0.03 * wanted) << factor;
    EXPECT_NEAR(length("<prosody rate='200%' duration='" + value + "'>" + text + "</prosody>"),
                wanted, 0.03 * wanted)
        << "in place of the rate";
    EXPECT_NEAR(
        length(start + "The <prosody pitch='high' duration='1ms'>meeting,</prosody> I hear, "
                       "starts at <emphasis>nine</emphasis> in the morning. Bring the "
                       "report.</prosody>"),
        wanted, 0.05 * wanted)
        << "all of it";
  }
  EXPECT_NEAR(
      length("<prosody duration='2s'>one two three<break time='300ms'/>four five</prosody>"), 2,
      0.05);
  EXPECT_NEAR(length("zero one <prosody duration='1.2s'>two three four</prosody>"),
              1.2 + length("zero one"), 0.2);
  EXPECT_LT(length("<prosody duration='1ms'>one<break time='300ms'/>two</prosody>"), 0.3 + 0.4)
      << "as far as the voice can";
  SpeechRequest faster = speak_element("<prosody duration='2s'>one two three</prosody>");
  faster.rate = 2;
  EXPECT_NEAR(seconds(speak(faster)), 1, 0.03);
}

TEST(Ssml, ProsodyWithinProsodyMultiplies) {
  const std::string text = "The meeting starts at nine in the morning";
  EXPECT_NEAR(length("<prosody rate='150%'><prosody rate='200%'>" + text + "</prosody></prosody>"),
              length("<prosody rate='300%'>" + text + "</prosody>"), exactly);
  EXPECT_NEAR(length("<prosody rate='200%'></prosody>" + text), length(text), exactly) << "is over";
}

TEST(Ssml, ASentenceGoesOnWhereItsMannerChanges) {
  EXPECT_TRUE(pauses("I said <prosody pitch='+2st'>never</prosody> again").empty());
  const SpeechRequest marked = speak_element("Is it <emphasis>late</emphasis>? Yes.");
  EXPECT_EQ(marked.runs.size(), 3U) << "the question mark is said with the word";
  EXPECT_EQ(pauses(speak(marked)).size(), 1U);
}

TEST(Ssml, EmphasisIsHeard) {
  const Speech plain = speak(speak_element("never"));
  const Speech strong = speak(speak_element("<emphasis level='strong'>never</emphasis>"));
  const Speech reduced = speak(speak_element("<emphasis level='reduced'>never</emphasis>"));
  EXPECT_GT(seconds(strong), 1.05 * seconds(plain));
  EXPECT_GT(loudness(strong), 1.1 * loudness(plain));
  EXPECT_LT(seconds(reduced), seconds(plain));
  EXPECT_LT(loudness(reduced), 0.9 * loudness(plain));
  EXPECT_NEAR(length("<emphasis level='none'>never</emphasis>"), seconds(plain), exactly);
}

TEST(Ssml, VoicesByNameAndGender) {
  SpeechRequest named = request("Good morning");
  named.voice = "en-us+f3";
  EXPECT_EQ(speak(speak_element("<voice name='en-us+f3'>Good morning</voice>")).samples,
            speak(named).samples);
  const std::string text = "Where are you, my old friend";
  const double man = pitch(speak(speak_element("<voice gender='male'>" + text + "</voice>")));
  const double woman = pitch(speak(speak_element("<voice gender='female'>" + text + "</voice>")));
  EXPECT_GT(woman, 1.2 * man);
}

TEST(Ssml, AVoiceThatIsMissingIsReplacedAndSaid) {
  for (const char* name : {"Joanna", "en-US-JennyNeural"}) {
    const SpeechRequest missing =
        speak_element("<voice name='" + std::string(name) + "'>Good morning</voice>");
    const auto utterance = gst_tts::open_synthesizer()->prepare(missing);
    EXPECT_EQ(drain(*utterance).samples, speak("Good morning").samples) << name;
    ASSERT_EQ(utterance->deviations().size(), 1U) << name;
    EXPECT_NE(std::string(utterance->deviations()[0].what()).find(name), std::string::npos);
    EXPECT_TRUE(utterance->losses().empty());
  }
  EXPECT_EQ(reading("<voice name='de-DE-KatjaNeural'>Guten Morgen</voice>"),
            plain_reading("Guten Morgen", "de"))
      << "its language is in its name";
}

TEST(Ssml, OtherLanguagesHaveTheirVoices) {
  EXPECT_EQ(reading("He said <lang xml:lang='de-DE'>Guten Morgen</lang> to me"),
            plain_reading("He said") + " " + plain_reading("Guten Morgen", "de") + " " +
                plain_reading("to me"));
  EXPECT_EQ(reading("<lang xml:lang='ja'>東京</lang>"), plain_reading("東京", "ja"));
  const SpeechRequest whole = ssml("<speak version='1.1' xml:lang='de'>Guten Morgen</speak>");
  EXPECT_EQ(whole.language, "de") << "above the one that was set";
  EXPECT_EQ(reading(whole), plain_reading("Guten Morgen", "de"));
  const SpeechRequest khmer = speak_element("one <lang xml:lang='km'>two</lang>");
  const auto utterance = gst_tts::open_synthesizer()->prepare(khmer);
  EXPECT_EQ(drain(*utterance).words.size(), 2U) << "no voice, no silence";
  EXPECT_EQ(utterance->deviations().size(), 1U);
}

TEST(Ssml, SentencesAndParagraphsAreParted) {
  EXPECT_EQ(pauses("<s>Tomorrow</s><s>Sunday</s>").size(), 1U);
  EXPECT_NEAR(pauses("<p>Tomorrow</p><p>Sunday</p>").at(0), 0.7, exactly);
  EXPECT_EQ(pauses("<s>Tomorrow (or later)</s><s>Sunday</s>").size(), 1U);
  EXPECT_NEAR(length("<p><s>Tomorrow</s></p>"), length("Tomorrow"), exactly) << "nothing around";
  EXPECT_EQ(speak_element("<p>\n  <s>One.</s>\n  <s>Two.</s>\n</p>").text, "One. Two.");
}

TEST(Ssml, MarksAreReached) {
  const SpeechRequest marked = speak_element(
      "<mark name='start'/>one <mark name='two'/>two<mark name='end'/><break time='1s'/>"
      "<mark name='three'/>three<mark name='last'/>");
  const auto utterance = gst_tts::open_synthesizer()->prepare(marked);
  std::vector<gst_tts::ReachedMark> marks;
  std::vector<gst_tts::SpokenWord> words;
  int64_t samples = 0;
  for (gst_tts::AudioChunk chunk; utterance->next(chunk);) {
    for (const auto& mark : chunk.marks) {
      EXPECT_GE(mark.sample, samples) << "with the sound that it is in";
      EXPECT_LT(mark.sample, samples + static_cast<int64_t>(chunk.samples.size()));
    }
    marks.insert(marks.end(), chunk.marks.begin(), chunk.marks.end());
    words.insert(words.end(), chunk.words.begin(), chunk.words.end());
    samples += static_cast<int64_t>(chunk.samples.size());
  }
  ASSERT_EQ(words.size(), 3U);
  ASSERT_EQ(marks.size(), 5U);
  EXPECT_EQ(marks[0].name, "start");
  EXPECT_EQ(marks[0].sample, words[0].sample);
  EXPECT_EQ(marks[1].sample, words[1].sample);
  EXPECT_NEAR(static_cast<double>(marks[3].sample - marks[2].sample) / rate(), 1, exactly);
  EXPECT_EQ(marks[3].sample, words[2].sample);
  EXPECT_EQ(marks[4].name, "last");
  EXPECT_EQ(marks[4].sample, samples - 1);
}

TEST(Ssml, SpeaksTextAndNoTags) {
  const auto text = [](const std::string& content) { return speak_element(content).text; };
  EXPECT_EQ(text("a <audio src='x.wav'>bell <desc>ding</desc></audio> b"), "a bell b");
  EXPECT_EQ(text("a <mstts:express-as style='sad'>b</mstts:express-as>"), "a b");
  EXPECT_EQ(text("<metadata><title>no</title></metadata>a <!-- no --> b <?php no ?>"), "a b");
  EXPECT_EQ(text("3 &lt; 4 &amp; <![CDATA[5 < 6]]> &#233;&#x3042;"), "3 < 4 & 5 < 6 éあ");
  EXPECT_EQ(text("今日\n  は"), "今日は");
  EXPECT_EQ(text("H<sub alias='two'>2</sub>O"), "H2O");
  EXPECT_EQ(ssml("<?xml version='1.0'?>\n<!DOCTYPE speak>\n<speak>\n a\n</speak>\n").text, "a");
  EXPECT_EQ(text(""), "");
  EXPECT_TRUE(speak(speak_element("")).samples.empty());
}

TEST(Ssml, OfWhatIsNotWellFormedTheTextIsSpoken) {
  const std::pair<const char*, const char*> documents[] = {
      {"<speak>Hello <emphasis>world</speak>", "Hello world"},
      {"<speak>Hello <break time='1s'> world</speak>", "Hello world"},
      {"<speak>Hello & world", "Hello & world"},
      {"<speak>3 < 4 is <b>true</b>", "3 < 4 is true"},
      {"<speak>Hello&nbsp;world</speak>", "Hello\u00A0world"},
      {"Hello world", "Hello world"},
      {"Hello <b>world</b>", "Hello world"},
      {"<speak>Hello world</spe", "Hello world"},
      {"<speak a=1>Hello <!-- no --> world</speak>", "Hello world"},
      {"<speak>Hello <![CDATA[<world>]]></x></speak>", "Hello <world>"},
      {"<speak>Hello</speak> world", "Hello world"},
  };
  for (const auto& [document, words] : documents) {
    SpeechRequest read;
    const auto flaws = flaws_of(document, read);
    ASSERT_EQ(flaws.size(), 1U) << document;
    EXPECT_EQ(flaws[0].kind(), Error::Kind::Corrupt);
    EXPECT_FALSE(flaws[0].detail().empty()) << document;
    EXPECT_EQ(read.text, words) << document;
  }
  SpeechRequest read;
  const std::string where = flaws_of("<speak>\n<p>one</p>\n  <p>two</s>\n</speak>", read)[0].what();
  EXPECT_NE(where.find("line 3"), std::string::npos) << where;
  EXPECT_NE(where.find("column"), std::string::npos) << where;
  EXPECT_FALSE(flaws_of("", read).empty());
  EXPECT_EQ(read.text, "");
}

TEST(Ssml, NamesTheAttributesThatItDoesNotUnderstand) {
  for (const char* element :
       {"<break time='soon'/>", "<break strength='much'/>", "<prosody rate='quick'>x</prosody>",
        "<prosody pitch='up'>x</prosody>", "<prosody volume='11x'>x</prosody>",
        "<prosody duration='soon'>x</prosody>", "<lang xml:lang='klingon'>x</lang>", "<sub>x</sub>",
        "<break time='-1s'/>"}) {
    SpeechRequest read;
    const auto flaws = flaws_of("<speak>\n a " + std::string(element) + " b</speak>", read);
    ASSERT_EQ(flaws.size(), 1U) << element;
    EXPECT_NE(std::string(flaws[0].what()).find("line 2"), std::string::npos) << flaws[0].what();
    EXPECT_EQ(read.text.front(), 'a');
    EXPECT_EQ(read.text.back(), 'b');
  }
  SpeechRequest read;
  std::string many = "<speak>";
  for (int i = 0; i < 1000; ++i)
    many += "<break time='soon'/>";
  EXPECT_EQ(flaws_of(many + "</speak>", read).size(), 10U) << "and no flood of them";
}

TEST(Ssml, ADocumentMayBeLongAndDeep) {
  std::string long_one = "<speak>";
  while (long_one.size() < (1U << 20))
    long_one += "<s>The <emphasis>meeting</emphasis> starts at <mark name='m'/> nine.</s>\n";
  const SpeechRequest all = ssml(long_one + "</speak>");
  EXPECT_GT(all.text.size(), 300000U);
  const auto utterance = gst_tts::open_synthesizer()->prepare(all);
  gst_tts::AudioChunk chunk;
  size_t words = 0;
  for (int i = 0; i < 500 && utterance->next(chunk); ++i)
    words += chunk.words.size();
  EXPECT_GE(words, 20U) << "ten seconds of it";

  std::string deep, end;
  for (int i = 0; i < 20000; ++i) {
    deep += "<prosody rate='101%'>";
    end += "</prosody>";
  }
  EXPECT_EQ(speak(speak_element(deep + "one" + end)).words.size(), 1U);
  deep.clear();
  end.clear();
  for (int i = 0; i < 20000; ++i) {
    deep += "<emphasis>";
    end += "</emphasis>";
  }
  EXPECT_EQ(speak(speak_element(deep + "one" + end)).words.size(), 1U);

  const std::string letters(1000, 'a');
  const double spelled = length("<say-as interpret-as='characters'>" + letters + "</say-as>");
  EXPECT_GT(spelled,
            8 * length("<say-as interpret-as='characters'>" + letters.substr(0, 100) + "</say-as>"))
      << "all of them";
}

TEST(Ssml, WordsAreTimedAcrossRuns) {
  const SpeechRequest runs = speak_element(
      "one <break time='1s'/> <prosody rate='50%'>two three</prosody> <lang "
      "xml:lang='de'>vier</lang>");
  const Speech speech = speak(runs);
  ASSERT_EQ(speech.words.size(), 4U);
  const char* const words[] = {"one", "two", "three", "vier"};
  for (size_t i = 0; i < 4; ++i)
    EXPECT_EQ(text_of(speech.words[i], runs.text), words[i]);
  const double one = length("one");
  EXPECT_NEAR(static_cast<double>(speech.words[1].sample) / rate(), one + 1, 0.05);
  EXPECT_NEAR(static_cast<double>(speech.words[3].sample) / rate(),
              seconds(speech) - seconds(speak("vier", "de")), 0.05);
}

TEST(Ssml, IsFittedIntoASlotWithItsPauses) {
  const SpeechRequest runs = speak_element(
      "The meeting <emphasis>starts</emphasis> at nine. <break time='1s'/> Bring the report.");
  const auto synthesizer = gst_tts::open_synthesizer();
  const double natural = seconds(speak(runs));
  const auto slot = static_cast<int64_t>(natural / 1.3 * rate());
  const auto fitted = gst_tts::fit_to_slot(*synthesizer, runs, slot);
  EXPECT_TRUE(fitted.fits);
  EXPECT_LE(fitted.duration.samples, slot);
  EXPECT_GT(fitted.duration.samples, slot * 9 / 10);
  const Speech speech = drain(*fitted.utterance);
  EXPECT_EQ(static_cast<int64_t>(speech.samples.size()), fitted.duration.samples);
  EXPECT_EQ(speech.words.size(), 8U);
}

TEST(Ssml, SoundsTheSameInThisProcess) {
  const SpeechRequest runs = speak_element(
      "<phoneme ph='həˈloʊ'>x</phoneme> <say-as interpret-as='characters'>ABC</say-as> "
      "<break time='500ms'/> <prosody rate='150%'>one two three</prosody>");
  const auto here = gst_tts::open_synthesizer("auto", false);
  EXPECT_EQ(here->reading(runs), reading(runs));
  EXPECT_NEAR(seconds(drain(*here->prepare(runs))), seconds(speak(runs)), 0.06);
  EXPECT_EQ(reading("Hello"), here->reading(request("Hello")));
}

TEST(Ssml, IsGivenUpWhenItIsCancelled) {
  SpeechRequest runs = speak_element("one <break time='1s'/> two");
  runs.cancel = std::make_shared<std::atomic<bool>>(false);
  const auto utterance = gst_tts::open_synthesizer()->prepare(runs);
  gst_tts::AudioChunk chunk;
  ASSERT_TRUE(utterance->next(chunk));
  *runs.cancel = true;
  EXPECT_EQ(error_of([&] {
              while (utterance->next(chunk)) {
              }
            }).first,
            Error::Kind::Cancelled);
}

}  // namespace
