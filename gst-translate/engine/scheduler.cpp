// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/scheduler.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <thread>
#include <tuple>
#include <utility>

#include "gst-translate/decode/search.h"
#include "gst-translate/engine/guards.h"
#include "gst-translate/text/log.h"
#include "gst-translate/text/thread_name.h"

namespace gst_translate {
namespace {

using Clock = Job::Clock;

int64_t nanoseconds(Clock::duration duration) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

Error cancelled_error() {
  return {Error::Kind::Cancelled, "The translation was cancelled."};
}

Error closed_error() {
  return {Error::Kind::Cancelled, "The translator was closed before the text was translated."};
}

/// What users are told of the exception that is being handled; a library's own words are the
/// detail.
Error current_error() {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return {Error::Kind::Memory,
            "There is not enough memory for these texts: ask for a smaller batch-size or fewer "
            "beams."};
  } catch (const std::exception& error) {
    return {Error::Kind::Failed, "The translation failed.", error.what()};
  }
}

std::string names_of_all(Flaw flaws) {
  std::string text;
  for (const char* name : names_of(flaws))
    text += (text.empty() ? "" : ", ") + std::string(name);
  return text.empty() ? "nothing" : text;
}

/// A job, or why there is none.
struct MadeJob {
  std::shared_ptr<Job> job;
  std::unique_ptr<Error> failure;
};

/// Calls `work`, which does not throw, with each number below `count`, by as many threads as that
/// is worth, but no more than `most`.
void for_each_index(size_t count, size_t most, const std::function<void(size_t)>& work) {
  constexpr size_t each = 8;  // texts, which take longer than a thread takes to begin
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++)
      work(i);
  };
  std::vector<std::thread> others;
  try {
    while (others.size() + 1 < std::min(most, count / each))
      others.emplace_back(run);
  } catch (const std::exception&) {
    // No more threads, or no memory for one: those that there are do it.
  }
  run();
  for (std::thread& other : others)
    other.join();
}

/// A message about one request.
template <typename Text>
void log(LogLevel level, const Job& job, Text&& text) {
  log(level, "engine", [&] { return "Request " + std::to_string(job.number()) + ": " + text(); });
}

}  // namespace

/// Parts of jobs on their way through the network together. Each row is one sentence into one
/// language.
class Scheduler::Batch : public SearchListener {
 public:
  Batch(Scheduler& scheduler, std::vector<JobPart>& parts) : scheduler_(scheduler), parts_(parts) {}

  void run() {
    const auto begun = Clock::now();
    for (auto& item : parts_)
      add(item);
    const auto memory = scheduler_.network_->encode(sentences_, [this] { return is_cancelled(); });
    encoded_ = Clock::now();
    for (const auto& item : parts_) {
      if (item.retry) continue;
      TranslationResult& result = item.job->result;
      result.queued_ns = nanoseconds(begun - item.job->submitted());
      result.encode_ns = nanoseconds(encoded_ - begun);
      result.batch = static_cast<int>(sentences_.size());
    }
    search(*scheduler_.network_, memory, targets_, parts_.front().settings(), *this);
    const auto ended = Clock::now();
    log(LogLevel::Debug, "engine", [&] {
      return "The batch is over: encoded in " + in_milliseconds(encoded_ - begun) +
             ", decoded in " + in_milliseconds(ended - encoded_) + '.';
    });
    const std::lock_guard lock(scheduler_.mutex_);
    scheduler_.stats_.encode_ns += nanoseconds(encoded_ - begun);
    scheduler_.stats_.decode_ns += nanoseconds(ended - encoded_);
  }

  bool cancelled(size_t row) const override { return is_cancelled(*rows_[row].item); }

  void grown(size_t index, const std::vector<int32_t>& ids) override {
    const Row& row = rows_[index];
    if (row.item->retry || !row.item->job->request().on_fragment) return;
    row.item->job->grown(row.item->part, row.target, scheduler_.tokenizer_.decode(ids));
  }

