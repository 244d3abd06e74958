// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The program gst-translate segment, run as a user runs it. GST_TRANSLATE_TOOL names it.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using namespace std::string_literals;

struct Outcome {
  int status = -1;
  std::string out, err;
};

class SegmentTool : public testing::Test {
 protected:
  /// Through the shell: `arguments` is quoted by the caller.
  Outcome run(const std::string& arguments, const std::string& input = "") const {
    folder_.write("in", input);
    const char* tool = std::getenv("GST_TRANSLATE_TOOL");  // NOLINT(concurrency-mt-unsafe)
    const std::string command = "'" + std::string(tool ? tool : "gst-translate") + "' segment " +
                                arguments + " <" + folder_.path("in") + " >" + folder_.path("out") +
                                " 2>" + folder_.path("err");
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, folders::read(folder_.path("out")),
            folders::read(folder_.path("err"))};
  }

  folders::Temporary folder_;
};

TEST_F(SegmentTool, ShowsEachSentenceAfterTheReasonForItsEnd) {
  const Outcome outcome = run("--language en --max-chars 30",
                              "Dr. Smith left. When it rains, we stay at home all day\nlong");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "terminator  Dr. Smith left.\n"
            "length      When it rains,\n"
            "end         we stay at home all day long\n");
}

TEST_F(SegmentTool, CutsTheSameInPiecesOfAnySize) {
  const std::string text = "「行こう！」と言った。Mr. A. B. Lee paid 3.50. Why? « Non. » Fin";
  const std::string whole = run("", text).out;
  EXPECT_FALSE(whole.empty());
  for (const char* size : {"1", "2", "7"})
    EXPECT_EQ(run(std::string("--chunk ") + size, text).out, whole) << size;
}

TEST_F(SegmentTool, PrintsJson) {
  std::istringstream lines(run("--language ja --json", "行こう。\"はい\"").out);
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  const nlohmann::json first = nlohmann::json::parse(line);
  EXPECT_EQ(first["text"], "行こう。");
  EXPECT_EQ(first["reason"], "terminator");
  EXPECT_EQ(first["complete"], true);
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(nlohmann::json::parse(line)["text"], "\"はい\"");
  EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(SegmentTool, TakesAListOfAbbreviations) {
  const std::string text = "I met Quux. Smith today.";
  EXPECT_EQ(run("--language en", text).out, "terminator  I met Quux.\nterminator  Smith today.\n");
  folder_.write("mine.txt", "Quux.  # a title\n");
  EXPECT_EQ(run("--language en --abbreviations " + folder_.path("mine.txt"), text).out,
            "terminator  I met Quux. Smith today.\n");

  folder_.write("wrong.txt", "Quux.\n[no such list]\n");
  const Outcome wrong = run("--abbreviations " + folder_.path("wrong.txt"), text);
  EXPECT_NE(wrong.status, 0);
  EXPECT_NE(wrong.err.find("wrong.txt:2: "), std::string::npos) << wrong.err;
}

TEST_F(SegmentTool, TellsOfBytesThatAreNoText) {
  const Outcome outcome = run("", "日本 \xff two. \xc3");
  EXPECT_EQ(outcome.status, 1) << "not all of it was text";
  EXPECT_EQ(outcome.out, "end         日本 \uFFFD two. \uFFFD\n");
  EXPECT_NE(outcome.err.find("2 sequences"), std::string::npos) << outcome.err;
}

TEST_F(SegmentTool, ReadsFilesInAnyEncoding) {
  folder_.write("a.txt", "\xFF\xFEO\0n\0e\0.\0"s);
  folder_.write("b.txt", "\x93\xFA\x96{\x81\x42");
  const Outcome found = run(folder_.path("a.txt") + " -", "Two.");
  EXPECT_EQ(found.status, 0) << found.err;
  EXPECT_EQ(found.out, "terminator  One.\nterminator  Two.\n");
  const Outcome told = run("--encoding shift_jis --file " + folder_.path("b.txt"));
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_EQ(told.out, "terminator  日本。\n");
}

TEST_F(SegmentTool, RefusesWhatItDoesNotKnow) {
  for (const char* arguments : {"--language xx_nonsense", "--chunk -1", "--join glue", "nosuch.txt",
                                "--encoding klingon", "--file /"})
    EXPECT_EQ(run(arguments).status, 2) << arguments;
}

}  // namespace
}  // namespace gst_translate
