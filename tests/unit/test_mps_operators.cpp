// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an Apple GPU would be asked for, found without one: the operators that libtorch runs while
// texts are translated, each looked up in the list of kernels that this libtorch was generated
// from.

// A class of libtorch's has a member more where this is not set; its packages are built with it.
#if !defined(NDEBUG)
#define NDEBUG
#endif

#include <ATen/record_function.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gst-translate/decode/gpu/metal_runtime.h"
#include "gst-translate/decode/gpu/network.h"
#include "gst-translate/decode/torch/torch_network.h"
#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

using torch_backend::TorchNetwork;

/// native_functions.yaml: which devices have kernels for which operators.
class Kernels {
 public:
  Kernels() {
    std::ifstream file(std::getenv("GST_LINGUA_NATIVE_FUNCTIONS"));
    std::string line;
    Operator* current = nullptr;
    bool lists = false;
    while (std::getline(file, line)) {
      if (line.rfind("- func: ", 0) == 0) {
        current = &operators_[line.substr(8, line.find('(') - 8)];
        lists = false;
      } else if (current != nullptr && line.rfind("  structured_delegate: ", 0) == 0) {
        current->delegate = line.substr(23, line.find_last_not_of(" \r") - 22);
      } else if (current != nullptr && line.rfind("  dispatch:", 0) == 0) {
        lists = current->lists = true;
      } else if (lists && line.rfind("    ", 0) == 0) {
        std::istringstream keys(line.substr(4, line.find(':') - 4));
        for (std::string key; std::getline(keys, key, ',');)
          current->keys.insert(key.substr(key.find_first_not_of(' ')));
      } else if (line.rfind("    ", 0) != 0) {
        lists = false;
      }
    }
  }

  size_t count() const { return operators_.size(); }

  bool has_kernel(const std::string& name) const {
    const auto found = operators_.find(name);
    if (found == operators_.end()) return false;
    if (!found->second.delegate.empty()) return has_kernel(found->second.delegate);
    return found->second.keys.count("MPS") > 0;
  }

  /// Made of other operators, wherever it has no kernel of its own.
  bool is_composite(const std::string& name) const {
    const auto found = operators_.find(name);
    if (found == operators_.end() || !found->second.delegate.empty()) return false;
    const auto& keys = found->second.keys;
    return !found->second.lists || std::any_of(keys.begin(), keys.end(), [](const auto& key) {
      return key.rfind("Composite", 0) == 0;
    });
  }

 private:
  struct Operator {
    std::set<std::string> keys;
    std::string delegate;
    bool lists = false;
  };
  std::map<std::string, Operator> operators_;
};

const Kernels& kernels() {
  static const Kernels kernels;
  return kernels;
}

/// Records what is run while it lives. One at a time, of this thread.
class Recorder {
 public:
  Recorder() {
    running() = this;
    handle_ = at::addThreadLocalCallback(at::RecordFunctionCallback(begin, end)
                                             .needsInputs(true)
                                             .scopes({at::RecordScope::FUNCTION}));
  }
  ~Recorder() {
    at::removeCallback(handle_);
    running() = nullptr;
  }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// What an Apple GPU could not run, or would have to wait for.
  const std::set<std::string>& forbidden() const { return forbidden_; }
  const std::set<std::string>& operators() const { return operators_; }
  /// The operators, each with the shapes of its inputs.
  const std::set<std::string>& shapes() const { return shapes_; }

 private:
  static Recorder*& running() {
    static thread_local Recorder* running = nullptr;
    return running;
  }

