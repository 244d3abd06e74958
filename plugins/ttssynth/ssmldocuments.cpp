// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/ssmldocuments.h"

#include <algorithm>
#include <utility>

#include "gst-translate/text/utf8.h"

namespace gst_lingua {

namespace {

constexpr size_t npos = std::string_view::npos;

Ref<GstBuffer>
another (GstBuffer *buffer)
{
  return Ref<GstBuffer> (gst_buffer_ref (buffer));
}

bool
begins_with (std::string_view text, std::string_view start)
{
  return text.substr (0, start.size ()) == start;
}

/// Bytes up to the end of what `begin` opens and `end` closes; npos where the end has not come.
size_t
length_until (std::string_view text, std::string_view end)
{
  size_t found = text.find (end);
  return found == npos ? npos : found + end.size ();
}

/// Of a tag, whose attributes may hold a `>`.
size_t
tag_length (std::string_view tag)
{
  char quote = 0;
  for (size_t i = 1; i < tag.size (); i++) {
    if (quote != 0)
      quote = tag[i] == quote ? '\0' : quote;
    else if (tag[i] == '"' || tag[i] == '\'')
      quote = tag[i];
    else if (tag[i] == '>')
      return i + 1;
  }
  return npos;
}

constexpr std::string_view begin_tag = "<speak", end_tag = "</speak";

/// Whether this begins with a tag, of which the name is given with what is before it.
bool
begins_with_tag (std::string_view text, std::string_view name)
{
  constexpr std::string_view name_ends = " \t\r\n/>";
  return begins_with (text, name) && text.size () > name.size () &&
         name_ends.find (text[name.size ()]) != npos;
}

/// Whether a tag ends a document: `</speak>`, or `<speak/>`.
bool
ends_document (std::string_view tag)
{
  return begins_with_tag (tag, end_tag) ||
         (begins_with_tag (tag, begin_tag) && tag[tag.size () - 2] == '/');
}

} // namespace

std::optional<bool>
begins_as_ssml (std::string_view text)
{
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (begins_with (text, mark))
    text.remove_prefix (mark.size ());
  text.remove_prefix (std::min (text.find_first_not_of (" \t\r\n"), text.size ()));
  for (std::string_view name : {std::string_view ("<?xml"), begin_tag}) {
    if (begins_with_tag (text, name))
      return true;
  }
  for (std::string_view beginning : {mark, std::string_view ("<?xml"), begin_tag}) {
    if (begins_with (beginning, text))
      return std::nullopt;
  }
  return false;
}

void
SsmlDocuments::push (std::string_view text, GstBuffer *buffer, GstClockTime arrival)
{
  latest_ = another (buffer);
  latest_arrival_ = arrival;
  if (!pending_.buffer) {
    pending_.buffer = another (buffer);
    pending_.arrival = arrival;
  }
  pending_.text += text;
}

std::optional<SsmlDocuments::Document>
SsmlDocuments::next ()
{
  std::string_view text = pending_.text;
  while ((scanned_ = text.find ('<', scanned_)) != npos) {
    std::string_view rest = text.substr (scanned_);
    bool is_tag = false;
    size_t length;
    if (begins_with (rest, "<!--")) {
      length = length_until (rest, "-->");
    } else if (begins_with (rest, "<![CDATA[")) {
      length = length_until (rest, "]]>");
    } else {
      length = tag_length (rest);
      is_tag = true;
    }
    if (length == npos)
      return std::nullopt;
    scanned_ += length;
    if (is_tag && ends_document (rest.substr (0, length)))
      return take (scanned_);
  }
  scanned_ = text.size ();
  return std::nullopt;
}

std::optional<SsmlDocuments::Document>
SsmlDocuments::rest ()
{
  std::optional<Document> document;
  if (!gst_translate::trim (pending_.text).empty ())
    document = take (pending_.text.size ());
  clear ();
  return document;
}

void
SsmlDocuments::clear ()
{
  pending_ = {};
  latest_.reset ();
  scanned_ = 0;
}

/// Up to `end`; what is behind it came with the latest buffer.
SsmlDocuments::Document
SsmlDocuments::take (size_t end)
{
  Document document = std::exchange (pending_, {});
  pending_.text = document.text.substr (end);
  document.text.resize (end);
  scanned_ = 0;
  // White space alone begins no document.
  if (!gst_translate::trim (pending_.text).empty ()) {
    pending_.buffer = another (latest_.get ());
    pending_.arrival = latest_arrival_;
  } else {
    pending_.text.clear ();
  }
  return document;
}

} // namespace gst_lingua
