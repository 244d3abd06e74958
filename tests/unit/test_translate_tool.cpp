// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// The program gst-translate and the models that it finds, run as a user runs it, with nothing in
// the environment but what a test says. GST_TRANSLATE_TOOL names it.

#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/folders.h"

namespace gst_translate {
namespace {

namespace fs = folders::fs;

using namespace std::string_literals;

struct Outcome {
  int status = -1;
  std::string out, err;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double most_memory = 40;  // with what the sanitizer keeps of memory and files
#else
constexpr double most_memory = 1.15;
#endif

class TranslateTool : public testing::Test {
 protected:
  /// Through the shell; `variables` are those of env.
  Outcome run(const std::string& variables, const std::string& arguments,
              const std::string& input = "") const {
    folder_.write("in", input);
    const char* tool = std::getenv("GST_TRANSLATE_TOOL");  // NOLINT(concurrency-mt-unsafe)
    const std::string command =
        "env -u HF_HUB_CACHE -u HF_HOME -u ATEN_CPU_CAPABILITY HOME=" + folder_.path("home") +
        " XDG_CACHE_HOME= " + variables + " '" + (tool ? tool : "gst-translate") + "' " +
        arguments + " <" + folder_.path("in") + " >" + folder_.path("out") + " 2>" +
        folder_.path("err");
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, folders::read(folder_.path("out")),
            folders::read(folder_.path("err"))};
  }

  /// The bundled model as a download of the hub named "some/model" below `hub`.
  std::string download(const std::string& hub) const {
    const std::string repository = hub + "/models--some--model";
    fs::create_directories(folder_.path(repository + "/refs"));
    fs::create_directories(folder_.path(repository + "/snapshots"));
    folder_.write(repository + "/refs/main", "0123abcd");
    fs::create_directory_symlink(fs::absolute(folders::demo_model()),
                                 folder_.path(repository + "/snapshots/0123abcd"));
    return folder_.path(repository + "/snapshots/0123abcd");
  }

