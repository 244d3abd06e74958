// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/bench.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/command-line/input.h"
#include "gst-translate/model/json.h"
#include "gst-translate/tool/log_to_stderr.h"

namespace gst_translate {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

struct Options {
  TranslatorOptions translator;
  std::string from = "eng_Latn", to = "deu_Latn", file;
  SearchOptions search;
  size_t batch = 1;
  size_t ahead = 0;  // batches that wait behind the one that is translated
  bool shortlist = false;
  int rounds = 0;
  std::optional<int> cancel_after;  // ms
};

enum Option {
  kModel = 'm',
  kTo = 't',
  kFrom = 256,
  kBeams,
  kMaxLength,
  kDevice,
  kPrecision,
  kBackend,
  kThreads,
  kShortlist,
  kBatch,
  kAhead,
  kRounds,
  kCancelAfter,
  kVerbose = 'v'
};

Options parse(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kModel:
        options.translator.model = value;
        break;
      case kFrom:
        options.from = value;
        break;
      case kTo:
        options.to = value;
        break;
      case kBeams:
        options.search.beams =
            parse_int("beams", value, SearchOptions::least_beams, SearchOptions::most_beams);
        break;
      case kMaxLength:
        options.search.max_length = parse_int("max-length", value, SearchOptions::least_max_length,
                                              SearchOptions::most_max_length);
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
      case kThreads:
        options.translator.threads =
            parse_int("threads", value, 0, TranslatorOptions::most_threads);
        break;
      case kShortlist:
        options.shortlist = true;
        break;
      case kBatch:
        options.batch =
            static_cast<size_t>(parse_int("batch", value, 1, TranslationRequest::largest_batch));
        break;
      case kAhead:
        options.ahead = static_cast<size_t>(parse_int("ahead", value, 0, 16));
        break;
      case kRounds:
        options.rounds = parse_int("rounds", value, 1);
        break;
      case kCancelAfter:
        options.cancel_after = parse_int("cancel-after", value, 0);
        break;
      case kVerbose:
        log_more_to_stderr();
        break;
      default:
        break;
    }
  }
  const auto files = reader.arguments();
  if (files.size() != 1) throw UsageError("bench takes one file of lines");
  options.file = find_inputs(Arguments::Files, {}, files).front().value;
  if (options.file == "-" && options.rounds == 0)
    throw UsageError("with the lines from standard input, --rounds says how often");
  return options;
}

std::vector<std::string> read_lines(const std::string& file) {
  TextReader reader(file, "auto");
  std::vector<std::string> lines;
  for (std::string line; reader.read_line(line);)
    if (!line.empty()) lines.push_back(line);
  if (lines.empty()) throw Error(Error::Kind::NotFound, file + ": has no lines.");
  return lines;
}

/// Resident memory of this process in MB, as Linux tells it; 0 elsewhere.
double resident_megabytes() {
  std::ifstream status("/proc/self/statm");
  size_t size = 0, resident = 0;
  status >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// The most that ever was, likewise.
double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#if defined(__linux__)
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
#else
  return 0;
#endif
}

void print(const nlohmann::ordered_json& line) {
  std::printf("%s\n", line.dump().c_str());
  flush_output();
}

/// The lines from `first` on that are submitted together.
std::vector<TranslationRequest> requests_for(const Options& options,
                                             const std::vector<std::string>& lines, size_t first) {
  std::vector<TranslationRequest> requests;
  for (size_t i = first; i < std::min(lines.size(), first + options.batch); ++i) {
    TranslationRequest request;
    request.text = lines[i];
    request.source = options.from;
    request.targets = {options.to};
    request.search = options.search;
    request.split = request.guards = false;
    request.shortlist = options.shortlist;
    request.batch_size = static_cast<int>(std::max<size_t>(options.batch, 64));
    requests.push_back(std::move(request));
  }
  return requests;
}

/// How long it takes until a batch is given up.
nlohmann::ordered_json measure_cancel(Translator& translator, const Options& options,
                                      const std::vector<std::string>& lines) {
  const auto cancel = std::make_shared<std::atomic<bool>>(false);
  auto requests = requests_for(options, lines, 0);
  for (auto& request : requests)
    request.cancel = cancel;
  auto futures = translator.submit_all(std::move(requests));
  std::this_thread::sleep_for(std::chrono::milliseconds(*options.cancel_after));
  *cancel = true;
  const auto begun = Clock::now();
  size_t cancelled = 0;
  for (auto& future : futures)
    try {
      future.get();
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::Cancelled) throw;
      ++cancelled;
    }
  return {{"cancel_after_ms", *options.cancel_after},
          {"give_up_ms", milliseconds_since(begun)},
          {"cancelled", cancelled}};
}

