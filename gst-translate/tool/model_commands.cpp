// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/model_commands.h"

#include <cstdio>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/command-line/input.h"
#include "gst-translate/command-line/progress_bar.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/model/trim.h"
#include "gst-translate/model/weight_names.h"
#include "gst-translate/model/weights.h"
#include "gst-translate/tool/log_to_stderr.h"

namespace gst_translate {

namespace {

constexpr double mega = 1e6;

const char* name_of(ModelKind kind) {
  switch (kind) {
    case ModelKind::M2m100:
      return "M2M100";
    case ModelKind::Small100:
      return "SMaLL-100";
    case ModelKind::Nllb:
      break;
  }
  return "NLLB";
}

/// The folder's kind, shapes, type, languages and bytes.
nlohmann::ordered_json describe(const std::string& folder) {
  const ModelConfig config = ModelConfig::read(folder);
  const Tokenizer tokenizer = Tokenizer::open(folder, config);
  const Weights weights = Weights::open(folder);
  int64_t bytes = 0;
  for (const auto& file : weights.files())
    bytes += static_cast<int64_t>(file.size());
  const TensorView& norm = weights.get(weight_of(final_norm(Stack::Encoder)), {config.width});
  nlohmann::ordered_json info;
  info["folder"] = folder;
  info["kind"] = name_of(config.kind);
  info["encoder"] = {{"layers", config.encoder_layers},
                     {"heads", config.encoder_heads},
                     {"ffn", config.encoder_ffn}};
  info["decoder"] = {{"layers", config.decoder_layers},
                     {"heads", config.decoder_heads},
                     {"ffn", config.decoder_ffn}};
  info["width"] = config.width;
  info["vocabulary"] = config.vocabulary;
  info["parameters"] = weights.parameters();
  info["dtype"] = name_of(norm.type);
  info["bytes"] = bytes;
  info["files"] = weights.files().size();
  info["beams"] = *config.search.beams;
  info["max_length"] = *config.search.max_length;
  info["languages"] = tokenizer.languages().names();
  return info;
}

void print_text(const nlohmann::ordered_json& info) {
  const auto part = [&](const char* name) {
    return info[name]["layers"].dump() + " layers, " + info[name]["heads"].dump() + " heads, " +
           info[name]["ffn"].dump() + " wide inside";
  };
  std::printf("%s\n", info["folder"].get<std::string>().c_str());
  std::printf("  kind        %s\n", info["kind"].get<std::string>().c_str());
  std::printf("  encoder     %s\n", part("encoder").c_str());
  std::printf("  decoder     %s\n", part("decoder").c_str());
  std::printf("  width       %s\n", info["width"].dump().c_str());
  std::printf("  vocabulary  %s\n", info["vocabulary"].dump().c_str());
  std::printf("  parameters  %.1f million, %s\n", info["parameters"].get<double>() / mega,
              info["dtype"].get<std::string>().c_str());
  std::printf("  weights     %.1f MB in %s file%s\n", info["bytes"].get<double>() / mega,
              info["files"].dump().c_str(), info["files"] == 1 ? "" : "s");
  std::printf("  search      beams %s, max-length %s\n", info["beams"].dump().c_str(),
              info["max_length"].dump().c_str());
  std::printf("  languages   %zu:", info["languages"].size());
  for (const auto& language : info["languages"])
    std::printf(" %s", language.get<std::string>().c_str());
  std::printf("\n");
}

enum Option {
  kJson = 256,
  kLanguages,
  kText,
  kEncoderLayers,
  kDecoderLayers,
  kPrecision,
  kVerbose = 'v'
};

int run_info(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  bool json = false;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    if (found == kJson) json = true;
    if (found == kVerbose) log_more_to_stderr();
  }
  const auto folders = reader.arguments();
  if (folders.size() > 1) throw UsageError("info takes one folder");
  const auto info = describe(locate_model(folders.empty() ? "" : folders[0]));
  if (json)
    std::printf("%s\n", info.dump(2).c_str());
  else
    print_text(info);
  return 0;
}

int run_trim(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  TrimOptions trim;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kLanguages:
        trim.languages = parse_list(value);
        break;
      case kText:
        trim.corpora.push_back(path_of(value));
        break;
      case kEncoderLayers:
        trim.encoder_layers = parse_int("encoder-layers", value, 1);
        break;
      case kDecoderLayers:
        trim.decoder_layers = parse_int("decoder-layers", value, 1);
        break;
      case kPrecision:
        trim.precision = value;
        break;
      case kVerbose:
        log_more_to_stderr();
        break;
      default:
        break;
    }
  }
  const auto folders = reader.arguments();
  if (folders.size() != 2) throw UsageError("trim takes two folders: the model and the new one");
  if (trim.languages.empty())
    throw UsageError("--languages is missing: it says which languages to keep");
  const ProgressBar bar("writing");
  const TrimResult result = trim_model(locate_model(folders[0]), folders[1], trim, bar.progress());
  bar.finish();
  std::printf("%s: %d of %d tokens, %.1f of %.1f MB (%.0f %%)\n", folders[1].c_str(),
              result.vocabulary, result.vocabulary_before, static_cast<double>(result.bytes) / mega,
              static_cast<double>(result.bytes_before) / mega,
              100.0 * static_cast<double>(result.bytes) / static_cast<double>(result.bytes_before));
  return 0;
}

}  // namespace

Command info_command() {
  return {
      "info",
      "[OPTION...] [FOLDER]",
      "shows what a model folder holds",
      "Shows what a model folder, or a fetched model by its hub name, holds: kind, shapes, type, "
      "bytes and languages. Without FOLDER: GST_LINGUA_MODEL, else the bundled demo model.",
      {{kJson, "json", nullptr, "prints a JSON object"}, verbose_option},
      run_info,
  };
}

Command trim_command() {
  return {
      "trim",
      "[OPTION...] FOLDER OUT",
      "writes a smaller model",
      "Writes a smaller model: an ordinary Hugging Face folder for fewer languages.",
      {
          {kLanguages, "languages", "CODE,CODE[,...]", "the languages to keep (required)"},
          {kText, "text", "FILE",
           "keeps the pieces that this text needs, instead of all that the languages' scripts can "
           "write; - is standard input"},
          {kEncoderLayers, "encoder-layers", "N", "keeps N layers of the encoder"},
          {kDecoderLayers, "decoder-layers", "N", "keeps N layers of the decoder"},
          {kPrecision, "precision", "NAME", "float32, float16, bfloat16 (default: 16 bit)"},
          verbose_option,
      },
      run_trim,
  };
}

}  // namespace gst_translate
