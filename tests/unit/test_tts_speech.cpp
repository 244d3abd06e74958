// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <clocale>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "gst-tts/ssml/ssml.h"
#include "tests/unit/tts_speech.h"

using gst_tts::Error;
using gst_tts::open_synthesizer;
using gst_tts::SpokenWord;

namespace {

constexpr double rate = 22050;

double seconds(const Speech& speech) {
  return static_cast<double>(speech.samples.size()) / rate;
}

int peak(const Speech& speech) {
  int highest = 0;
  for (const int16_t sample : speech.samples)
    highest = std::max(highest, std::abs(static_cast<int>(sample)));
  return highest;
}

double loudness(const Speech& speech) {
  double energy = 0;
  for (const double sample : speech.samples)
    energy += sample * sample;
  return std::sqrt(energy / static_cast<double>(speech.samples.size()));
}

/// Milliseconds until a sample is louder than -60 dB of full scale.
template <typename Iterator>
double silence_ms(Iterator begin, Iterator end) {
  const auto sound = std::find_if(begin, end, [](int sample) { return std::abs(sample) >= 32; });
  return 1000.0 * static_cast<double>(sound - begin) / rate;
}

/// Hz, the middle of what the voiced pieces have: the first lag of high autocorrelation.
double fundamental(const Speech& speech) {
  constexpr size_t window = 2048, shortest = 50, longest = 600;
  std::vector<double> found;
  for (size_t at = 0; at + window + longest < speech.samples.size(); at += 1024) {
    std::vector<double> correlation(longest + 1);
    for (size_t lag = shortest; lag <= longest; ++lag) {
      double sum = 0, first = 1, second = 1;
      for (size_t i = at; i < at + window; ++i) {
        const double a = speech.samples[i], b = speech.samples[i + lag];
        sum += a * b;
        first += a * a;
        second += b * b;
      }
      correlation[lag] = sum / std::sqrt(first * second);
    }
    const double highest = *std::max_element(correlation.begin(), correlation.end());
    for (size_t lag = shortest + 1; highest > 0.85 && lag < longest; ++lag) {
      if (correlation[lag] < 0.93 * highest || correlation[lag] < correlation[lag - 1] ||
          correlation[lag] < correlation[lag + 1])
        continue;
      found.push_back(rate / static_cast<double>(lag));
      break;
    }
  }
  std::sort(found.begin(), found.end());
  return found.empty() ? 0 : found[found.size() / 2];
}

}  // namespace

TEST(Speech, IsHeardAndDoesNotClip) {
  for (const auto& [text, language] :
       {std::pair{"The meeting starts at nine, please bring the report.", "en"},
        std::pair{"Die Sitzung beginnt um neun, bitte bringen Sie den Bericht mit.", "de"},
        std::pair{"La reunión empieza a las nueve, por favor traiga el informe.", "es"},
        std::pair{"会议九点开始，请带上报告。", "zh"}}) {
    const Speech speech = speak(text, language);
    EXPECT_GT(seconds(speech), 2) << text;
    EXPECT_LT(seconds(speech), 6) << text;
    EXPECT_GT(loudness(speech), 1000) << text;
    EXPECT_LT(peak(speech), 32767) << text;
    EXPECT_EQ(speech.dropped, 0U) << text;
  }
}

TEST(Speech, ComesInChunksOfTwentyMilliseconds) {
  const auto utterance = open_synthesizer()->prepare(request("Hello world, how are you?"));
  gst_tts::AudioChunk chunk;
  size_t chunks = 0;
  size_t last = 441;
  while (utterance->next(chunk)) {
    EXPECT_EQ(last, 441U) << "only the last one is shorter";
    last = chunk.samples.size();
    EXPECT_GT(last, 0U);
    EXPECT_LE(last, 441U);
    ++chunks;
  }
  EXPECT_GT(chunks, 50U);
  EXPECT_FALSE(utterance->next(chunk)) << "and stays at its end";
  EXPECT_TRUE(chunk.samples.empty());
}

