// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "gst-translate/model/pickle.h"
#include "gst-translate/model/weights.h"
#include "gst-translate/model/zip.h"
#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;
using namespace std::string_literals;

const std::string m2m100 = folders::test_data("models/m2m100/");

class CheckpointTest : public testing::Test {
 protected:
  void expect_corrupt(const std::string& part, const std::string& content) {
    folder_.write("pytorch_model.bin", content);
    expect_error(Kind::Corrupt, part, [&] { Weights::open(folder_.path()); });
  }

  folders::Temporary folder_;
};

TEST_F(CheckpointTest, ReadsWhatTorchSaves) {
  const Weights weights = Weights::open(m2m100);
  const TensorView& tensor = weights.get("encoder.layers.0.fc1.weight", {48, 32});
  EXPECT_EQ(tensor.type, DataType::Float32);
  // Positions are in old checkpoints and belong to no layer.
  EXPECT_NE(weights.find("encoder.embed_positions.weights"), nullptr);
}

TEST_F(CheckpointTest, ReadsShards) {
  const Weights weights = Weights::open(folders::test_data("models/nllb-bin"));
  EXPECT_EQ(weights.files().size(), 2U);
  EXPECT_EQ(weights.get("shared.weight", {608, 32}).type, DataType::Float16);
}

TEST_F(CheckpointTest, RefusesAFileCutShortAnywhere) {
  const std::string whole = folders::read(m2m100 + "pytorch_model.bin");
  for (size_t size = 0; size < whole.size(); size += std::max<size_t>(1, whole.size() / 97)) {
    folder_.write("pytorch_model.bin", whole.substr(0, size));
    EXPECT_THROW(Weights::open(folder_.path()), Error) << size;
  }
  expect_corrupt("cut short or is no checkpoint", whole.substr(0, whole.size() / 2));
}

TEST_F(CheckpointTest, SurvivesAnyBrokenByteOfItsTables) {
  const std::string whole = folders::read(m2m100 + "pytorch_model.bin");
  const size_t table = whole.find("data.pkl");
  ASSERT_NE(table, std::string::npos);
  for (size_t at = table; at < table + 4000; at += 3) {
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    folder_.write("pytorch_model.bin", broken);
    try {
      Weights::open(folder_.path());
    } catch (const Error&) {  // refusing it is as good as reading it
    }
  }
}

TEST_F(CheckpointTest, RefusesTheOldFormatWithTheRemedy) {
  expect_corrupt("torch before 1.6", "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."s);
}

TEST_F(CheckpointTest, RefusesWhatIsNoCheckpoint) {
  expect_corrupt("too short", "PK");
  expect_corrupt("no checkpoint", std::string(1000, 'x'));
  expect_corrupt("data.pkl is missing", "PK\5\6"s + std::string(18, '\0'));
}

// The pickle itself ------------------------------------------------------------------------------

void expect_refused(const std::string& part, const std::string& pickle) {
  expect_error(Kind::Corrupt, part, [&] { read_state_dict(pickle, "file"); });
}

TEST(Pickle, RunsNothing) {
  // What pickle would call os.system("true") for.
  expect_refused("asks for posix.system",
                 "\x80\x02"
                 "cposix\nsystem\nX\x04\0\0\0true\x85R."s);
  expect_refused("asks for builtins.eval",
                 "\x80\x04\x8c\x08"
                 "builtins\x8c\x04"
                 "eval\x93."s);
  expect_refused("asks for torch.load",
                 "\x80\x02"
                 "ctorch\nload\n."s);
}

TEST(Pickle, RefusesWhatNoStateDictHolds) {
  expect_refused("cut short", "");
  expect_refused("cut short", "\x80");
  expect_refused("cut short",
                 "\x80\x02X\xff\xff\xff\x7f"
                 "abc"s);
  expect_refused("broken table", "\x80\x02."s);
  expect_refused("broken table", "\x80\x02t."s);
  expect_refused("broken table", "\x80\x02h\x05."s);
  expect_refused("broken table", "\x80\x02}K\x01s."s);
  expect_refused("broken table",
                 "\x80\x02"
                 "ccollections\nOrderedDict\nK\x01R."s);
  expect_refused("broken table", "\x80\x02K\x01Q."s);
  expect_refused("no state dict", "\x80\x02K\x01."s);
  expect_refused("no table of tensors holds", "\x80\x02\xfe."s);
  expect_refused("absurd length", std::string(2'000'000, 'N'));
}

TEST(Pickle, IsNotExhaustedByDepth) {
  std::string deep = ")";
  for (int i = 0; i < 200'000; ++i)
    deep += '\x85';
  expect_refused("no state dict", deep + ".");
}

TEST(Pickle, ReadsAnEmptyStateDict) {
  EXPECT_TRUE(read_state_dict("\x80\x02"
                              "ccollections\nOrderedDict\n)R."s,
                              "file")
                  .empty());
}

}  // namespace
}  // namespace gst_translate
