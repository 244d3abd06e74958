// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/wording/spell_out.h"

namespace gst_tts {

SourcedText spell_out(const SourcedText& text, const gst_translate::Language& language) {
  SourcedText said = spell_out_abbreviations(text, language.flores);
  said = spell_out_dashes(said, language.flores);
  said = spell_out_dates(said, language);
  said = spell_out_money(said, language);
  said = spell_out_units(said, language.bcp47);
  // Last, since the others look for digits: "1500 km".
  return spell_out_years(said, language.bcp47);
}

}  // namespace gst_tts