TEST(Speech, TheDurationIsExactBeforeAndAfterTheFirstChunk) {
  for (const char* text : {"Hello world, how are you? I am fine.", "Short.", ""}) {
    auto utterance = open_synthesizer()->prepare(request(text));
    const auto before = utterance->duration();
    EXPECT_TRUE(before.exact);
    const Speech speech = drain(*utterance);
    EXPECT_EQ(before.samples, static_cast<int64_t>(speech.samples.size())) << text;

    utterance = open_synthesizer()->prepare(request(text));
    gst_tts::AudioChunk chunk;
    const bool any = utterance->next(chunk);
    const auto meanwhile = utterance->duration();
    const size_t rest = drain(*utterance).samples.size();
    EXPECT_EQ(meanwhile.samples, static_cast<int64_t>(rest + (any ? chunk.samples.size() : 0)))
        << text;
  }
}

TEST(Speech, TheDurationOfALongTextIsEstimatedFromItsBeginning) {
  std::string text;
  std::string document = "<speak>";
  for (int i = 0; i < 40; ++i) {
    text += "This is a sentence, and it is followed by others. ";
    document += "<p>This is a sentence, and it is followed by others.</p>";
  }
  gst_tts::SpeechRequest ssml = request("");
  gst_tts::read_ssml(document + "</speak>", ssml);
  for (const gst_tts::SpeechRequest& asked : {request(text), ssml}) {
    const auto utterance = open_synthesizer()->prepare(asked);
    const auto estimate = utterance->duration_up_to(static_cast<int64_t>(5 * rate));
    EXPECT_FALSE(estimate.exact);
    EXPECT_GT(estimate.samples, 5 * rate);
    const auto exact = utterance->duration();
    EXPECT_TRUE(exact.exact);
    EXPECT_NEAR(static_cast<double>(estimate.samples) / static_cast<double>(exact.samples), 1, 0.1);
    EXPECT_EQ(utterance->duration_up_to(exact.samples).samples, exact.samples);
    EXPECT_EQ(drain(*utterance).samples.size(), static_cast<size_t>(exact.samples));
  }
}

TEST(Speech, SilenceAtTheEndsIsTrimmed) {
  for (const auto& [text, language] :
       {std::pair{"Hello there.", "en"}, std::pair{"Stop!", "en"}, std::pair{"Quand ?", "fr"},
        std::pair{"Привет.", "ru"}, std::pair{"はい。", "ja"}, std::pair{"你好。", "zh"}}) {
    const Speech speech = speak(text, language);
    ASSERT_FALSE(speech.samples.empty());
    EXPECT_LE(silence_ms(speech.samples.begin(), speech.samples.end()), 3.1) << text;
    EXPECT_LE(silence_ms(speech.samples.rbegin(), speech.samples.rend()), 3.1) << text;
  }
}

TEST(Speech, WithoutPausesClausesFollowOneAnother) {
  const char* text = "Wait here, please. I am going to get the car, and then we leave. Yes!";
  const Speech with = speak(text);
  auto asked = request(text);
  asked.pauses = false;
  const auto utterance = open_synthesizer()->prepare(asked);
  const Speech without = drain(*utterance);
  EXPECT_FALSE(utterance->has_pauses());
  EXPECT_LT(without.samples.size(), with.samples.size() - 22050 * 9 / 10);
  ASSERT_EQ(without.words.size(), with.words.size());
  size_t silent = 0, longest = 0;
  for (const int16_t sample : without.samples) {
    silent = std::abs(sample) < 32 ? silent + 1 : 0;
    longest = std::max(longest, silent);
  }
  EXPECT_LT(longest, 22050U / 10) << "no more than there is within a word";
  for (size_t i = 1; i < without.words.size(); ++i)
    EXPECT_GT(without.words[i].sample, without.words[i - 1].sample) << i;

  const auto paused = open_synthesizer()->prepare(request(text));
  drain(*paused);
  EXPECT_TRUE(paused->has_pauses());
  const auto single = open_synthesizer()->prepare(request("It has one clause."));
  drain(*single);
  EXPECT_FALSE(single->has_pauses());
}

TEST(Speech, NothingToSayIsNoSound) {
  for (const char* text : {"", " \n\t", "...", "—", "«»", "\u200B"}) {
    const Speech speech = speak(text);
    EXPECT_TRUE(speech.samples.empty()) << text;
    EXPECT_EQ(speech.dropped, 0U) << text;
  }
  EXPECT_EQ(speak("😀").dropped, 1U);
}