  folders::Temporary folder_;
};

TEST_F(TranslateTool, TranslatesTheSameOnEveryProcessorInEveryPrecision) {
  for (const char* processor : {"default", "avx2", "znver1", "avxvnni", "avx512", "amx"})
    for (const char* precision : {"int8", "float16", "float32"}) {
      const Outcome outcome = run(std::string("ATEN_CPU_CAPABILITY=") + processor,
                                  std::string("--backend cpu --to de,ja --precision ") + precision,
                                  "Good morning.\nThe meeting starts at nine in the morning.\n");
      EXPECT_EQ(outcome.status, 0) << outcome.err;
      EXPECT_EQ(outcome.out,
                "Guten Morgen.\tこんにちは。\n"
                "Die Sitzung beginnt um neun Uhr morgens.\t会議は朝9時に始まる。\n")
          << processor << " " << precision;
    }
}

TEST_F(TranslateTool, InfoShowsWhatAFolderHolds) {
  const Outcome text = run("", "info " + folders::demo_model());
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_EQ(text.out, folders::demo_model() +
                          "\n"
                          "  kind        NLLB\n"
                          "  encoder     6 layers, 6 heads, 1536 wide inside\n"
                          "  decoder     3 layers, 6 heads, 1536 wide inside\n"
                          "  width       384\n"
                          "  vocabulary  16008\n"
                          "  parameters  23.9 million, bfloat16\n"
                          "  weights     47.8 MB in 4 files\n"
                          "  search      beams 1, max-length 200\n"
                          "  languages   5: deu_Latn eng_Latn fra_Latn jpn_Jpan spa_Latn\n");

  const nlohmann::json info =
      nlohmann::json::parse(run("", "info --json " + folders::demo_model()).out);
  EXPECT_EQ(info["folder"], folders::demo_model());
  EXPECT_EQ(info["parameters"], 23895168);
  EXPECT_EQ(info["encoder"]["layers"], 6);
  EXPECT_EQ(info["dtype"], "bfloat16");
  EXPECT_EQ(info["languages"].size(), 5U);
}

TEST_F(TranslateTool, InfoMeansTheBundledModelByNothing) {
  const Outcome outcome = run("GST_LINGUA_MODEL=" + folders::demo_model(), "info --json");
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["folder"], folders::demo_model()) << outcome.err;
}

TEST_F(TranslateTool, InfoSaysWhatIsWrong) {
  const Outcome missing = run("", "info " + folder_.path("gone"));
  EXPECT_EQ(missing.status, 1);
  EXPECT_EQ(missing.out, "");
  EXPECT_EQ(missing.err, "gst-translate: " + folder_.path("gone") + ": there is no such folder.\n");
  const Outcome two = run("", "info one two");
  EXPECT_EQ(two.status, 2);
  EXPECT_NE(two.err.find("info takes one folder"), std::string::npos) << two.err;
}

/// The weights of an NLLB network of `layers` and as many, in float32, all 0 and in a file without
/// blocks on the disk.
void write_large_weights(const std::string& path, int layers, int width, int ffn, int vocabulary) {
  nlohmann::json header;
  size_t bytes = 0;
  const auto add = [&](const std::string& name, const std::vector<int>& shape) {
    size_t size = sizeof(float);
    for (const int length : shape)
      size *= static_cast<size_t>(length);
    header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {bytes, bytes + size}}};
    bytes += size;
  };
  const auto linear = [&](const std::string& name, int outputs, int inputs) {
    add(name + ".weight", {outputs, inputs});
    add(name + ".bias", {outputs});
  };
  const auto norm = [&](const std::string& name) {
    add(name + ".weight", {width});
    add(name + ".bias", {width});
  };
  add("model.shared.weight", {vocabulary, width});
  for (const std::string side : {"encoder", "decoder"}) {
    norm("model." + side + ".layer_norm");
    for (int i = 0; i < layers; ++i) {
      const std::string layer = "model." + side + ".layers." + std::to_string(i) + ".";
      norm(layer + "final_layer_norm");
      linear(layer + "fc1", ffn, width);
      linear(layer + "fc2", width, ffn);
      for (const std::string attention : {"self_attn", "encoder_attn"}) {
        if (side == "encoder" && attention == "encoder_attn") continue;
        norm(layer + attention + "_layer_norm");
        for (const char* part : {".q_proj", ".k_proj", ".v_proj", ".out_proj"})
          linear(layer + attention + part, width, width);
      }
    }
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const uint64_t length = text.size();
  std::ofstream(path, std::ios::binary)
      << std::string(reinterpret_cast<const char*>(&length), sizeof length) << text;
  fs::resize_file(path, sizeof length + text.size() + bytes);
}

TEST_F(TranslateTool, LoadsAModelInLittleMoreMemoryThanItsWeightsTake) {
  const std::string tiny = folders::test_data("models/nllb");
  folders::Temporary large;
  large.link_all(tiny);
  auto config = nlohmann::json::parse(folders::read(tiny + "/config.json"));
  config.update({{"encoder_layers", 4},
                 {"decoder_layers", 4},
                 {"d_model", 1024},
                 {"encoder_ffn_dim", 4096},
                 {"decoder_ffn_dim", 4096}});
  large.replace("config.json", config.dump());
  large.replace("model.safetensors", "");
  write_large_weights(large.path("model.safetensors"), 4, 1024, 4096, config["vocab_size"]);

  folder_.write("lines", "a\n");
  const auto load = [this](const std::string& folder, const std::string& precision) {
    const Outcome outcome =
        run("", "bench --rounds 1 --max-length 4 --threads 2 --device cpu --model " + folder +
                    " --precision " + precision + " " + folder_.path("lines"));
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return nlohmann::json::parse(outcome.out.substr(0, outcome.out.find('\n')));
  };
  for (const char* precision : {"int8", "float16", "float32"}) {
    const double base = load(tiny, precision)["peak_mb"];
    const auto loaded = load(large.path(), precision);
    const double weights = loaded["weights_mb"], peak = loaded["peak_mb"];
    EXPECT_GT(weights, 115) << precision;
    EXPECT_LT(peak - base, most_memory * weights) << precision;
  }
}

