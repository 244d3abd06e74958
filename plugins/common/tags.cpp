// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/tags.h"

#include "gst-translate/text/language.h"

namespace gst_lingua {

using gst_translate::find_language;
using gst_translate::Language;

std::string
language_of (GstEvent *tag_event)
{
  GstTagList *tags;
  gst_event_parse_tag (tag_event, &tags);
  Ref<gchar> code;
  gchar *value = nullptr;
  if (gst_tag_list_get_string (tags, GST_TAG_LANGUAGE_CODE, &value))
    code.reset (value);
  return code ? code.get () : "";
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

Ref<GstEvent>
tag_language (GstEvent *tag_event, std::string_view language)
{
  GstTagList *tags;
  if (tag_event) {
    gst_event_parse_tag (tag_event, &tags);
    tags = gst_tag_list_copy (tags);
    gst_tag_list_remove_tag (tags, GST_TAG_LANGUAGE_NAME);
  } else {
    tags = gst_tag_list_new_empty ();
  }
  gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE, GST_TAG_LANGUAGE_CODE,
                    tag_code (language).c_str (), nullptr);
  Ref<GstEvent> event (gst_event_new_tag (tags));
  if (tag_event)
    gst_event_set_seqnum (event.get (), gst_event_get_seqnum (tag_event));
  return event;
}

bool
same_language (std::string_view a, std::string_view b)
{
  const Language *one = find_language (a);
  return a == b || (one && one == find_language (b));
}

} // namespace gst_lingua
