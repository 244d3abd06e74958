// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Any bytes as a text for the demo model's tokenizer: ids of its vocabulary, and text of them
// again. Any bytes as a sentencepiece model: it opens and does the same, or is refused.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/text/error.h"
#include "tests/unit/folders.h"

using namespace gst_translate;

namespace {

void check(const Tokenizer& tokenizer, const ModelConfig& config, std::string_view text) {
  const std::string language = tokenizer.languages().names().front();
  const int32_t id = tokenizer.languages().id(language);
  const auto ids = tokenizer.encode(text, id, id);
  const bool inside = std::all_of(ids.begin(), ids.end(), [&](int32_t token) {
    return token >= 0 && token < config.vocabulary;
  });
  if (ids.size() < 2 || !inside) std::abort();
  (void)tokenizer.decode(ids);
}

/// What the demo model makes of a text.
void cut(std::string_view text) {
  static const ModelConfig config = ModelConfig::read(folders::demo_model());
  static const Tokenizer tokenizer = Tokenizer::open(folders::demo_model(), config);
  check(tokenizer, config, text);
}

/// A small model with these pieces.
void open(const std::string& pieces) {
  static const folders::Temporary folder;
  static const ModelConfig config = [] {
    folder.link_all(folders::test_data("models/nllb"));
    return ModelConfig::read(folder.path());
  }();
  folder.replace("sentencepiece.bpe.model", pieces);
  try {
    check(Tokenizer::open(folder.path(), config), config, "The rain has stopped. ｱﾒが上がった。");
  } catch (const Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  const std::string content(reinterpret_cast<const char*>(data) + 4, size - 4);
  if (data[0] % 2 == 0)
    cut(content);
  else
    open(content);
  return 0;
}
