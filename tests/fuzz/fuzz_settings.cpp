// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Any bytes as one of the JSON files of a model folder: the folder opens, or is refused with an
// error; what opens can cut a text and put it together again.

#include <algorithm>
#include <cstdint>
#include <string>

#include "gst-translate/model/config.h"
#include "gst-translate/model/tokenizer.h"
#include "gst-translate/text/error.h"
#include "tests/unit/folders.h"

using namespace gst_translate;

namespace {

/// A folder of tests/data/models, and one of its files to be replaced.
struct Place {
  const char* model;
  const char* file;
};
constexpr Place places[] = {
    {"nllb", "config.json"},           {"nllb", "generation_config.json"},
    {"nllb", "tokenizer_config.json"}, {"nllb-json", "tokenizer.json"},
    {"m2m100", "vocab.json"},          {"small100", "added_tokens.json"},
};

/// The model's folder by links, with this file in place of its own.
class Changed {
 public:
  explicit Changed(const Place& place) : file_(place.file) {
    folder_.link_all(folders::test_data(std::string("models/") + place.model));
  }

  const std::string open(const std::string& content) const {
    folder_.replace(file_, content);
    return folder_.path();
  }

 private:
  folders::Temporary folder_;
  std::string file_;
};

void read(const std::string& folder) {
  const ModelConfig config = ModelConfig::read(folder);
  const Tokenizer tokenizer = Tokenizer::open(folder, config);
  const std::string language = tokenizer.languages().names().front();
  const int32_t id = tokenizer.languages().id(language);
  const auto ids = tokenizer.encode("The rain has stopped. 雨が上がった。", id, id);
  const bool inside = std::all_of(ids.begin(), ids.end(), [&](int32_t token) {
    return token >= 0 && token < config.vocabulary;
  });
  if (!inside) std::abort();
  (void)tokenizer.decode(ids);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  static const Changed folders_of[] = {Changed(places[0]), Changed(places[1]), Changed(places[2]),
                                       Changed(places[3]), Changed(places[4]), Changed(places[5])};
  const std::string content(reinterpret_cast<const char*>(data) + 4, size - 4);
  try {
    read(folders_of[data[0] % std::size(places)].open(content));
  } catch (const Error&) {
  }
  return 0;
}
