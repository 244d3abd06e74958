// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/voice/icu_data.h"

#include <unicode/ures.h>

#include <cstring>
#include <string>
#include <utility>

namespace gst_tts {

std::optional<icu::Locale> locale_with_data(std::string_view bcp47) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(std::string(bcp47), status);
  if (U_FAILURE(status)) return std::nullopt;
  status = U_ZERO_ERROR;
  const icu::LocalUResourceBundlePointer data(ures_open(nullptr, locale.getName(), &status));
  if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING) return std::nullopt;
  return locale;
}

std::unique_ptr<icu::RuleBasedNumberFormat> number_rules(std::string_view bcp47) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(std::string(bcp47), status);
  auto rules = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, locale, status);
  if (U_FAILURE(status)) return nullptr;
  const icu::Locale found = rules->getLocale(ULOC_VALID_LOCALE, status);
  const bool own = U_SUCCESS(status) && std::strcmp(found.getLanguage(), locale.getLanguage()) == 0;
  return own ? std::move(rules) : nullptr;
}

}  // namespace gst_tts
