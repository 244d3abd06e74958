// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

namespace gst_translate {

/// A cue's words, and who says them.
struct PlainText {
  std::string text;
  std::string speaker;  ///< of WebVTT's `<v Name>`, empty where there is none
};

/// The words of a cue as subtitle parsers send it (pango-markup): tags of SRT, WebVTT and
/// Pango (`<i>`, `<v Bob>`, `<c.yellow>`, `<00:01.000>`, `<span …>`), override blocks of
/// SubStation (`{\an8}`) and entities, those escaped twice included, are taken out or decoded.
/// Never fails: what is not markup stays text (`3 < 4`).
PlainText strip_markup(std::string_view markup);

/// Plain text for a sink that wants pango-markup: `&`, `<` and `>` as entities.
std::string escape_markup(std::string_view text);

}  // namespace gst_translate
