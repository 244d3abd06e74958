// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/translationdetails.h"

#include <string>

#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/tags.h"

namespace gst_lingua {

using gst_translate::Flaw;
using gst_translate::Translation;

namespace {

std::string
flaws_text (Flaw flaws)
{
  std::string text;
  for (const char *name : gst_translate::names_of (flaws))
    text += (text.empty () ? "" : "+") + std::string (name);
  return text.empty () ? "none" : text;
}

/// What both the meta and the message say.
void
add_languages (GstStructure *structure, const AwaitedTranslation &awaited,
               const Translation &translation)
{
  const std::string &source = awaited.languages.source;
  // Text that passes as it is stays in its language.
  const std::string &target = translation.language.empty () ? source : translation.language;
  gst_structure_set (structure, "language-code", G_TYPE_STRING, bcp47 (target).c_str (),
                     "flores-code", G_TYPE_STRING, target.c_str (), "source-language-code",
                     G_TYPE_STRING, bcp47 (source).c_str (), "source-flores-code", G_TYPE_STRING,
                     source.c_str (), nullptr);
  if (!awaited.text.speaker.empty ())
    gst_structure_set (structure, "speaker", G_TYPE_STRING, awaited.text.speaker.c_str (), nullptr);
}

/// Copies what stays true of a text in another language.
gboolean
copy_meta (GstBuffer *source, GstMeta **meta, gpointer translated)
{
  const GstMetaInfo *info = (*meta)->info;
  const gchar *const *tags = gst_meta_api_type_get_tags (info->api);
  bool tagless = !tags || !*tags;
  bool ours =
      gst_meta_info_is_custom (info) &&
      gst_custom_meta_has_name (reinterpret_cast<GstCustomMeta *> (*meta), GST_NLLB_TRANSLATE_META);
  if (tagless && !ours && info->transform_func) {
    GstMetaTransformCopy whole = {FALSE, 0, static_cast<gsize> (-1)};
    info->transform_func (GST_BUFFER (translated), *meta, source, _gst_meta_transform_copy, &whole);
  }
  return TRUE;
}

void
copy_metas (GstBuffer *translated, GstBuffer *source)
{
  gst_buffer_foreach_meta (source, copy_meta, translated);
  // Its words, and where they stand, are those of the source's text.
  if (GstCustomMeta *meta =
          gst_buffer_get_custom_meta (translated, GST_TEXT_ACCUMULATE_SENTENCE_META))
    gst_structure_remove_field (gst_custom_meta_get_structure (meta), "words");
}

} // namespace

void
describe (GstBuffer *translated, GstBuffer *source, const AwaitedTranslation &awaited,
          const Translation &translation, const TranslationTimes &times,
          std::optional<guint> fragment)
{
  gst_buffer_copy_into (translated, source, GST_BUFFER_COPY_FLAGS, 0, static_cast<gsize> (-1));
  if (fragment.value_or (0) > 0) // it goes on
    gst_buffer_unset_flags (translated, GST_BUFFER_FLAG_DISCONT);
  copy_metas (translated, source);
  GST_BUFFER_PTS (translated) = times.pts;
  GST_BUFFER_DURATION (translated) = times.duration;

  GstStructure *meta = add_meta (translated, GST_NLLB_TRANSLATE_META);
  add_languages (meta, awaited, translation);
  gst_structure_set (meta, "source", G_TYPE_STRING, awaited.text.text.c_str (), "flaws",
                     G_TYPE_STRING, flaws_text (translation.flaws).c_str (), "retried",
                     G_TYPE_BOOLEAN, static_cast<gboolean> (translation.retried), nullptr);
  if (fragment)
    gst_structure_set (meta, "fragment", G_TYPE_UINT, *fragment, nullptr);
}

GstStructure *
raw_message (const Item &item, const AwaitedTranslation &awaited, const Translation &translation,
             const TranslationTimes &times, const Timeline &timeline)
{
  GstClockTime start =
      GST_CLOCK_TIME_IS_VALID (times.pts) ? timeline.running_time (times.pts) : GST_CLOCK_TIME_NONE;
  GstStructure *raw = gst_structure_new (
      "nllbtranslate/raw", "text", G_TYPE_STRING, awaited.text.text.c_str (), "translation",
      G_TYPE_STRING, translation.text.c_str (), "arrival-time", GST_TYPE_CLOCK_TIME, item.arrival,
      "start-time", GST_TYPE_CLOCK_TIME, start, "duration", GST_TYPE_CLOCK_TIME, times.duration,
      "latency", GST_TYPE_CLOCK_TIME, times.delay, nullptr);
  add_languages (raw, awaited, translation);
  return raw;
}

} // namespace gst_lingua
