// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/quantisation.h"

#include <string_view>

#include "gst-translate/text/error.h"

namespace gst_translate {
namespace {

[[noreturn]] void refuse(const std::string& fault) {
  throw Error(
      Error::Kind::Unavailable,
      fault +
          ": quantised weights cannot be read. Take the folder that they were made from, in "
          "float32, float16 or bfloat16; precision=int8 makes it small in memory.");
}

/// How a method is called by those who use it (transformers, quantizers/auto.py).
std::string name_of_method(const std::string& method) {
  if (method == "gptq") return "GPTQ";
  if (method == "awq") return "AWQ";
  if (method == "fbgemm_fp8" || method == "finegrained_fp8") return "fp8";
  return method;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool begins_with(std::string_view text, std::string_view begin) {
  return text.substr(0, begin.size()) == begin;
}

/// Types that a network computes with only together with scales: in safetensors and in torch.
bool is_quantised_type(const std::string& type) {
  for (const std::string_view name : {"I8", "U8", "I4", "U4", "F4", "F6_E2M3", "F6_E3M2"})
    if (type == name) return true;
  return begins_with(type, "F8_") || begins_with(type, "Float8") || begins_with(type, "QInt") ||
         begins_with(type, "QUInt") || type == "CharStorage" || type == "ByteStorage";
}

/// What methods write beside, or in place of, a weight: the method.
std::string_view method_of_tensor(std::string_view tensor) {
  for (const std::string_view end : {".qweight", ".qzeros", ".g_idx"})
    if (ends_with(tensor, end)) return "GPTQ or AWQ";
  for (const std::string_view end : {".SCB", ".absmax", ".quant_map", ".nested_absmax"})
    if (ends_with(tensor, end)) return "bitsandbytes";
  if (tensor.find(".quant_state.bitsandbytes__") != std::string_view::npos) return "bitsandbytes";
  for (const std::string_view end : {".weight_scale", ".weight_scale_inv", ".weight_packed"})
    if (ends_with(tensor, end)) return "fp8 or compressed-tensors";
  return {};
}

}  // namespace

void check_not_quantised(const Json& config, const std::string& file) {
  const auto found = config.find("quantization_config");
  if (found == config.end() || found->is_null()) return;
  std::string method;
  if (found->is_object()) {
    const auto named = found->find("quant_method");
    if (named != found->end() && named->is_string()) method = named->get<std::string>();
    // What bitsandbytes wrote before methods had names.
    if (method.empty() && (found->contains("load_in_8bit") || found->contains("load_in_4bit")))
      method = "bitsandbytes";
  }
  refuse(file + ": \"quantization_config\" says " +
         (method.empty() ? "that the weights are quantised" : name_of_method(method)));
}

void check_not_quantised(const std::string& tensor, const std::string& type,
                         const std::string& file) {
  if (const std::string_view method = method_of_tensor(tensor); !method.empty())
    refuse(file + ": the tensor " + tensor + " is of " + std::string(method));
  if (is_quantised_type(type)) refuse(file + ": the tensor " + tensor + " is of type " + type);
}

}  // namespace gst_translate