TEST(Speech, WordsPointIntoTheText) {
  const std::string text = "“Hello,” she  said: it's well-known — 1,234 €5 ﬁne cafe\u0301s.";
  const Speech speech = speak(text);
  std::vector<std::string> words;
  for (const SpokenWord& word : speech.words)
    words.push_back(text_of(word, text));
  EXPECT_EQ(words, (std::vector<std::string>{"Hello", "she", "said", "it's", "well-known", "1,234",
                                             "€5", "ﬁne", "cafe\u0301s"}));
}

TEST(Speech, WordsAreInOrderAndInTheirChunk) {
  const std::string text =
      "This is a longer text, with several clauses; numbers like 3.50 and 1999, and it goes on. "
      "Then another sentence follows, which isn't short either!";
  for (const double pace : {0.6, 1.0, 2.5, 4.0}) {  // beyond 2.57 espeak-ng speeds up by itself
    gst_tts::SpeechRequest asked = request(text);
    asked.rate = pace;
    const auto utterance = open_synthesizer()->prepare(asked);
    gst_tts::AudioChunk chunk;
    int64_t begin = 0, last = -1;
    size_t end_of_last = 0, words = 0;
    while (utterance->next(chunk)) {
      for (const SpokenWord& word : chunk.words) {
        EXPECT_GE(word.sample, begin) << pace;
        EXPECT_LT(word.sample, begin + 441) << pace;
        EXPECT_GT(word.sample, last) << pace << text_of(word, text);
        EXPECT_GE(word.offset, end_of_last);
        last = word.sample;
        end_of_last = word.offset + word.length;
        ++words;
      }
      begin += static_cast<int64_t>(chunk.samples.size());
    }
    EXPECT_EQ(words, 25U) << pace;
  }
}

TEST(Speech, AWordIsTimedWhereItIsHeard) {
  // Behind a pause it begins as long before its sound as its first consonant takes.
  struct Case {
    const char *text, *language;
    double pause, least, most;
  };
  for (const Case& c :
       {Case{"Yes. Bananas", "en", 250, 2, 20}, Case{"カキ、 パン", "ja", 120, 30, 60}}) {
    const Speech speech = speak(c.text, c.language);
    ASSERT_EQ(speech.words.size(), 2U) << c.text;
    const auto at = speech.samples.begin() + speech.words[1].sample;
    const double before = silence_ms(std::make_reverse_iterator(at), speech.samples.rend());
    const double after = silence_ms(at, speech.samples.end());
    EXPECT_GT(before + after, c.pause) << c.text;
    EXPECT_GT(after, c.least) << c.text;
    EXPECT_LT(after, c.most) << c.text;
  }
}

TEST(Speech, WordsAreTimedAtHighRatesToo) {
  // From 450 words a minute on espeak-ng shortens its sound after it has timed the words.
  gst_tts::SpeechRequest asked =
      request("The quick brown fox jumps over the lazy dog and then it sleeps for a while");
  const Speech natural = speak(asked);
  asked.rate = 6;
  const Speech fast = speak(asked);
  ASSERT_EQ(fast.words.size(), natural.words.size());
  const double ratio =
      static_cast<double>(fast.samples.size()) / static_cast<double>(natural.samples.size());
  for (size_t i = 0; i < fast.words.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(fast.words[i].sample),
                static_cast<double>(natural.words[i].sample) * ratio, 0.015 * rate)
        << i;
  }
}

TEST(Speech, WordsOfScriptsWithoutSpaces) {
  const std::string chinese = "今天天气很好。";
  const Speech speech = speak(chinese, "zh");
  ASSERT_EQ(speech.words.size(), 6U);
  EXPECT_EQ(text_of(speech.words[3], chinese), "气");
}

TEST(Speech, RateChangesTheLength) {
  const std::string text = "The quick brown fox jumps over the lazy dog, again and again.";
  const auto length = [&text](double pace) {
    gst_tts::SpeechRequest asked = request(text);
    asked.rate = pace;
    return seconds(speak(asked));
  };
  const double natural = length(1);
  EXPECT_NEAR(length(2) / natural, 0.5, 0.1);
  EXPECT_NEAR(length(4) / natural, 0.25, 0.06);
  EXPECT_GT(length(0.6) / natural, 1.4);
  EXPECT_NEAR(length(0.01), length(0.4), 0.02) << "as slow as it goes";
  EXPECT_NEAR(length(100), length(1200.0 / 175), 0.02) << "as fast as it goes";
}