  void found(std::vector<FoundTarget> targets) override {
    std::vector<Translation> translations(targets.size());
    std::vector<std::exception_ptr> failures(targets.size());
    for_each_index(targets.size(), std::thread::hardware_concurrency(), [&](size_t i) {
      try {
        translations[i] = read(rows_[targets[i].target], std::move(targets[i].hypothesis));
      } catch (...) {
        failures[i] = std::current_exception();
      }
    });
    for (size_t i = 0; i < targets.size(); ++i) {
      if (failures[i]) std::rethrow_exception(failures[i]);
      keep(rows_[targets[i].target], std::move(translations[i]));
    }
  }

 private:
  struct Row {
    JobPart* item = nullptr;
    size_t target = 0;
    size_t piece = 0;  // of a second attempt
  };

  void keep(const Row& row, Translation translation) {
    JobPart& item = *row.item;
    scheduler_.count(translation);
    if (item.retry) {
      item.retry->found(row.piece, std::move(translation));
      if (item.open == 1) scheduler_.keep_better(item);
    } else {
      item.job->result.decode_ns = nanoseconds(Clock::now() - encoded_);
      // What was handed out in fragments cannot be taken back.
      if (is_flawed(translation, item) && item.job->waits_for_whole(item.part))
        scheduler_.try_again(item, row.target, std::move(translation));
      else
        item.job->found(item.part, row.target, std::move(translation));
    }
    --item.open;
  }

  void add(JobPart& item) {
    const Job& job = *item.job;
    if (item.retry) {
      for (size_t piece = 0; piece < item.retry->pieces(); ++piece) {
        sentences_.push_back(item.retry->input(piece));
        // The whole vocabulary: a flaw may come from what a shortlist lacks.
        add({&item, item.retry->target(), piece}, false);
      }
      return;
    }
    for (size_t target = 0; target < job.targets(); ++target) {
      if (target == 0 || job.input_for_each_target())
        sentences_.push_back(job.input(item.part, target));
      add({&item, target, 0}, job.request().shortlist);
    }
  }

  /// A row of the sentence that was added last.
  void add(const Row& row, bool shortlist) {
    const Job& job = *row.item->job;
    const auto sentence = static_cast<int32_t>(sentences_.size() - 1);
    targets_.push_back({{sentence, job.target_language(row.target), shortlist},
                        scheduler_.tokenizer_.decoder_prompt(job.target(row.target))});
    rows_.push_back(row);
  }

  bool is_cancelled(const JobPart& item) const {
    return scheduler_.stopping_ || item.job->cancelled();
  }
  bool is_cancelled() const {
    return std::all_of(parts_.begin(), parts_.end(),
                       [this](const JobPart& item) { return is_cancelled(item); });
  }

  Translation read(const Row& row, Hypothesis hypothesis) const {
    const Job& job = *row.item->job;
    const Retry* retry = row.item->retry.get();
    const PreparedText& source =
        retry != nullptr ? retry->source_text(row.piece) : job.source_text(row.item->part);
    Reading reading = job.read(source, row.target, hypothesis.ids);
    Translation translation;
    translation.text = std::move(reading.text);
    translation.ids = std::move(hypothesis.ids);
    translation.score = hypothesis.score;
    if (job.request().guards) {
      const std::string from = source.without_kept(source.original());
      const std::string to = source.without_kept(translation.text);
      translation.flaws = find_flaws(
          {from, to, job.source_language(), job.target_language(row.target),
           retry != nullptr ? retry->input(row.piece) : job.input(row.item->part, row.target),
           translation.ids});
    }
    if (hypothesis.truncated) translation.flaws = translation.flaws | Flaw::Truncated;
    if (reading.altered) translation.flaws = translation.flaws | Flaw::Altered;
    return translation;
  }

  /// What has to stay as it is has to do so without guards, too.
  static bool is_flawed(const Translation& translation, const JobPart& item) {
    return item.job->request().guards ? translation.flaws != Flaw::None
                                      : translation.flaws & Flaw::Altered;
  }

