// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/elements/translator.h"

namespace gst_lingua_tests {

std::string language_in(GstEvent* event) {
  GstTagList* tags;
  gst_event_parse_tag(event, &tags);
  gchar* code = nullptr;
  gst_tag_list_get_string(tags, GST_TAG_LANGUAGE_CODE, &code);
  std::string language = code ? code : "";
  g_free(code);
  return language;
}

std::string language_on(GstPad* pad) {
  GstEvent* event = gst_pad_get_sticky_event(pad, GST_EVENT_TAG, 0);
  EXPECT_NE(event, nullptr);
  std::string language = event ? language_in(event) : "";
  if (event) gst_event_unref(event);
  return language;
}

std::string stream_id_on(GstPad* pad) {
  gchar* id = gst_pad_get_stream_id(pad);
  std::string text = id ? id : "";
  g_free(id);
  return text;
}

Gap gap_in(const std::shared_ptr<GstEvent>& event) {
  Gap gap;
  if (event) gst_event_parse_gap(event.get(), &gap.start, &gap.duration);
  return gap;
}

std::string field(const GstStructure* structure, const char* name) {
  const gchar* value = gst_structure_get_string(structure, name);
  return value ? value : "(none)";
}

int progress_messages(Translator& translator) {
  int messages = 0;
  while (!translator.quiet(GST_MESSAGE_PROGRESS))
    messages++;
  return messages;
}

}  // namespace gst_lingua_tests
