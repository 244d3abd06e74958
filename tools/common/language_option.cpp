// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/language_option.h"

#include <algorithm>

#include "gst-translate/command-line/options.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/language_name.h"

namespace gst_lingua_tools {

using gst_translate::find_language;

void check_language(const char* option, const std::string& code) {
  if (find_language(code) == nullptr)
    throw gst_translate::UsageError(std::string("--") + option + ": \"" + code +
                                    "\" is no language code; it takes FLORES-200 (jpn_Jpan), "
                                    "ISO 639 (ja) or BCP 47 (ja-JP)" +
                                    gst_translate::code_of_name(code));
}

void add_languages(std::vector<std::string>& codes, const char* option, const std::string& list) {
  for (const std::string& code : gst_translate::parse_list(list)) {
    check_language(option, code);
    const bool known = std::any_of(codes.begin(), codes.end(), [&](const std::string& other) {
      return find_language(other) == find_language(code);
    });
    if (!known) codes.push_back(code);
  }
}

}  // namespace gst_lingua_tools