TEST(Speech, PitchIsInSemitones) {
  gst_tts::SpeechRequest asked =
      request("I am early now, you know where we are in the morning, my oh my.");
  const double natural = fundamental(speak(asked));
  for (const double semitones : {-6.0, -3.0, 3.0, 6.0}) {
    asked.pitch = semitones;
    EXPECT_NEAR(12 * std::log2(fundamental(speak(asked)) / natural), semitones,
                0.2 + 0.3 * std::abs(semitones))
        << semitones;
  }
}

TEST(Speech, VolumeScalesAndSaturates) {
  gst_tts::SpeechRequest asked = request("I am early now, you know where we are.");
  const double natural = loudness(speak(asked));
  asked.volume = 0.5;
  EXPECT_NEAR(loudness(speak(asked)) / natural, 0.5, 0.03);
  asked.volume = 0;
  EXPECT_EQ(peak(speak(asked)), 0);
  asked.volume = 100;
  const Speech loud = speak(asked);
  EXPECT_GE(peak(loud), 32767);
  EXPECT_GT(loudness(loud), 2 * natural);
}

TEST(Speech, SettingsThatMakeNoSenseAreErrors) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const auto refused = [](double pace, double pitch, double volume, const char* what) {
    gst_tts::SpeechRequest asked = request("hello");
    asked.rate = pace;
    asked.pitch = pitch;
    asked.volume = volume;
    const auto [kind, message] = error_of([&asked] { open_synthesizer()->prepare(asked); });
    EXPECT_EQ(kind, Error::Kind::Settings);
    EXPECT_NE(message.find(what), std::string::npos) << message;
  };
  for (const double value : {0.0, -1.0, nan, infinity})
    refused(value, 0, 1, "rate");
  for (const double value : {nan, infinity})
    refused(1, value, 1, "pitch");
  for (const double value : {-0.1, nan, infinity})
    refused(1, 0, value, "volume");
}

TEST(Speech, CanBeCancelled) {
  gst_tts::SpeechRequest asked = request("One clause, and another clause, and a third one.");
  asked.cancel = std::make_shared<std::atomic<bool>>(false);
  const auto utterance = open_synthesizer()->prepare(asked);
  gst_tts::AudioChunk chunk;
  ASSERT_TRUE(utterance->next(chunk));
  asked.cancel->store(true);
  EXPECT_EQ(error_of([&] { utterance->next(chunk); }).first, Error::Kind::Cancelled);
  EXPECT_EQ(error_of([&] { utterance->duration(); }).first, Error::Kind::Cancelled)
      << "while espeak-ng speaks";
  EXPECT_GT(speak("And the next one is spoken.").samples.size(), 20000U);
}

TEST(Speech, TextsThatCrashEspeak) {
  // espeak-ng/espeak-ng#831, #1761, #2467, and what fuzzing found: other languages' scripts.
  for (const char* text :
       {"---लच्छेद", "hi ---लच्छेद", "Wait.. what..", "beep..", "os comparativos χειρον e βελτοϖ",
        "൧൞൙഼ഷ൨ബഇ൸", "௬ ௧", "X ൕൂ൵൚േള", "a Hamrah-E-Aval a",
        "🚺🚺😍😎😎😎 ,,,,", "\x01\x02\x1B[0m", "xi °©. 9", "[[k@t]] {[(<", "&amp; <speak>", "%s%n",
        "................", "!!!!!!!!!!!!!!!"}) {
    for (const char* language : {"en", "hi", "pt", "bn", "ja", "fa", "ka", "he", "ko"})
      speak(text, language);
  }
  EXPECT_GT(speak("Still here.").samples.size(), 10000U);
}

TEST(Speech, ManyLettersWithFullStopsAreHeard) {
  // espeak-ng 1.51 looks for them in a list of abbreviations, and writes beyond the end of an
  // array.
  const auto dotted = [](const std::string& letter, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += letter + '.';
    return text;
  };
  const auto is_lost = [](const std::string& text, const char* language) {
    const auto utterance = open_synthesizer()->prepare(request(text, language));
    const Speech speech = drain(*utterance);
    return !utterance->losses().empty() || speech.dropped > 0;
  };
  for (const auto& [letter, language] :
       {std::pair{"b", "en"}, std::pair{"é", "fr"}, std::pair{"ж", "ru"}, std::pair{"क", "hi"}})
    for (const int count : {40, 90, 400})
      EXPECT_FALSE(is_lost(dotted(letter, count), language)) << letter << count;
  EXPECT_FALSE(is_lost(dotted("b", 70) + std::string(300, 'x') + '.' + dotted("c", 90), "en"));
  EXPECT_GT(seconds(speak(dotted("b", 400))), 3 * seconds(speak(dotted("b", 70))));
}

