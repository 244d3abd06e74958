// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every command of README.md and docs/, run as it is written there, in a copy of examples/text.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

namespace fs = std::filesystem;

/// A page and what it has one type.
struct Page {
  std::string name;
  std::vector<std::string> commands;
};

void PrintTo(const Page& page, std::ostream* out) {
  *out << page.name;
}

bool starts_with(const std::string& text, const std::string& start) {
  return text.rfind(start, 0) == 0;
}

/// A whole command, not one that only shows how it is built.
bool is_command(const std::string& text) {
  if (contains(text, "...") || !contains(text, "gst-")) return false;
  return starts_with(text, "gst-launch-1.0 ") || starts_with(text, "gst-translate ") ||
         starts_with(text, "gst-tts ") || starts_with(text, "gst-lingua-dub ") ||
         starts_with(text, "echo ") || starts_with(text, "(for ");
}

/// The pages with the commands in their console fences, or indented by four as README.md has them,
/// in order, each once.
std::vector<Page> documented_pages() {
  std::vector<fs::path> paths = {SOURCE_ROOT "/README.md"};
  for (const auto& entry : fs::directory_iterator(SOURCE_ROOT "/docs"))
    if (entry.path().extension() == ".md") paths.push_back(entry.path());
  std::sort(paths.begin() + 1, paths.end());
  std::vector<Page> pages;
  for (const fs::path& path : paths) {
    Page page{path.parent_path().filename() == "docs" ? "docs/" + path.filename().string()
                                                      : path.filename().string(),
              {}};
    bool fenced = false;
    for (const std::string& text : lines(read_file(path))) {
      if (starts_with(text, "```")) fenced = text == "```console";
      const bool indented = starts_with(text, "    ") && contains(text, "gst-launch-1.0 ");
      const std::string command = text.substr(std::min(text.find_first_not_of(' '), text.size()));
      if ((fenced || indented) && is_command(command) &&
          std::find(page.commands.begin(), page.commands.end(), command) == page.commands.end())
        page.commands.push_back(command);
    }
    if (!page.commands.empty()) pages.push_back(std::move(page));
  }
  return pages;
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

/// What a command has left behind, and what it says.
void expect_result(const Shell& shell, const std::string& line, const Output& output) {
  const std::vector<std::string> models = values(line, "model");
  if (!models.empty() && contains(models[0], "facebook/")) {
    EXPECT_NE(output.status, 0);
    EXPECT_TRUE(contains(output.err, models[0])) << output.err;
    return;
  }
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_FALSE(contains(output.err, "CRITICAL")) << output.err;
  if (contains(line, "dump=true")) {
    EXPECT_TRUE(contains(output.out, "00000000 (")) << output.out;
  }
  for (const std::string& file : values(line, "filesink location")) {
    EXPECT_FALSE(shell.contents(file).empty()) << file;
    if (ends_with(file, ".wav")) {
      EXPECT_GT(shell.sound(file).peak(0, 600), speech) << file;
    }
    if (ends_with(file, ".vtt")) {
      EXPECT_EQ(shell.contents(file).rfind("WEBVTT\n", 0), 0u) << file;
    }
    if (ends_with(file, ".ogg") || contains(line, "opusenc")) {
      EXPECT_TRUE(contains(shell.contents(file), "OpusHead")) << file;
    }
  }
}

class Pages : public testing::TestWithParam<Page> {};

/// In order and in one folder: a later command may use what an earlier one made.
TEST_P(Pages, RunAsWritten) {
  const Shell shell;
  for (const auto& entry : fs::directory_iterator(SOURCE_ROOT "/examples/text"))
    fs::copy_file(entry.path(), fs::path(shell.folder()) / entry.path().filename());
  for (const std::string& command : GetParam().commands) {
    SCOPED_TRACE(command);
    // An audio sink takes the time that the sound takes: two sentences of the book are enough.
    if (contains(command, "autoaudiosink")) shell.write("book.txt", "Good morning. It is late.\n");
    expect_result(shell, command, shell.run_line(command));
  }
}

INSTANTIATE_TEST_SUITE_P(Documented, Pages, testing::ValuesIn(documented_pages()));

TEST(DocumentedPages, AreFound) {
  const std::vector<Page> found = documented_pages();
  for (const char* name :
       {"README.md", "docs/recipes.md", "docs/textsegmenter.md", "docs/nllbtranslate.md",
        "docs/ttssynth.md", "docs/gst-tts.md", "docs/translatespeechbin.md", "docs/streaming.md"})
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Page& page) {
      return page.name == name;
    })) << name;
}

}  // namespace
}  // namespace gst_lingua_tests
