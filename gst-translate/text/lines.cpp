// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/lines.h"

#include <fstream>

#include "gst-translate/text/error.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {

void for_each_line(const std::string& path, const std::string& kind,
                   const std::function<void(const std::string& line)>& take) {
  const auto refuse = [&](Error::Kind why) {
    throw Error(why, "The " + kind + " " + path + " cannot be read.");
  };
  std::ifstream file(path);
  if (!file) refuse(Error::Kind::NotFound);
  Utf8Stream utf8;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    line = utf8.push(line + "\n");
    line.pop_back();
    if (!line.empty() && line.back() == '\r') line.pop_back();
    try {
      if (utf8.invalid_sequences() > 0) throw Error(Error::Kind::Settings, "this is not UTF-8.");
      take(line);
    } catch (const Error& error) {
      throw Error(error.kind(), path + ":" + std::to_string(number) + ": " + error.what(),
                  error.detail());
    }
  }
  if (file.bad()) refuse(Error::Kind::Unreadable);
}

}  // namespace gst_translate
