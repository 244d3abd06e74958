// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/api/translator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "gst-translate/model/json.h"
#include "tests/unit/expect_error.h"
#include "tests/unit/folders.h"
#include "tests/unit/heard_log.h"
#include "tests/unit/test_place.h"
#include "tests/unit/thread_limit.h"

namespace gst_translate {
namespace {

using Kind = Error::Kind;

/// The same for every test: loading takes a second.
Translator& demo() {
  static const std::shared_ptr<Translator> translator = [] {
    TranslatorOptions options;
    options.model = folders::demo_model();
    choose_test_place(options);
    return open_translator(options);
  }();
  return *translator;
}

TranslationRequest request(const std::string& text, const std::string& source,
                           std::vector<std::string> targets, int beams = 1) {
  TranslationRequest request;
  request.text = text;
  request.source = source;
  request.targets = std::move(targets);
  request.search.beams = beams;
  request.split = request.guards = false;
  return request;
}

TranslationResult translate(const std::string& text, const std::string& target) {
  return demo().submit(request(text, "en", {target})).get();
}

/// One of `each` cases of the goldens, `first` of them first: batches, padding and mixed directions
/// as they come.
void expect_goldens(int beams, size_t first, size_t each) {
  // Two searches may differ where they compare scores that float32 cannot tell apart.
  constexpr double excused_margin = 1e-4;
  const Json golden = read_json(folders::test_data("goldens/demo-model.json"));
  std::vector<std::future<TranslationResult>> futures;
  for (const auto& direction : golden["directions"])
    for (size_t i = first; i < direction["cases"].size(); i += each)
      futures.push_back(demo().submit(request(direction["cases"][i]["text"], direction["source"],
                                              {direction["target"]}, beams)));
  ASSERT_GE(futures.size(), 800 / each);
  auto future = futures.begin();
  for (const auto& direction : golden["directions"]) {
    for (size_t i = first; i < direction["cases"].size(); i += each) {
      const auto& item = direction["cases"][i];
      const TranslationResult result = future++->get();
      EXPECT_EQ(result.source_ids, item["source_ids"].get<std::vector<int32_t>>()) << item["text"];
      const auto& wanted = item[std::to_string(beams)];
      if (result.translations[0].ids == wanted["ids"].get<std::vector<int32_t>>()) continue;
      const auto margin = wanted["margin"].get<double>();
      if (margin < excused_margin)
        std::printf("a tie of %g decides otherwise: %s\n", margin,
                    item["text"].get<std::string>().c_str());
      else
        ADD_FAILURE() << item["text"] << " into " << direction["target"] << ": got "
                      << Json(result.translations[0].ids) << ", wanted " << wanted
                      << ", goldens made with " << golden["made_with"];
    }
  }
}

TEST(Translator, GivesTheTokensOfHuggingFaceGreedily) {
  expect_goldens(1, 0, 1);
}
TEST(Translator, GivesTheTokensOfHuggingFaceWithFourBeams) {
  expect_goldens(4, 0, 2);
}
TEST(Translator, GivesTheTokensOfHuggingFaceWithFiveBeams) {
  expect_goldens(5, 1, 4);
}

TEST(Translator, TranslatesIntoSeveralLanguagesAtOnce) {
  const auto result =
      demo().submit(request("Good morning.", "en", {"ja", "de", "fra_Latn", "es"}, 4)).get();
  ASSERT_EQ(result.translations.size(), 4U);
  EXPECT_EQ(result.translations[0].language, "jpn_Jpan");
  EXPECT_EQ(result.batch, 1);
  for (size_t i = 0; i < 4; ++i) {
    const auto alone =
        demo().submit(request("Good morning.", "en", {result.translations[i].language}, 4)).get();
    EXPECT_EQ(result.translations[i].text, alone.translations[0].text);
  }
}

TEST(Translator, LogsWhatItChose) {
  const HeardLog heard;
  TranslatorOptions options;
  options.model = folders::demo_model();
  options.backend = "cpu";
  const auto translator = open_translator(options);
  EXPECT_EQ(translator->model().precision, "int8");
  for (const char* part : {"model: ", "cpu: The weights are packed in int8 for the kernels ",
                           "the number that makes a token fastest"})
    EXPECT_TRUE(heard.has(LogLevel::Info, part)) << part << " in " << heard.text();
  EXPECT_TRUE(heard.has(LogLevel::Debug, "A token takes ")) << heard.text();
  translator->submit(request("Good morning.", "en", {"de"})).wait();
  EXPECT_TRUE(heard.has(LogLevel::Trace, "Encoded ")) << heard.text();
}

TEST(Translator, OpensWithFewerThreadsThanTheSystemGives) {
  const HeardLog heard;
  const ThreadLimit limit(9);
  TranslatorOptions options;
  options.model = folders::demo_model();
  options.backend = "cpu";
  options.threads = 64;
  const auto translator = open_translator(options);
  EXPECT_EQ(translator->model().threads, 6);
  EXPECT_TRUE(heard.has(LogLevel::Warning, "gives 10 of 64 threads")) << heard.text();
  const auto result = translator->submit(request("Good morning.", "en", {"de"})).get();
  EXPECT_EQ(result.translations[0].text, "Guten Morgen.");
}

TEST(Translator, GivesNothingForNothing) {
  EXPECT_EQ(translate("", "ja").translations[0].text, "");
  EXPECT_EQ(translate(" \t\n", "ja").translations[0].text, "");
  EXPECT_TRUE(demo().submit(request("Hello.", "en", {})).get().translations.empty());
}

TEST(Translator, ScoresAsHuggingFaceDoes) {
  auto wanted = request("Good morning.", "en", {"de"}, 4);
  const float beam = demo().submit(wanted).get().translations[0].score;
  EXPECT_LT(beam, 0);
  wanted.search.beams = 1;
  wanted.scores = true;
  // The same words found either way have the same probability.
  EXPECT_NEAR(demo().submit(wanted).get().translations[0].score, beam, 1e-4);
}

TEST(Translator, StopsAtMaxLengthAndSaysSo) {
  auto wanted = request("The meeting starts at nine in the morning.", "en", {"ja"});
  wanted.search.max_length = 5;
  const auto translation = demo().submit(wanted).get().translations[0];
  EXPECT_EQ(translation.ids.size(), 5U);
  EXPECT_TRUE(translation.flaws & Flaw::Truncated);
  wanted.search.beams = 4;
  EXPECT_EQ(demo().submit(wanted).get().translations[0].ids.size(), 5U);
  wanted.search.max_length = 2;
  EXPECT_EQ(demo().submit(wanted).get().translations[0].ids, (std::vector<int32_t>{2, 16004}));
}

TEST(Translator, GivesUpWhatIsCancelled) {
  auto wanted = request("The meeting starts at nine in the morning.", "en", {"ja"});
  wanted.cancel = std::make_shared<std::atomic<bool>>(true);
  expect_error(Kind::Cancelled, "cancelled", [&] { demo().submit(wanted).get(); });
  EXPECT_EQ(translate("Hello.", "de").translations[0].text, "Hallo.");
}

TEST(Translator, NamesALanguageThatTheModelLacks) {
  expect_error(Kind::Settings, "\"ru\"", [] { translate("Hello.", "ru"); });
  expect_error(Kind::Settings, "\"xyzzy\"",
               [] { demo().submit(request("Hello.", "xyzzy", {"de"})).get(); });
}

TEST(Translator, RefusesSettingsOutOfRange) {
  auto wanted = request("Hello.", "en", {"de"}, 0);
  expect_error(Kind::Settings, "beams is 0", [&] { demo().submit(wanted).get(); });
  wanted.search.beams = 1;
  wanted.search.max_length = 1;
  expect_error(Kind::Settings, "max-length is 1", [&] { demo().submit(wanted).get(); });
}

TEST(Translator, TakesTheEndsOfEachRange) {
  using Options = SearchOptions;
  for (const auto& [beams, max_length, penalty, refused] :
       {std::tuple(Options::least_beams, Options::least_max_length, Options::least_length_penalty,
                   ""),
        std::tuple(Options::most_beams, 10, Options::most_length_penalty, ""),
        std::tuple(1, Options::most_max_length, 1.0, ""),
        std::tuple(Options::least_beams - 1, 10, 1.0, "beams"),
        std::tuple(Options::most_beams + 1, 10, 1.0, "beams"),
        std::tuple(1, Options::least_max_length - 1, 1.0, "max-length"),
        std::tuple(1, Options::most_max_length + 1, 1.0, "max-length"),
        std::tuple(1, 10, Options::least_length_penalty - 1, "length-penalty"),
        std::tuple(1, 10, Options::most_length_penalty + 1, "length-penalty")}) {
    auto wanted = request("Hello.", "en", {"de"}, beams);
    wanted.search.max_length = max_length;
    wanted.search.length_penalty = penalty;
    auto future = demo().submit(wanted);
    if (*refused == '\0')
      EXPECT_NO_THROW(future.get()) << beams << ' ' << max_length << ' ' << penalty;
    else
      expect_error(Kind::Settings, std::string(refused) + " is ", [&] { future.get(); });
  }
  for (const int batch_size : {0, TranslationRequest::largest_batch + 1}) {
    auto wanted = request("Hello.", "en", {"de"});
    wanted.batch_size = batch_size;
    expect_error(Kind::Settings, "batch-size is ", [&] { demo().submit(wanted).get(); });
  }
}

TEST(Translator, ServesEveryBatchSizeAndShortlistWithOneModel) {
  const Stats before = demo().stats();
  const int64_t bytes = demo().model().bytes;
  std::vector<TranslationRequest> requests;
  for (const int batch_size : {2, 2, 2, 2, 16, 16, 16, 16}) {
    requests.push_back(request("Good morning.", "en", {"de"}));
    requests.back().batch_size = batch_size;
    requests.back().shortlist = requests.size() % 2 == 0;
  }
  auto futures = demo().submit_all(requests);
  for (size_t i = 0; i < futures.size(); ++i) {
    const TranslationResult result = futures[i].get();
    EXPECT_LE(result.batch, requests[i].batch_size);
    EXPECT_EQ(result.translations[0].text, "Guten Morgen.");
  }
  // Two of two each, and the others together: nobody else uses this translator now.
  EXPECT_EQ(demo().stats().batches, before.batches + 3);
  EXPECT_EQ(demo().model().bytes, bytes);
  EXPECT_LT(demo().scored_share("de"), 1);
  EXPECT_GT(demo().scored_share("de"), 0);
  expect_error(Kind::Settings, "\"xyzzy\"", [] { demo().scored_share("xyzzy"); });
}

TEST(Translator, ServesManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  threads.reserve(8);
  std::atomic<int> right{0};
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&right, i] {
      const bool german = i % 2 == 0;
      for (int k = 0; k < 5; ++k)
        right += translate("Hello.", german ? "de" : "es").translations[0].text ==
                 (german ? "Hallo." : "Hola.");
    });
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(right, 40);
}

