// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gst-tts/voice/sourced_text.h"

namespace gst_tts::japanese {

/// What matches the pattern becomes the replacement, in which $1 is the pattern's first group. Both
/// in ICU's syntax (unicode-org/icu:docs/userguide/strings/regexp.md).
struct RewritingRule {
  std::u16string_view pattern;
  std::u16string_view replacement;
};

/// Kana between two of these is read as it stands, past the dictionary. Of Unicode's private use.
#define LITERALLY u"\uE000"
constexpr char32_t literally = 0xE000;

/// Writes out what is abbreviated, so that a dictionary can read it: 12/25(水) as 12月25日水曜日.
/// Thread-safe.
class Rewriter {
 public:
  /// The rules are applied in their order, each to the whole text. Throws `Error` (Failed) for a
  /// pattern that is none.
  explicit Rewriter(const std::vector<RewritingRule>& rules);
  ~Rewriter();
  Rewriter(const Rewriter&) = delete;
  Rewriter& operator=(const Rewriter&) = delete;

  /// A character that a rule wrote stands for all that the rule replaced.
  void apply(SourcedText& text) const;

 private:
  struct Rule;
  std::vector<Rule> rules_;
};

/// Each idea's own, made at first use.
const Rewriter& date_rules();
const Rewriter& latin_rules();
const Rewriter& sign_rules();

}  // namespace gst_tts::japanese