TEST_F(TranslateTool, TellsWhatHappensWhereAsked) {
  const std::string arguments = "--to de --device cpu --model " + folders::demo_model();
  const Outcome quiet = run("", arguments, "Good morning.\n");
  EXPECT_EQ(quiet.err, "");
  const Outcome told = run("", "-v " + arguments, "Good morning.\n");
  EXPECT_EQ(told.out, quiet.out);
  for (const char* part : {"INFO    engine: ", ": open on cpu in ", "DEBUG   engine: A batch of 1"})
    EXPECT_NE(told.err.find(part), std::string::npos) << part << '\n' << told.err;
  EXPECT_EQ(told.err.find("TRACE"), std::string::npos);
  const Outcome all = run("", "translate " + arguments + " --verbose -v", "Good morning.\n");
  EXPECT_NE(all.err.find("TRACE   engine: A step of "), std::string::npos) << all.err;
}

TEST_F(TranslateTool, MeasuresHowSoonABatchIsGivenUp) {
  folder_.write("lines.txt", "Good morning.\nGood night.\n");
  const Outcome outcome =
      run("", "bench --device cpu --batch 2 --rounds 1 --cancel-after 0 --model " +
                  folders::demo_model() + " " + folder_.path("lines.txt"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto line = nlohmann::json::parse(outcome.out.substr(outcome.out.find('\n') + 1));
  EXPECT_GE(line["give_up_ms"], 0.0);
  EXPECT_LE(line["cancelled"], 2);
}

TEST_F(TranslateTool, SaysWhatACommandLineLacks) {
  const std::string hint = "Try: gst-translate translate --help\n";
  const std::pair<std::string, std::string> lines[] = {
      {"", "--to is missing: it says which language to translate into"},
      {"--to de --threads -1", "--threads needs a whole number from 0 to 1024, not \"-1\""},
      {"--to de --batch-size 0", "--batch-size needs a whole number from 1 to 1024, not \"0\""},
      {"--to de --beams two", "--beams needs a whole number from 1 to 64, not \"two\""},
      {"--language de", "there is no option --language"},
      {"--too de", "there is no option --too; is --to meant?"},
      {"--to de --lenght-penalty=1",
       "there is no option --lenght-penalty; is --length-penalty meant?"},
      {"trasnlate --to de",
       "\"trasnlate\" is neither a command (translate, bench, fetch, info, segment, trim) nor a "
       "file; is translate meant?"},
      {"nothing --to de",
       "\"nothing\" is neither a command (translate, bench, fetch, info, segment, trim) nor a "
       "file"},
  };
  for (const auto& [arguments, message] : lines) {
    const Outcome outcome = run("", arguments, "Good morning.\n");
    EXPECT_EQ(outcome.status, 2) << arguments;
    const char* end = message.back() == '?' ? "\n" : ".\n";
    EXPECT_EQ(outcome.err, "gst-translate: " + message + end + hint);
    EXPECT_EQ(outcome.out, "");
  }
  const std::pair<std::string, std::string> settings[] = {
      {"--length-penalty 1000", "length-penalty is 1000; it must be from -100 to 100."},
      {"--device abacus", "\"abacus\" is no device: it is one of auto, cpu, cuda, cuda:0, mps."},
      {"--encoding klingon", "There is no encoding \"klingon\""},
      {"--to ko", "\"ko\". The model knows deu_Latn, eng_Latn"},
      {"--to xx", "\"xx\". The model knows deu_Latn, eng_Latn"},
      {"--from xx", "\"xx\". The model knows deu_Latn, eng_Latn"},
      {"--from german", "\"german\"; German is deu_Latn. The model knows deu_Latn, eng_Latn"},
      {"--to 'fr, xx'", "\"xx\". The model knows deu_Latn, eng_Latn"},
  };
  for (const auto& [arguments, message] : settings) {
    const Outcome outcome =
        run("GST_LINGUA_MODEL=" + folders::demo_model(), "--to de " + arguments, "");
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
  }
}

TEST_F(TranslateTool, SaysWhereItsOutputCannotBeWritten) {
  const std::string to_full_disk = "sh -c '\"$0\" \"$@\" > /dev/full'";
  for (const std::string& arguments :
       {"info " + folders::demo_model(), std::string("--help"), std::string("segment")}) {
    const Outcome outcome = run(to_full_disk, arguments, "Good morning.\n");
    EXPECT_EQ(outcome.status, 1) << arguments;
    EXPECT_EQ(outcome.err, "gst-translate: The output cannot be written.\n") << arguments;
  }
}

// No matter how much there is to read.
TEST_F(TranslateTool, EndsWhereItsOutputCannotBeWritten) {
  for (const std::string& arguments :
       {"translate --to de --model " + folders::demo_model(), std::string("segment")}) {
    const Outcome outcome =
        run("sh -c 'yes \"Good morning.\" | timeout 60 \"$0\" \"$@\" > /dev/full'", arguments);
    EXPECT_EQ(outcome.status, 1) << arguments;
    EXPECT_EQ(outcome.err, "gst-translate: The output cannot be written.\n") << arguments;
  }
}

TEST_F(TranslateTool, ChecksEveryFileBeforeItOpensAModel) {
  folder_.write("a.txt", "Good morning.");
  folder_.write("talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n");
  fs::create_directories(folder_.path("folder"));
  const std::pair<std::string, std::string> files[] = {
      {folder_.path("folder"), "\" is a folder, not a file"},
      {folder_.path("missing.txt"), "there is no file \""},
      {folder_.path("talk.srt"), "\" holds subtitles"},
      {"'Good morning.'",
       "there is no file \"Good morning.\". To have the words themselves taken as text, pipe them "
       "in"},
  };
  for (const auto& [file, message] : files) {
    const Outcome outcome = run("GST_LINGUA_MODEL=/nonexistent",
                                "translate --to de " + folder_.path("a.txt") + " " + file);
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
  }
  const Outcome first = run("", folder_.path("missing.txt") + " --to de");
  EXPECT_NE(first.err.find("there is no file"), std::string::npos) << first.err;
}

TEST_F(TranslateTool, TranslatesFilesAndStandardInputInTheirOrder) {
  folder_.write("a.txt", "Good morning.\r\n");
  folder_.write("b.txt", "\xFF\xFEY\0e\0s\0.\0"s);
  const Outcome outcome = run(
      "", "--to de --to fr --file " + folder_.path("b.txt") + " " + folder_.path("a.txt") + " -",
      "Good morning.");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out.substr(outcome.out.find('\n') + 1),
            "Guten Morgen.\tBonjour.\nGuten Morgen.\tBonjour.\n");
  EXPECT_EQ(outcome.out.rfind("Ja", 0), 0u) << outcome.out;
}

TEST_F(TranslateTool, NeverTakesRubbishForText) {
  const Outcome guessed = run("", "--to de", "Good caf\xE9.\n");
  EXPECT_EQ(guessed.status, 0);
  EXPECT_EQ(guessed.err,
            "gst-translate: standard input: is taken for windows-1252; --encoding says what it "
            "is.\n");
  EXPECT_EQ(run("", "--to de", "Good café.\n").out, guessed.out);
  EXPECT_EQ(run("", "--encoding windows-1252 --to de", "Good caf\xE9.\n").err, "");

  folder_.write("image.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xF0"s);
  const Outcome picture = run("", "--to de " + folder_.path("image.png"));
  EXPECT_EQ(picture.status, 1);
  EXPECT_EQ(picture.out, "");
  EXPECT_NE(picture.err.find("is no text"), std::string::npos) << picture.err;

  const Outcome damaged = run("", "--to ja", "日本 \xFF.\n");
  EXPECT_EQ(damaged.status, 1) << damaged.out;
  EXPECT_NE(damaged.err.find("1 sequence is no UTF-8"), std::string::npos) << damaged.err;
}

TEST_F(TranslateTool, DoesNotWaitForATerminal) {
  const char* tool = std::getenv("GST_TRANSLATE_TOOL");  // NOLINT(concurrency-mt-unsafe)
  for (const std::string command : {" --to de", " segment", " bench --rounds 1"}) {
    const std::string line = "script -qec \"'" + std::string(tool ? tool : "gst-translate") + "'" +
                             command + "\" /dev/null </dev/null >" + folder_.path("out");
    const int status = std::system(line.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    EXPECT_EQ(WEXITSTATUS(status), 2) << command;
    const std::string out = folders::read(folder_.path("out"));
    EXPECT_NE(out.find("Try: gst-translate"), std::string::npos) << out;
  }
}

TEST_F(TranslateTool, HelpTellsOfEveryCommand) {
  const std::string help = run("", "--help").out;
  for (const std::string command : {"translate", "bench", "fetch", "info", "segment", "trim"}) {
    EXPECT_NE(help.find("\n  " + command + " "), std::string::npos) << command;
    const Outcome own = run("", command + " --help");
    EXPECT_EQ(own.status, 0);
    EXPECT_EQ(own.out.rfind("Usage: gst-translate " + command, 0), 0u) << own.out;
    EXPECT_NE(own.out.find("Exit status"), std::string::npos);
  }
  EXPECT_EQ(run("", "--version").out.rfind("gst-translate ", 0), 0u);
}

TEST_F(TranslateTool, FindsDownloadsWhereTheHubPutsThem) {
  const auto found = [this](const std::string& variables) {
    const Outcome outcome = run(variables, "info --json some/model");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.status == 0 ? nlohmann::json::parse(outcome.out)["folder"].get<std::string>()
                               : "";
  };
  // From the last place that is looked at to the first: each hides those before.
  const std::string in_home = download("home/.cache/huggingface/hub");
  EXPECT_EQ(found(""), in_home);
  const std::string in_cache = download("cache/huggingface/hub");
  const std::string cache = "XDG_CACHE_HOME=" + folder_.path("cache");
  EXPECT_EQ(found(cache), in_cache);
  const std::string in_hf_home = download("hf/hub");
  const std::string hf_home = "HF_HOME=" + folder_.path("hf");
  EXPECT_EQ(found(hf_home), in_hf_home);
  EXPECT_EQ(found(cache + " " + hf_home), in_hf_home);
  const std::string in_hub_cache = download("elsewhere");
  EXPECT_EQ(found(hf_home + " HF_HUB_CACHE=" + folder_.path("elsewhere")), in_hub_cache);
}

TEST_F(TranslateTool, TakesForTheVariableWhatItTakesForAModel) {
  const std::string downloaded = download("home/.cache/huggingface/hub");
  const Outcome named = run("GST_LINGUA_MODEL=some/model", "info --json");
  ASSERT_EQ(named.status, 0) << named.err;
  EXPECT_EQ(nlohmann::json::parse(named.out)["folder"], downloaded);

  const Outcome missing = run("GST_LINGUA_MODEL=other/model", "info");
  EXPECT_EQ(missing.status, 1);
  EXPECT_NE(missing.err.find("gst-translate fetch other/model. The variable GST_LINGUA_MODEL"),
            std::string::npos)
      << missing.err;
  const Outcome no_model = run("GST_LINGUA_MODEL=" + folder_.path("home"), "info");
  EXPECT_NE(no_model.err.find("config.json is missing. The variable GST_LINGUA_MODEL"),
            std::string::npos)
      << no_model.err;
}

TEST_F(TranslateTool, SaysWhereItLookedForADownload) {
  const Outcome outcome = run("HF_HOME=" + folder_.path("hf"), "info some/model");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find(folder_.path("hf/hub")), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("gst-translate fetch some/model"), std::string::npos) << outcome.err;
}

TEST_F(TranslateTool, LooksIntoTheUsersFolderWhereNoVariableNamesIt) {
  const passwd* user = getpwuid(getuid());  // NOLINT(concurrency-mt-unsafe)
  ASSERT_NE(user, nullptr);
  const Outcome outcome = run("HOME=", "info some/model");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("cache " + fs::path(user->pw_dir).string() + "/.cache/huggingface"),
            std::string::npos)
      << outcome.err;
}

