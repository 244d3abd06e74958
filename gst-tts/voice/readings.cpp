// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/voice/readings.h"

#include "gst-translate/text/utf8.h"

namespace gst_tts {

SourcedText place_readings(std::string_view text, const std::vector<Reading>& readings,
                           std::vector<Reading>& placed) {
  SourcedText out;
  out.reserve(text.size());
  const auto append_text = [&](size_t begin, size_t end) {
    for (size_t position = begin; position < end;) {
      const size_t from = position;
      char32_t c = gst_translate::next_character(text, position);
      if (is_reading(c)) c = 0xFFFD;
      out.push_back({c, from, position});
    }
  };
  size_t done = 0;
  for (const Reading& reading : readings) {
    if (reading.begin < done || reading.end > text.size()) continue;
    append_text(done, reading.begin);
    done = reading.end;
    if (reading.kind == Reading::Kind::Text) {
      for (size_t position = 0; position < reading.said.size();) {
        const char32_t c = gst_translate::next_character(reading.said, position);
        out.push_back({is_reading(c) ? char32_t{0xFFFD} : c, reading.begin, reading.end});
      }
    } else if (placed.size() < most_readings) {
      out.push_back(
          {first_reading + static_cast<char32_t>(placed.size()), reading.begin, reading.end});
      placed.push_back(reading);
    } else {
      append_text(reading.begin, reading.end);
    }
  }
  append_text(done, text.size());
  return out;
}

}  // namespace gst_tts
