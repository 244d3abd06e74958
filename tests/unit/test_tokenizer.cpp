// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/tokenizer.h"

#include <gtest/gtest.h>

#include <string>

#include "gst-translate/model/json.h"
#include "gst-translate/model/sentencepiece_model.h"
#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;

Tokenizer open(const std::string& folder) {
  return Tokenizer::open(folder, ModelConfig::read(folder));
}

class TokenizerTest : public testing::Test {
 protected:
  Tokenizer tokenizer_ = open(folders::demo_model());
  int32_t english_ = tokenizer_.languages().id("en");
  int32_t japanese_ = tokenizer_.languages().id("ja-JP");
};

TEST_F(TokenizerTest, GivesTheIdsOfHuggingFace) {
  const Json golden = read_json(folders::test_data("goldens/tokens.json"));
  ASSERT_GE(golden["cases"].size(), 40U);
  for (const auto& item : golden["cases"]) {
    const auto text = item["text"].get<std::string>();
    EXPECT_EQ(tokenizer_.encode(text, english_, japanese_),
              item["source_ids"].get<std::vector<int32_t>>())
        << text << ", goldens made with " << golden["made_with"];
  }
}

TEST_F(TokenizerTest, TakesWhatLooksLikeATokenForText) {
  const auto ids = tokenizer_.encode("</s> eng_Latn", english_, japanese_);
  EXPECT_GT(ids.size(), 5U);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), 2), 1);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), english_), 1);
}

TEST_F(TokenizerTest, GivesTheTextBackWithoutTagsAndUnknownCharacters) {
  const auto ids = tokenizer_.encode("Where is the station?", english_, japanese_);
  EXPECT_EQ(tokenizer_.decode(ids), "Where is the station?");
  EXPECT_EQ(tokenizer_.decode({2, japanese_, 3, 2, 1, -5, 99999}), "");
}

TEST_F(TokenizerTest, PutsUnknownCharactersBack) {
  const auto back = [&](const std::string& source, const std::string& translation) {
    return tokenizer_.decode(tokenizer_.encode(translation, english_, japanese_),
                             tokenizer_.unknown_spans(source), " ");
  };
  EXPECT_TRUE(tokenizer_.unknown_spans("Nothing strange here.").empty());
  // The model's own <unk>s, in their order, whatever characters they stood for.
  EXPECT_EQ(back("We met 𓂀 and 𓃠 there.", "Dort sahen wir 𝄞 und 𝄢."), "Dort sahen wir 𓂀 und 𓃠.");
  // What the model left out comes back at the ends alone.
  EXPECT_EQ(back("Good morning! 😀👍", "Guten Morgen!"), "Guten Morgen! 😀👍");
  EXPECT_EQ(back("Good morning!😀", "Guten Morgen!"), "Guten Morgen!😀");
  EXPECT_EQ(back("😀 Good morning!", "Guten Morgen!"), "😀 Guten Morgen!");
  EXPECT_EQ(back("😀Good morning!", "Guten Morgen!"), "😀Guten Morgen!");
  EXPECT_EQ(back("😀 Good morning! 👍", "𝄞 Guten Morgen!"), "😀 Guten Morgen! 👍");
  EXPECT_EQ(back("Good 😀 morning!", "Guten Morgen!"), "Guten Morgen!");
  // More <unk>s than there are characters stay out, as they do by default.
  EXPECT_EQ(back("Good morning!", "Guten 𝄞 Morgen!"),
            tokenizer_.decode(tokenizer_.encode("Guten 𝄞 Morgen!", english_, japanese_)));
}

TEST_F(TokenizerTest, RefusesACharacterMapThatLeadsOutOfItself) {
  const std::string sound = folders::read(folders::test_data("models/nllb-json/tokenizer.json"));
  const size_t map =
      sound.find("precompiled_charsmap") + std::string("precompiled_charsmap\": \"").size();
  folders::Temporary folder;
  folder.link_all(folders::test_data("models/nllb-json"));
  open(folder.path());
  std::string broken = sound;
  broken.replace(map + 8, 4, "////");  // a unit of the trie
  folder.replace("tokenizer.json", broken);
  expect_error(Kind::Corrupt, "character map", [&] { open(folder.path()); });
  broken = sound;
  broken.replace(map, 4, "////");  // its size
  folder.replace("tokenizer.json", broken);
  expect_error(Kind::Corrupt, "character map", [&] { open(folder.path()); });
}

