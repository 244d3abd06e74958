// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/checkpoint.h"

#include <limits>
#include <map>

#include "gst-translate/model/pickle.h"
#include "gst-translate/model/quantisation.h"
#include "gst-translate/model/zip.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace {

[[noreturn]] void corrupt(const MappedFile& file, const std::string& fault) {
  throw Error(Error::Kind::Corrupt, file.path() + ": " + fault);
}

/// False for types that no weight of the network has.
bool parse_type(const std::string& storage, DataType& type) {
  if (storage == "FloatStorage")
    type = DataType::Float32;
  else if (storage == "HalfStorage")
    type = DataType::Float16;
  else if (storage == "BFloat16Storage")
    type = DataType::BFloat16;
  else
    return false;
  return true;
}

/// Elements of the tensor, or -1 where it is not contiguous or its size does not fit in 63 bits.
int64_t contiguous_elements(const PickledTensor& tensor) {
  if (tensor.shape.size() != tensor.stride.size()) return -1;
  int64_t elements = 1;
  for (size_t i = tensor.shape.size(); i > 0; --i) {
    const int64_t size = tensor.shape[i - 1];
    if (size < 0 || (size > 1 && tensor.stride[i - 1] != elements)) return -1;
    if (__builtin_mul_overflow(elements, size, &elements)) return -1;
  }
  return elements;
}

}  // namespace

void read_checkpoint(const MappedFile& file, size_t file_index,
                     std::unordered_map<std::string, TensorView>& tensors) {
  constexpr std::string_view pickle_start = "\x80\x02";
  if (file.text().substr(0, pickle_start.size()) == pickle_start)
    corrupt(file, "is in the format of torch before 1.6; load it and save it with a newer torch");
  const auto entries = read_zip(file);
  const std::string table = "/data.pkl";
  std::string root;
  for (const auto& [name, content] : entries) {
    const bool found = name.size() > table.size() &&
                       name.compare(name.size() - table.size(), table.size(), table) == 0;
    if (found) root = name.substr(0, name.size() - table.size());
  }
  if (root.empty()) corrupt(file, "is no checkpoint: data.pkl is missing");
  const auto byteorder = entries.find(root + "/byteorder");
  if (byteorder != entries.end() && byteorder->second != "little")
    corrupt(file, "was saved on a big-endian machine");

  for (auto& [name, pickled] : read_state_dict(entries.at(root + table), file.path())) {
    check_not_quantised(name, pickled.storage_type, file.path());
    TensorView tensor;
    if (!parse_type(pickled.storage_type, tensor.type)) {
      log(LogLevel::Debug, "model", [&, name = name, type = pickled.storage_type] {
        return file.path() + ": passed over " + name + ", which is in a " + type + '.';
      });
      continue;
    }
    const auto storage = entries.find(root + "/data/" + pickled.storage);
    if (storage == entries.end()) corrupt(file, "lacks the data of " + name);
    const int64_t elements = contiguous_elements(pickled);
    const uint64_t available = storage->second.size() / bytes_of(tensor.type);
    if (elements < 0 || pickled.offset < 0 || static_cast<uint64_t>(pickled.offset) > available ||
        static_cast<uint64_t>(elements) > available - static_cast<uint64_t>(pickled.offset))
      corrupt(file, "tensor " + name + " does not fit its data");
    const size_t element = bytes_of(tensor.type);
    tensor.shape = std::move(pickled.shape);
    tensor.data = reinterpret_cast<const std::byte*>(storage->second.data()) +
                  static_cast<size_t>(pickled.offset) * element;
    tensor.bytes = static_cast<size_t>(elements) * element;
    tensor.file = file_index;
    tensors[name] = std::move(tensor);
  }
}

}  // namespace gst_translate
