// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/upstreamtext.h"

#include "plugins/common/metas.h"

namespace gst_lingua {

Times
times_of (GstBuffer *text)
{
  return {GST_BUFFER_PTS (text), GST_BUFFER_DURATION (text)};
}

std::string
first_bytes (GstBuffer *text)
{
  std::string bytes (most_first_bytes, '\0');
  bytes.resize (gst_buffer_extract (text, 0, bytes.data (), bytes.size ()));
  return bytes;
}

std::string
speaker_in (GstBuffer *text)
{
  for (const char *name : {GST_TEXT_ACCUMULATE_SENTENCE_META, GST_NLLB_TRANSLATE_META}) {
    GstCustomMeta *meta = gst_buffer_get_custom_meta (text, name);
    const gchar *speaker =
        meta ? gst_structure_get_string (gst_custom_meta_get_structure (meta), "speaker") : nullptr;
    if (speaker && *speaker)
      return speaker;
  }
  return {};
}

bool
ends_text (GstEvent *event)
{
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_STREAM_START:
  case GST_EVENT_CAPS:
  case GST_EVENT_SEGMENT:
  case GST_EVENT_SEGMENT_DONE:
  case GST_EVENT_STREAM_GROUP_DONE:
  case GST_EVENT_EOS:
    return true;
  default:
    return false;
  }
}

} // namespace gst_lingua
