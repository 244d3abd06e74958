// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/scheduler.h"

#include <algorithm>
#include <new>
#include <utility>

#include "gst-translate/engine/guards.h"

namespace gst_translate {
namespace {

using Clock = Job::Clock;

int64_t nanoseconds(Clock::duration duration) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

/// How a flawed translation is tried once more: a wider search that may not repeat itself.
SearchSettings settings_to_retry(SearchSettings settings, Flaw flaws) {
  constexpr int wider = 4, shortest_repetition = 3;
  settings.beams = std::max(settings.beams, wider);
  if (flaws & Flaw::Loop || flaws & Flaw::Truncated)
    settings.no_repeat_ngram_size =
        settings.no_repeat_ngram_size == 0
            ? shortest_repetition
            : std::min(settings.no_repeat_ngram_size, shortest_repetition);
  return settings;
}

}  // namespace

/// The first attempt at a batch of work.
class Scheduler::Batch : public SearchListener {
 public:
  Batch(Scheduler& scheduler, const std::vector<JobPart>& work) : scheduler_(scheduler) {
    for (const auto& item : work) {
      Job& job = *item.job;
      for (size_t target = 0; target < job.targets(); ++target) {
        if (target == 0 || job.input_for_each_target())
          sentences.push_back(job.input(item.part, target));
        SearchTarget& row = targets.emplace_back();
        row.row.sentence = static_cast<int32_t>(sentences.size() - 1);
        row.row.language = job.target_language(target);
        row.row.shortlist = job.request().shortlist;
        row.prompt = scheduler.tokenizer_.decoder_prompt(job.target(target));
        units_.push_back({&job, item.part, target});
      }
    }
  }

  bool cancelled(size_t target) override {
    return scheduler_.stopping_ || units_[target].job->cancelled();
  }

  void grown(size_t target, const std::vector<int32_t>& ids) override {
    const Unit& unit = units_[target];
    if (unit.job->request().on_fragment)
      unit.job->grown(unit.part, unit.target, scheduler_.tokenizer_.decode(ids));
  }

  void found(size_t target, Hypothesis hypothesis) override {
    const Unit& unit = units_[target];
    Translation translation = scheduler_.read(unit, unit.job->input(unit.part, unit.target),
                                              unit.job->text(unit.part), std::move(hypothesis));
    scheduler_.count(translation);
    // What was handed out in fragments cannot be taken back.
    if (unit.job->request().guards && !unit.job->request().on_fragment &&
        translation.flaws != Flaw::None)
      retries.push_back({unit, std::move(translation)});
    else
      settle(unit, std::move(translation));
  }

  std::vector<std::vector<int32_t>> sentences;
  std::vector<SearchTarget> targets;
  std::vector<Retry> retries;
  Clock::time_point decoding_since;

 private:
  void settle(const Unit& unit, Translation translation) {
    unit.job->result.decode_ns = nanoseconds(Clock::now() - decoding_since);
    unit.job->found(unit.part, unit.target, std::move(translation));
  }

  Scheduler& scheduler_;
  std::vector<Unit> units_;  // of each target
};

/// The second attempt at one unit, which may be in several pieces.
class Scheduler::Attempt : public SearchListener {
 public:
  Attempt(Scheduler& scheduler, const Unit& unit, size_t pieces)
      : found_(pieces), scheduler_(scheduler), unit_(unit) {}

  bool cancelled(size_t /*target*/) override {
    return scheduler_.stopping_ || unit_.job->cancelled();
  }
  void grown(size_t /*target*/, const std::vector<int32_t>& /*ids*/) override {}
  void found(size_t target, Hypothesis hypothesis) override {
    found_[target] = std::move(hypothesis);
    ++count_;
  }

  bool complete() const { return count_ == found_.size(); }

  std::vector<Hypothesis> found_;

