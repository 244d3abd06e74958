// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/safetensors.h"

#include <cstring>
#include <limits>

#include "gst-translate/model/json.h"
#include "gst-translate/model/quantisation.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/log.h"

namespace gst_translate {
namespace {

constexpr uint64_t longest_header = 100'000'000;  // the format's own limit

[[noreturn]] void corrupt(const MappedFile& file, const std::string& fault) {
  throw Error(Error::Kind::Corrupt, file.path() + ": " + fault);
}

/// False for types that no weight of the network has.
bool parse_type(const std::string& name, DataType& type) {
  if (name == "F32")
    type = DataType::Float32;
  else if (name == "F16")
    type = DataType::Float16;
  else if (name == "BF16")
    type = DataType::BFloat16;
  else
    return false;
  return true;
}

/// Elements of the shape, or -1 where they do not fit in 63 bits.
int64_t parse_shape(const Json& json, std::vector<int64_t>& shape) {
  int64_t elements = 1;
  for (const auto& item : json) {
    if (!item.is_number_unsigned()) return -1;
    const auto size = item.get<uint64_t>();
    if (size > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return -1;
    int64_t product = 0;
    if (__builtin_mul_overflow(elements, static_cast<int64_t>(size), &product)) return -1;
    elements = product;
    shape.push_back(static_cast<int64_t>(size));
  }
  return elements;
}

}  // namespace

void read_safetensors(const MappedFile& file, size_t file_index,
                      std::unordered_map<std::string, TensorView>& tensors) {
  uint64_t header_bytes = 0;
  if (file.size() < sizeof header_bytes) corrupt(file, "is too short for a safetensors file");
  std::memcpy(&header_bytes, file.data(), sizeof header_bytes);
  const uint64_t rest = file.size() - sizeof header_bytes;
  if (header_bytes > rest || header_bytes > longest_header)
    corrupt(file, "is cut short or is no safetensors file: its header claims " +
                      std::to_string(header_bytes) + " bytes");
  const std::byte* data = file.data() + sizeof header_bytes + header_bytes;
  const uint64_t data_bytes = rest - header_bytes;

  const Json header =
      parse_json(file.text().substr(sizeof header_bytes, header_bytes), file.path() + " (header)");
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    if (!entry.is_object()) corrupt(file, "tensor " + name + " has no description");
    const auto type = entry.find("dtype");
    const auto shape = entry.find("shape");
    const auto offsets = entry.find("data_offsets");
    if (type == entry.end() || !type->is_string() || shape == entry.end() || !shape->is_array() ||
        offsets == entry.end() || !offsets->is_array() || offsets->size() != 2 ||
        !(*offsets)[0].is_number_unsigned() || !(*offsets)[1].is_number_unsigned())
      corrupt(file, "tensor " + name + " lacks dtype, shape or data_offsets");
    check_not_quantised(name, type->get<std::string>(), file.path());
    TensorView tensor;
    if (!parse_type(type->get<std::string>(), tensor.type)) {
      log(LogLevel::Debug, "model", [&, name = name] {
        return file.path() + ": passed over " + name + ", which is of " + type->get<std::string>() +
               '.';
      });
      continue;
    }
    const auto begin = (*offsets)[0].get<uint64_t>();
    const auto end = (*offsets)[1].get<uint64_t>();
    if (begin > end || end > data_bytes)
      corrupt(file, "is cut short: tensor " + name + " ends at byte " + std::to_string(end) +
                        " of " + std::to_string(data_bytes));
    const int64_t elements = parse_shape(*shape, tensor.shape);
    const uint64_t bytes = end - begin;
    if (elements < 0 || bytes % bytes_of(tensor.type) != 0 ||
        static_cast<uint64_t>(elements) != bytes / bytes_of(tensor.type))
      corrupt(file, "tensor " + name + " has " + std::to_string(bytes) +
                        " bytes, which does not fit its shape");
    tensor.data = data + begin;
    tensor.bytes = bytes;
    tensor.file = file_index;
    tensors[name] = std::move(tensor);
  }
}

}  // namespace gst_translate
