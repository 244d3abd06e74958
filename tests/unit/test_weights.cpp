// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/weights.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using namespace std::string_literals;

std::string safetensors(const std::string& header, const std::string& data) {
  const uint64_t length = header.size();
  std::string file(sizeof length, '\0');
  std::memcpy(file.data(), &length, sizeof length);
  return file + header + data;
}

std::string entry(const std::string& name, const std::string& shape, size_t begin, size_t end) {
  return "\"" + name + R"(":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":[)" +
         std::to_string(begin) + "," + std::to_string(end) + "]}";
}

class WeightsTest : public testing::Test {
 protected:
  void write(const std::string& content) { folder_.write("model.safetensors", content); }

  void expect_corrupt(const std::string& part) {
    expect_error(Kind::Corrupt, part, [&] { Weights::open(folder_.path()); });
  }

  folders::Temporary folder_;
};

TEST_F(WeightsTest, FindsTensorsWithAndWithoutThePrefixOfTheWholeModel) {
  write(safetensors("{\"__metadata__\":{\"format\":\"pt\"}," + entry("model.a", "[2,2]", 0, 16) +
                        "," + entry("b", "[1]", 16, 20) + "}",
                    std::string(20, '\1')));
  const Weights weights = Weights::open(folder_.path());
  EXPECT_EQ(weights.get("a", {2, 2}).bytes, 16U);
  EXPECT_EQ(weights.get("b", {1}).data - weights.get("a", {2, 2}).data, 16);
  EXPECT_EQ(weights.find("c"), nullptr);
  EXPECT_EQ(weights.parameters(), 5);
}

TEST_F(WeightsTest, ReadsTheShardsThatTheIndexNames) {
  folder_.write("one.safetensors", safetensors("{" + entry("a", "[1]", 0, 4) + "}", "1234"));
  folder_.write("two.safetensors", safetensors("{" + entry("b", "[1]", 0, 4) + "}", "5678"));
  folder_.write("model.safetensors.index.json",
                R"({"weight_map":{"a":"one.safetensors","b":"two.safetensors"}})");
  const Weights weights = Weights::open(folder_.path());
  EXPECT_EQ(std::memcmp(weights.get("a", {1}).data, "1234", 4), 0);
  EXPECT_EQ(std::memcmp(weights.get("b", {1}).data, "5678", 4), 0);
}

TEST_F(WeightsTest, TellsAMissingShardByItsName) {
  folder_.write("model.safetensors.index.json", R"({"weight_map":{"a":"gone.safetensors"}})");
  expect_error(Kind::NotFound, "gone.safetensors", [&] { Weights::open(folder_.path()); });
}

TEST_F(WeightsTest, KeepsAnIndexInsideItsFolder) {
  folder_.write("model.safetensors.index.json", R"({"weight_map":{"a":"../../etc/passwd"}})");
  expect_corrupt("is no file name");
}

TEST_F(WeightsTest, TellsWhereThereAreNoWeights) {
  expect_error(Kind::NotFound, "holds no weights", [&] { Weights::open(folder_.path()); });
}

TEST_F(WeightsTest, TellsAMissingTensorAndAWrongShape) {
  write(safetensors("{" + entry("a", "[4]", 0, 16) + "}", std::string(16, '\0')));
  const Weights weights = Weights::open(folder_.path());
  expect_error(Kind::Corrupt, "lack encoder.layer_norm.weight",
               [&] { (void)weights.get("encoder.layer_norm.weight", {4}); });
  expect_error(Kind::Corrupt, "a has the shape [4], config.json says [2, 2]", [&] {
    (void)weights.get("a", {2, 2});
  });
}