  Scheduler& scheduler_;
  std::vector<JobPart>& parts_;
  std::vector<std::vector<int32_t>> sentences_;
  std::vector<SearchTarget> targets_;
  std::vector<Row> rows_;  // of each target
  Clock::time_point encoded_;
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
  std::vector<MadeJob> made(requests.size());
  const auto make = [&](size_t i) {
    try {
      made[i].job = std::make_shared<Job>(requests[i], tokenizer_, config_);
    } catch (...) {
      made[i].failure = std::make_unique<Error>(current_error());
    }
  };
  // Fragments are handed out by the thread that submits.
  const bool hands_out = std::any_of(requests.begin(), requests.end(),
                                     [](const auto& request) { return bool(request.on_fragment); });
  for_each_index(requests.size(), hands_out ? 1 : std::thread::hardware_concurrency(), make);

  std::vector<std::future<TranslationResult>> futures;
  std::vector<std::shared_ptr<Job>> jobs;
  for (size_t i = 0; i < made.size(); ++i) {
    if (made[i].job) {
      jobs.push_back(std::move(made[i].job));
      futures.push_back(jobs.back()->future());
      continue;
    }
    const Error& failure = *made[i].failure;
    log(LogLevel::Info, "engine",
        [&] { return std::string("A request is refused: ") + failure.what(); });
    std::promise<TranslationResult> promise;
    promise.set_exception(std::make_exception_ptr(failure));
    futures.push_back(promise.get_future());
    if (requests[i].on_ready) requests[i].on_ready();
  }
  for (const auto& job : jobs)
    log(LogLevel::Debug, *job, [&] {
      return std::to_string(job->request().text.size()) + " bytes of " + job->source_language() +
             " in " + std::to_string(job->parts()) + " parts into " +
             std::to_string(job->targets()) + " languages.";
    });
  std::vector<std::shared_ptr<Job>> complete;  // nothing to translate, or into nothing
  {
    const std::lock_guard lock(mutex_);
    for (const auto& job : jobs) {
      ++stats_.requests;
      if (job->complete()) complete.push_back(job);
      for (size_t part = 0; part < job->parts(); ++part)
        if (job->needs_model(part)) queue_.push_back({job, part, nullptr, job->targets()});
    }
  }
  changed_.notify_all();
  for (const auto& job : complete)
    job->settle();
  return futures;
}

Stats Scheduler::stats() const {
  const std::lock_guard lock(mutex_);
  Stats stats = stats_;
  stats.queued = queue_.size();
  return stats;
}

double Scheduler::scored_share(const std::string& target) const {
  const LanguageTokens& languages = tokenizer_.languages();
  return network_->scored_share({0, languages.name(languages.id(target)), true});
}

void Scheduler::run() {
  name_thread("lingua-engine");
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) break;
    const std::vector<JobPart> cancelled = take_cancelled();
    std::vector<JobPart> work = take_batch();
    lock.unlock();
    for (const auto& item : cancelled)
      give_up(item, cancelled_error());
    translate(std::move(work));
    lock.lock();
  }
  const std::deque<JobPart> rest = std::move(queue_);
  queue_.clear();
  lock.unlock();
  for (const auto& item : rest)
    give_up(item, closed_error());
}

/// What nobody waits for any more. It costs nothing: neither a place in a batch nor a turn.
std::vector<Scheduler::JobPart> Scheduler::take_cancelled() {
  const auto first = std::stable_partition(queue_.begin(), queue_.end(), [](const JobPart& item) {
    return !item.job->settled() && !item.job->cancelled();
  });
  std::vector<JobPart> cancelled(std::make_move_iterator(first),
                                 std::make_move_iterator(queue_.end()));
  queue_.erase(first, queue_.end());
  return cancelled;
}

