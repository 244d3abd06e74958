// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/translate.h"

#include <condition_variable>
#include <cstdio>
#include <deque>
#include <exception>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/model/json.h"
#include "gst-translate/tool/options.h"
#include "gst-translate/tool/progress_bar.h"

namespace gst_translate {

const char* const translate_usage =
    "gst-translate [translate] [OPTION...] [FILE...]\n"
    "\n"
    "Translates lines of text, from the files or standard input, to lines on standard output.\n"
    "\n"
    "  --model FOLDER        a Hugging Face folder, or a hub name in the local cache\n"
    "                        (default: the bundled demo model)\n"
    "  --from LANGUAGE       of the text: FLORES-200, ISO 639 or BCP 47 (default: eng_Latn)\n"
    "  --to LANGUAGE[,...]   of the translation; several give columns with tabs between them\n"
    "  --beams N             width of the search, 1: greedy (default: the model's)\n"
    "  --length-penalty X    above 0: prefers longer translations (default: the model's)\n"
    "  --max-length N        longest translation in tokens (default: the model's)\n"
    "  --early-stopping WHEN true, false, never (default: the model's)\n"
    "  --no-repeat-ngram N   no N tokens twice in a row of a translation, 0: off\n"
    "  --repetition-penalty X  above 1: avoids tokens that were used\n"
    "  --exact               gives what generate() of transformers gives: every line goes in "
    "whole,\n"
    "                        and no guard looks for loops, copies, wrong scripts and tries again\n"
    "  --keep-unknown        puts characters that the model does not know (names, emoji) into the\n"
    "                        translation\n"
    "  --device DEVICE       auto, cpu, cuda, cuda:N, mps (default: auto)\n"
    "  --precision NAME      auto, float32, float16, bfloat16, int8 (default: auto)\n"
    "  --backend NAME        auto, cpu, torch: what computes (default: auto)\n"
    "  --shortlist           scores only the tokens that the language's script needs\n"
    "  --threads N           of the CPU (default: chosen)\n"
    "  --batch-size N        most lines translated at once (default: 32)\n"
    "  --ids                 prints the tokens' ids instead of text; implies --exact\n"
    "  --scores              prints each translation's score and a tab in front of it\n"
    "  --json                prints one JSON object a line, with all there is to know\n"
    "  --verbose, -v         tells on standard error what happens; twice: each step too\n"
    "  --help, --version\n";

namespace {

struct Options {
  TranslatorOptions translator;
  std::string from = "eng_Latn";
  std::vector<std::string> to;
  SearchOptions search;
  bool exact = false, keep_unknown = false, shortlist = false, ids = false, scores = false,
       json = false;
  int batch_size = TranslationRequest().batch_size;
  std::vector<std::string> files;
};

enum Option {
  kModel = 256,
  kFrom,
  kTo,
  kBeams,
  kLengthPenalty,
  kMaxLength,
  kEarlyStopping,
  kNoRepeatNgram,
  kRepetitionPenalty,
  kExact,
  kKeepUnknown,
  kDevice,
  kPrecision,
  kBackend,
  kShortlist,
  kThreads,
  kBatchSize,
  kIds,
  kScores,
  kJson
};

constexpr option long_options[] = {
    {"model", required_argument, nullptr, kModel},
    {"from", required_argument, nullptr, kFrom},
    {"to", required_argument, nullptr, kTo},
    {"beams", required_argument, nullptr, kBeams},
    {"length-penalty", required_argument, nullptr, kLengthPenalty},
    {"max-length", required_argument, nullptr, kMaxLength},
    {"early-stopping", required_argument, nullptr, kEarlyStopping},
    {"no-repeat-ngram", required_argument, nullptr, kNoRepeatNgram},
    {"repetition-penalty", required_argument, nullptr, kRepetitionPenalty},
    {"exact", no_argument, nullptr, kExact},
    {"keep-unknown", no_argument, nullptr, kKeepUnknown},
    {"device", required_argument, nullptr, kDevice},
    {"precision", required_argument, nullptr, kPrecision},
    {"backend", required_argument, nullptr, kBackend},
    {"shortlist", no_argument, nullptr, kShortlist},
    {"threads", required_argument, nullptr, kThreads},
    {"batch-size", required_argument, nullptr, kBatchSize},
    {"ids", no_argument, nullptr, kIds},
    {"scores", no_argument, nullptr, kScores},
    {"json", no_argument, nullptr, kJson},
    {nullptr, 0, nullptr, 0},
};

EarlyStopping parse_early_stopping(const std::string& when) {
  if (when == "true") return EarlyStopping::Always;
  if (when == "false") return EarlyStopping::Heuristic;
  if (when == "never") return EarlyStopping::Never;
  throw UsageError("--early-stopping needs true, false or never, not \"" + when + "\"");
}

Options parse(int argc, char** argv) {
  Options options;
  for (int found = 0; (found = next_option(argc, argv, long_options, "")) != -1;) {
    switch (found) {
      case kModel:
        options.translator.model = optarg;
        break;
      case kFrom:
        options.from = optarg;
        break;
      case kTo:
        options.to = parse_list(optarg);
        break;
      case kBeams:
        options.search.beams =
            parse_int("beams", optarg, SearchOptions::least_beams, SearchOptions::most_beams);
        break;
      case kLengthPenalty:
        options.search.length_penalty = parse_number("length-penalty", optarg);
        break;
      case kMaxLength:
        options.search.max_length = parse_int("max-length", optarg, SearchOptions::least_max_length,
                                              SearchOptions::most_max_length);
        break;
      case kEarlyStopping:
        options.search.early_stopping = parse_early_stopping(optarg);
        break;
      case kNoRepeatNgram:
        options.search.no_repeat_ngram_size =
            parse_int("no-repeat-ngram", optarg, 0, SearchOptions::most_no_repeat_ngram_size);
        break;
      case kRepetitionPenalty:
        options.search.repetition_penalty = parse_number("repetition-penalty", optarg);
        break;
      case kExact:
        options.exact = true;
        break;
      case kKeepUnknown:
        options.keep_unknown = true;
        break;
      case kDevice:
        options.translator.device = optarg;
        break;
      case kPrecision:
        options.translator.precision = optarg;
        break;
      case kBackend:
        options.translator.backend = optarg;
        break;
      case kShortlist:
        options.shortlist = true;
        break;
      case kThreads:
        options.translator.threads =
            parse_int("threads", optarg, 0, TranslatorOptions::most_threads);
        break;
      case kBatchSize:
        options.batch_size = parse_int("batch-size", optarg, 1, TranslationRequest::largest_batch);
        break;
      case kIds:
        options.ids = options.exact = true;
        break;
      case kScores:
        options.scores = true;
        break;
      case kJson:
        options.json = true;
        break;
      default:
        break;
    }
  }
  options.files.assign(argv + optind, argv + argc);
  if (options.to.empty())
    throw UsageError("--to is missing: it says which language to translate into");
  return options;
}

Json flaws_of(Flaw flaws) {
  Json list = Json::array();
  for (const char* name : names_of(flaws))
    list.push_back(name);
  return list;
}

void print_json(const std::string& text, const TranslationResult& result) {
  constexpr double ms = 1e6;
  nlohmann::ordered_json line;
  line["text"] = text;
  line["source_ids"] = result.source_ids;
  line["translations"] = Json::array();
  for (const auto& translation : result.translations) {
    nlohmann::ordered_json item;
    item["language"] = translation.language;
    item["text"] = translation.text;
    item["ids"] = translation.ids;
    item["score"] = translation.score;
    item["flaws"] = flaws_of(translation.flaws);
    item["retried"] = translation.retried;
    line["translations"].push_back(std::move(item));
  }
  line["ms"] = {{"queued", static_cast<double>(result.queued_ns) / ms},
                {"encode", static_cast<double>(result.encode_ns) / ms},
                {"decode", static_cast<double>(result.decode_ns) / ms}};
  line["batch"] = result.batch;
  // A line of any bytes gets its object: what is not UTF-8 is replaced.
  std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

void print_line(const Options& options, const TranslationResult& result) {
  for (size_t i = 0; i < result.translations.size(); ++i) {
    const Translation& translation = result.translations[i];
    if (i > 0) std::cout << '\t';
    if (options.scores) std::cout << translation.score << '\t';
    if (options.ids) {
      for (size_t k = 0; k < translation.ids.size(); ++k)
        std::cout << (k == 0 ? "" : " ") << translation.ids[k];
    } else {
      std::cout << translation.text;
    }
  }
  std::cout << '\n';
}

/// Prints the results in the order of their lines while the next ones are read and translated.
class Printer {
 public:
  explicit Printer(const Options& options) : options_(options), thread_(&Printer::run, this) {}
  ~Printer() { join(); }
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;

  /// Waits while too much is on its way.
  void add(std::string text, std::future<TranslationResult> future) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.size() < most_waiting || failure_; });
    if (failure_) return;
    waiting_.emplace_back(std::move(text), std::move(future));
    changed_.notify_all();
  }

