// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

namespace gst_tts {

/// What a language says for signs. Empty: its voice says the sign itself, or nobody has told what
/// is said.
struct SignWords {
  using View = std::u32string_view;

  struct Joined {
    View and_ = {}, plus = {}, equals = {};
  };
  /// Around the number of "5 %", where ICU's data have no word.
  struct Percent {
    View before = {}, behind = {};
  };
  struct Compared {
    View less = {}, less_or_equal = {}, greater = {}, greater_or_equal = {};
  };
  struct Counted {
    View times = {};              ///< "5 × 3"
    View by = {}, so_often = {};  ///< "5 x 3", "3x"
    View per = {}, to = {};       ///< "5 €/h", "5–7"
    View before_ranges = {};      ///< words with a space around each: "pages 5-7"
  };

  std::string_view language = {};  ///< BCP 47
  Joined joined = {};
  Percent percent = {};
  Compared compared = {};
  Counted counted = {};
};

/// The words of a language; all empty where there are none.
const SignWords& sign_words(std::string_view bcp47);

}  // namespace gst_tts
