// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "gst-translate/decode/network.h"
#include "gst-translate/decode/search.h"
#include "gst-translate/engine/translator.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"

namespace gst_translate {

/// The translator that works on this machine: one thread takes what waits, a batch at a time, and
/// runs the network over it. Requests whose deadline is nearest go first.
class Scheduler : public Translator {
 public:
  Scheduler(std::unique_ptr<Network> network, Tokenizer tokenizer, ModelConfig config,
            ModelInfo info, int batch_size);
  ~Scheduler() override;

  std::future<TranslationResult> submit(TranslationRequest request) override;
  const ModelInfo& model() const override { return info_; }
  Stats stats() const override;

 private:
  struct Job;
  class Batch;

  void run();
  std::vector<std::unique_ptr<Job>> take_batch(std::unique_lock<std::mutex>& lock);
  void translate(std::vector<std::unique_ptr<Job>>& jobs);

  const std::unique_ptr<Network> network_;
  const Tokenizer tokenizer_;
  const ModelConfig config_;
  const ModelInfo info_;
  const size_t batch_size_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> queue_;
  std::atomic<bool> stopping_{false};
  Stats stats_;
  std::thread worker_;
};

}  // namespace gst_translate
