// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/self_test.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gst-translate/decode/gpu/emulated_runtime.h"
#include "gst-translate/decode/gpu/metal_runtime.h"
#include "gst-translate/decode/gpu/network.h"
#include "tests/unit/folders.h"
#include "tests/unit/heard_log.h"
#include "tests/unit/metal/emulated_metal.h"

namespace gst_translate {
namespace {

using torch_backend::TorchNetwork;

std::unique_ptr<TorchNetwork> load(const std::string& kind, const std::string& precision) {
  const std::string folder = folders::test_data("models/" + kind);
  NetworkPlace place{"cpu", precision, 1};
  return torch_backend::load_torch_network(Weights::open(folder), ModelConfig::read(folder), place,
                                           {});
}

enum class Fault { InEncoder, InDecoder, InInt8 };

/// The kernels, with one matrix in the place of another, as a wrong index would have it.
class FaultyRuntime : public gpu::Runtime {
 public:
  explicit FaultyRuntime(Fault fault) : fault_(fault) {}

  gpu::SharedMemory share(size_t bytes) override { return right_->share(bytes); }
  std::unique_ptr<gpu::RecordedPass> record(const gpu::DecoderPass& pass) override {
    return right_->record(fault_ == Fault::InEncoder ? pass : spoilt(pass));
  }
  std::unique_ptr<gpu::RecordedPass> record(const gpu::EncoderPass& pass) override {
    return right_->record(fault_ == Fault::InEncoder ? spoilt(pass) : pass);
  }
  size_t shared_limit() const override { return right_->shared_limit(); }
  void check() override {}
  void wait() override {}

 private:
  template <typename Pass>
  Pass spoilt(Pass pass) {
    models_.push_back(std::make_unique<gpu::ModelView>(*pass.model));
    gpu::ModelView& model = *models_.back();
    if (fault_ == Fault::InInt8)
      std::swap(model.decoder[0].self_out.rounded, model.decoder[0].cross_out.rounded);
    else
      std::swap(model.decoder[0].self_out, model.decoder[0].cross_out);
    model.encoder[0].self_out.bias = model.encoder[0].fc2.weight;
    pass.model = &model;
    return pass;
  }

  const Fault fault_;
  const std::unique_ptr<gpu::Runtime> right_ = gpu::open_emulated_runtime(gpu::Order::Ascending);
  std::vector<std::unique_ptr<gpu::ModelView>> models_;
};

/// What is warned of when a model is opened on such a runtime.
std::string warnings_of(const std::string& precision,
                        const std::function<std::unique_ptr<gpu::Runtime>()>& open,
                        bool& has_kernels) {
  const HeardLog heard;
  const auto network = gpu::with_checked_kernels(load("nllb", precision), open);
  has_kernels = dynamic_cast<TorchNetwork*>(network.get()) == nullptr;
  return heard.text();
}

TEST(SelfTest, AgreesWithItself) {
  for (const char* kind : {"nllb", "m2m100", "small100"}) {
    for (const char* precision : {"float32", "bfloat16"})
      EXPECT_EQ(torch_backend::wrong_on_its_device(*load(kind, precision)), "")
          << kind << " in " << precision;
  }
}

TEST(SelfTest, TellsAWrongWeightOfAnyPart) {
  const auto network = load("nllb", "float32");
  const auto trusted = torch_backend::excerpt(*network, at::kCPU, at::kFloat);
  const auto wrong_with = [&](auto spoil) {
    torch_backend::Parameters parameters = network->parameters();
    spoil(parameters);
    const TorchNetwork spoilt(std::move(parameters), network->config(), network->options(), 1);
    const auto tried = torch_backend::excerpt(spoilt, at::kCPU, at::kFloat);
    return torch_backend::difference(*tried, *trusted, trusted->config(), at::kFloat);
  };
  EXPECT_EQ(wrong_with([](auto&) {}), "");
  EXPECT_NE(wrong_with([](auto& p) {
              p.encoder[0].fc1.weight = p.encoder[0].fc1.weight.roll(1, 0);
            }).find("the encoder's states"),
            std::string::npos);
  EXPECT_NE(wrong_with([](auto& p) {
              p.decoder[0].cross_kv.weight = p.decoder[0].cross_kv.weight.roll(1, 0);
            }).find("the scores of the best tokens"),
            std::string::npos);
  EXPECT_NE(wrong_with([](auto& p) { p.head = p.head.roll(1, 0); }), "");
  EXPECT_NE(wrong_with([](auto& p) { p.head = p.head * std::nan(""); }).find("none"),
            std::string::npos);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they know no fibers
TEST(SelfTest, SwitchesKernelsOffThatComputeSomethingElse) {
  bool has_kernels = false;
  const auto right = [] { return gpu::open_emulated_runtime(gpu::Order::Ascending); };
  for (const char* precision : {"bfloat16", "int8"}) {
    EXPECT_EQ(warnings_of(precision, right, has_kernels).find("something else"), std::string::npos);
    EXPECT_TRUE(has_kernels) << precision;
  }
  for (const Fault fault : {Fault::InEncoder, Fault::InDecoder, Fault::InInt8}) {
    const std::string warnings = warnings_of(
        fault == Fault::InInt8 ? "int8" : "bfloat16",
        [=] { return std::make_unique<FaultyRuntime>(fault); }, has_kernels);
    EXPECT_FALSE(has_kernels);
    EXPECT_NE(warnings.find("libtorch is used instead"), std::string::npos) << warnings;
    EXPECT_NE(warnings.find(fault == Fault::InEncoder ? "the encoder's states"
                                                      : "the scores of the best tokens"),
              std::string::npos)
        << warnings;
  }
  warnings_of(
      "bfloat16", [] { return nullptr; }, has_kernels);
  EXPECT_FALSE(has_kernels);
}

TEST(SelfTest, SwitchesKernelsOffThatMetalDoesNotCompile) {
  bool has_kernels = true;
  const auto open = [] { return gpu::open_metal_runtime(at::kCPU); };
  set_metal_complaint("program_source:1:1: error: expected ';'");
  const std::string warnings = warnings_of("bfloat16", open, has_kernels);
  EXPECT_FALSE(has_kernels);
  EXPECT_NE(warnings.find("libtorch is used instead: program_source:1:1: error: expected ';'"),
            std::string::npos)
      << warnings;
  set_metal_complaint("");
  EXPECT_EQ(warnings_of("bfloat16", open, has_kernels).find("instead"), std::string::npos);
  EXPECT_TRUE(has_kernels);
}
#endif

}  // namespace
}  // namespace gst_translate