  static std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& function) {
    const auto name = function.operator_name();
    running()->enter(
        name ? name->overload_name.empty() ? name->name : name->name + '.' + name->overload_name
             : std::string(function.name()),
        function.inputs());
    return nullptr;
  }
  static void end(const at::RecordFunction&, at::ObserverContext*) { running()->open_.pop_back(); }

  void enter(std::string name, c10::ArrayRef<const c10::IValue> inputs) {
    if (name.rfind("aten::", 0) == 0) name = name.substr(6);
    // What an operator with a kernel of its own does inside is the other device's own affair.
    const bool inside = !open_.empty() && open_.back();
    open_.push_back(inside || kernels().has_kernel(name));
    if (inside) return;
    operators_.insert(name);
    static const std::set<std::string> waits = {"item",    "_local_scalar_dense", "is_nonzero",
                                                "nonzero", "masked_select",       "_unique2",
                                                "equal",   "nonzero_numpy"};
    if (waits.count(name.substr(0, name.find('.'))) > 0) forbidden_.insert(name + " waits");
    if (!kernels().has_kernel(name) && !kernels().is_composite(name))
      forbidden_.insert(name + " has no kernel");
    std::string shapes = name;
    for (const auto& input : inputs) {
      if (!input.isTensor() || !input.toTensor().defined()) continue;
      if (input.toTensor().scalar_type() == at::kDouble &&
          !input.toTensor().unsafeGetTensorImpl()->is_wrapped_number())
        forbidden_.insert(name + " of float64");
      shapes += " [";
      for (const int64_t size : input.toTensor().sizes())
        shapes += std::to_string(size) + ' ';
      shapes += ']';
    }
    shapes_.insert(shapes);
  }

  at::CallbackHandle handle_ = 0;
  std::vector<bool> open_;
  std::set<std::string> forbidden_, operators_, shapes_;
};

std::string in_lines(const std::set<std::string>& items) {
  std::string lines;
  for (const auto& item : items)
    lines += item + '\n';
  return lines;
}

class MpsOperators : public testing::Test {
 protected:
  MpsOperators() {
    const std::string folder = folders::test_data("models/nllb");
    NetworkPlace place{"cpu", "float32", 1};
    network_ = torch_backend::load_torch_network(Weights::open(folder), ModelConfig::read(folder),
                                                 place, {});
    network_->fill_up_lengths();
  }

  std::vector<int32_t> sentence(size_t length) const {
    std::vector<int32_t> ids;
    for (size_t i = 0; i + 1 < length; ++i)
      ids.push_back(static_cast<int32_t>(4 + (i * 31 + length * 7) % 500));
    ids.push_back(2);
    return ids;
  }

  /// As a search does it: a prompt of two tokens, then single ones, rows in a new order.
  void translate(const std::vector<size_t>& lengths, int beams, int tokens, bool rules) {
    std::vector<std::vector<int32_t>> sentences;
    std::vector<DecoderRow> rows;
    for (const size_t length : lengths) {
      sentences.push_back(sentence(length));
      for (int beam = 0; beam < beams; ++beam)
        rows.push_back({static_cast<int32_t>(sentences.size()) - 1, "deu_Latn", false});
    }
    const auto decoder = network_->decode(network_->encode(sentences, {}), rows, tokens + 2);
    Selection selection;
    selection.candidates = beams == 1 ? 1 : 2 * beams;
    selection.scores = beams > 1;
    if (beams > 1) selection.domain = Selection::Domain::LogProbabilities;
    if (rules) {
      selection.repetition_penalty = 1.2F;
      selection.seen.assign(rows.size(), {5, 9});
      selection.banned.assign(rows.size(), {7});
    }
    std::vector<int32_t> prompt(rows.size() * 2, 2), order(rows.size());
    for (size_t row = 0; row < rows.size(); ++row)
      order[row] = static_cast<int32_t>(row - row % static_cast<size_t>(beams));
    Candidates candidates;
    decoder->step(prompt, selection, {}, candidates);
    for (int i = 0; i < tokens; ++i) {
      if (beams > 1) decoder->reorder(order);
      decoder->step(std::vector<int32_t>(rows.size(), 4 + i % 500), selection, {}, candidates);
    }
  }

  std::unique_ptr<TorchNetwork> network_;
};

TEST_F(MpsOperators, AreAllThereAndWaitForNothing) {
  ASSERT_GT(kernels().count(), 1000U);
  const Recorder recorder;
  for (const int beams : {1, 4}) {
    for (const bool rules : {false, true}) {
      translate({5}, beams, 3, rules);
      translate({3, 40, 12}, beams, 40, rules);
    }
  }
  EXPECT_EQ(in_lines(recorder.forbidden()), "");
  EXPECT_TRUE(recorder.operators().count("linear") > 0) << in_lines(recorder.operators());
}

