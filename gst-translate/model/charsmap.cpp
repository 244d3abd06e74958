// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/charsmap.h"

#include <cstdint>
#include <cstring>

namespace gst_translate {
namespace {

constexpr uint32_t value_bit = uint32_t{1} << 31;  // the unit holds a value, no label
constexpr uint32_t leaf_bit = 1 << 8;              // a value stands at the node's offset
constexpr uint32_t label_mask = 0xff;

uint32_t read(std::string_view bytes, size_t index) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + index * sizeof value, sizeof value);
  return value;
}

uint32_t offset(uint32_t unit) {
  return unit >> 10 << ((unit & 1 << 9) >> 6);
}

}  // namespace

bool is_sound_charsmap(std::string_view charsmap) {
  if (charsmap.empty()) return true;  // nothing is replaced
  if (charsmap.size() < sizeof(uint32_t)) return false;
  const size_t bytes = read(charsmap, 0);
  charsmap.remove_prefix(sizeof(uint32_t));
  const size_t units = bytes / sizeof(uint32_t);
  if (units == 0 || bytes % sizeof(uint32_t) != 0 || bytes >= charsmap.size()) return false;
  const std::string_view trie = charsmap.substr(0, bytes), strings = charsmap.substr(bytes);
  if (strings.back() != '\0') return false;
  for (size_t i = 0; i < units; ++i) {
    const uint32_t unit = read(trie, i);
    if (i > 0 && (unit & value_bit) != 0) continue;
    // From here a search looks at any of the 256 units around, one for each byte of a text.
    const size_t next = i ^ offset(unit);
    if ((next | label_mask) >= units) return false;
    if ((unit & leaf_bit) != 0 && (read(trie, next) & ~value_bit) >= strings.size()) return false;
  }
  return true;
}

}  // namespace gst_translate
