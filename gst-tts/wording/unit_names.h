// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gst_tts {

/// How so many of a unit are called, by ICU's data of the language.
struct UnitName {
  std::u32string before, behind;  ///< around the number, with the spaces between: " kilometers"
  bool instead = false;  ///< said without the number: two have a form of their own in Arabic
  std::string gender;    ///< CLDR's word; empty where it knows none
};

/// Nothing where the language has no name for it. `unit` is CLDR's name. Thread-safe.
std::optional<UnitName> name_of_unit(std::string_view bcp47, const char* unit, double value);

/// Likewise of a currency, by its code of ISO 4217.
std::optional<UnitName> name_of_currency(std::string_view bcp47, const char* code, double value);

}  // namespace gst_tts
