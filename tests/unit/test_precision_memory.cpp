// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/cpu/precision_memory.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "gst-translate/decode/cpu/kernels.h"
#include "gst-translate/decode/cpu/network.h"
#include "gst-translate/model/tokenizer.h"
#include "tests/unit/folders.h"

namespace gst_translate::cpu {
namespace {

namespace fs = folders::fs;

// NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
/// An environment variable, set or (nullptr) unset for one test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    set(value);
  }
  ~Variable() { set(old_.empty() ? nullptr : old_.c_str()); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) {
    if (value == nullptr)
      unsetenv(name_);
    else
      setenv(name_, value, 1);
  }

  const char* name_;
  std::string old_;
};
// NOLINTEND(concurrency-mt-unsafe)

class PrecisionMemoryTest : public testing::Test {
 protected:
  PrecisionMemoryTest() { model_.link_all(folders::demo_model()); }

  PrecisionMemory memory(const std::string& kernels = "avx2") const {
    return {Weights::open(model_.path()), kernels};
  }
  /// A model's file that is no link, for a test to change.
  std::string own_file() const {
    const std::string name = "model-00004-of-00004.safetensors";
    model_.replace(name, folders::read(folders::demo_model() + "/" + name));
    return model_.path(name);
  }
  /// Opens the network as a user who leaves the precision to it.
  std::string chosen_precision() const {
    const ModelConfig config = ModelConfig::read(model_.path());
    NetworkPlace place{"cpu", "auto", 1};
    open_cpu_network(Weights::open(model_.path()), config,
                     Tokenizer::open(model_.path(), config).token_texts(), place, {});
    return place.precision;
  }

  folders::Temporary model_, cache_;
  const Variable variable_{"XDG_CACHE_HOME", cache_.path().c_str()};
};

TEST_F(PrecisionMemoryTest, RecallsWhatItRemembered) {
  EXPECT_EQ(memory().recall(), "");
  memory().remember("float16");
  EXPECT_EQ(memory().recall(), "float16");
  memory().remember("int8");
  EXPECT_EQ(memory().recall(), "int8");
}

TEST_F(PrecisionMemoryTest, IsOfOneKindOfKernels) {
  memory("avx2").remember("float16");
  EXPECT_EQ(memory("avx512").recall(), "");
}

TEST_F(PrecisionMemoryTest, ForgetsAModelThatChanges) {
  const std::string file = own_file();
  memory().remember("float16");
  EXPECT_EQ(memory().recall(), "float16");
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_EQ(memory().recall(), "");
}

TEST_F(PrecisionMemoryTest, FailsNothingWithoutACacheFolder) {
  {
    cache_.write("file", "");
    const Variable below_a_file("XDG_CACHE_HOME", cache_.path("file").c_str());
    memory().remember("int8");
    EXPECT_EQ(memory().recall(), "");
  }
  const Variable no_cache("XDG_CACHE_HOME", nullptr), no_home("HOME", nullptr);
  memory().remember("int8");
  EXPECT_EQ(memory().recall(), "");
  EXPECT_EQ(chosen_precision(), "int8");
}

TEST_F(PrecisionMemoryTest, LiesInTheHomeFolderUnlessTheUserSaysOtherwise) {
  const Variable no_cache("XDG_CACHE_HOME", nullptr), home("HOME", cache_.path().c_str());
  memory().remember("int8");
  EXPECT_TRUE(fs::is_directory(cache_.path(".cache/gst-lingua/precision")));
}

TEST_F(PrecisionMemoryTest, TakesNothingElseForAPrecision) {
  memory().remember("int8");
  for (const auto& entry : fs::directory_iterator(cache_.path("gst-lingua/precision")))
    cache_.write("gst-lingua/precision/" + entry.path().filename().string(), "int");
  EXPECT_EQ(memory().recall(), "");
}

TEST_F(PrecisionMemoryTest, TheNetworkAsksIt) {
  const PrecisionMemory memory(Weights::open(model_.path()), best_kernels().name);
  EXPECT_EQ(chosen_precision(), "int8");
  EXPECT_EQ(memory.recall(), "int8");
  memory.remember("float16");
  EXPECT_EQ(chosen_precision(), "float16");
}

}  // namespace
}  // namespace gst_translate::cpu
