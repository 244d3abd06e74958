// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <cstddef>
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

/// Rows of a table that stand together.
template <typename Row>
class Rows {
 public:
  Rows(const Row* begin, const Row* end) : begin_(begin), end_(end) {}
  const Row* begin() const { return begin_; }
  const Row* end() const { return end_; }
  bool empty() const { return begin_ == end_; }

 private:
  const Row *begin_, *end_;
};

/// Those of a language in a table that is sorted by languages.
template <typename Row, size_t count>
Rows<Row> rows_of(const Row (&table)[count], std::string_view language) {
  const auto is_its = [language](const Row& row) { return row.language == language; };
  const auto* first = std::find_if(std::begin(table), std::end(table), is_its);
  return {first, std::find_if_not(first, std::end(table), is_its)};
}

}  // namespace gst_tts
