// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/scheduler.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

using Clock = std::chrono::steady_clock;

int64_t nanoseconds(Clock::duration duration) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

}  // namespace

/// A request on its way.
struct Scheduler::Job {
  TranslationRequest request;
  std::promise<TranslationResult> promise;
  SearchSettings settings;
  int32_t source = 0;
  std::vector<int32_t> targets;
  std::vector<std::vector<int32_t>> inputs;  // one, or one a target where the source names it
  Clock::time_point submitted = Clock::now();
  TranslationResult result;
  size_t open = 0;  // targets that are not found yet

  bool cancelled() const { return request.cancel && *request.cancel; }

  void fail(const std::exception_ptr& error) { promise.set_exception(error); }
};

/// The jobs of one pass of the network, and what the search tells of them.
class Scheduler::Batch : public SearchListener {
 public:
  Batch(Scheduler& scheduler, std::vector<std::unique_ptr<Job>>& jobs) : scheduler_(scheduler) {
    for (auto& job : jobs) {
      for (size_t t = 0; t < job->targets.size(); ++t) {
        const bool own = job->inputs.size() > 1;
        if (t == 0 || own) sentences.push_back(job->inputs[own ? t : 0]);
        targets.push_back({static_cast<int32_t>(sentences.size() - 1),
                           scheduler.tokenizer_.decoder_prompt(job->targets[t])});
        owners_.emplace_back(job.get(), t);
      }
    }
  }

  bool cancelled(size_t target) override {
    return scheduler_.stopping_ || owners_[target].first->cancelled();
  }

  void grown(size_t /*target*/, const std::vector<int32_t>& /*ids*/) override {}

  void found(size_t target, Hypothesis hypothesis) override {
    auto [job, index] = owners_[target];
    Translation& translation = job->result.translations[index];
    translation.text = scheduler_.tokenizer_.decode(hypothesis.ids);
    tokens += hypothesis.ids.size() - 1;
    ++found_targets;
    translation.ids = std::move(hypothesis.ids);
    translation.score = hypothesis.score;
    if (hypothesis.truncated) translation.flaws = Flaw::Truncated;
    if (--job->open > 0) return;
    job->result.decode_ns = nanoseconds(Clock::now() - decoding_since);
    job->promise.set_value(std::move(job->result));
  }

  std::vector<std::vector<int32_t>> sentences;
  std::vector<SearchTarget> targets;
  Clock::time_point decoding_since;
  uint64_t tokens = 0, found_targets = 0;

 private:
  Scheduler& scheduler_;
  std::vector<std::pair<Job*, size_t>> owners_;  // of each target
};

Scheduler::Scheduler(std::unique_ptr<Network> network, Tokenizer tokenizer, ModelConfig config,
                     ModelInfo info, int batch_size)
    : network_(std::move(network)),
      tokenizer_(std::move(tokenizer)),
      config_(std::move(config)),
      info_(std::move(info)),
      batch_size_(static_cast<size_t>(std::max(1, batch_size))),
      worker_(&Scheduler::run, this) {}

Scheduler::~Scheduler() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

std::future<TranslationResult> Scheduler::submit(TranslationRequest request) {
  auto job = std::make_unique<Job>();
  job->request = std::move(request);
  auto future = job->promise.get_future();
  const TranslationRequest& wanted = job->request;
  try {
    job->settings = resolve(wanted.search, config_.search, config_.eos);
    job->settings.scores = wanted.scores;
    job->source = tokenizer_.languages().id(wanted.source);
    for (const auto& target : wanted.targets) {
      job->targets.push_back(tokenizer_.languages().id(target));
      Translation translation;
      translation.language = tokenizer_.languages().name(job->targets.back());
      job->result.translations.push_back(std::move(translation));
    }
    job->open = job->targets.size();
    if (!trim(wanted.text).empty()) {
      const size_t inputs = tokenizer_.target_in_source() ? job->targets.size() : 1;
      for (size_t i = 0; i < std::min(inputs, job->targets.size()); ++i)
        job->inputs.push_back(tokenizer_.encode(wanted.text, job->source, job->targets[i]));
    }
  } catch (...) {
    job->fail(std::current_exception());
    return future;
  }
  {
    const std::lock_guard lock(mutex_);
    ++stats_.requests;
    if (!job->inputs.empty()) {
      job->result.source_ids = job->inputs.front();
      queue_.push_back(std::move(job));
    }
  }
  if (job)  // nothing to translate, or into nothing
    job->promise.set_value(std::move(job->result));
  else
    changed_.notify_all();
  return future;
}

