// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <cstdint>

#include "gst-translate/text/language.h"
#include "gst-translate/text/script.h"

using gst_translate::is_cjk;
using gst_translate::languages;
using gst_translate::script_share;

namespace {

TEST(Script, ShareOfLetters) {
  EXPECT_DOUBLE_EQ(script_share("Good morning!", "Latn").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("Good morning!", "Cyrl").share(), 0);
  EXPECT_DOUBLE_EQ(script_share("Добрый день", "Cyrl").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("Straße, naïve, Ünï", "Latn").share(), 1);
  const auto mixed = script_share("abc где 42!", "Cyrl");
  EXPECT_EQ(mixed.letters, 6u);
  EXPECT_EQ(mixed.matching, 3u);
}

TEST(Script, EastAsianScriptsAreSeveral) {
  EXPECT_DOUBLE_EQ(script_share("今日はコーヒーを飲む。", "Jpan").share(), 1);
  EXPECT_LT(script_share("今日はコーヒーを飲む。", "Hans").share(), 0.5);
  EXPECT_DOUBLE_EQ(script_share("你好，世界", "Hans").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("你好，世界", "Hant").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("안녕하세요 大韓", "Hang").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("안녕하세요", "Kore").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("안녕하세요", "Jpan").share(), 0);
}

TEST(Script, NoLettersFitEveryScript) {
  for (const char* text : {"", "42", "3.14 % !?", "😀 …", "—", "µ ⓐ"}) {
    EXPECT_EQ(script_share(text, "Latn").letters, 0u) << text;
    EXPECT_DOUBLE_EQ(script_share(text, "Latn").share(), 1) << text;
  }
}

TEST(Script, CombiningMarksDoNotDisturb) {
  EXPECT_DOUBLE_EQ(script_share("हिन्दी में", "Deva").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("ภาษาไทย", "Thai").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("العَرَبِيَّة", "Arab").share(), 1);
  EXPECT_DOUBLE_EQ(script_share("ᱥᱟᱱᱛᱟᱲᱤ", "Olck").share(), 1);
}

TEST(Script, UnknownScriptMatchesNothing) {
  EXPECT_EQ(script_share("abc", "Xxxx").matching, 0u);
  EXPECT_EQ(script_share("abc", "").matching, 0u);
}

TEST(Script, EveryLanguagesScriptIsKnown) {
  // "Latn" writes none of the others' letters, so a code that ICU does not know shows.
  for (const auto& language : languages()) {
    const auto share = script_share("aбαאبहবਪગୟதతಕമසไລཀမაអሀㄱ한漢カⴰᱚՀ", language.script);
    EXPECT_GT(share.matching, 0u) << language.flores << " " << language.script;
  }
}

TEST(Script, Cjk) {
  for (char32_t c : U"日本語ひカー。、！？「」（〜々") {
    if (c == 0) continue;  // the literal's end
    EXPECT_TRUE(is_cjk(c)) << static_cast<uint32_t>(c);
  }
  for (char32_t c : {U'a', U' ', U'.', U'é', U'한', U'я', U'😀', U'…', U'0'})
    EXPECT_FALSE(is_cjk(c)) << static_cast<uint32_t>(c);
}

}  // namespace
