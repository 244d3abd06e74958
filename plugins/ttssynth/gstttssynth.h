// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_TYPE_TTS_SYNTH (gst_tts_synth_get_type ())
  G_DECLARE_FINAL_TYPE (GstTtsSynth, gst_tts_synth, GST, TTS_SYNTH, GstElement)

  /**
   * GstTtsSynthOverflow:
   * @GST_TTS_SYNTH_OVERFLOW_CLIP: it is cut at the end of the slot
   * @GST_TTS_SYNTH_OVERFLOW_OVERLAP: it is spoken to its end, and the next text begins on time,
   * with timestamps that go back
   * @GST_TTS_SYNTH_OVERFLOW_SHIFT: it is spoken to its end, and the next text begins later
   * @GST_TTS_SYNTH_OVERFLOW_REFIT: it is spoken faster, by #GstTtsSynth:max-compression at most, so
   *   that it fits; what still does not fit shifts the next text
   * @GST_TTS_SYNTH_OVERFLOW_COMPRESS: what other elements call refit; it reads back as that
   *
   * What becomes of speech that is longer than its text's time, the pause up to the next text
   * included.
   *
   * Since: 0.1
   */
  typedef enum
  {
    GST_TTS_SYNTH_OVERFLOW_CLIP,
    GST_TTS_SYNTH_OVERFLOW_OVERLAP,
    GST_TTS_SYNTH_OVERFLOW_SHIFT,
    GST_TTS_SYNTH_OVERFLOW_REFIT,
    GST_TTS_SYNTH_OVERFLOW_COMPRESS,
  } GstTtsSynthOverflow;

#define GST_TYPE_TTS_SYNTH_OVERFLOW (gst_tts_synth_overflow_get_type ())
  GType gst_tts_synth_overflow_get_type (void);

  /**
   * GstTtsSynthFill:
   * @GST_TTS_SYNTH_FILL_GAP: GAP events
   * @GST_TTS_SYNTH_FILL_SILENCE: silent buffers
   *
   * What goes downstream for the time in which nothing is said.
   *
   * Since: 0.1
   */
  typedef enum
  {
    GST_TTS_SYNTH_FILL_GAP,
    GST_TTS_SYNTH_FILL_SILENCE,
  } GstTtsSynthFill;

#define GST_TYPE_TTS_SYNTH_FILL (gst_tts_synth_fill_get_type ())
  GType gst_tts_synth_fill_get_type (void);

  GST_ELEMENT_REGISTER_DECLARE (ttssynth)

  G_END_DECLS
