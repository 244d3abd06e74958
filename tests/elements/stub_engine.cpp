// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// An engine without a model, for tests: "Hello" in deu_Latn is "deu_Latn(Hello)". How it behaves is
// in the model folder's config.json:
//   load_ms         how long opening takes, with progress each ms
//   load_error      opening fails with this text
//   sleep_ms        how long a batch takes
//   languages       FLORES-200 codes, in place of the usual ones
// While there is a file "hold" beside it, no batch ends. And in the text: "FAIL" makes the request
// fail, "EMPTY" gives an empty, flawed translation, "REQUEST" tells what the request asks for. Of
// "☂" it knows nothing. A fragment ends behind ", "; the one with "HOLD" in it never comes.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "gst-translate/api/engine_abi.h"

namespace gst_translate {
namespace {

using std::chrono::milliseconds;

class StubTranslator final : public Translator {
 public:
  StubTranslator(const TranslatorOptions& options, const nlohmann::json& config)
      : sleep_(config.value("sleep_ms", 0)), hold_(options.model + "/hold") {
    info_.folder = options.model;
    info_.kind = "stub";
    info_.device = "cpu";
    info_.precision = "float32";
    info_.languages = config.value(
        "languages",
        std::vector<std::string>{"deu_Latn", "eng_Latn", "fra_Latn", "jpn_Jpan", "spa_Latn"});
    thread_ = std::thread([this] { run(); });
  }

  ~StubTranslator() override {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  std::vector<std::future<TranslationResult>> submit_all(
      std::vector<TranslationRequest> requests) override {
    std::vector<std::future<TranslationResult>> results;
    {
      const std::lock_guard lock(mutex_);
      for (auto& request : requests) {
        waiting_.push_back({std::move(request), {}});
        results.push_back(waiting_.back().result.get_future());
        stats_.requests++;
      }
    }
    changed_.notify_all();
    return results;
  }

  const ModelInfo& model() const override { return info_; }

  Stats stats() const override {
    const std::lock_guard lock(mutex_);
    return stats_;
  }

 private:
  struct Waiting {
    TranslationRequest request;
    std::promise<TranslationResult> result;
  };

  static bool cancelled(const Waiting& waiting) {
    return waiting.request.cancel && *waiting.request.cancel;
  }

  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
      if (stopped_) return;
      std::deque<Waiting> batch;
      const auto most = static_cast<size_t>(waiting_.front().request.batch_size);
      while (!waiting_.empty() && batch.size() < most) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
      }
      stats_.batches++;
      lock.unlock();
      const auto end = std::chrono::steady_clock::now() + sleep_;
      while ((std::chrono::steady_clock::now() < end || std::filesystem::exists(hold_)) &&
             !std::all_of(batch.begin(), batch.end(), cancelled))
        std::this_thread::sleep_for(milliseconds(1));
      const auto size = static_cast<int>(batch.size());
      for (Waiting& waiting : batch)
        answer(waiting, size);
      lock.lock();
    }
  }

  void answer(Waiting& waiting, int batch) {
    const TranslationRequest& request = waiting.request;
    {
      const std::lock_guard lock(mutex_);
      stats_.cancelled += cancelled(waiting);
      stats_.sentences += cancelled(waiting) ? 0 : request.targets.size();
    }
    if (cancelled(waiting))
      return fail(waiting, Error(Error::Kind::Cancelled, "The request was cancelled."));
    if (request.text == "FAIL")
      return fail(waiting, Error(Error::Kind::Failed, "The text could not be translated.",
                                 "the stub's own words"));
    TranslationResult result;
    result.batch = batch;
    for (const std::string& target : request.targets) {
      Translation translation;
      translation.language = target;
      if (request.text == "EMPTY")
        translation.flaws = Flaw::Empty;
      else if (request.text == "REQUEST")
        translation.text = asked_of(request);
      else
        translation.text = target + "(" + known(request) + ")";
      if (request.on_fragment) hand_out(waiting, result.translations.size(), translation.text);
      result.translations.push_back(std::move(translation));
    }
    if (cancelled(waiting))
      return fail(waiting, Error(Error::Kind::Cancelled, "The request was cancelled."));
    waiting.result.set_value(std::move(result));
    if (request.on_ready) request.on_ready();
  }

  /// "beams 4, length-penalty -, max-length 200, batch-size 32, shortlist 0"; ", as it is" behind
  /// that.
  static std::string asked_of(const TranslationRequest& request) {
    std::ostringstream text;
    auto number = [&text](const auto& value) -> std::ostream& {
      if (!value) return text << "-";
      return text << *value;
    };
    text << "beams ";
    number(request.search.beams) << ", length-penalty ";
    number(request.search.length_penalty) << ", max-length ";
    number(request.search.max_length) << ", batch-size " << request.batch_size << ", shortlist "
                                      << request.shortlist << (request.prepare ? "" : ", as it is");
    return text.str();
  }

  static std::string known(const TranslationRequest& request) {
    const std::string unknown = "☂";
    std::string text = request.text;
    const size_t found = text.find(unknown);
    if (found != std::string::npos && !request.keep_unknown) text.erase(found, unknown.size());
    return text;
  }

  static void hand_out(const Waiting& waiting, size_t target, const std::string& text) {
    size_t begin = 0;
    while (begin < text.size()) {
      const size_t comma = text.find(", ", begin);
      const size_t end = comma == std::string::npos ? text.size() : comma + 2;
      const std::string fragment = text.substr(begin, end - begin);
      while (fragment.find("HOLD") != std::string::npos && !cancelled(waiting))
        std::this_thread::sleep_for(milliseconds(1));
      waiting.request.on_fragment({target, fragment, end == text.size()});
      begin = end;
    }
  }

  static void fail(Waiting& waiting, const Error& error) {
    waiting.result.set_exception(std::make_exception_ptr(error));
    if (waiting.request.on_ready) waiting.request.on_ready();
  }

  ModelInfo info_;
  const milliseconds sleep_;
  const std::filesystem::path hold_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  Stats stats_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace
}  // namespace gst_translate

void gst_translate_engine_open_1(const gst_translate::TranslatorOptions& options,
                                 const gst_translate::Progress& progress,
                                 std::shared_ptr<gst_translate::Translator>& translator) {
  using gst_translate::Error;
  std::ifstream file(options.model + "/config.json");
  const auto config = nlohmann::json::parse(file);
  if (config.contains("load_error"))
    throw Error(Error::Kind::Corrupt, config["load_error"].get<std::string>());
  const int load_ms = config.value("load_ms", 0);
  for (int passed = 0; passed <= load_ms; passed++) {
    if (progress && !progress(load_ms > 0 ? static_cast<double>(passed) / load_ms : 1))
      throw Error(Error::Kind::Cancelled, "Loading the model was cancelled.");
    std::this_thread::sleep_for(std::chrono::milliseconds(load_ms > 0 ? 1 : 0));
  }
  translator = std::make_shared<gst_translate::StubTranslator>(options, config);
}