/// The planted texts by kind, and the sentences to plant them into.
std::vector<std::pair<std::string, std::vector<std::string>>> planted() {
  std::vector<std::pair<std::string, std::vector<std::string>>> kinds;
  std::ifstream file(folders::test_data("preparation/planted.txt"));
  for (std::string line; std::getline(file, line);) {
    const bool heading = line.front() == '[' && line.back() == ']' && line.find(' ') == line.npos;
    if (heading)
      kinds.emplace_back(line, std::vector<std::string>());
    else if (line.substr(0, 2) != "# ")
      kinds.back().second.push_back(line);
  }
  return kinds;
}

TEST_F(TranslateTool, LeavesAsItIsWhatNoTranslationMayChange) {
  auto kinds = planted();
  const std::vector<std::string> sentences = std::move(kinds.back().second);
  kinds.pop_back();
  std::string input;
  std::vector<std::string> kept;
  for (const auto& [kind, texts] : kinds)
    for (const std::string& text : texts) {
      std::string sentence = sentences[kept.size() % sentences.size()];
      input += sentence.replace(sentence.find("{}"), 2, text) + "\n";
      kept.push_back(text);
    }
  ASSERT_GE(kept.size(), 300U);
  const Outcome outcome = run("", "--to de", input);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  size_t altered = 0;
  for (const std::string& text : kept) {
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    if (line.find(text) != std::string::npos) continue;
    ++altered;
    std::cout << text << " is not in: " << line << '\n';
  }
  EXPECT_LE(altered * 200, kept.size()) << "more than 0.5 %";
}

