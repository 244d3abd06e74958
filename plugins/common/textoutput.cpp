// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/textoutput.h"

#include <string>
#include <utility>

#include "gst-translate/text/markup.h"
#include "plugins/common/debug.h"
#include "plugins/common/push.h"

#define GST_CAT_DEFAULT gst_lingua_debug

namespace gst_lingua {
namespace {

/// Whether all that the pad's text comes to is SubRip. `srtenc` lists pango-markup first, as
/// `webvttenc` does, and writes either as it comes; but SubRip has no entities: players show
/// "&amp;" as it stands there.
bool
becomes_subrip (GstPad *source)
{
  Ref<GstPad> sink (gst_pad_get_peer (source));
  GstIterator *outputs = sink ? gst_pad_iterate_internal_links (sink.get ()) : nullptr;
  if (!outputs)
    return false;
  Ref<GstCaps> text (gst_caps_new_empty_simple ("text/x-raw"));
  Ref<GstCaps> subrip (gst_caps_new_empty_simple ("application/x-subtitle"));
  bool all = true;
  bool any = false;
  GValue output = G_VALUE_INIT;
  while (all && gst_iterator_next (outputs, &output) == GST_ITERATOR_OK) {
    GstPad *pad = GST_PAD (g_value_get_object (&output));
    Ref<GstCaps> caps (gst_pad_get_pad_template_caps (pad));
    all = gst_caps_is_subset (caps.get (), subrip.get ()) ||
          (gst_caps_can_intersect (caps.get (), text.get ()) && becomes_subrip (pad));
    any = true;
    g_value_reset (&output);
  }
  g_value_unset (&output);
  gst_iterator_free (outputs);
  return any && all;
}

} // namespace

bool
TextOutput::negotiate ()
{
  bool asked = gst_pad_check_reconfigure (pad_);
  if (negotiated_ && !asked)
    return true;

  Ref<GstCaps> ours (gst_pad_get_pad_template_caps (pad_));
  Ref<GstCaps> theirs (gst_pad_peer_query_caps (pad_, nullptr));
  Ref<GstCaps> both (
      gst_caps_intersect_full (theirs.get (), ours.get (), GST_CAPS_INTERSECT_FIRST));
  if (gst_caps_is_any (theirs.get ()))
    both.reset (gst_caps_ref (ours.get ()));
  if (gst_caps_is_empty (both.get ())) {
    GST_WARNING_OBJECT (pad_, "downstream takes no text of ours, but %" GST_PTR_FORMAT,
                        theirs.get ());
    return false;
  }

  Ref<GstCaps> plain (gst_caps_from_string ("text/x-raw, format = (string) utf8"));
  if (gst_caps_can_intersect (both.get (), plain.get ()) && becomes_subrip (pad_))
    both = std::move (plain);

  Ref<GstCaps> caps (gst_caps_fixate (both.release ()));
  const GstStructure *structure = gst_caps_get_structure (caps.get (), 0);
  bool markup = g_strcmp0 (gst_structure_get_string (structure, "format"), "pango-markup") == 0;
  GST_DEBUG_OBJECT (pad_, "downstream gets %" GST_PTR_FORMAT, caps.get ());
  if (!negotiated_ || markup != markup_)
    push (pad_, Ref<GstEvent> (gst_event_new_caps (caps.get ())));
  negotiated_ = true;
  markup_ = markup;
  return true;
}

Ref<GstBuffer>
TextOutput::wrap (std::string_view text) const
{
  std::string escaped;
  if (markup_) {
    escaped = gst_translate::escape_markup (text);
    text = escaped;
  }
  // The terminating NUL lies behind the size, where C code may look for it.
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, text.size () + 1, nullptr);
  gst_buffer_fill (buffer, 0, text.data (), text.size ());
  gst_buffer_memset (buffer, text.size (), 0, 1);
  gst_buffer_set_size (buffer, static_cast<gssize> (text.size ()));
  return Ref<GstBuffer> (buffer);
}

} // namespace gst_lingua