 private:
  Scheduler& scheduler_;
  const Unit& unit_;
  size_t count_ = 0;
};

Scheduler::Scheduler(std::unique_ptr<Network> network, Tokenizer tokenizer, ModelConfig config,
                     ModelInfo info)
    : network_(std::move(network)),
      tokenizer_(std::move(tokenizer)),
      config_(std::move(config)),
      info_(std::move(info)),
      worker_(&Scheduler::run, this) {}

Scheduler::~Scheduler() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

std::vector<std::future<TranslationResult>> Scheduler::submit_all(
    std::vector<TranslationRequest> requests) {
  std::vector<std::future<TranslationResult>> futures;
  std::vector<std::shared_ptr<Job>> jobs;
  for (auto& request : requests) {
    const auto on_ready = request.on_ready;
    try {
      jobs.push_back(std::make_shared<Job>(std::move(request), tokenizer_, config_));
      futures.push_back(jobs.back()->future());
    } catch (...) {
      std::promise<TranslationResult> promise;
      promise.set_exception(std::current_exception());
      futures.push_back(promise.get_future());
      if (on_ready) on_ready();
    }
  }
  {
    const std::lock_guard lock(mutex_);
    for (const auto& job : jobs) {
      ++stats_.requests;
      for (size_t part = 0; part < job->parts(); ++part)
        queue_.push_back({job, part});
    }
  }
  changed_.notify_all();
  for (const auto& job : jobs)
    if (job->parts() == 0) job->settle();  // nothing to translate, or into nothing
  return futures;
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
    const std::vector<JobPart> work = take_batch();
    lock.unlock();
    translate(work);
    lock.lock();
  }
  const std::vector<JobPart> rest(queue_.begin(), queue_.end());
  queue_.clear();
  lock.unlock();
  fail(rest, std::make_exception_ptr(Error(Error::Kind::Cancelled,
                                           "The translator was closed before the text's turn.")));
}

/// The most urgent work and what waits with the same settings, as much as a batch takes.
std::vector<Scheduler::JobPart> Scheduler::take_batch() {
  std::stable_sort(queue_.begin(), queue_.end(), [](const JobPart& a, const JobPart& b) {
    const auto& x = a.job->request().deadline;
    const auto& y = b.job->request().deadline;
    return x && (!y || *x < *y);
  });
  std::vector<JobPart> batch;
  std::deque<JobPart> rest;
  size_t rows = 0, most = 0;
  for (auto& work : queue_) {
    if (work.job->settled()) continue;  // another part of it failed
    const auto own = static_cast<size_t>(work.job->request().batch_size);
    const bool fits = batch.empty() || (rows + work.job->targets() <= std::min(most, own) &&
                                        work.job->settings() == batch.front().job->settings());
    if (!fits) {
      rest.push_back(std::move(work));
      continue;
    }
    most = batch.empty() ? own : std::min(most, own);
    rows += work.job->targets();
    batch.push_back(std::move(work));
  }
  queue_ = std::move(rest);
  return batch;
}

void Scheduler::translate(const std::vector<JobPart>& work) {
  if (work.empty()) return;
  std::exception_ptr failure =
      std::make_exception_ptr(Error(Error::Kind::Cancelled, "The translation was cancelled."));
  try {
    for (auto& retry : translate_once(work))
      translate_again(std::move(retry));
  } catch (const Error&) {
    failure = std::current_exception();
  } catch (const std::bad_alloc&) {
    failure = std::make_exception_ptr(
        Error(Error::Kind::Memory, "There is not enough memory for this batch."));
  } catch (const std::exception& error) {
    failure = std::make_exception_ptr(
        Error(Error::Kind::Failed, std::string("The translation failed: ") + error.what()));
  }
  std::vector<JobPart> lost;
  for (const auto& item : work)
    if (!item.job->found(item.part)) lost.push_back(item);
  fail(lost, failure);
}