TEST(Translator, CountsItsWork) {
  const Stats before = demo().stats();
  translate("Hello.", "de");
  // The counts of a batch are in when the next one begins.
  translate("Hello.", "de");
  const Stats after = demo().stats();
  EXPECT_EQ(after.requests, before.requests + 2);
  EXPECT_GE(after.sentences, before.sentences + 1);
  EXPECT_GT(after.tokens, before.tokens);
  EXPECT_EQ(after.queued, 0U);
}

TEST(Translator, IsSharedByAllWhoOpenTheSame) {
  TranslatorOptions options;
  options.model = folders::demo_model() + "/.";
  options.device = "cpu";
  options.precision = "float32";
  demo();
  EXPECT_EQ(open_translator(options).get(), &demo());
}

TEST(Translator, IsOpenedOnceByAllWhoWantItAtOnce) {
  TranslatorOptions options;
  options.model = folders::demo_model();
  options.device = "cpu";
  options.precision = "float16";
  std::atomic<bool> loading{false};
  std::promise<void> others_wait;
  std::shared_ptr<Translator> first;
  std::thread opener([&] {
    first = open_translator(options, [&](double) {
      if (!loading.exchange(true)) others_wait.get_future().wait();
      return true;
    });
  });
  while (!loading)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  // One gives up its wait, the other one gets what the first has opened.
  expect_error(Kind::Cancelled, "cancelled",
               [&] { open_translator(options, [](double) { return false; }); });
  std::shared_ptr<Translator> second;
  std::thread waiter([&] { second = open_translator(options); });
  others_wait.set_value();
  opener.join();
  waiter.join();
  EXPECT_NE(first, nullptr);
  EXPECT_EQ(first, second);
}

