// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// In a process of its own: espeak-ng is opened once.

#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>

#include "tests/unit/tts_speech.h"

using gst_tts::Error;

// NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
TEST(DataMissing, IsAnErrorThatSaysWhatToDoAndNotTheEndOfTheProcess) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("gst-tts-test-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "espeak-ng-data");
  setenv("ESPEAK_DATA_PATH", folder.c_str(), 1);
  const auto [kind, message] = error_of([] { gst_tts::open_synthesizer(); });
  EXPECT_EQ(kind, Error::Kind::NotFound);
  EXPECT_NE(message.find(folder.string()), std::string::npos) << message;
  EXPECT_NE(message.find("espeak-ng-data"), std::string::npos) << message;
  EXPECT_NE(message.find("ESPEAK_DATA_PATH"), std::string::npos) << message;
  EXPECT_STREQ(std::setlocale(LC_CTYPE, nullptr), "C") << "put back here too";

  unsetenv("ESPEAK_DATA_PATH");
  std::filesystem::remove_all(folder);
  EXPECT_GT(speak("And now it is there.").samples.size(), 20000U);
}
// NOLINTEND(concurrency-mt-unsafe)
