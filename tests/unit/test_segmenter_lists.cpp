// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The lists of words in gst-translate/segment/languages, and those that a user adds.

#include <gtest/gtest.h>

#include <fstream>

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "tests/unit/segmenter_pieces.h"

namespace gst_translate {
namespace {

using Strings = std::vector<std::string>;

class File {
 public:
  explicit File(const std::string& contents) : path_(testing::TempDir() + "list.txt") {
    std::ofstream(path_) << contents;
  }
  ~File() { std::remove(path_.c_str()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Strings split_with(const std::vector<std::string>& lines, std::string_view text) {
  SegmenterOptions options = in_language("en");
  options.abbreviations = lines;
  return texts(segment_bytes(options, text, 0));
}

TEST(SegmenterLists, EveryLanguageHasRulesThatCanBeRead) {
  for (const Language& language : languages())
    EXPECT_EQ(split(language.flores, "1. Foo").size(), 1u) << language.flores;
}

TEST(SegmenterLists, AnAddedAbbreviationNeverEndsASentence) {
  const char* text = "The Xyl. Institute is here. Yes.";
  EXPECT_EQ(split("en", text).size(), 3u);
  EXPECT_EQ(split_with({"Xyl."}, text).size(), 2u);
  EXPECT_EQ(split_with({"# chemistry", "  Foo, Xyl ,Bar  # and more"}, text).size(), 2u);
}

TEST(SegmenterLists, AnEntryInSmallLettersMatchesWithACapitalToo) {
  EXPECT_EQ(split_with({"xyl."}, "Xyl. Institute.").size(), 1u);
  EXPECT_EQ(split_with({"Xyl."}, "The xyl. Institute.").size(), 2u);
  EXPECT_EQ(split_with({"xyl."}, "We saw XYL. Institutes came.").size(), 2u);
  EXPECT_EQ(split_with({"xyl."}, "THE XYL. INSTITUTE.").size(), 1u);
}

TEST(SegmenterLists, EachListHasItsMeaning) {
  EXPECT_EQ(split_with({"[before number]", "Xyl."}, "See Xyl. 5 today. Or Xyl. Institutes.").size(),
            3u);
  EXPECT_EQ(split_with({"[unit]", "xyl."}, "Add 5 xyl. 3 drops. Take 5 xyl. Then rest.").size(),
            3u);
  EXPECT_EQ(split_with({"[may end]", "xyl."}, "Take a xyl. now. Take a xyl. Then rest.").size(),
            3u);
  EXPECT_EQ(
      split_with({"[ends before starter]", "xyl."}, "The Xyl. Institute. A Xyl. They left.").size(),
      3u);
  EXPECT_EQ(split_with({"[starters]", "behold"}, "The U.S. Behold the sea.").size(), 2u);
  EXPECT_EQ(
      split_with({"ordinals: yes", "[after ordinal]", "Brumaire"}, "On 18. Brumaire it rained.")
          .size(),
      1u);
  EXPECT_EQ(split_with({"[exclamations]", "Xylo"}, "The Xylo! Institute.").size(), 1u);
  EXPECT_EQ(split_with({"[elisions]", "xylo"}, "'Xylo is here. It rains. 'Tis odd.").size(), 3u);
  EXPECT_EQ(split_with({"[extensions]", "xylo"}, "The ship.Xylo sails.").size(), 1u);
}

size_t sentences_with_file(const std::string& list) {
  const File file(list);
  SegmenterOptions options = in_language("en");
  options.abbreviations = load_abbreviations(file.path());
  return texts(segment_bytes(options, "The Xyl. Institute has Quux. 5 now. Yes.", 0)).size();
}

TEST(SegmenterLists, AFileIsReadLineByLine) {
  EXPECT_EQ(sentences_with_file("# mine\nXyl.\n\n[before number]\nQuux.\n"), 2u);
}

TEST(SegmenterLists, AFileMayBeOfAnyEditor) {
  EXPECT_EQ(sentences_with_file("\xef\xbb\xbfXyl.\r\n\r\n[before number]\r\nQuux.\r\n"), 2u);
}

std::string error_of(const std::string& path) {
  try {
    load_abbreviations(path);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(SegmenterLists, AnErrorNamesTheFileAndTheLine) {
  EXPECT_NE(error_of("/nowhere/list.txt").find("/nowhere/list.txt"), std::string::npos);
  const File unknown("Xyl.\n[tittles]\n");
  EXPECT_NE(error_of(unknown.path()).find(unknown.path() + ":2: there is no list \"tittles\""),
            std::string::npos);
  const File latin1("Xyl.\ncaf\xe9.\n");
  EXPECT_NE(error_of(latin1.path()).find(":2: this is not UTF-8"), std::string::npos);
  const File utf16(std::string("\xFF\xFE\0\1 ", 5) + "\n");
  EXPECT_NE(error_of(utf16.path()).find(":1: this is not UTF-8"), std::string::npos);
  const File open("[unit\n");
  EXPECT_NE(error_of(open.path()).find(":1: "), std::string::npos);
  const File letters("\n\n...\n");
  EXPECT_NE(error_of(letters.path()).find(":3: \"...\" has no letter"), std::string::npos);
  const File ordinals("ordinals: maybe\n");
  EXPECT_NE(error_of(ordinals.path()).find("yes or no"), std::string::npos);
  const File endless(std::string(100, 'x') + "\n");
  EXPECT_NE(error_of(endless.path()).find("longer than"), std::string::npos);
  EXPECT_NE(error_of(testing::TempDir()), "") << "a folder";
}

TEST(SegmenterLists, AWrongLineIsAnErrorOfTheConstructorToo) {
  SegmenterOptions options = in_language("en");
  options.abbreviations = {"[nonsense]"};
  EXPECT_THROW(Segmenter{options}, Error);
  Segmenter segmenter(in_language("en"));
  segmenter.push("Mr. Hill ");
  EXPECT_THROW(segmenter.set_options(options), Error);
  segmenter.push("left. Yes.");
  EXPECT_EQ(texts(finish(segmenter)), (Strings{"Mr. Hill left.", "Yes."}));
}

}  // namespace
}  // namespace gst_translate
