// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/textinput.h"

#include <algorithm>
#include <string_view>

#include "gst-translate/text/error.h"
#include "plugins/common/debug.h"

#define GST_CAT_DEFAULT gst_lingua_debug

namespace gst_lingua {

using gst_translate::Error;
using gst_translate::PlainText;
using gst_translate::TextDecoder;

namespace {

constexpr const char *automatic = "auto";

} // namespace

void
TextInput::set_encoding (const std::string &encoding)
{
  encoding_.change ([&] (std::string &value) { value = encoding; });
}

std::string
TextInput::encoding () const
{
  std::string name = encoding_.get ();
  return name.empty () ? automatic : name;
}

void
TextInput::check_encoding () const
{
  try {
    TextDecoder decoder (encoding ());
  } catch (const Error &error) {
    throw Error (error.kind (), std::string ("The property encoding of ") +
                                    GST_OBJECT_NAME (gst_element_get_factory (element_)) + ": " +
                                    error.what ());
  }
}

void
TextInput::begin_stream ()
{
  counted_before_ = invalid_;
  decoder_.reset ();
  guess_told_ = false;
}

TextInput::Format
TextInput::format_of (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  // SSML says nothing of its encoding in its caps.
  if (!gst_structure_has_name (structure, "text/x-raw"))
    return Format::Bytes;
  return g_strcmp0 (gst_structure_get_string (structure, "format"), "pango-markup") == 0
             ? Format::Markup
             : Format::Utf8;
}

bool
TextInput::changes (const GstCaps *caps) const
{
  return format_of (caps) != format_;
}

void
TextInput::set_caps (const GstCaps *caps)
{
  GST_DEBUG_OBJECT (element_, "text comes as %" GST_PTR_FORMAT, caps);
  if (!changes (caps))
    return;
  begin_stream ();
  format_ = format_of (caps);
}

/// What has caps is in UTF-8, since they say so.
TextDecoder &
TextInput::decoder ()
{
  if (!decoder_)
    decoder_.emplace (format_ == Format::Bytes ? encoding () : "UTF-8");
  return *decoder_;
}

PlainText
TextInput::read (GstBuffer *buffer)
{
  std::string text = decode (buffer);
  if (format_ == Format::Markup)
    return gst_translate::strip_markup (text);
  return {is_cue (buffer) && text.find ('\n') != std::string::npos
              ? gst_translate::join_lines (text)
              : text,
          {}};
}

std::vector<PlainText>
TextInput::read_parts (GstBuffer *buffer)
{
  std::string text = decode (buffer);
  if (format_ == Format::Markup)
    return gst_translate::read_cue (text);
  return {PlainText{text, {}}};
}

/// The text of a buffer, as far as its characters are whole.
std::string
TextInput::decode (GstBuffer *buffer)
{
  std::string text;
  GstMapInfo map;
  if (gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    text = decoder ().push (std::string_view (reinterpret_cast<const char *> (map.data), map.size));
    gst_buffer_unmap (buffer, &map);
  }
  if (format_ == Format::Markup)
    text += decoder ().finish_character (); // a cue is whole
  count (false);
  // ttmlparse ends its texts as C does.
  text.erase (std::remove (text.begin (), text.end (), '\0'), text.end ());
  return text;
}

std::string
TextInput::finish ()
{
  std::string rest = decoder ().finish_character ();
  count (true);
  return rest;
}

void
TextInput::reset (bool full)
{
  if (decoder_)
    decoder_->reset ();
  if (full) {
    begin_stream ();
    format_ = Format::Bytes;
    counted_before_ = warned_ = logged_ = invalid_ = 0;
  }
}

void
TextInput::tell_guess ()
{
  if (guess_told_ || !decoder ().guessed ())
    return;
  guess_told_ = true;
  const char *name = decoder ().encoding ().c_str ();
  GST_ELEMENT_WARNING_WITH_DETAILS (element_, STREAM, DECODE,
                                    ("The text is not UTF-8 and does not say what it is: it is "
                                     "read as %s, a guess. Set the property encoding.",
                                     name),
                                    (nullptr), ("encoding", G_TYPE_STRING, name, nullptr));
}

void
TextInput::count (bool end)
{
  tell_guess ();
  invalid_ = counted_before_ + decoder ().invalid_sequences ();
  const char *name = decoder ().encoding ().c_str ();
  if (invalid_ > logged_)
    GST_INFO_OBJECT (element_, "not valid %s: %" G_GUINT64_FORMAT " sequences so far", name,
                     invalid_.load ());
  logged_ = invalid_;
  bool first = warned_ == 0;
  if (invalid_ == warned_ || (!first && !end))
    return;
  warned_ = invalid_;
  guint64 total = invalid_;
  GST_ELEMENT_WARNING_WITH_DETAILS (
      element_, STREAM, DECODE,
      ("The text is not valid %s: %" G_GUINT64_FORMAT " %s replaced by U+FFFD%s. %s", name, total,
       total == 1 ? "sequence was" : "sequences were", end ? "" : " so far",
       format_ == Format::Bytes ? "If it is in another encoding, set the property encoding."
                                : "Convert it to UTF-8 first."),
      (nullptr), ("invalid-sequences", G_TYPE_UINT64, total, nullptr));
}

} // namespace gst_lingua
