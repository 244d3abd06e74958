// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/bench.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
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
#include "gst-translate/model/json.h"
#include "gst-translate/tool/options.h"

namespace gst_translate {

const char* const bench_usage =
    "gst-translate bench [OPTION...] FILE\n"
    "\n"
    "Translates the lines of FILE once for every line of standard input (or --rounds times), and\n"
    "prints what each round took as a JSON object. The first object tells about loading. A line "
    "of\n"
    "standard input may say BEAMS BATCH, of its round and those that follow.\n"
    "\n"
    "  --model, --from, --to, --beams, --max-length, --device, --precision, --backend, --threads,\n"
    "  --shortlist            as for translate\n"
    "  --batch N              lines that are submitted together (default: 1)\n"
    "  --rounds N             rounds, without waiting for standard input\n"
    "  --cancel-after MS      each round only begins its first batch, gives it up so long after, "
    "and\n"
    "                         prints how long that took\n";

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
  bool shortlist = false;
  int rounds = 0;
  std::optional<int> cancel_after;  // ms
};

Options parse(int argc, char** argv) {
  constexpr option long_options[] = {{"model", required_argument, nullptr, 'm'},
                                     {"from", required_argument, nullptr, 'f'},
                                     {"to", required_argument, nullptr, 't'},
                                     {"beams", required_argument, nullptr, 'b'},
                                     {"max-length", required_argument, nullptr, 'l'},
                                     {"device", required_argument, nullptr, 'd'},
                                     {"precision", required_argument, nullptr, 'p'},
                                     {"backend", required_argument, nullptr, 'k'},
                                     {"threads", required_argument, nullptr, 'n'},
                                     {"shortlist", no_argument, nullptr, 's'},
                                     {"batch", required_argument, nullptr, 'a'},
                                     {"rounds", required_argument, nullptr, 'r'},
                                     {"cancel-after", required_argument, nullptr, 'c'},
                                     {nullptr, 0, nullptr, 0}};
  Options options;
  for (int found = 0; (found = next_option(argc, argv, long_options, "")) != -1;) {
    switch (found) {
      case 'm':
        options.translator.model = optarg;
        break;
      case 'f':
        options.from = optarg;
        break;
      case 't':
        options.to = optarg;
        break;
      case 'b':
        options.search.beams =
            parse_int("beams", optarg, SearchOptions::least_beams, SearchOptions::most_beams);
        break;
      case 'l':
        options.search.max_length = parse_int("max-length", optarg, SearchOptions::least_max_length,
                                              SearchOptions::most_max_length);
        break;
      case 'd':
        options.translator.device = optarg;
        break;
      case 'p':
        options.translator.precision = optarg;
        break;
      case 'k':
        options.translator.backend = optarg;
        break;
      case 'n':
        options.translator.threads =
            parse_int("threads", optarg, 0, TranslatorOptions::most_threads);
        break;
      case 's':
        options.shortlist = true;
        break;
      case 'a':
        options.batch =
            static_cast<size_t>(parse_int("batch", optarg, 1, TranslationRequest::largest_batch));
        break;
      case 'r':
        options.rounds = parse_int("rounds", optarg, 1);
        break;
      case 'c':
        options.cancel_after = parse_int("cancel-after", optarg, 0);
        break;
      default:
        break;
    }
  }
  if (argc - optind != 1) throw UsageError("bench takes one file of lines");
  options.file = argv[optind];
  return options;
}

std::vector<std::string> read_lines(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(Error::Kind::NotFound, path + ": cannot be read.");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) lines.push_back(line);
  if (lines.empty()) throw Error(Error::Kind::NotFound, path + ": has no lines.");
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
  std::fflush(stdout);
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
  for (size_t first = 0; first < lines.size(); first += options.batch) {
    const size_t last = std::min(lines.size(), first + options.batch);
    const auto batch_begun = Clock::now();
    auto requests = requests_for(options, lines, first);
    for (auto& future : translator.submit_all(std::move(requests)))
      tokens += future.get().translations[0].ids.size() - 2;  // without start and language
    sentences.push_back(milliseconds_since(batch_begun) / static_cast<double>(last - first));
  }
  const double total = milliseconds_since(begun);
  std::sort(sentences.begin(), sentences.end());
  return {{"ms_per_sentence", total / static_cast<double>(lines.size())},
          {"median_ms", sentences[sentences.size() / 2]},
          {"tokens", tokens},
          {"tokens_per_second", static_cast<double>(tokens) / total * 1000},
          {"scored_share", options.shortlist ? translator.scored_share(options.to) : 1.0},
          {"resident_mb", resident_megabytes()}};
}

}  // namespace

int bench_command(int argc, char** argv) {
  Options options = parse(argc, argv);
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

}  // namespace gst_translate
