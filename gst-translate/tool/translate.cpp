// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/translate.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/command-line/input.h"
#include "gst-translate/command-line/progress_bar.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/text/language.h"
#include "gst-translate/tool/log_to_stderr.h"

namespace gst_translate {

namespace {

struct Options {
  TranslatorOptions translator;
  std::string from = "eng_Latn";
  std::vector<std::string> to;
  SearchOptions search;
  bool exact = false, prepare = true, shortlist = false, ids = false, scores = false, json = false;
  std::optional<bool> keep_unknown;  // unless it is said: but not with `exact`
  int batch_size = TranslationRequest().batch_size;
  std::string encoding = "auto";
  std::vector<Input> inputs;
};

enum Option {
  kModel = 'm',
  kFile = 'f',
  kEncoding = 'e',
  kTo = 't',
  kVerbose = 'v',
  kFrom = 256,
  kBeams,
  kLengthPenalty,
  kMaxLength,
  kEarlyStopping,
  kNoRepeatNgram,
  kRepetitionPenalty,
  kExact,
  kNoPrepare,
  kKeepUnknown,
  kDropUnknown,
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

EarlyStopping parse_early_stopping(const std::string& when) {
  if (when == "true") return EarlyStopping::Always;
  if (when == "false") return EarlyStopping::Heuristic;
  if (when == "never") return EarlyStopping::Never;
  throw UsageError("--early-stopping needs true, false or never, not \"" + when + "\"");
}

Options parse(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options;
  std::vector<std::string> files;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kFile:
        files.emplace_back(value);
        break;
      case kEncoding:
        options.encoding = value;
        break;
      case kModel:
        options.translator.model = value;
        break;
      case kFrom:
        options.from = value;
        break;
      case kTo:
        for (const std::string& language : parse_list(value))
          options.to.push_back(language);
        break;
      case kBeams:
        options.search.beams =
            parse_int("beams", value, SearchOptions::least_beams, SearchOptions::most_beams);
        break;
      case kLengthPenalty:
        options.search.length_penalty = parse_number("length-penalty", value);
        break;
      case kMaxLength:
        options.search.max_length = parse_int("max-length", value, SearchOptions::least_max_length,
                                              SearchOptions::most_max_length);
        break;
      case kEarlyStopping:
        options.search.early_stopping = parse_early_stopping(value);
        break;
      case kNoRepeatNgram:
        options.search.no_repeat_ngram_size =
            parse_int("no-repeat-ngram", value, 0, SearchOptions::most_no_repeat_ngram_size);
        break;
      case kRepetitionPenalty:
        options.search.repetition_penalty = parse_number("repetition-penalty", value);
        break;
      case kExact:
        options.exact = true;
        break;
      case kNoPrepare:
        options.prepare = false;
        break;
      case kKeepUnknown:
        options.keep_unknown = true;
        break;
      case kDropUnknown:
        options.keep_unknown = false;
        break;
      case kDevice:
        options.translator.device = value;
        break;
      case kPrecision:
        options.translator.precision = value;
        break;
      case kBackend:
        options.translator.backend = value;
        break;
      case kShortlist:
        options.shortlist = true;
        break;
      case kThreads:
        options.translator.threads =
            parse_int("threads", value, 0, TranslatorOptions::most_threads);
        break;
      case kBatchSize:
        options.batch_size = parse_int("batch-size", value, 1, TranslationRequest::largest_batch);
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
      case kVerbose:
        log_more_to_stderr();
        break;
      default:
        break;
    }
  }
  if (options.to.empty())
    throw UsageError("--to is missing: it says which language to translate into");
  check_options(options.translator);
  check_encoding(options.encoding);
  options.inputs = find_inputs(Arguments::Files, files, reader.arguments());
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
        flush_output();
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

TranslationRequest request_for(const std::string& text, const Options& options) {
  TranslationRequest request;
  request.text = text;
  request.source = options.from;
  request.targets = options.to;
  request.search = options.search;
  request.scores = options.scores || options.json;
  request.split = request.guards = !options.exact;
  request.prepare = options.prepare;
  request.keep_unknown = options.keep_unknown.value_or(!options.exact);
  request.shortlist = options.shortlist;
  request.batch_size = options.batch_size;
  return request;
}

/// Throws for a code that neither the table of languages nor the model knows. What the model lacks
/// of the others shows when it is open; to ask it before would read its vocabulary twice.
void check_languages(const Options& options) {
  std::vector<std::string> codes = options.to;
  codes.push_back(options.from);
  for (const std::string& code : codes) {
    if (find_language(code) != nullptr) continue;
    const std::string folder = locate_model(options.translator.model);
    Tokenizer::open(folder, ModelConfig::read(folder)).languages().id(code);
  }
}

int run(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  const Options options = parse(argc, argv, specs);
  check_languages(options);
  const ProgressBar bar("loading the model");
  const auto translator = open_translator(options.translator, bar.progress());
  bar.finish();
  // What the engine refuses shows here, before anything is read.
  translator->submit(request_for("", options)).get();

  Printer printer(options);
  bool damaged = false;
  for (const Input& input : options.inputs) {
    TextReader reader(input.value, options.encoding);
    for (std::string line; !printer.failed() && reader.read_line(line);)
      printer.add(line, translator->submit(request_for(line, options)));
    damaged = damaged || reader.damaged();
  }
  printer.finish();
  return damaged ? 1 : 0;
}

}  // namespace

Command translate_command() {
  return {
      "translate",
      "[OPTION...] [FILE...]",
      "translates lines of text; meant where no command is named",
      "Translates each line of the files, or of standard input as it comes, to a line on standard "
      "output.",
      {
          {kTo, "to", "LANGUAGE[,...]",
           "language of the translation: FLORES-200 (deu_Latn), ISO 639 (de) or BCP 47 (de-AT); "
           "several, or the option several times, give columns with tabs between them"},
          {kFrom, "from", "LANGUAGE", "language of the text (default: eng_Latn)"},
          {kModel, "model", "FOLDER",
           "a Hugging Face folder, or a hub name that was fetched (default: GST_LINGUA_MODEL, else "
           "the bundled demo model)"},
          file_option,
          encoding_option,
          {kBeams, "beams", "N", "width of the search, 1: greedy (default: the model's)"},
          {kLengthPenalty, "length-penalty", "X",
           "above 0: prefers longer translations (default: the model's)"},
          {kMaxLength, "max-length", "N", "longest translation in tokens (default: the model's)"},
          {kEarlyStopping, "early-stopping", "WHEN",
           "true, false, never: when a search with beams may end (default: the model's)"},
          {kNoRepeatNgram, "no-repeat-ngram", "N",
           "no N tokens twice in a row in a translation, 0: off"},
          {kRepetitionPenalty, "repetition-penalty", "X", "above 1: avoids tokens that were used"},
          {kExact, "exact", nullptr,
           "gives what generate() of transformers gives: every line goes in whole and as it is, "
           "and "
           "no guard looks for loops, copies and wrong scripts and tries again"},
          {kNoPrepare, "no-prepare", nullptr,
           "lets text go in as it is: capitals, unknown characters, URLs, numbers with units"},
          {kKeepUnknown, "keep-unknown", nullptr,
           "puts characters that the model does not know (names, emoji) into the translation: the "
           "default, but with --exact"},
          {kDropUnknown, "drop-unknown", nullptr, "leaves them out"},
          {kDevice, "device", "DEVICE", "auto, cpu, cuda, cuda:N, mps (default: auto)"},
          {kPrecision, "precision", "NAME",
           "auto, float32, float16, bfloat16, int8 (default: auto)"},
          {kBackend, "backend", "NAME", "auto, cpu, torch: what computes (default: auto)"},
          {kShortlist, "shortlist", nullptr,
           "scores only the tokens that the language's script needs"},
          {kThreads, "threads", "N", "of the CPU, 0: chosen (default: 0)"},
          {kBatchSize, "batch-size", "N", "most lines translated at once (default: 32)"},
          {kIds, "ids", nullptr, "prints the tokens' ids instead of text; implies --exact"},
          {kScores, "scores", nullptr, "prints each translation's score and a tab in front of it"},
          {kJson, "json", nullptr, "prints one JSON object a line, with all there is to know"},
          verbose_option,
      },
      run,
      std::string(files_remark) +
          "\n\nEnvironment: GST_LINGUA_MODEL, the model where --model names none; HF_HUB_CACHE, "
          "HF_HOME, XDG_CACHE_HOME, where fetched models are.",
  };
}

}  // namespace gst_translate
