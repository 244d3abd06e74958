// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// espeak-ng in processes of its own. The helper is the one of faulty_helper.cpp, which is the real
// one but for clauses with certain words.

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "gst-tts/espeak/isolated/helper_process.h"
#include "gst-tts/espeak/isolated/isolated.h"
#include "gst-tts/espeak/voice_table.h"
#include "gst-tts/voice/sourced_text.h"
#include "tests/unit/heard_log.h"
#include "tests/unit/tts_speech.h"

using gst_tts::Error;
using gst_tts::open_synthesizer;
using namespace gst_tts::espeak;

namespace {

/// Of a process, by /proc.
struct Process {
  pid_t id = 0, parent = 0, group = 0;
  char state = 0;
};

/// Those of a group.
template <typename Wanted>
std::vector<Process> processes(Wanted wanted) {
  std::vector<Process> found;
  for (const auto& folder : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(folder.path() / "stat");
    std::string line;
    if (!std::getline(file, line) || line.find(") ") == std::string::npos) continue;
    Process process;
    process.id = std::atoi(folder.path().filename().c_str());
    std::istringstream(line.substr(line.rfind(") ") + 2)) >> process.state >> process.parent >>
        process.group;
    if (process.state != 'Z' && wanted(process)) found.push_back(process);
  }
  return found;
}

/// The helper that this process, or another, has started; its group is all that it forked.
pid_t helper_of(pid_t parent) {
  const auto found =
      processes([&](const Process& its) { return its.parent == parent && its.group == its.id; });
  return found.empty() ? 0 : found.front().id;
}

size_t count_group(pid_t group) {
  return processes([group](const Process& its) { return its.group == group; }).size();
}

/// Nobody of the group is at work.
bool rests(pid_t group) {
  return processes([group](const Process& its) { return its.group == group && its.state == 'R'; })
      .empty();
}

/// Until it is true, which a machine may take its time for.
template <typename Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 600; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

/// The sound of one clause.
std::vector<int16_t> say(Espeak& espeak, const std::string& voice, const std::string& text) {
  const auto speaker = espeak.speaker({voice});
  speaker->begin({text, gst_tts::decode(text).size(), false});
  std::vector<int16_t> samples;
  for (ClauseSound piece; speaker->next(piece, nullptr);)
    samples.insert(samples.end(), piece.samples.begin(), piece.samples.end());
  return samples;
}

/// espeak-ng in processes beside those that other tests use.
struct HelperOfItsOwn {
  std::shared_ptr<Espeak> espeak;
  pid_t id = 0;

  HelperOfItsOwn() {
    const std::set<pid_t> others = helpers();
    espeak = open_isolated(helper_program());
    for (const pid_t helper : helpers())
      if (others.count(helper) == 0) id = helper;
    EXPECT_GT(id, 0);
  }

 private:
  static std::set<pid_t> helpers() {
    std::set<pid_t> ids;
    for (const Process& its : processes(
             [](const Process& its) { return its.parent == getpid() && its.group == its.id; }))
      ids.insert(its.id);
    return ids;
  }
};

std::string command_output(const std::string& command) {
  std::string all;
  FILE* pipe = popen(command.c_str(), "r");
  char bytes[4096];
  for (size_t count; (count = fread(bytes, 1, sizeof bytes, pipe)) > 0;)
    all.append(bytes, count);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return all;
}

}  // namespace

TEST(Isolated, EveryVoiceSaysTheSameInEachProcessAndAfterAnything) {
  const auto here = open_isolated(helper_program());
  const auto elsewhere = open_isolated(helper_program());
  std::set<std::string> voices;
  for (const gst_tts::EspeakVoice& row : gst_tts::espeak_voices())
    if (row.since.empty()) voices.insert(std::string(row.name));
  ASSERT_GT(voices.size(), 80U);
  for (const std::string& voice : voices) {
    say(*here, voice, "La, la, 1 2 3.");
    const auto after = say(*here, voice, "A 12.");
    EXPECT_EQ(say(*here, voice, "A 12."), after) << voice;
    EXPECT_EQ(say(*elsewhere, voice, "A 12."), after) << voice;
    EXPECT_GT(after.size(), 1000U) << voice;
  }
}

TEST(Isolated, ATextHasTheSameSamplesInEachRunOfAProgram) {
  const std::string tool = std::getenv("GST_TTS_TOOL");
  const std::string wanted = "'Hello world, how are you?'";
  const std::string alone = command_output(tool + " --language en --gap 0 " + wanted);
  const std::string last =
      command_output(tool + " --language en --gap 0 'Something else, before it.' " + wanted);
  ASSERT_GT(alone.size(), 20000U);
  ASSERT_GT(last.size(), alone.size());
  EXPECT_TRUE(last.substr(last.size() - alone.size()) == alone);
}

