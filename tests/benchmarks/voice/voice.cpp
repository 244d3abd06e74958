// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How soon the first sound of a text is there, and how long all of it takes to make:
// voice [TEXTS]
// So many sentences of tests/data in each language, with espeak-ng in processes of its own, in this
// process, and as the program espeak-ng, where that is installed. The three take turns, text by
// text, so that what disturbs one disturbs all; before each there is a pause, as between texts that
// come one by one. Prints a table.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "gst-tts/voice/synthesizer.h"

using namespace gst_tts;
using Clock = std::chrono::steady_clock;

namespace {

constexpr size_t default_texts = 100;
constexpr auto pause = std::chrono::milliseconds(30);

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

struct Figures {
  std::vector<double> first;  ///< ms to the first sound, a text each
  double work = 0;            ///< ms, of all texts
  double sound = 0;           ///< likewise
};

void speak(Synthesizer& synthesizer, const SpeechRequest& request, Figures& figures) {
  const auto begin = Clock::now();
  const auto utterance = synthesizer.prepare(request);
  AudioChunk chunk;
  size_t samples = 0;
  while (utterance->next(chunk)) {
    if (samples == 0) figures.first.push_back(milliseconds_since(begin));
    samples += chunk.samples.size();
  }
  figures.work += milliseconds_since(begin);
  figures.sound += 1000.0 * static_cast<double>(samples) / synthesizer.sample_rate();
}

/// The program espeak-ng; false if it is not there.
bool speak_with_program(const std::string& voice, const std::string& text, Figures& figures) {
  constexpr size_t head = 44;  // of a WAV file
  std::array<std::string, 5> words = {"espeak-ng", "--stdout", "-v", voice, text};
  std::array<char*, 6> arguments{};
  std::transform(words.begin(), words.end(), arguments.begin(),
                 [](std::string& word) { return word.data(); });
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const auto begin = Clock::now();
  pid_t program = 0;
  const int failure =
      posix_spawnp(&program, "espeak-ng", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  size_t bytes = 0;
  std::array<char, 65536> buffer{};
  for (ssize_t count = 0;
       failure == 0 && (count = read(ends[0], buffer.data(), buffer.size())) > 0;) {
    if (bytes <= head && bytes + static_cast<size_t>(count) > head)
      figures.first.push_back(milliseconds_since(begin));
    bytes += static_cast<size_t>(count);
  }
  close(ends[0]);
  if (failure != 0) return false;
  waitpid(program, nullptr, 0);
  if (bytes <= head) return false;
  figures.work += milliseconds_since(begin);
  figures.sound += 1000.0 * static_cast<double>(bytes - head) / 2 / 22050;
  return true;
}

std::vector<std::string> read_lines(const std::string& path, size_t most) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; lines.size() < most && std::getline(file, line);)
    lines.push_back(line);
  if (lines.empty()) throw std::runtime_error("nothing to read in " + path);
  return lines;
}

std::string quantile(std::vector<double> values, double share) {
  if (values.empty()) return "-";
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", values[static_cast<size_t>(share * last)]);
  return text;
}

std::string first_sound(const Figures& figures) {
  return quantile(figures.first, 0) + ", " + quantile(figures.first, 0.5) + ", " +
         quantile(figures.first, 0.95);
}

std::string real_time_factor(const Figures& figures) {
  if (figures.sound == 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", figures.work / figures.sound);
  return text;
}

void measure(const std::string& language, size_t count) {
  const auto isolated = open_synthesizer("auto", true);
  const auto in_process = open_synthesizer("auto", false);
  SpeechRequest request;
  request.language = language;
  const std::string voice = isolated->voice_for(request);
  const bool comparable = language != "jpn";  // the program alone reads no kanji
  Figures of_isolated, in_this, of_program;
  const char* data = std::getenv("GST_LINGUA_TEST_DATA");  // NOLINT(concurrency-mt-unsafe)
  const std::string folder = data ? data : "tests/data";
  bool warm = false;
  for (const std::string& line :
       read_lines(folder + "/sentences." + language + ".txt", count + 1)) {
    request.text = line;
    Figures cold;
    std::this_thread::sleep_for(pause);
    speak(*isolated, request, warm ? of_isolated : cold);
    std::this_thread::sleep_for(pause);
    speak(*in_process, request, warm ? in_this : cold);
    std::this_thread::sleep_for(pause);
    if (comparable) speak_with_program(voice, line, warm ? of_program : cold);
    warm = true;
  }
  std::printf("| %s | %s | %s | %s | %s | %s | %s |\n", voice.c_str(),
              first_sound(of_isolated).c_str(), first_sound(in_this).c_str(),
              first_sound(of_program).c_str(), real_time_factor(of_isolated).c_str(),
              real_time_factor(in_this).c_str(), real_time_factor(of_program).c_str());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const size_t texts = argc > 1 ? static_cast<size_t>(std::atoi(argv[1])) : default_texts;
  std::printf(
      "ms to the first sound of a text: least, median, 95 %% of %zu texts; time to make all of it "
      "by "
      "its length.\n\n"
      "| voice | first sound | in this process | program espeak-ng | real-time factor | in this "
      "process | program espeak-ng |\n|---|---|---|---|---|---|---|\n",
      texts);
  for (const char* language : {"eng", "deu", "fra", "spa", "jpn"})
    measure(language, texts);
}