TEST_F(TokenizerTest, KnowsItsLanguagesByEveryName) {
  for (const char* code : {"jpn_Jpan", "ja", "ja-JP", "jpn", "JA"})
    EXPECT_EQ(tokenizer_.languages().id(code), 16004) << code;
  EXPECT_EQ(tokenizer_.languages().name(16004), "jpn_Jpan");
  EXPECT_EQ(tokenizer_.languages().names(),
            (std::vector<std::string>{"deu_Latn", "eng_Latn", "fra_Latn", "jpn_Jpan", "spa_Latn"}));
  expect_error(Kind::Settings,
               "does not know the language \"ru\". The model knows deu_Latn, eng_Latn",
               [&] { (void)tokenizer_.languages().id("ru"); });
  expect_error(Kind::Settings, "no language \"klingon\"",
               [&] { (void)tokenizer_.languages().id("klingon"); });
}

TEST_F(TokenizerTest, PutsTheTagWhereTheFolderWantsIt) {
  folders::Temporary folder;
  folder.link_all(folders::demo_model());
  Json settings = read_json(folders::demo_model() + "/tokenizer_config.json");
  settings["legacy_behaviour"] = true;
  folder.replace("tokenizer_config.json", settings.dump());
  const auto ids = open(folder.path()).encode("Hello!", english_, japanese_);
  EXPECT_EQ(ids.back(), english_);
  EXPECT_EQ(ids[ids.size() - 2], 2);
  EXPECT_EQ(tokenizer_.encode("Hello!", english_, japanese_).front(), english_);
}

TEST_F(TokenizerTest, NamesTheFileAndTheFault) {
  folders::Temporary folder;
  folder.link_all(folders::demo_model());
  folder.replace("sentencepiece.bpe.model", "this is no model");
  expect_error(Kind::Corrupt, "sentencepiece.bpe.model", [&] { open(folder.path()); });
  folder.replace("sentencepiece.bpe.model", "");
  expect_error(Kind::Corrupt, "sentencepiece.bpe.model", [&] { open(folder.path()); });
  using Type = SentencepieceModel::Type;
  SentencepieceModel broken;  // sentencepiece throws where a piece has a NUL
  broken.pieces = {{"<unk>", 0, Type::Unknown},
                   {"<s>", 0, Type::Control},
                   {"</s>", 0, Type::Control},
                   {"a", 0},
                   {std::string("\0b", 2), -1}};
  folder.replace("sentencepiece.bpe.model", broken.serialize());
  expect_error(Kind::Corrupt, "failed to insert key", [&] { open(folder.path()); });
  folders::fs::remove(folder.path("sentencepiece.bpe.model"));
  expect_error(Kind::NotFound, "sentencepiece.bpe.model", [&] { open(folder.path()); });
}

TEST_F(TokenizerTest, RefusesLanguagesOutsideTheEmbedding) {
  folders::Temporary folder;
  folder.link_all(folders::demo_model());
  Json config = read_json(folders::demo_model() + "/config.json");
  config["vocab_size"] = 16003;
  folder.replace("config.json", config.dump());
  expect_error(Kind::Corrupt, "the id 16003", [&] { open(folder.path()); });
  config["vocab_size"] = 9000;
  folder.replace("config.json", config.dump());
  expect_error(Kind::Corrupt, "the model only 9000", [&] { open(folder.path()); });
}

TEST_F(TokenizerTest, KnowsAFileThatGitLfsHasNotFetched) {
  for (const char* name : {"sentencepiece.bpe.model", "tokenizer_config.json"}) {
    folders::Temporary folder;
    folder.link_all(folders::demo_model());
    folder.replace(name,
                   "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 489526\n");
    expect_error(Kind::Corrupt, std::string(name) + ": is a pointer of Git LFS",
                 [&] { open(folder.path()); });
  }
}

}  // namespace
}  // namespace gst_translate