TEST(Translator, TellsWhatItIs) {
  const ModelInfo& info = demo().model();
  EXPECT_EQ(info.kind, "nllb");
  EXPECT_EQ(info.device, "cpu");
  EXPECT_EQ(info.precision, "float32");
  EXPECT_EQ(info.languages.size(), 5U);
  EXPECT_EQ(info.vocabulary, 16008);
  EXPECT_EQ(info.search.beams, 1);  // examples/demo-model/generation_config.json
  EXPECT_EQ(info.search.max_length, 200);
  EXPECT_EQ(info.search.length_penalty, 1.0);
  EXPECT_EQ(info.parameters, 23895168);  // as transformers counts them
  EXPECT_NEAR(static_cast<double>(info.bytes), 4.0 * static_cast<double>(info.parameters),
              0.01 * static_cast<double>(info.bytes));
}

TEST(OpenTranslator, RunsInBfloat16) {
  TranslatorOptions options;
  options.model = folders::demo_model();
  options.device = "cpu";
  options.precision = "bfloat16";
  const auto translator = open_translator(options);
  EXPECT_EQ(translator->submit(request("Hello.", "en", {"de"})).get().translations[0].text,
            "Hallo.");
  EXPECT_EQ(translator->model().bytes, 2 * translator->model().parameters);
}