TEST(Isolated, SpeakersSpeakSideBySide) {
  const auto espeak = open_isolated(helper_program());
  const auto first = espeak->speaker({"en-us"});
  const auto second = espeak->speaker({"en-us"});
  const auto third = espeak->speaker({"de"});
  ClauseSound piece;
  for (const auto* speaker : {&first, &second, &third})
    (*speaker)->begin({"Good morning to you all.", 24, false});
  std::vector<int16_t> sounds[3];
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < 3; ++i) {
      const auto& speaker = i == 0 ? first : i == 1 ? second : third;
      if (!sounds[i].empty() && sounds[i].back() == INT16_MIN) continue;
      if (speaker->next(piece, nullptr)) {
        sounds[i].insert(sounds[i].end(), piece.samples.begin(), piece.samples.end());
        more = true;
      } else {
        sounds[i].push_back(INT16_MIN);  // marks the end, which espeak-ng has no such sample for
      }
    }
  }
  EXPECT_EQ(sounds[0], sounds[1]);
  EXPECT_NE(sounds[0], sounds[2]);
  sounds[0].pop_back();
  EXPECT_EQ(sounds[0], say(*espeak, "en-us", "Good morning to you all."));
}

TEST(Isolated, FirstSoundDoesNotWaitForTheWholeClause) {
  const auto espeak = open_isolated(helper_program());
  const auto speaker = espeak->speaker({"en-us"});
  const std::string text = "This is a clause that goes on and on without a mark until it ends";
  speaker->begin({text, text.size(), false});
  ClauseSound piece;
  ASSERT_TRUE(speaker->next(piece, nullptr));
  EXPECT_LT(piece.samples.size(), 4000U);
  size_t pieces = 1;
  while (speaker->next(piece, nullptr))
    ++pieces;
  EXPECT_GT(pieces, 4U);
}

TEST(Isolated, ACrashCostsAWord) {
  for (const char* word : {"CRASH", "EXIT", "HALF", "NONSENSE"}) {
    const std::string text = "This is one clause, and here a " + std::string(word) +
                             " comes along, and that was the third.";
    const HeardLog heard;
    const Speech speech = speak(text);
    const auto utterance = open_synthesizer()->prepare(request(text));
    EXPECT_EQ(drain(*utterance).samples, speech.samples) << word << ": each time the same";
    ASSERT_EQ(utterance->losses().size(), 1U) << word;
    for (const std::string& part :
         {std::string("espeak-ng"), '"' + std::string(word) + '"', std::string("left out")})
      EXPECT_NE(std::string(utterance->losses()[0].what()).find(part), std::string::npos)
          << utterance->losses()[0].what();
    EXPECT_TRUE(heard.has(gst_translate::LogLevel::Warning, word)) << heard.text();
    EXPECT_EQ(speech.dropped, strlen(word));
    EXPECT_EQ(speech.words.size(), 15U) << "the lost one stands at its place";
    for (size_t i = 1; i < speech.words.size(); ++i)
      EXPECT_GE(speech.words[i].sample, speech.words[i - 1].sample);
  }
  EXPECT_EQ(speak("CRASH CRASH CRASH CRASH, it said.").dropped, 4 * strlen("CRASH"));
  EXPECT_GT(speak("And so on.").samples.size(), 10000U);
}

TEST(Isolated, WhatIsCutBeginsAndEndsWithoutAStep) {
  for (const char* word : {"LOUD", "LOUDLY"}) {
    for (const bool pauses : {true, false}) {
      const std::string text = std::string(word) + " one, " + word + " two.";
      gst_tts::SpeechRequest asked = request(text);
      asked.pauses = pauses;
      Speech speech = drain(*open_synthesizer()->prepare(asked));
      ASSERT_GE(speech.samples.size(), 10000U);
      speech.samples.insert(speech.samples.begin(), 0);
      speech.samples.push_back(0);
      // A fade of 5 ms has steps of a 110th.
      for (size_t i = 1; i < speech.samples.size(); ++i)
        ASSERT_LE(std::abs(speech.samples[i] - speech.samples[i - 1]), 100) << word << i;
    }
  }
}

TEST(Isolated, AClauseThatSoundsForTooLongIsGivenUp) {
  const auto utterance =
      open_synthesizer()->prepare(request("This is ENDLESS, and there is more to say."));
  const Speech speech = drain(*utterance);
  ASSERT_EQ(utterance->losses().size(), 1U);
  const std::string message = utterance->losses()[0].what();
  for (const char* part : {"ENDLESS", "longer than", "left out"})
    EXPECT_NE(message.find(part), std::string::npos) << message;
  EXPECT_LT(speech.samples.size(), 22050U * 30);
  EXPECT_EQ(speech.words.size(), 9U);
}

TEST(Isolated, AnEndlessLoopIsGivenUp) {
  EXPECT_GT(speak("Good morning.").samples.size(), 10000U);
  const pid_t helper = helper_of(getpid());
  ASSERT_GT(helper, 0);
  const auto utterance =
      open_synthesizer()->prepare(request("Here is HANG for you, and there is more to say."));
  const Speech speech = drain(*utterance);
  EXPECT_GT(speech.samples.size(), 10000U) << "what comes behind it";
  ASSERT_EQ(utterance->losses().size(), 1U);
  const std::string message = utterance->losses()[0].what();
  for (const char* part : {"did not come to an end within 5000 ms", "Here is HANG for you,"})
    EXPECT_NE(message.find(part), std::string::npos) << message;
  EXPECT_TRUE(comes_true([&] { return rests(helper); })) << "and does not go on";
}

