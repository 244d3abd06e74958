// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/config.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;

class ConfigTest : public testing::Test {
 protected:
  ModelConfig read(const std::string& config, const std::string& generation = "") {
    folder_.write("config.json", config);
    if (!generation.empty()) folder_.write("generation_config.json", generation);
    return ModelConfig::read(folder_.path());
  }

  folders::Temporary folder_;
};

TEST_F(ConfigTest, FillsInWhatHuggingFaceFillsIn) {
  const ModelConfig config = read(R"({"model_type":"m2m_100"})");
  EXPECT_EQ(config.vocabulary, 128112);
  EXPECT_EQ(config.width, 1024);
  EXPECT_EQ(config.encoder_layers, 12);
  EXPECT_EQ(config.decoder_ffn, 4096);
  EXPECT_TRUE(config.scale_embedding);
  EXPECT_TRUE(config.tied);
  EXPECT_EQ(config.decoder_start, 2);
  EXPECT_EQ(config.eos, std::vector<int32_t>{2});
  EXPECT_EQ(config.search.beams, 1);
  EXPECT_EQ(config.search.max_length, 20);
}

TEST_F(ConfigTest, TakesTheSearchFromGenerationConfigElseFromConfig) {
  const std::string config = R"({"model_type":"m2m_100","num_beams":5,"max_length":100,
                                 "early_stopping":true})";
  EXPECT_EQ(read(config).search.beams, 5);
  EXPECT_EQ(read(config).search.early_stopping, EarlyStopping::Always);
  const ModelConfig both = read(config, R"({"max_length":200,"eos_token_id":[2,7]})");
  EXPECT_EQ(both.search.beams, 1);
  EXPECT_EQ(both.search.max_length, 200);
  EXPECT_EQ(both.eos, (std::vector<int32_t>{2, 7}));
}

TEST_F(ConfigTest, BoundsALengthThatMeansNoLimit) {
  EXPECT_EQ(read(R"({"model_type":"m2m_100","max_length":1000000000})").search.max_length,
            SearchOptions::most_max_length);
}

TEST_F(ConfigTest, RefusesASearchThatNoRequestCouldAskFor) {
  const std::pair<const char*, const char*> faults[] = {
      {"num_beams", "100"},           {"length_penalty", "1e9"},     {"max_length", "1"},
      {"no_repeat_ngram_size", "-1"}, {"repetition_penalty", "0.0"}, {"repetition_penalty", "[]"},
  };
  for (const auto& [key, value] : faults)
    expect_error(Kind::Corrupt, std::string("\"") + key + "\" is ", [&, key = key, value = value] {
      read(std::string(R"({"model_type":"m2m_100",")") + key + "\":" + value + "}");
    });
}

TEST_F(ConfigTest, ReadsTheBundledModel) {
  const ModelConfig config = ModelConfig::read(folders::demo_model());
  EXPECT_EQ(config.kind, ModelKind::Nllb);
  EXPECT_EQ(config.vocabulary, 16008);
  EXPECT_EQ(config.decoder_layers, 3);
  EXPECT_EQ(config.search.max_length, 200);
}

TEST_F(ConfigTest, NamesTheFileAndTheFault) {
  const auto expect = [&](Kind kind, const std::string& part, const std::string& config) {
    expect_error(kind, part, [&] { read(config); });
  };
  expect(Kind::Corrupt, "is not a JSON object", "");
  expect(Kind::Corrupt, "config.json: is not a JSON object", "[1]");
  expect(Kind::Unavailable, "model_type is \"bart\"", R"({"model_type":"bart"})");
  expect(Kind::Corrupt, "\"d_model\" is \"big\"", R"({"model_type":"m2m_100","d_model":"big"})");
  expect(Kind::Corrupt, "\"d_model\" is -4", R"({"model_type":"m2m_100","d_model":-4})");
  expect(Kind::Corrupt, "\"encoder_layers\" is 1000000",
         R"({"model_type":"m2m_100","encoder_layers":1000000})");
  expect(Kind::Corrupt, "no multiple", R"({"model_type":"m2m_100","decoder_attention_heads":7})");
  expect(Kind::Unavailable, "activation_function \"tanh\"",
         R"({"model_type":"m2m_100","activation_function":"tanh"})");
  expect(Kind::Corrupt, "\"eos_token_id\" is 99999999",
         R"({"model_type":"m2m_100","eos_token_id":[2,99999999]})");
  folders::Temporary empty;
  expect_error(Kind::NotFound, "config.json", [&] { ModelConfig::read(empty.path()); });
}

TEST_F(ConfigTest, RefusesQuantisedWeightsByTheNameOfTheMethod) {
  const std::pair<const char*, const char*> methods[] = {
      {R"({"quant_method":"bitsandbytes","load_in_8bit":true})", "bitsandbytes"},
      {R"({"load_in_4bit":true,"bnb_4bit_quant_type":"nf4"})", "bitsandbytes"},
      {R"({"quant_method":"gptq","bits":4})", "GPTQ"},
      {R"({"quant_method":"awq"})", "AWQ"},
      {R"({"quant_method":"fp8"})", "fp8"},
      {R"({"quant_method":"fbgemm_fp8"})", "fp8"},
      {R"({"quant_method":"compressed-tensors"})", "compressed-tensors"},
      {R"({"bits":8})", "are quantised"},
  };
  for (const auto& [settings, name] : methods)
    expect_error(Kind::Unavailable, name, [&, text = settings] {
      read(R"({"model_type":"m2m_100","quantization_config":)" + std::string(text) + "}");
    });
  EXPECT_EQ(read(R"({"model_type":"m2m_100","quantization_config":null})").width, 1024);
}

TEST_F(ConfigTest, KnowsAFileThatGitLfsHasNotFetched) {
  for (const char* remedy : {"git lfs pull", "hf download", "config.json: "})
    expect_error(Kind::Corrupt, remedy, [&] {
      read("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 846\n");
    });
}

}  // namespace
}  // namespace gst_translate
