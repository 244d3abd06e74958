// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/sentence_space.h"

#include "gst-translate/text/language.h"

namespace gst_translate {

std::string_view sentence_space(std::string_view language) {
  const Language* found = find_language(language);
  const std::string_view script = found == nullptr ? "" : found->script;
  return script == "Jpan" || script == "Hans" || script == "Hant" ? "" : " ";
}

}  // namespace gst_translate