TEST(Speech, LongTextsArePossible) {
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += "This is sentence number " + std::to_string(i) + " and nothing of it gets lost. ";
  const auto utterance = open_synthesizer()->prepare(request(text));
  const Speech speech = drain(*utterance);
  EXPECT_EQ(speech.words.size(), 200U * 11);
  EXPECT_GT(seconds(speech), 400);
  EXPECT_GT(speak(std::string(20000, 'a')).samples.size(), 20000U);
}

TEST(Speech, SaysTheSameAgainWhateverWasSaidBetween) {
  const std::string text = "Hello world, how are you?";
  const Speech first = speak(text);
  EXPECT_EQ(speak(text).samples, first.samples);
  const Speech in_process = drain(*open_synthesizer("auto", false)->prepare(request(text)));
  ASSERT_EQ(in_process.words.size(), first.words.size());
  for (size_t i = 0; i < first.words.size(); ++i)
    EXPECT_NEAR(static_cast<double>(in_process.words[i].sample),
                static_cast<double>(first.words[i].sample), 0.012 * rate);
  for (const auto& [between, language] :
       {std::pair{"はい、そうです", "ja"}, std::pair{"la la la", "de"}, std::pair{"नमस्ते", "hi"},
        std::pair{"A much longer text than the one that follows it here", "en"}}) {
    speak(between, language);
    const Speech again = speak(text);
    EXPECT_EQ(again.samples, first.samples) << between;
    ASSERT_EQ(again.words.size(), first.words.size());
    for (size_t i = 0; i < again.words.size(); ++i)
      EXPECT_EQ(again.words[i].sample, first.words[i].sample) << between;
  }
  gst_tts::SpeechRequest faster = request(text);
  faster.rate = 1.5;
  EXPECT_LT(speak(faster).samples.size(), first.samples.size()) << "another rate is another sound";
}

TEST(Speech, InThisProcessTakesAsLongWhateverWasSaidBefore) {
  // espeak-ng gives the last word of a clause a length by what lies behind it in its memory.
  const auto speak = [](std::string text, std::string language = "en") {
    const auto synthesizer = open_synthesizer("auto", false);
    return drain(*synthesizer->prepare(request(std::move(text), std::move(language))));
  };
  const std::string text = "Hello world, how are you?";
  const double first = seconds(speak(text));
  for (const auto& [before, language] :
       {std::pair{"はい、そうです", "ja"}, std::pair{"la la la", "de"}, std::pair{"नमस्ते", "hi"},
        std::pair{"A much longer text than the one that follows it here", "en"}}) {
    speak(before, language);
    EXPECT_NEAR(seconds(speak(text)), first, 0.012 * first) << before;
  }
}

TEST(Speech, ManyThreadsSayWhatOneSays) {
  const std::pair<const char*, const char*> texts[] = {
      {"Hello world, how are you today? I am fine.", "en"},
      {"Guten Morgen, wie geht es Ihnen heute?", "de"},
      {"きょうわ、いい てんき です。", "ja"},
      {"Привет, как дела сегодня?", "ru"},
  };
  constexpr size_t rounds = 12;
  std::vector<Speech> alone;
  for (const auto& [text, language] : texts)
    alone.push_back(speak(text, language));

  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (size_t round = 0; round < rounds; ++round) {
        const size_t i = (thread + round) % std::size(texts);
        if (speak(texts[i].first, texts[i].second).samples != alone[i].samples) ++wrong;
        speak("Number " + std::to_string(100 * thread + round), texts[i].second);
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Speech, TheLocaleStaysAsItWas) {
  // The engine is opened by the first test of this process; run alone, by this line.
  ASSERT_STREQ(std::setlocale(LC_CTYPE, nullptr), "C");
  for (const bool isolate : {true, false}) {
    drain(*open_synthesizer("auto", isolate)->prepare(request("Hello.")));
    EXPECT_STREQ(std::setlocale(LC_CTYPE, nullptr), "C") << isolate;
  }
}
