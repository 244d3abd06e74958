// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// A scheduler whose network says what a test wants it to.

#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gst-translate/engine/scheduler.h"
#include "tests/unit/folders.h"

namespace gst_translate {

using Ids = std::vector<int32_t>;

/// A network that says what a test wants it to: the words of the source, or a script.
struct Script {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = true;             // false: encode() waits, so that requests gather
  std::vector<size_t> batches;  // sentences of each encode()
  std::vector<int> beams;       // candidates of each first step
  std::map<int, Ids> answers;   // of the n-th decoder; else the source comes back
  int decoders = 0;
  bool fail = false;
  int fail_from = 1 << 30;    // the n-th decoder and those after it cannot be had
  std::vector<size_t> steps;  // rows of each step
  int layers = 0;             // of an encoder that works until it is interrupted
  std::atomic<int> layers_run{0};
};

struct StubMemory : EncoderMemory {
  std::vector<float> output() const override { return {}; }
  std::vector<Ids> sentences;
};

class StubDecoder : public Decoder {
 public:
  StubDecoder(Script& script, std::vector<Ids> answers)
      : script_(script), answers_(std::move(answers)) {}

  void step(const Ids& /*tokens*/, const Selection& selection, const Interrupt& interrupt,
            Candidates& best) override {
    check(interrupt);
    if (at_ == 0) script_.beams.push_back(selection.candidates);
    script_.steps.push_back(answers_.size());
    const auto count = static_cast<size_t>(selection.candidates);
    best.tokens.assign(answers_.size() * count, -1);
    best.scores.assign(best.tokens.size(), -10);
    for (size_t row = 0; row < answers_.size(); ++row) {
      best.tokens[row * count] = at_ < answers_[row].size() ? answers_[row][at_] : 2;
      best.scores[row * count] = -0.1F;
      // Enough other tokens for the beams to go on with.
      for (size_t i = 1; i < count; ++i)
        best.tokens[row * count + i] = static_cast<int32_t>(40 + i);
    }
    ++at_;
  }

  void reorder(const Ids& rows) override {
    std::vector<Ids> kept;
    for (const int32_t row : rows)
      kept.push_back(answers_[static_cast<size_t>(row)]);
    answers_ = std::move(kept);
  }

 private:
  Script& script_;
  std::vector<Ids> answers_;
  size_t at_ = 0;
};

class StubNetwork : public Network {
 public:
  explicit StubNetwork(Script& script) : script_(script) {}

  std::shared_ptr<const EncoderMemory> encode(const std::vector<Ids>& sentences,
                                              const Interrupt& interrupt) override {
    std::unique_lock lock(script_.mutex);
    script_.batches.push_back(sentences.size());
    script_.changed.notify_all();
    script_.changed.wait(lock, [this] { return script_.open; });
    for (int layer = 0; layer < script_.layers; ++layer) {
      check(interrupt);
      ++script_.layers_run;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (script_.fail) throw std::runtime_error("gone: frame #0, frame #1");
    auto memory = std::make_shared<StubMemory>();
    memory->sentences = sentences;
    return memory;
  }

  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows,
                                  int /*max_length*/) override {
    const auto& stub = static_cast<const StubMemory&>(*memory);
    const std::lock_guard lock(script_.mutex);
    if (script_.decoders >= script_.fail_from) throw std::bad_alloc();
    const auto scripted = script_.answers.find(script_.decoders++);
    std::vector<Ids> answers;
    for (const DecoderRow& row : rows) {
      const Ids& source = stub.sentences[static_cast<size_t>(row.sentence)];
      answers.push_back(scripted != script_.answers.end() ? scripted->second
                                                          : Ids(source.begin() + 1, source.end()));
    }
    return std::make_unique<StubDecoder>(script_, std::move(answers));
  }

  int64_t bytes() const override { return 0; }

 private:
  Script& script_;
};

class ScriptedScheduler : public testing::Test {
 protected:
  void start(int batch_size = 32) {
    batch_size_ = batch_size;
    const ModelConfig config = ModelConfig::read(folders::demo_model());
    scheduler_ = std::make_unique<Scheduler>(std::make_unique<StubNetwork>(script_),
                                             Tokenizer::open(folders::demo_model(), config), config,
                                             ModelInfo());
  }

  TranslationRequest request(const std::string& text, bool guards = false) const {
    TranslationRequest request;
    request.batch_size = batch_size_;
    request.text = text;
    request.source = "en";
    request.targets = {"en"};
    request.guards = guards;
    return request;
  }

  std::string translate(const std::string& text) {
    return scheduler_->submit(request(text)).get().translations[0].text;
  }

  /// Holds the engine's thread inside a batch until `release`.
  std::future<TranslationResult> hold() {
    script_.open = false;
    auto future = scheduler_->submit(request("Hold."));
    std::unique_lock lock(script_.mutex);
    script_.changed.wait(lock, [this] { return !script_.batches.empty(); });
    return future;
  }

  void release() {
    const std::lock_guard lock(script_.mutex);
    script_.open = true;
    script_.changed.notify_all();
  }

  Ids ids_of(const std::string& text) {
    const ModelConfig config = ModelConfig::read(folders::demo_model());
    Ids ids = Tokenizer::open(folders::demo_model(), config).encode(text, 16002, 16001);
    return {ids.begin() + 1, ids.end()};
  }

  Script script_;
  int batch_size_ = 32;
  std::unique_ptr<Scheduler> scheduler_;
};

}  // namespace gst_translate