  bool failed() {
    const std::lock_guard lock(mutex_);
    return failure_ != nullptr;
  }

  /// Waits for the last line; throws what a translation threw.
  void finish() {
    join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  static constexpr size_t most_waiting = 1024;

  void join() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return !waiting_.empty() || ended_; });
      if (waiting_.empty()) return;
      auto [text, future] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      std::exception_ptr failure;
      try {
        const TranslationResult result = future.get();
        if (options_.json)
          print_json(text, result);
        else
          print_line(options_, result);
        std::cout.flush();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      changed_.notify_all();
      if (!failure) continue;
      failure_ = failure;
      return;
    }
  }

  const Options& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::string, std::future<TranslationResult>>> waiting_;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

void translate_lines(std::istream& input, const Options& options, Translator& translator,
                     Printer& printer) {
  for (std::string line; !printer.failed() && std::getline(input, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    TranslationRequest request;
    request.text = line;
    request.source = options.from;
    request.targets = options.to;
    request.search = options.search;
    request.scores = options.scores || options.json;
    request.split = request.guards = !options.exact;
    request.keep_unknown = options.keep_unknown;
    request.shortlist = options.shortlist;
    request.batch_size = options.batch_size;
    printer.add(std::move(line), translator.submit(std::move(request)));
  }
}

}  // namespace

int translate_command(int argc, char** argv) {
  const Options options = parse(argc, argv);
  const ProgressBar bar("loading the model");
  const auto translator = open_translator(options.translator, bar.progress());
  bar.finish();
  Printer printer(options);
  std::string unreadable;
  if (options.files.empty()) {
    translate_lines(std::cin, options, *translator, printer);
    if (std::ferror(stdin) != 0) unreadable = "The input";
  }
  for (const auto& file : options.files) {
    std::ifstream input(file);
    if (input) translate_lines(input, options, *translator, printer);
    if (!input.eof() && !printer.failed()) {  // missing, or no file, or damaged
      unreadable = file;
      break;
    }
  }
  printer.finish();
  if (!unreadable.empty()) throw Error(Error::Kind::NotFound, unreadable + ": cannot be read.");
  if (!std::cout) throw Error(Error::Kind::Failed, "The output cannot be written.");
  return 0;
}

}  // namespace gst_translate
