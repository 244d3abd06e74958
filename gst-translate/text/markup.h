// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// A cue's words, and who says them.
struct PlainText {
  std::string text;
  std::string speaker;  ///< of the first `<v Name>` of WebVTT, empty where there is none
};

/// The words of one cue as subtitle parsers send it (pango-markup), in one line. Taken out or
/// decoded: tags of SRT, WebVTT and Pango (`<i>`, `<v Bob>`, `<c.yellow>`, `<00:01.000>`,
/// `<span …>`), readings in `<rt>`, override blocks of SubStation (`{\an8}`, `\N`), SubRip's `{b}`,
/// and entities, those escaped twice included. A line break becomes a space, except between Chinese
/// or Japanese characters. Never fails: what is not markup stays text (`3 < 4`).
GST_LINGUA_EXPORT PlainText strip_markup(std::string_view markup);

/// Plain text for a sink that wants pango-markup: `&`, `<` and `>` as entities.
GST_LINGUA_EXPORT std::string escape_markup(std::string_view text);

}  // namespace gst_translate
