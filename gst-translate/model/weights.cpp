// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/weights.h"

#include <set>

#include "gst-translate/model/checkpoint.h"
#include "gst-translate/model/json.h"
#include "gst-translate/model/safetensors.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace {

using Reader = void (*)(const MappedFile&, size_t, std::unordered_map<std::string, TensorView>&);

/// The kinds of weights that a folder may hold, the best first, as transformers looks for them.
struct Source {
  const char* file;
  const char* index;  // of shards
  Reader read;
};
constexpr Source sources[] = {
    {"model.safetensors", "model.safetensors.index.json", read_safetensors},
    {"pytorch_model.bin", "pytorch_model.bin.index.json", read_checkpoint},
};

std::set<std::string> shards(const std::string& index) {
  const Json json = read_json(index);
  const auto map = json.find("weight_map");
  if (map == json.end() || !map->is_object() || map->empty())
    throw Error(Error::Kind::Corrupt, index + ": has no \"weight_map\"");
  std::set<std::string> files;
  for (const auto& [tensor, file] : map->items()) {
    // A shard is a plain file beside its index: an index must not lead out of the folder.
    if (!file.is_string() || file.get<std::string>().find('/') != std::string::npos)
      throw Error(Error::Kind::Corrupt, index + ": the file of " + tensor + " is no file name");
    files.insert(file.get<std::string>());
  }
  return files;
}

std::string shape_text(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (const auto size : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

}  // namespace

int64_t TensorView::elements() const {
  int64_t product = 1;
  for (const auto size : shape)
    product *= size;
  return product;
}

Weights Weights::open(const std::string& folder) {
  Weights weights;
  weights.folder_ = folder;
  std::unordered_map<std::string, TensorView> tensors;
  for (const Source& source : sources) {
    std::set<std::string> names;
    if (file_exists(folder + "/" + source.file))
      names = {source.file};
    else if (file_exists(folder + "/" + source.index))
      names = shards(folder + "/" + source.index);
    for (const auto& name : names) {
      weights.files_.emplace_back(folder + "/" + name);
      source.read(weights.files_.back(), weights.files_.size() - 1, tensors);
    }
    if (!names.empty()) break;
  }
  if (weights.files_.empty())
    throw Error(Error::Kind::NotFound,
                folder +
                    ": holds no weights (model.safetensors, pytorch_model.bin or shards of "
                    "them with an index)");
  for (auto& [name, tensor] : tensors) {
    const bool prefixed = name.rfind("model.", 0) == 0;
    weights.tensors_[prefixed ? name.substr(6) : name] = std::move(tensor);
  }
  log(LogLevel::Debug, "model", [&] {
    return folder + ": " + std::to_string(weights.tensors_.size()) + " tensors in " +
           std::to_string(weights.files_.size()) + " files, the first " + weights.files_[0].path() +
           '.';
  });
  return weights;
}

const TensorView* Weights::find(const std::string& name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

const TensorView& Weights::get(const std::string& name, const std::vector<int64_t>& shape) const {
  const TensorView* tensor = find(name);
  if (tensor == nullptr) throw Error(Error::Kind::Corrupt, folder_ + ": the weights lack " + name);
  if (tensor->shape != shape)
    throw Error(Error::Kind::Corrupt, folder_ + ": " + name + " has the shape " +
                                          shape_text(tensor->shape) + ", config.json says " +
                                          shape_text(shape));
  return *tensor;
}

std::vector<std::string> Weights::names() const {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors_)
    names.push_back(name);
  return names;
}

int64_t Weights::parameters() const {
  int64_t sum = 0;
  for (const auto& [name, tensor] : tensors_)
    sum += tensor.elements();
  return sum;
}

void Weights::forget(const TensorView& tensor, const std::byte* part, size_t bytes) const {
  files_[tensor.file].forget(part, bytes);
}

}  // namespace gst_translate