/// The most urgent work and what waits with the same settings, as much as a batch takes.
std::vector<Scheduler::JobPart> Scheduler::take_batch() {
  std::stable_sort(queue_.begin(), queue_.end(), [](const JobPart& a, const JobPart& b) {
    const auto urgency = [](const JobPart& item) {
      return std::make_tuple(item.job->request().deadline.value_or(Clock::time_point::max()),
                             item.job->submitted());
    };
    return urgency(a) < urgency(b);
  });
  std::vector<JobPart> batch;
  std::deque<JobPart> rest;
  size_t rows = 0, most = 0;
  bool full = false;
  for (auto& item : queue_) {
    const auto own = static_cast<size_t>(item.job->request().batch_size);
    if (!batch.empty()) {
      const bool alike = item.settings() == batch.front().settings();
      const bool fits = rows + item.open <= std::min(most, own);
      full |= alike && !fits;
      if (!alike || !fits) {
        rest.push_back(std::move(item));
        continue;
      }
    }
    most = batch.empty() ? own : std::min(most, own);
    rows += item.open;
    batch.push_back(std::move(item));
  }
  queue_ = std::move(rest);
  if (!batch.empty()) ++stats_.batches;
  log(LogLevel::Debug, "engine", [&] {
    return "A batch of " + std::to_string(batch.size()) + " parts in " + std::to_string(rows) +
           " rows, " + std::to_string(queue_.size()) + " parts wait: " +
           (queue_.empty() ? "that is all."
            : full         ? "it is full."
                           : "they have other settings.");
  });
  return batch;
}

void Scheduler::translate(std::vector<JobPart> work) {
  if (work.empty()) return;
  Error failure = cancelled_error();
  try {
    Batch(*this, work).run();
  } catch (...) {
    failure = current_error();
  }
  for (const auto& item : work)
    if (item.open > 0) give_up(item, failure);
}

/// Queues a second attempt.
void Scheduler::try_again(const JobPart& item, size_t target, Translation flawed) {
  const Flaw flaws = flawed.flaws;
  auto retry = std::make_shared<Retry>(*item.job, item.part, target, std::move(flawed), tokenizer_);
  log(LogLevel::Debug, *item.job, [&] {
    return item.job->target_language(target) + ": a guard found " + names_of_all(flaws) +
           "; it is tried again with " + std::to_string(retry->settings().beams) + " beams in " +
           std::to_string(retry->pieces()) + " pieces.";
  });
  const size_t pieces = retry->pieces();
  const std::lock_guard lock(mutex_);
  queue_.push_back({item.job, item.part, std::move(retry), pieces});
}

/// A second attempt is over, or failed.
void Scheduler::keep_better(const JobPart& item) {
  {
    const std::lock_guard lock(mutex_);
    ++stats_.retried;
  }
  Translation better = item.retry->better();
  log(LogLevel::Debug, *item.job, [&] {
    return item.job->target_language(item.retry->target()) +
           ": in the better of two attempts a guard finds " + names_of_all(better.flaws) + '.';
  });
  item.job->found(item.part, item.retry->target(), std::move(better));
}

/// A part that was not translated: its job fails, unless a first attempt at it is there.
void Scheduler::give_up(const JobPart& item, const Error& failure) {
  Job& job = *item.job;
  if (job.settled()) return;
  Error error = stopping_ ? closed_error() : job.cancelled() ? cancelled_error() : failure;
  if (item.retry && error.kind() != Error::Kind::Cancelled) {
    try {
      return keep_better(item);
    } catch (...) {
      error = current_error();
    }
  }
  const bool cancelled = error.kind() == Error::Kind::Cancelled;
  log(cancelled ? LogLevel::Debug : LogLevel::Warning, job,
      [&] { return error.what() + (error.detail().empty() ? "" : " (" + error.detail() + ")"); });
  {
    const std::lock_guard lock(mutex_);
    stats_.cancelled += cancelled ? 1 : 0;
  }
  job.fail(std::make_exception_ptr(error));
}

void Scheduler::count(const Translation& translation) {
  const std::lock_guard lock(mutex_);
  ++stats_.sentences;
  stats_.tokens += translation.ids.size() - 1;
}

}  // namespace gst_translate