/// Translates all of it in one pass of the network; what is flawed comes back.
std::vector<Scheduler::Retry> Scheduler::translate_once(const std::vector<JobPart>& work) {
  const auto begun = Clock::now();
  Batch batch(*this, work);
  const auto memory = network_->encode(batch.sentences);
  const auto encoded = batch.decoding_since = Clock::now();
  for (const auto& item : work) {
    TranslationResult& result = item.job->result;
    result.queued_ns = nanoseconds(begun - item.job->submitted());
    result.encode_ns = nanoseconds(encoded - begun);
    result.batch = static_cast<int>(batch.sentences.size());
  }
  search(*network_, memory, batch.targets, work.front().job->settings(), batch);
  const auto ended = Clock::now();
  const std::lock_guard lock(mutex_);
  ++stats_.batches;
  stats_.encode_ns += nanoseconds(encoded - begun);
  stats_.decode_ns += nanoseconds(ended - encoded);
  if (!batch.targets.empty())
    stats_.scored_share = network_->scored_share(batch.targets.back().row);
  return std::move(batch.retries);
}

/// The better of a first translation and a second attempt is kept; the first where that fails.
void Scheduler::translate_again(Retry retry) {
  std::optional<Translation> second;
  try {
    second = attempt_again(retry.unit, retry.first.flaws);
    if (!second) return;  // cancelled
  } catch (const std::exception&) {
  }
  {
    const std::lock_guard lock(mutex_);
    ++stats_.retried;
  }
  Translation& better =
      second && count_flaws(second->flaws) < count_flaws(retry.first.flaws) ? *second : retry.first;
  better.retried = true;
  retry.unit.job->found(retry.unit.part, retry.unit.target, std::move(better));
}

/// Translates with other settings, in shorter pieces where there was no room. Nothing if cancelled.
std::optional<Translation> Scheduler::attempt_again(const Unit& unit, Flaw flaws) {
  const Job& job = *unit.job;
  const std::string& text = job.text(unit.part);
  std::vector<std::string> pieces = {text};
  if (flaws & Flaw::Truncated && !(flaws & Flaw::Loop))
    pieces = split_clauses(text, job.source_language(), text_width(text) / 2 + 1);
  std::vector<std::vector<int32_t>> inputs;
  std::vector<SearchTarget> targets;
  for (const auto& piece : pieces) {
    inputs.push_back(tokenizer_.encode(piece, job.source(), job.target(unit.target)));
    // The whole vocabulary: a flaw may come from what a shortlist lacks.
    targets.push_back(
        {{static_cast<int32_t>(targets.size()), job.target_language(unit.target), false},
         tokenizer_.decoder_prompt(job.target(unit.target))});
  }
  Attempt attempt(*this, unit, pieces.size());
  search(*network_, network_->encode(inputs), targets, settings_to_retry(job.settings(), flaws),
         attempt);
  if (!attempt.complete()) return std::nullopt;

  Translation second;
  for (size_t i = 0; i < pieces.size(); ++i) {
    Translation piece = read(unit, inputs[i], pieces[i], std::move(attempt.found_[i]));
    if (i > 0) second.text += sentence_space(job.target_language(unit.target));
    second.text += piece.text;
    second.ids.insert(second.ids.end(), piece.ids.begin(), piece.ids.end());
    second.score += piece.score / static_cast<float>(pieces.size());
    second.flaws = second.flaws | piece.flaws;
  }
  count(second);
  return second;
}

Translation Scheduler::read(const Unit& unit, const std::vector<int32_t>& source_ids,
                            std::string_view source, Hypothesis hypothesis) const {
  const Job& job = *unit.job;
  Translation translation;
  translation.text = tokenizer_.decode(hypothesis.ids);
  translation.ids = std::move(hypothesis.ids);
  translation.score = hypothesis.score;
  if (job.request().guards)
    translation.flaws = find_flaws({source, translation.text, job.source_language(),
                                    job.target_language(unit.target), source_ids, translation.ids});
  if (hypothesis.truncated) translation.flaws = translation.flaws | Flaw::Truncated;
  return translation;
}

void Scheduler::count(const Translation& translation) {
  const std::lock_guard lock(mutex_);
  ++stats_.sentences;
  stats_.tokens += translation.ids.size() - 1;
}

void Scheduler::fail(const std::vector<JobPart>& work, const std::exception_ptr& error) {
  for (const auto& item : work) {
    if (item.job->settled()) continue;
    item.job->fail(error);
    const std::lock_guard lock(mutex_);
    ++stats_.cancelled;
  }
}

}  // namespace gst_translate
