// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "gst-translate/api/engine_abi.h"
#include "gst-translate/decode/cpu/network.h"
#include "gst-translate/engine/scheduler.h"
#include "gst-translate/engine/torch_module.h"
#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/model/weights.h"

using namespace gst_translate;

namespace {

const char* name_of(ModelKind kind) {
  switch (kind) {
    case ModelKind::M2m100:
      return "m2m100";
    case ModelKind::Small100:
      return "small100";
    case ModelKind::Nllb:
      break;
  }
  return "nllb";
}

/// The processor's own backend where nothing else is asked for: libtorch's is for other devices,
/// for bfloat16, and for comparisons. Who asks for int8 and for no device means the processor, as
/// not every GPU has it.
bool runs_on_cpu_backend(const TranslatorOptions& options) {
  if (options.backend == "torch" || options.precision == "bfloat16") return false;
  if (options.backend == "cpu" || options.device == "cpu") return true;
  return options.device == "auto" && (options.precision == "int8" || !find_accelerator());
}

}  // namespace

extern "C" void gst_translate_engine_open_1(const TranslatorOptions& options,
                                            const Progress& progress,
                                            std::shared_ptr<Translator>& translator) {
  const ModelConfig config = ModelConfig::read(options.model);
  Tokenizer tokenizer = Tokenizer::open(options.model, config, progress);
  Weights weights = Weights::open(options.model);

  ModelInfo info;
  info.folder = options.model;
  info.kind = name_of(config.kind);
  info.languages = tokenizer.languages().names();
  info.layers_encoder = config.encoder_layers;
  info.layers_decoder = config.decoder_layers;
  info.width = config.width;
  info.heads = config.decoder_heads;
  info.vocabulary = config.vocabulary;
  info.parameters = weights.parameters();
  info.search = config.search;
  NetworkPlace place{options.device, options.precision, options.threads,
                     options.backend == "torch"};
  std::unique_ptr<Network> network;
  if (runs_on_cpu_backend(options))
    network =
        open_cpu_network(std::move(weights), config, tokenizer.token_texts(), place, progress);
  else
    network = open_network_on_torch(weights, config, place, progress);
  info.device = place.device;
  info.precision = place.precision;
  info.threads = place.threads;
  info.bytes = network->bytes();
  translator = std::make_shared<Scheduler>(std::move(network), std::move(tokenizer), config,
                                           std::move(info));
}
