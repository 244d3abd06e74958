// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/tags.h"

#include <initializer_list>

#include "gst-translate/text/language.h"
#include "plugins/common/debug.h"

#define GST_CAT_DEFAULT gst_lingua_debug

namespace gst_lingua {

using gst_translate::find_language;
using gst_translate::Language;

namespace {

std::string
language_of (const GstTagList *tags)
{
  gchar *value = nullptr;
  gst_tag_list_get_string (tags, GST_TAG_LANGUAGE_CODE, &value);
  Ref<gchar> code (value);
  return code ? code.get () : "";
}

} // namespace

std::string
language_of (GstEvent *tag_event)
{
  GstTagList *tags;
  gst_event_parse_tag (tag_event, &tags);
  return language_of (tags);
}

std::string
tag_code (std::string_view code)
{
  const Language *language = find_language (code);
  if (!language)
    return std::string (code);
  for (std::string_view iso : {language->iso639_1, language->iso639_2}) {
    if (!iso.empty ())
      return std::string (iso);
  }
  return std::string (language->iso639_3);
}

std::string
bcp47 (std::string_view code)
{
  const Language *language = find_language (code);
  return std::string (language ? language->bcp47 : code);
}

bool
same_language (std::string_view a, std::string_view b)
{
  const Language *one = find_language (a);
  return a == b || (one && one == find_language (b));
}

// StreamTags

Ref<GstEvent>
StreamTags::merge (GstEvent *event, const std::string &language)
{
  GstTagList *theirs;
  gst_event_parse_tag (event, &theirs);
  if (gst_tag_list_get_scope (theirs) == GST_TAG_SCOPE_GLOBAL)
    return share (event);

  tags_.reset (gst_tag_list_merge (tags_.get (), theirs, GST_TAG_MERGE_REPLACE));
  // A language's name belongs to its code.
  if (!language_of (event).empty () &&
      gst_tag_list_get_tag_size (theirs, GST_TAG_LANGUAGE_NAME) == 0)
    gst_tag_list_remove_tag (tags_.get (), GST_TAG_LANGUAGE_NAME);
  if (!language.empty () || !language_of (event).empty ())
    language_ = language;
  Ref<GstEvent> merged = this->event ();
  gst_event_set_seqnum (merged.get (), gst_event_get_seqnum (event));
  return merged;
}

Ref<GstEvent>
StreamTags::tell (const std::string &language)
{
  if (language.empty () || same_language (language, told ()))
    return nullptr;
  language_ = language;
  return event ();
}

void
StreamTags::reset ()
{
  tags_.reset ();
  language_.clear ();
}

/// The language that the last event said.
std::string
StreamTags::told () const
{
  if (!language_.empty () || !tags_)
    return language_;
  return language_of (tags_.get ());
}

Ref<GstEvent>
StreamTags::event () const
{
  GstTagList *tags = tags_ ? gst_tag_list_copy (tags_.get ()) : gst_tag_list_new_empty ();
  if (!language_.empty ()) {
    gst_tag_list_remove_tag (tags, GST_TAG_LANGUAGE_NAME);
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE, GST_TAG_LANGUAGE_CODE,
                      tag_code (language_).c_str (), nullptr);
  }
  GST_DEBUG ("tags of the stream are now %" GST_PTR_FORMAT, tags);
  return Ref<GstEvent> (gst_event_new_tag (tags));
}

} // namespace gst_lingua
