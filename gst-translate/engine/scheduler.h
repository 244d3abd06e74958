// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/decode/network.h"
#include "gst-translate/engine/job.h"
#include "gst-translate/engine/retry.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"

namespace gst_translate {

/// The translator that works on this machine: one thread takes what waits, a batch at a time, and
/// runs the network over it. Requests whose deadline is nearest go first, then the oldest; second
/// attempts queue with all others.
class Scheduler : public Translator {
 public:
  Scheduler(std::unique_ptr<Network> network, Tokenizer tokenizer, ModelConfig config,
            ModelInfo info);
  ~Scheduler() override;

  std::vector<std::future<TranslationResult>> submit_all(
      std::vector<TranslationRequest> requests) override;
  const ModelInfo& model() const override { return info_; }
  Stats stats() const override;
  double scored_share(const std::string& target) const override;

 private:
  /// One part of a job, into all of its languages or, once more, into one.
  struct JobPart {
    std::shared_ptr<Job> job;
    size_t part = 0;
    std::shared_ptr<Retry> retry;  ///< if it is a second attempt
    size_t open = 0;               ///< rows of a batch that are not found yet

    const SearchSettings& settings() const { return retry ? retry->settings() : job->settings(); }
  };
  class Batch;

  void run();
  std::vector<JobPart> take_cancelled();
  std::vector<JobPart> take_batch();
  void translate(std::vector<JobPart> work);
  void try_again(const JobPart& item, size_t target, Translation flawed);
  void keep_better(const JobPart& item);
  void give_up(const JobPart& item, const Error& failure);
  void count(const Translation& translation);

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
