// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// A cue's words, and who says them.
struct PlainText {
  std::string text;
  std::string speaker;  ///< of the first `<v Name>` of WebVTT, empty where there is none
};

/// The words of one cue as subtitle parsers send it (pango-markup), in one line. Taken out or
/// decoded: tags of SRT, WebVTT and Pango (`<i>`, `<v Bob>`, `<c.yellow>`, `<00:01.000>`,
/// `<span …>`), readings in `<rt>`, override blocks of SubStation (`{\an8}`, `\N`, `\n`), SubRip's
/// `{b}`, and entities, those escaped twice included. Control characters of Latin-1 become what
/// Windows-1252 has there. A line break becomes a space, except between Chinese or Japanese
/// characters. Never fails: what is not markup stays text (`3 < 4`).
GST_LINGUA_EXPORT PlainText strip_markup(std::string_view markup);

/// The same, a text a voice: `<v Ann>…</v>\n<v Ben>…</v>` are two. Line breaks stay: they say where
/// another speaker may begin. Empty where the cue has no words.
GST_LINGUA_EXPORT std::vector<PlainText> read_cue(std::string_view markup);

/// The lines of a cue in one: white space collapses, a line break becomes a space, except between
/// Chinese or Japanese characters.
GST_LINGUA_EXPORT std::string join_lines(std::string_view text);

/// Plain text for a sink that wants pango-markup: `&`, `<` and `>` as entities.
GST_LINGUA_EXPORT std::string escape_markup(std::string_view text);

}  // namespace gst_translate
