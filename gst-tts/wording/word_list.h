// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace gst_tts {

/// Whether a list has a word: " de en ", one space around each.
inline bool has_word(std::string_view list, std::string_view word) {
  return list.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}

/// Likewise for a table of words.
template <typename Table>
bool contains(const Table& table, std::u32string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

}  // namespace gst_tts
