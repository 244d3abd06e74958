// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every launch line of README.md and docs/, run as it is written there, in a copy of examples/text.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

namespace fs = std::filesystem;

struct Line {
  std::string page;
  std::string command;
};

void PrintTo(const Line& line, std::ostream* out) {
  *out << line.page << ": " << line.command;
}

bool is_launch_line(const std::string& text) {
  return contains(text, "gst-launch-1.0 ") &&
         (text.rfind("gst-launch-1.0 ", 0) == 0 || text.rfind("echo ", 0) == 0);
}

/// Each line once: in fences, or indented by four as README.md has them.
std::vector<Line> documented_lines() {
  std::vector<fs::path> pages = {SOURCE_ROOT "/README.md"};
  for (const auto& entry : fs::directory_iterator(SOURCE_ROOT "/docs"))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  std::sort(pages.begin() + 1, pages.end());
  std::vector<Line> found;
  for (const fs::path& page : pages) {
    for (const std::string& text : lines(read_file(page))) {
      const std::string command = text.substr(std::min(text.find_first_not_of(' '), text.size()));
      const bool known = std::any_of(found.begin(), found.end(),
                                     [&](const Line& line) { return line.command == command; });
      if (is_launch_line(command) && !known) found.push_back({page.filename().string(), command});
    }
  }
  return found;
}

/// The values of a property in a launch line.
std::vector<std::string> values(const std::string& line, const std::string& property) {
  std::vector<std::string> found;
  for (size_t at = 0; (at = line.find(" " + property + "=", at)) != std::string::npos;) {
    at += property.size() + 2;
    found.push_back(line.substr(at, std::min(line.find(' ', at), line.size()) - at));
  }
  return found;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

class Lines : public testing::TestWithParam<Line> {};

TEST_P(Lines, RunsAsWritten) {
  const std::string& line = GetParam().command;
  const Shell shell;
  for (const auto& entry : fs::directory_iterator(SOURCE_ROOT "/examples/text"))
    fs::copy_file(entry.path(), fs::path(shell.folder()) / entry.path().filename());
  // An audio sink takes the time that the sound takes: a page of the book is enough for it.
  if (contains(line, "autoaudiosink")) shell.write("book.txt", "Good morning. It is late.\n");

  const Output output = shell.run_line(line);
  const std::vector<std::string> models = values(line, "model");
  if (!models.empty() && contains(models[0], "facebook/")) {
    EXPECT_NE(output.status, 0);
    EXPECT_TRUE(contains(output.err, "hf download " + models[0])) << output.err;
    return;
  }
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_FALSE(contains(output.err, "CRITICAL")) << output.err;
  if (contains(line, "dump=true")) {
    EXPECT_TRUE(contains(output.out, "00000000 (")) << output.out;
  }
  for (const std::string& file : values(line.substr(line.find('!')), "location")) {
    EXPECT_FALSE(shell.contents(file).empty()) << file;
    if (ends_with(file, ".wav")) {
      EXPECT_GT(shell.sound(file).peak(0, 600), speech) << file;
    }
    if (ends_with(file, ".vtt")) {
      EXPECT_EQ(shell.contents(file).rfind("WEBVTT\n", 0), 0u) << file;
    }
    if (ends_with(file, ".ogg")) {
      EXPECT_TRUE(contains(shell.contents(file), "OpusHead")) << file;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Documented, Lines, testing::ValuesIn(documented_lines()));

TEST(DocumentedLines, AreFound) {
  const std::vector<Line> found = documented_lines();
  for (const char* page : {"README.md", "textsegmenter.md", "nllbtranslate.md"})
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Line& line) {
      return line.page == page;
    })) << page;
}

}  // namespace
}  // namespace gst_lingua_tests
