// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "gst-translate/segment/characters.h"

namespace gst_translate::segment {

/// What begins the item of a list: "1.", "1.)", "(1)", "a)", "• 9.", "iv.", "（一）".
struct ListMarker {
  enum class Style { Stop, StopBracket, Bracket, Brackets };
  Style style = Style::Stop;
  std::u32string value;  ///< "1", "a", "iv"
  size_t end = 0;        ///< behind its last character

  /// False if a marker of the same style cannot begin with this character.
  bool may_precede(char32_t first) const;

  /// True if `next` is the marker of the next item.
  bool precedes(const ListMarker& next) const;
};

/// "• (xviii.) " is longer than any marker.
constexpr size_t longest_list_marker = 12;

/// The marker at `position`, if there is one and white space behind it, which scripts without
/// spaces do not have behind brackets.
std::optional<ListMarker> read_list_marker(Reader& reader, size_t position);

}  // namespace gst_translate::segment