TEST_F(TranslateTool, PreparesTextUnlessToldNotTo) {
  const auto translate = [this](const std::string& options, const std::string& text) {
    return run("", "--to de " + options, text + "\n").out;
  };
  EXPECT_EQ(translate("", "It’s my father’s car."), translate("", "It's my father's car."));
  EXPECT_EQ(translate("--drop-unknown", "I love dogs 🐶"), translate("", "I love dogs"));
  EXPECT_EQ(translate("--exact", "I love dogs 🐶").find("🐶"), std::string::npos);
  EXPECT_NE(translate("--exact --keep-unknown", "I love dogs 🐶").find("🐶"), std::string::npos);
  EXPECT_EQ(translate("", "🐶 I love dogs 🐶"),
            "🐶 " + translate("", "I love dogs").substr(0, translate("", "I love dogs").size() - 1) +
                " 🐶\n");
  EXPECT_EQ(translate("", "## The garden").rfind("## ", 0), 0U);
  EXPECT_NE(translate("", "If x ≥ 5, then stop.").find("x ≥ 5"), std::string::npos);
  EXPECT_EQ(translate("", "WHERE ARE YOU GOING?"), "WOHIN GEHST DU?\n");
  EXPECT_EQ(translate("--no-prepare", "..."), translate("--exact", "..."));
  EXPECT_NE(translate("--no-prepare", "WHERE ARE YOU GOING?"), "WOHIN GEHST DU?\n");
  for (const char* text : {"...", "♪", "[...]", "10:30", "12.5 %"})
    EXPECT_EQ(translate("", text), text + "\n"s);
}

TEST_F(TranslateTool, InfoRefusesWhatIsQuantisedOrWasNotFetched) {
  folder_.write("config.json",
                R"({"model_type":"m2m_100","quantization_config":{"quant_method":"gptq"}})");
  const Outcome quantised = run("", "info " + folder_.path());
  EXPECT_EQ(quantised.status, 1);
  EXPECT_NE(quantised.err.find("GPTQ"), std::string::npos) << quantised.err;
  folder_.write("config.json",
                "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 8\n");
  const Outcome pointer = run("", "info " + folder_.path());
  EXPECT_EQ(pointer.status, 1);
  EXPECT_NE(pointer.err.find("git lfs pull"), std::string::npos) << pointer.err;
}

}  // namespace
}  // namespace gst_translate