/// One pass over the lines.
nlohmann::ordered_json measure(Translator& translator, const Options& options,
                               const std::vector<std::string>& lines) {
  size_t tokens = 0;
  std::vector<double> sentences;
  const auto begun = Clock::now();
  auto last_over = begun;
  std::deque<std::vector<std::future<TranslationResult>>> waiting;
  const auto finish_first = [&] {
    for (auto& future : waiting.front())
      tokens += future.get().translations[0].ids.size() - 2;  // without start and language
    sentences.push_back(milliseconds_since(last_over) /
                        static_cast<double>(waiting.front().size()));
    last_over = Clock::now();
    waiting.pop_front();
  };
  for (size_t first = 0; first < lines.size(); first += options.batch) {
    waiting.push_back(translator.submit_all(requests_for(options, lines, first)));
    if (waiting.size() > options.ahead) finish_first();
  }
  while (!waiting.empty())
    finish_first();
  const double total = milliseconds_since(begun);
  std::sort(sentences.begin(), sentences.end());
  return {{"ms_per_sentence", total / static_cast<double>(lines.size())},
          {"median_ms", sentences[sentences.size() / 2]},
          {"tokens", tokens},
          {"tokens_per_second", static_cast<double>(tokens) / total * 1000},
          {"scored_share", options.shortlist ? translator.scored_share(options.to) : 1.0},
          {"resident_mb", resident_megabytes()}};
}

int run(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options = parse(argc, argv, specs);
  const auto lines = read_lines(options.file);
  const auto begun = Clock::now();
  auto looked = begun;
  double give_up = 0;
  const auto translator = open_translator(options.translator, [&](double) {
    give_up = std::max(give_up, milliseconds_since(looked));
    looked = Clock::now();
    return true;
  });
  give_up = std::max(give_up, milliseconds_since(looked));
  const ModelInfo& model = translator->model();
  print({{"load_ms", milliseconds_since(begun)},
         {"device", model.device},
         {"precision", model.precision},
         {"threads", model.threads},
         {"weights_mb", static_cast<double>(model.bytes) / 1e6},
         {"resident_mb", resident_megabytes()},
         {"peak_mb", peak_megabytes()},
         {"give_up_ms", give_up}});
  std::string line;
  for (int round = 0;
       options.rounds > 0 ? round < options.rounds : bool(std::getline(std::cin, line)); ++round) {
    int beams = 0;
    size_t batch = 0;
    if (std::istringstream(line) >> beams >> batch && beams > 0 && batch > 0) {
      options.search.beams = beams;
      options.batch = batch;
    }
    print(options.cancel_after ? measure_cancel(*translator, options, lines)
                               : measure(*translator, options, lines));
  }
  return 0;
}

}  // namespace

Command bench_command() {
  return {
      "bench",
      "[OPTION...] FILE",
      "measures translations of a file's lines",
      "Translates the lines of FILE once for every line of standard input (or --rounds times), and "
      "prints what each round took as a JSON object. The first object tells about loading. A line "
      "of standard input may say BEAMS BATCH, of its round and those that follow.",
      {
          {kTo, "to", "LANGUAGE", "language of the translation (default: deu_Latn)"},
          {kFrom, "from", "LANGUAGE", "language of the text (default: eng_Latn)"},
          {kModel, "model", "FOLDER", "as for translate"},
          {kBeams, "beams", "N", "as for translate"},
          {kMaxLength, "max-length", "N", "as for translate"},
          {kDevice, "device", "DEVICE", "as for translate"},
          {kPrecision, "precision", "NAME", "as for translate"},
          {kBackend, "backend", "NAME", "as for translate"},
          {kThreads, "threads", "N", "as for translate"},
          {kShortlist, "shortlist", nullptr, "as for translate"},
          {kBatch, "batch", "N", "lines that are submitted together (default: 1)"},
          {kAhead, "ahead", "N",
           "batches that wait behind the one that is translated (default: 0)"},
          {kRounds, "rounds", "N", "rounds, without waiting for standard input"},
          {kCancelAfter, "cancel-after", "MS",
           "each round only begins its first batch, gives it up so long after, and prints how long "
           "that took"},
          verbose_option,
      },
      run,
  };
}

}  // namespace gst_translate