TEST(Isolated, ACancelledClauseEndsAtOnceWhateverTheEngineDoes) {
  for (const char* text : {"HANG now.", "HANG in the SOUND."}) {
    gst_tts::SpeechRequest asked = request(text);
    asked.cancel = std::make_shared<std::atomic<bool>>(false);
    const auto utterance = open_synthesizer()->prepare(asked);
    std::thread other([&asked] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      asked.cancel->store(true);
    });
    gst_tts::AudioChunk chunk;
    EXPECT_EQ(error_of([&] { utterance->next(chunk); }).first, Error::Kind::Cancelled);
    other.join();
    EXPECT_TRUE(utterance->losses().empty()) << "that is no fault of the engine";
    EXPECT_TRUE(comes_true([] { return rests(helper_of(getpid())); }));
  }
}

TEST(Isolated, NothingIsWrittenToTheStandardOutput) {
  testing::internal::CaptureStdout();
  EXPECT_GT(speak("PRINT this.").samples.size(), 5000U);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(Isolated, AHelperThatIsGoneIsStartedAgain) {
  const Speech before = speak("Where were we?");
  for (const bool all : {true, false}) {
    const pid_t helper = helper_of(getpid());
    ASSERT_GT(helper, 0);
    ASSERT_EQ(kill(all ? -helper : helper, SIGKILL), 0);
    ASSERT_TRUE(comes_true(
        [&] { return processes([&](const Process& its) { return its.id == helper; }).empty(); }));
    gst_tts::SpeechRequest asked = request("Où en étions-nous ?", "fr");
    static int variants = 0;
    asked.voice = "fr-be+m" + std::to_string(++variants);  // which nobody has spoken with
    const auto utterance = open_synthesizer()->prepare(asked);
    EXPECT_GT(drain(*utterance).samples.size(), 10000U);
    EXPECT_TRUE(utterance->losses().empty());
    EXPECT_EQ(speak("Where were we?").samples, before.samples);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), 0) << "the old one is no zombie, the new one runs";
  }
}

TEST(Isolated, AHelperThatIsGoneIsNoZombieWhileItsVoicesSpeakOn) {
  const HelperOfItsOwn own;
  const auto before = say(*own.espeak, "en-us", "Where were we?");
  ASSERT_EQ(kill(own.id, SIGKILL), 0);
  siginfo_t ended{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(own.id), &ended, WEXITED | WNOWAIT), 0);
  EXPECT_EQ(say(*own.espeak, "en-us", "Where were we?"), before);
  EXPECT_EQ(kill(own.id, 0), -1) << "it still has its place among the processes";
}

TEST(Isolated, LookingForVoicesLeavesThoseInUseAndNoOther) {
  const HelperOfItsOwn own;
  EXPECT_GT(say(*own.espeak, "en-us", "Hello.").size(), 1000U);
  // The helper, the voice, and the one that will speak next.
  EXPECT_TRUE(comes_true([&] { return count_group(own.id) == 3; }));
  const std::set<std::string> names = {"de", "en-us", "fr",       "ja",          "nobody",
                                       "es", "it",    "pt-br",    "ru",          "sv",
                                       "nl", "pl",    "en-us+f3", "en-us+nobody"};
  const std::set<std::string> found = own.espeak->installed(names);
  EXPECT_EQ(found.size(), names.size() - 2);
  EXPECT_EQ(found.count("nobody") + found.count("en-us+nobody"), 0U);
  EXPECT_TRUE(comes_true([&] { return count_group(own.id) == 3; })) << count_group(own.id);
}

TEST(Isolated, OtherProcessesOfOursAreLeftAlone) {
  const pid_t child = fork();
  if (child == 0) _exit(7);
  { const auto espeak = open_isolated(helper_program()); }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child) << "nobody else has waited for it";
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(Isolated, HoldsNothingOpenOfOurs) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const auto espeak = open_isolated(helper_program());
  say(*espeak, "en-us", "Hello.");
  close(ends[1]);
  char byte;
  EXPECT_EQ(read(ends[0], &byte, 1), 0) << "the helper would keep the pipe from ending";
  close(ends[0]);
}

TEST(Isolated, EndsWithTheProcessThatStartedIt) {
  std::string tool = std::getenv("GST_TTS_TOOL");
  std::string arguments[] = {tool, "--language", "en", "--output", "/dev/null", "HANG for ever."};
  std::vector<char*> argv;
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t program = 0;
  ASSERT_EQ(posix_spawn(&program, tool.c_str(), nullptr, nullptr, argv.data(), environ), 0);
  pid_t helper = 0;
  // The helper, the voice, and one or two that speak.
  EXPECT_TRUE(comes_true([&] {
    helper = helper_of(program);
    return helper > 0 && count_group(helper) >= 3;
  }));
  kill(program, SIGKILL);
  waitpid(program, nullptr, 0);
  EXPECT_TRUE(comes_true([&] { return count_group(helper) == 0; }));
}