TEST_F(MpsOperators, AreAllThereThatRoundAModel) {
  const std::string folder = folders::test_data("models/nllb");
  NetworkPlace place{"cpu", "int8", 1};
  const Recorder recorder;
  const auto network =
      gpu::with_kernels(torch_backend::load_torch_network(Weights::open(folder),
                                                          ModelConfig::read(folder), place, {}),
                        gpu::open_metal_runtime(at::kCPU));
  std::string lacks;
  for (const std::string& line : recorder.forbidden())
    if (line.find(" waits") == std::string::npos) lacks += line + '\n';
  EXPECT_EQ(lacks, "");
  EXPECT_TRUE(recorder.operators().count("round") > 0) << in_lines(recorder.operators());
}

TEST_F(MpsOperators, HaveNoMoreShapesThanTheFirstTextsHad) {
  const Recorder recorder;
  for (const int beams : {1, 4}) {
    translate({10}, beams, 70, false);
    translate({40}, beams, 70, false);
  }
  const std::set<std::string> first = recorder.shapes();
  for (size_t i = 0; i < 200; ++i)
    translate({1 + i * 13 % 64}, i % 2 == 0 ? 1 : 4, i % 20 == 0 ? 70 : 3 + static_cast<int>(i % 7),
              false);
  std::set<std::string> more;
  std::set_difference(recorder.shapes().begin(), recorder.shapes().end(), first.begin(),
                      first.end(), std::inserter(more, more.begin()));
  EXPECT_EQ(in_lines(more), "");
}

TEST_F(MpsOperators, AreAllThereThatFoldASentenceAndHaveFewShapes) {
  const auto network = gpu::with_kernels(std::move(network_), gpu::open_metal_runtime(at::kCPU));
  std::set<std::string> products;
  for (const size_t length : {20U, 1U, 7U, 32U}) {
    const auto memory = network->encode({sentence(length)}, {});
    const Recorder recorder;
    network->decode(memory, {{0, "deu_Latn", false}}, 20);
    EXPECT_EQ(in_lines(recorder.forbidden()), "");
    for (const std::string& shapes : recorder.shapes())
      if (shapes.rfind("bmm", 0) == 0) products.insert(shapes);
  }
  EXPECT_EQ(products.size(), 3U) << in_lines(products);
}

TEST_F(MpsOperators, TranslateTheSameWithLengthsFilledUp) {
  const std::string folder = folders::test_data("models/nllb");
  NetworkPlace place{"cpu", "float32", 1};
  const auto plain = torch_backend::load_torch_network(Weights::open(folder),
                                                       ModelConfig::read(folder), place, {});
  const auto scores = [&](TorchNetwork& network) {
    const auto decoder = network.decode(network.encode({sentence(7), sentence(33)}, {}),
                                        {{0, "", false}, {1, "", false}}, 50);
    Selection selection;
    selection.candidates = 5;
    selection.scores = true;
    Candidates candidates;
    decoder->step({2, 9, 2, 11}, selection, {}, candidates);
    for (int i = 0; i < 40; ++i) {
      decoder->reorder({1, 0});
      decoder->step({20 + i, 300 - i}, selection, {}, candidates);
    }
    return candidates;
  };
  const Candidates wanted = scores(*plain), got = scores(*network_);
  EXPECT_EQ(got.tokens, wanted.tokens);
  for (size_t i = 0; i < wanted.scores.size(); ++i)
    EXPECT_NEAR(got.scores[i], wanted.scores[i], 1e-4);
}

TEST_F(MpsOperators, AreToldWhereTheyAreForbidden) {
  const c10::InferenceMode guard;
  const at::Tensor numbers = at::ones({3, 3});
  const auto told = [&](auto run) {
    const Recorder recorder;
    run();
    return in_lines(recorder.forbidden());
  };
  EXPECT_EQ(told([&] { at::matmul(numbers, numbers).relu(); }), "");
  EXPECT_NE(told([&] { numbers.sum().item<float>(); }).find("waits"), std::string::npos);
  EXPECT_NE(told([&] { at::nonzero(numbers); }).find("nonzero waits"), std::string::npos);
  EXPECT_NE(told([&] { at::geqrf(numbers); }).find("geqrf has no kernel"), std::string::npos);
  EXPECT_NE(told([&] { at::relu(numbers.to(at::kDouble)); }).find("float64"), std::string::npos);
}

}  // namespace
}  // namespace gst_translate
