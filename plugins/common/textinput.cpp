// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/textinput.h"

#include <string_view>

#include "plugins/common/debug.h"

#define GST_CAT_DEFAULT gst_lingua_debug

namespace gst_lingua {

using gst_translate::PlainText;

namespace {

bool
is_markup (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  return g_strcmp0 (gst_structure_get_string (structure, "format"), "pango-markup") == 0;
}

} // namespace

bool
TextInput::changes (const GstCaps *caps) const
{
  return is_markup (caps) != markup_;
}

void
TextInput::set_caps (const GstCaps *caps)
{
  markup_ = is_markup (caps);
  GST_DEBUG_OBJECT (element_, "text comes as %" GST_PTR_FORMAT, caps);
}

PlainText
TextInput::read (GstBuffer *buffer)
{
  std::string text;
  GstMapInfo map;
  if (gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    std::string_view bytes (reinterpret_cast<const char *> (map.data), map.size);
    // Some parsers count the terminating NUL in.
    while (!bytes.empty () && bytes.back () == '\0')
      bytes.remove_suffix (1);
    text = utf8_.push (bytes);
    gst_buffer_unmap (buffer, &map);
  }
  if (markup_)
    text += utf8_.finish (); // a cue is whole
  count (false);
  return markup_ ? gst_translate::strip_markup (text) : PlainText{text, {}};
}

std::string
TextInput::finish ()
{
  std::string rest = utf8_.finish ();
  count (true);
  return rest;
}

void
TextInput::reset (bool full)
{
  counted_before_ = invalid_;
  utf8_.reset ();
  if (full) {
    markup_ = false;
    counted_before_ = warned_ = logged_ = invalid_ = 0;
  }
}

void
TextInput::count (bool end)
{
  invalid_ = counted_before_ + utf8_.invalid_sequences ();
  if (invalid_ > logged_)
    GST_INFO_OBJECT (element_, "not valid UTF-8: %" G_GUINT64_FORMAT " sequences so far",
                     invalid_.load ());
  logged_ = invalid_;
  bool first = warned_ == 0;
  if (invalid_ == warned_ || (!first && !end))
    return;
  warned_ = invalid_;
  guint64 total = invalid_;
  GST_ELEMENT_WARNING_WITH_DETAILS (
      element_, STREAM, DECODE,
      ("The text is not valid UTF-8: %" G_GUINT64_FORMAT " %s replaced by U+FFFD%s. "
       "Convert it to UTF-8 first.",
       total, total == 1 ? "sequence was" : "sequences were", end ? "" : " so far"),
      (nullptr), ("invalid-sequences", G_TYPE_UINT64, total, nullptr));
}

} // namespace gst_lingua
