// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// A zip file of stored entries: names and contents (PKWARE APPNOTE 6.3). Checksums are left 0, as
/// the reader does not look at them.
inline std::string zip(const std::vector<std::pair<std::string, std::string>>& entries) {
  const auto number = [](uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i)
      text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
  };
  std::string file, directory;
  for (const auto& [name, content] : entries) {
    // Version, flags, method, time, date, checksum; sizes; lengths of name and extra field.
    const std::string common = number(20, 2) + std::string(12, '\0') + number(content.size(), 4) +
                               number(content.size(), 4) + number(name.size(), 2) + number(0, 2);
    directory +=
        "PK\1\2" + number(20, 2) + common + std::string(10, '\0') + number(file.size(), 4) + name;
    file += "PK\3\4" + common + name + content;
  }
  const std::string end = "PK\5\6" + number(0, 4) + number(entries.size(), 2) +
                          number(entries.size(), 2) + number(directory.size(), 4) +
                          number(file.size(), 4) + number(0, 2);
  return file + directory + end;
}
