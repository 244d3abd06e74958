// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Any bytes as a model's weights, or as the index of their shards: read, or refused with an error;
// every tensor that is offered lies in its file.

#include <cstdint>
#include <string>

#include "gst-translate/model/weights.h"
#include "gst-translate/text/error.h"
#include "tests/fuzz/zip_writer.h"
#include "tests/unit/folders.h"

using namespace gst_translate;

namespace {

/// Reads the ends of every tensor, and its shape against its bytes.
void touch(const Weights& weights) {
  for (const auto& name : weights.names()) {
    const TensorView& tensor = *weights.find(name);
    if (static_cast<uint64_t>(tensor.elements()) * bytes_of(tensor.type) != tensor.bytes)
      std::abort();
    if (tensor.bytes == 0) continue;
    const volatile std::byte first = tensor.data[0], last = tensor.data[tensor.bytes - 1];
    (void)first, (void)last;
    weights.forget(tensor, tensor.data, tensor.bytes);
  }
}

void open(const std::string& file, const std::string& content, const std::string& shard = {}) {
  static const folders::Temporary folder;
  folder.write(file, content);
  if (!shard.empty()) folder.write("shard", shard);
  try {
    touch(Weights::open(folder.path()));
  } catch (const Error&) {
  }
  folders::fs::remove(folder.path(file));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  const std::string content(reinterpret_cast<const char*>(data) + 4, size - 4);
  static const std::string empty = std::string("\2\0\0\0\0\0\0\0{}", 10);  // a file of no tensors
  switch (data[0] % 4) {
    case 0:
      open("model.safetensors", content);
      break;
    case 1:
      open("pytorch_model.bin", content);
      break;
    case 2:  // a state dict in a sound checkpoint, whose first storages are there
      open("pytorch_model.bin",
           zip({{"m/data.pkl", content}, {"m/data/0", std::string(64, 'x')}, {"m/data/1", ""}}));
      break;
    default:
      open("model.safetensors.index.json", content, empty);
  }
  return 0;
}
