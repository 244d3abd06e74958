// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/decode/search.h"
#include "gst-translate/engine/job.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"

namespace gst_translate {

/// The translator that works on this machine: one thread takes what waits, a batch at a time, and
/// runs the network over it. Requests whose deadline is nearest go first.
class Scheduler : public Translator {
 public:
  Scheduler(std::unique_ptr<Network> network, Tokenizer tokenizer, ModelConfig config,
            ModelInfo info);
  ~Scheduler() override;

  std::vector<std::future<TranslationResult>> submit_all(
      std::vector<TranslationRequest> requests) override;
  const ModelInfo& model() const override { return info_; }
  Stats stats() const override;

 private:
  /// One part of a job, into all of its languages.
  struct JobPart {
    std::shared_ptr<Job> job;
    size_t part = 0;
  };
  /// One part of a job into one language.
  struct Unit {
    Job* job = nullptr;
    size_t part = 0, target = 0;
  };
  struct Retry {
    Unit unit;
    Translation first;
  };
  class Batch;
  class Attempt;

  void run();
  std::vector<JobPart> take_batch();
  void translate(const std::vector<JobPart>& batch);
  std::vector<Retry> translate_once(const std::vector<JobPart>& work);
  void translate_again(Retry retry);
  std::optional<Translation> attempt_again(const Unit& unit, Flaw flaws);
  Translation read(const Unit& unit, const std::vector<int32_t>& source_ids,
                   std::string_view source, Hypothesis hypothesis) const;
  void count(const Translation& translation);
  void fail(const std::vector<JobPart>& work, const std::exception_ptr& error);

  const std::unique_ptr<Network> network_;
  const Tokenizer tokenizer_;
  const ModelConfig config_;
  const ModelInfo info_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<JobPart> queue_;
  std::atomic<bool> stopping_{false};
  Stats stats_;
  std::thread worker_;
};

}  // namespace gst_translate