Stats Scheduler::stats() const {
  const std::lock_guard lock(mutex_);
  Stats stats = stats_;
  stats.queued = queue_.size();
  return stats;
}

void Scheduler::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) break;
    auto jobs = take_batch(lock);
    lock.unlock();
    translate(jobs);
    lock.lock();
  }
  for (auto& job : queue_)
    job->fail(std::make_exception_ptr(
        Error(Error::Kind::Cancelled, "The translator was closed before the text's turn came.")));
  queue_.clear();
}

/// The most urgent job and those that wait with the same settings, as many as a batch takes.
std::vector<std::unique_ptr<Scheduler::Job>> Scheduler::take_batch(
    std::unique_lock<std::mutex>& /*holds mutex_*/) {
  const auto more_urgent = [](const auto& a, const auto& b) {
    const auto& x = a->request.deadline;
    const auto& y = b->request.deadline;
    return x && (!y || *x < *y);
  };
  std::stable_sort(queue_.begin(), queue_.end(), more_urgent);
  std::vector<std::unique_ptr<Job>> jobs;
  std::deque<std::unique_ptr<Job>> rest;
  size_t rows = 0;
  for (auto& job : queue_) {
    const bool fits = jobs.empty() || (rows + job->targets.size() <= batch_size_ &&
                                       job->settings == jobs.front()->settings);
    if (fits) {
      rows += job->targets.size();
      jobs.push_back(std::move(job));
    } else {
      rest.push_back(std::move(job));
    }
  }
  queue_ = std::move(rest);
  return jobs;
}

void Scheduler::translate(std::vector<std::unique_ptr<Job>>& jobs) {
  const auto begun = Clock::now();
  Clock::time_point encoded = begun;
  Batch batch(*this, jobs);
  std::exception_ptr failure =
      std::make_exception_ptr(Error(Error::Kind::Cancelled, "The translation was cancelled."));
  try {
    const auto memory = network_->encode(batch.sentences);
    encoded = batch.decoding_since = Clock::now();
    for (auto& job : jobs) {
      job->result.queued_ns = nanoseconds(begun - job->submitted);
      job->result.encode_ns = nanoseconds(encoded - begun);
      job->result.batch = static_cast<int>(batch.sentences.size());
    }
    search(*network_, memory, batch.targets, jobs.front()->settings, batch);
  } catch (const Error&) {
    failure = std::current_exception();
  } catch (const std::bad_alloc&) {
    failure = std::make_exception_ptr(
        Error(Error::Kind::Memory, "There is not enough memory for this batch."));
  } catch (const std::exception& error) {
    failure = std::make_exception_ptr(
        Error(Error::Kind::Failed, std::string("The translation failed: ") + error.what()));
  }
  const auto ended = Clock::now();
  const std::lock_guard lock(mutex_);
  for (auto& job : jobs) {
    if (job->open == 0) continue;
    ++stats_.cancelled;
    job->fail(failure);
  }
  ++stats_.batches;
  stats_.sentences += batch.found_targets;
  stats_.tokens += batch.tokens;
  stats_.encode_ns += nanoseconds(encoded - begun);
  stats_.decode_ns += nanoseconds(ended - encoded);
}

}  // namespace gst_translate