TEST(OpenTranslator, ReportsProgressAndCanBeGivenUp) {
  folders::Temporary folder;
  folder.link_all(folders::demo_model());
  TranslatorOptions options;
  options.model = folder.path();
  double last = 0;
  open_translator(options, [&](double fraction) {
    EXPECT_GE(fraction, last);
    EXPECT_LE(fraction, 1);
    last = fraction;
    return true;
  });
  EXPECT_GT(last, 0.9);
  expect_error(Kind::Cancelled, "cancelled",
               [&] { open_translator(options, [](double) { return false; }); });
}

TEST(OpenTranslator, CanBeGivenUpAtAnyMoment) {
  for (const char* folder : {"models/nllb", "models/nllb-json", "models/nllb-bin"})
    for (const char* precision : {"auto", "float32", "bfloat16"}) {
      TranslatorOptions options;
      options.model = folders::test_data(folder);
      options.device = "cpu";
      options.precision = precision;
      int moments = 0;
      for (bool given_up = true; given_up; ++moments) {
        int looks = 0;
        double fraction = 0;
        const auto progress = [&](double now) {
          EXPECT_GE(now, fraction);
          EXPECT_LE(now, 1);
          fraction = now;
          return looks++ < moments;
        };
        try {
          open_translator(options, progress);
          given_up = false;
        } catch (const Error& error) {
          ASSERT_EQ(error.kind(), Kind::Cancelled) << error.what();
          EXPECT_EQ(looks, moments + 1) << "it went on";
        }
      }
      EXPECT_GT(moments, 5) << folder << ' ' << precision;
    }
}

TEST(OpenTranslator, NamesWhatIsWrong) {
  const auto open = [](const std::string& model, const std::string& device = "cpu",
                       const std::string& precision = "auto") {
    TranslatorOptions options;
    options.model = model;
    options.device = device;
    options.precision = precision;
    return open_translator(options);
  };
  folders::Temporary folder;
  expect_error(Kind::NotFound, "there is no such folder", [&] { open(folder.path("gone")); });
  expect_error(Kind::NotFound, "config.json is missing", [&] { open(folder.path()); });
  folder.link_all(folders::demo_model());
  expect_error(Kind::NotFound, "is no folder", [&] { open(folder.path("config.json")); });
  const std::string shard = "model-00003-of-00004.safetensors";
  const std::string whole = folders::read(folders::demo_model() + "/" + shard);
  folder.replace(shard, whole.substr(0, whole.size() / 2));
  expect_error(Kind::Corrupt, shard, [&] { open(folder.path()); });
  folders::fs::remove(folder.path(shard));
  expect_error(Kind::NotFound, shard, [&] { open(folder.path()); });
}

/// Overwrites one tensor of a safetensors file with bits that are no number in any type.
void damage(folders::Temporary& folder, const std::string& name, const std::string& tensor) {
  std::string file = folders::read(folder.path(name));
  uint64_t length = 0;
  std::memcpy(&length, file.data(), sizeof length);
  const auto header = Json::parse(file.substr(sizeof length, length));
  const auto& offsets = header.at(tensor).at("data_offsets");
  const size_t begin = offsets[0], end = offsets[1];
  file.replace(sizeof length + length + begin, end - begin, end - begin, '\xff');
  folder.replace(name, file);
}

