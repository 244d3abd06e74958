// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/tool/model_commands.h"

#include <cstdio>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/model/trim.h"
#include "gst-translate/model/weight_names.h"
#include "gst-translate/model/weights.h"
#include "gst-translate/tool/options.h"
#include "gst-translate/tool/progress_bar.h"

namespace gst_translate {

const char* const info_usage =
    "gst-translate info [--json] [FOLDER]\n"
    "\n"
    "Shows what a model folder (or hub name in the local cache) holds.\n";

const char* const trim_usage =
    "gst-translate trim [OPTION...] FOLDER OUT\n"
    "\n"
    "Writes a smaller model: an ordinary Hugging Face folder for fewer languages.\n"
    "\n"
    "  --languages CODE,CODE[,...]  the languages to keep (required)\n"
    "  --text FILE                  keeps the pieces that this text needs, instead of all that "
    "the\n"
    "                               languages' scripts can write\n"
    "  --encoder-layers N           keeps N layers of the encoder\n"
    "  --decoder-layers N           keeps N layers of the decoder\n"
    "  --precision NAME             float32, float16, bfloat16 (default: 16 bit)\n";

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

}  // namespace

int info_command(int argc, char** argv) {
  constexpr option options[] = {{"json", no_argument, nullptr, 'j'}, {nullptr, 0, nullptr, 0}};
  bool json = false;
  while (next_option(argc, argv, options, "") != -1)
    json = true;
  if (argc - optind > 1) throw UsageError("info takes one folder");
  const auto info = describe(locate_model(optind < argc ? argv[optind] : ""));
  if (json)
    std::printf("%s\n", info.dump(2).c_str());
  else
    print_text(info);
  return 0;
}

int trim_command(int argc, char** argv) {
  constexpr option options[] = {{"languages", required_argument, nullptr, 'l'},
                                {"text", required_argument, nullptr, 't'},
                                {"encoder-layers", required_argument, nullptr, 'e'},
                                {"decoder-layers", required_argument, nullptr, 'd'},
                                {"precision", required_argument, nullptr, 'p'},
                                {nullptr, 0, nullptr, 0}};
  TrimOptions trim;
  for (int found = 0; (found = next_option(argc, argv, options, "")) != -1;) {
    switch (found) {
      case 'l':
        trim.languages = parse_list(optarg);
        break;
      case 't':
        trim.corpora.emplace_back(optarg);
        break;
      case 'e':
        trim.encoder_layers = parse_int("encoder-layers", optarg, 1);
        break;
      case 'd':
        trim.decoder_layers = parse_int("decoder-layers", optarg, 1);
        break;
      case 'p':
        trim.precision = optarg;
        break;
      default:
        break;
    }
  }
  if (argc - optind != 2) throw UsageError("trim takes two folders: the model and the new one");
  if (trim.languages.empty()) throw UsageError("--languages is missing");
  const ProgressBar bar("writing");
  const TrimResult result =
      trim_model(locate_model(argv[optind]), argv[optind + 1], trim, bar.progress());
  bar.finish();
  std::printf("%s: %d of %d tokens, %.1f of %.1f MB (%.0f %%)\n", argv[optind + 1],
              result.vocabulary, result.vocabulary_before, static_cast<double>(result.bytes) / mega,
              static_cast<double>(result.bytes_before) / mega,
              100.0 * static_cast<double>(result.bytes) / static_cast<double>(result.bytes_before));
  return 0;
}

}  // namespace gst_translate