TEST_F(WeightsTest, RefusesWhatDoesNotFitTheFile) {
  const std::string good = safetensors("{" + entry("a", "[4]", 0, 16) + "}", std::string(16, '\0'));
  write(good.substr(0, good.size() - 1));
  expect_corrupt("cut short: tensor a ends at byte 16 of 15");
  write(good.substr(0, 20));
  expect_corrupt("cut short");
  write("abc");
  expect_corrupt("too short");
  write("");
  expect_corrupt("too short");
  write(std::string(64, '\xff'));
  expect_corrupt("its header claims");
  write(safetensors("[]", ""));
  expect_corrupt("is not a JSON object");
  write(safetensors("{\"a\"", ""));
  expect_corrupt("is not a JSON object");
  write(safetensors("{\"a\":1}", ""));
  expect_corrupt("tensor a has no description");
  write(safetensors("{\"a\":{}}", ""));
  expect_corrupt("lacks dtype");
  write(safetensors("{" + entry("a", "[3]", 0, 16) + "}", std::string(16, '\0')));
  expect_corrupt("does not fit its shape");
  write(safetensors("{" + entry("a", "[-4]", 0, 16) + "}", std::string(16, '\0')));
  expect_corrupt("does not fit its shape");
  write(safetensors("{" + entry("a", "[4]", 16, 0) + "}", std::string(16, '\0')));
  expect_corrupt("cut short");
  // Sizes whose product wraps around to the right number.
  write(safetensors("{" + entry("a", "[4294967296,4294967296,4]", 0, 16) + "}",
                    std::string(16, '\0')));
  expect_corrupt("does not fit its shape");
}

TEST_F(WeightsTest, OpensTheBundledModel) {
  const Weights weights = Weights::open(folders::demo_model());
  EXPECT_EQ(weights.files().size(), 4U);
  const TensorView& embedding = weights.get("shared.weight", {16008, 384});
  EXPECT_EQ(embedding.type, DataType::BFloat16);
}

TEST_F(WeightsTest, RefusesQuantisedTensorsByName) {
  const auto typed = [](const std::string& name, const std::string& type) {
    return safetensors(
        "{\"" + name + R"(":{"dtype":")" + type + R"(","shape":[4],"data_offsets":[0,4]}})",
        "1234");
  };
  for (const char* type : {"I8", "U8", "F8_E4M3", "F8_E5M2", "F4"}) {
    write(typed("model.encoder.layers.0.fc1.weight", type));
    for (const std::string& part : {std::string("fc1.weight is of type ") + type, "quantised"s})
      expect_error(Kind::Unavailable, part, [&] { Weights::open(folder_.path()); });
  }
  const std::pair<const char*, const char*> names[] = {
      {"model.decoder.layers.0.fc1.qweight", "GPTQ"},
      {"model.decoder.layers.0.fc1.SCB", "bitsandbytes"},
      {"model.decoder.layers.0.fc1.weight.quant_state.bitsandbytes__nf4", "bitsandbytes"},
      {"model.decoder.layers.0.fc1.weight_scale_inv", "fp8"},
  };
  for (const auto& [name, method] : names) {
    write(typed(name, "I32"));
    expect_error(Kind::Unavailable, method, [&] { Weights::open(folder_.path()); });
  }
  // Numbers that belong to no layer are passed over, as before.
  write(typed("position_ids", "I32"));
  EXPECT_EQ(Weights::open(folder_.path()).parameters(), 0);
}

TEST_F(WeightsTest, KnowsAFileThatGitLfsHasNotFetched) {
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 2460457927\n";
  write(pointer);
  expect_corrupt("model.safetensors: is a pointer of Git LFS");
  folder_.replace("model.safetensors", safetensors("{}", ""));
  folder_.replace("pytorch_model.bin", pointer);
  Weights::open(folder_.path());
  folders::fs::remove(folder_.path("model.safetensors"));
  expect_corrupt("pytorch_model.bin: is a pointer of Git LFS");
  folder_.replace("model.safetensors.index.json", pointer);
  expect_corrupt("git lfs pull");
}

}  // namespace
}  // namespace gst_translate
