// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/command-line/suggestion.h"

#include <algorithm>

namespace gst_translate {

namespace {

/// Letters that are missing, superfluous, wrong or swapped with the next one (Damerau, 1964).
size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> least(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i)
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        least[i][j] = i + j;
        continue;
      }
      least[i][j] = std::min({least[i - 1][j] + 1, least[i][j - 1] + 1,
                              least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
    }
  return least[a.size()][b.size()];
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  // Names are short; a long word is none of them.
  if (word.size() > 40) return {};
  const size_t most = word.size() > 5 ? 2 : 1;
  const std::string* nearest = nullptr;
  size_t least = most + 1;
  for (const std::string& name : names)
    if (const size_t count = slips(word, name); count < least) {
      least = count;
      nearest = &name;
    }
  return nearest ? "; is " + *nearest + " meant?" : "";
}

}  // namespace gst_translate