TEST(Translator, SaysThatWeightsAreNoNumbers) {
  folders::Temporary folder;
  folder.link_all(folders::test_data("models/nllb"));
  damage(folder, "model.safetensors", "model.decoder.layer_norm.weight");
  for (const char* precision : {"auto", "int8", "float16", "float32", "bfloat16"})
    for (const int beams : {1, 4}) {
      TranslatorOptions options;
      options.model = folder.path();
      options.precision = precision;
      options.device = "cpu";
      const auto translator = open_translator(options);
      TranslationRequest request;
      request.text = "Good morning.";
      request.source = translator->model().languages.at(0);
      request.targets = {translator->model().languages.at(1)};
      request.search.beams = beams;
      auto future = translator->submit(std::move(request));
      expect_error(Kind::Failed, "not finite: its weights are damaged", [&] { future.get(); });
    }
}

TEST(CheckOptions, TakesWhatThereIs) {
  for (const char* device : {"auto", "cpu", "cuda", "cuda:0", "cuda:17", "mps"}) {
    TranslatorOptions options;
    options.device = device;
    EXPECT_NO_THROW(check_options(options)) << device;
  }
  for (const char* precision : {"auto", "float32", "float16", "bfloat16", "int8"}) {
    TranslatorOptions options;
    options.precision = precision;
    EXPECT_NO_THROW(check_options(options)) << precision;
  }
}

TEST(CheckOptions, NamesWhatMakesNoSense) {
  const auto refused = [](const std::string& text, const auto& change) {
    TranslatorOptions options;
    change(options);
    expect_error(Kind::Settings, text, [&] { check_options(options); });
    expect_error(Kind::Settings, text, [&] { open_translator(options); });
  };
  using Options = TranslatorOptions;
  for (const char* device : {"gpu", "", "cuda:", "cuda:x", "cuda:1234567", "cpu:0"})
    refused("\"" + std::string(device) + "\" is no device",
            [&](Options& options) { options.device = device; });
  refused("\"int3\" is no precision: it is one of auto, float32, float16, bfloat16, int8.",
          [](Options& options) { options.precision = "int3"; });
  refused("\"tensorrt\" is no backend", [](Options& options) { options.backend = "tensorrt"; });
  refused("threads is -1", [](Options& options) { options.threads = -1; });
  refused("threads is 5000; it must be from 0 to 1024.",
          [](Options& options) { options.threads = 5000; });
  const auto refused_together = [&](const std::string& text, const char* device,
                                    const char* backend, const char* precision) {
    refused(text, [&](Options& options) {
      options.device = device;
      options.backend = backend;
      options.precision = precision;
    });
  };
  refused_together("does not run on the device cuda", "cuda", "cpu", "auto");
  refused_together("has no precision bfloat16", "auto", "cpu", "bfloat16");
  refused_together("The backend torch has no precision int8", "auto", "torch", "int8");
  refused_together("The backend torch has no precision int8", "mps", "torch", "int8");
}

class LocateModel : public testing::Test {
 protected:
  // NOLINTBEGIN(concurrency-mt-unsafe): nobody else reads them then
  void SetUp() override { setenv("HF_HUB_CACHE", cache_.path().c_str(), 1); }
  void TearDown() override { unsetenv("HF_HUB_CACHE"); }
  // NOLINTEND(concurrency-mt-unsafe)

  folders::Temporary cache_;
};

TEST_F(LocateModel, FindsAHubNameInTheLocalCache) {
  const std::string repository = "models--facebook--nllb-200-distilled-600M";
  folders::fs::create_directories(cache_.path(repository + "/refs"));
  folders::fs::create_directories(cache_.path(repository + "/snapshots/abc"));
  cache_.write(repository + "/refs/main", "abc");
  cache_.write(repository + "/snapshots/abc/config.json", "{}");
  EXPECT_EQ(locate_model("facebook/nllb-200-distilled-600M"),
            cache_.path(repository + "/snapshots/abc"));
}

TEST_F(LocateModel, SaysHowToFetchWhatIsNotThere) {
  expect_error(Kind::NotFound, "gst-translate fetch facebook/nllb-200-3.3B",
               [] { (void)locate_model("facebook/nllb-200-3.3B"); });
}

TEST_F(LocateModel, MeansTheBundledModelByNothing) {
  EXPECT_EQ(locate_model(""), folders::demo_model());
}

}  // namespace
}  // namespace gst_translate
