// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * SECTION:element-textsegmenter
 * @title: textsegmenter
 * @see_also: nllbtranslate, ttssynth
 *
 * Cuts a running text into sentences, one a buffer, as it arrives: bytes of a file or a pipe, the
 * tokens of a language model, the cues of a subtitle file, the words of a live transcriber. Where
 * the cuts fall does not depend on how the text was cut into buffers.
 *
 * ## Example launch line
 * |[
 * echo "The meeting starts at nine. Please bring the report." | gst-launch-1.0 fdsrc !
 * textsegmenter ! fakesink dump=true
 * ]|
 *
 * Since: 0.1
 */

#include "config.h"

#include "gsttextsegmenter.h"

#include "plugins/common/debug.h"
#include "plugins/common/elementshell.h"
#include "plugins/common/latency.h"
#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/textoutput.h"
#include "plugins/textsegmenter/sentenceworker.h"

GST_DEBUG_CATEGORY (gst_text_segmenter_debug);
#define GST_CAT_DEFAULT gst_text_segmenter_debug

using namespace gst_lingua;

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_LINGUA_TEXT_SINK_CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_LINGUA_TEXT_CAPS));

enum
{
  PROP_0,
  PROP_LANGUAGE_CODE,
  PROP_JOIN,
  PROP_MAX_WAIT,
  PROP_MAX_PAUSE,
  PROP_MAX_CHARS,
  PROP_MIN_CHARS,
  PROP_TERMINATOR_WAIT,
  PROP_ABBREVIATIONS,
  PROP_CAPTIONS,
};

static const guint default_latency = 3000; // ms
static const SentenceWorker::Settings defaults;
static const SentenceWorker::Waits default_waits;

constexpr bool
same (SentenceWorker::Join ours, GstTextSegmenterJoin theirs)
{
  return static_cast<int> (ours) == static_cast<int> (theirs);
}
static_assert (same (SentenceWorker::Join::Auto, GST_TEXT_SEGMENTER_JOIN_AUTO) &&
               same (SentenceWorker::Join::Verbatim, GST_TEXT_SEGMENTER_JOIN_VERBATIM) &&
               same (SentenceWorker::Join::Words, GST_TEXT_SEGMENTER_JOIN_WORDS) &&
               same (SentenceWorker::Join::Cues, GST_TEXT_SEGMENTER_JOIN_CUES));

struct GstTextSegmenterPrivate
{
  GstTextSegmenterPrivate (GstElement *element, GstPad *sink, GstPad *src)
      : latency (element, sink, default_latency), worker (element, sink, src, latency)
  {
  }

  Latency latency;
  SentenceWorker worker;
};

struct _GstTextSegmenter
{
  GstElement parent;
  GstTextSegmenterPrivate *priv;
};

static void gst_text_segmenter_finalize (GObject *object);
static void gst_text_segmenter_set_property (GObject *object, guint id, const GValue *value,
                                             GParamSpec *pspec);
static void gst_text_segmenter_get_property (GObject *object, guint id, GValue *value,
                                             GParamSpec *pspec);
static GstStateChangeReturn gst_text_segmenter_change_state (GstElement *element,
                                                             GstStateChange transition);

G_DEFINE_TYPE (GstTextSegmenter, gst_text_segmenter, GST_TYPE_ELEMENT)
GST_ELEMENT_REGISTER_DEFINE (textsegmenter, "textsegmenter", GST_RANK_NONE, GST_TYPE_TEXT_SEGMENTER)

GType
gst_text_segmenter_join_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_TEXT_SEGMENTER_JOIN_AUTO, "Cues if marked up, words if timestamped, else verbatim",
       "auto"},
      {GST_TEXT_SEGMENTER_JOIN_VERBATIM, "As they are", "verbatim"},
      {GST_TEXT_SEGMENTER_JOIN_WORDS, "With spaces where the script has them", "words"},
      {GST_TEXT_SEGMENTER_JOIN_CUES, "Lines of captions, which end where they are full", "cues"},
      {0, nullptr, nullptr},
  };
  static GType type = g_enum_register_static ("GstTextSegmenterJoin", values);
  return type;
}

static void
gst_text_segmenter_class_init (GstTextSegmenterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GST_DEBUG_CATEGORY_INIT (gst_text_segmenter_debug, "textsegmenter", 0, "textsegmenter element");
  gst_lingua::init_debug ();

  object_class->finalize = gst_text_segmenter_finalize;
  object_class->set_property = gst_text_segmenter_set_property;
  object_class->get_property = gst_text_segmenter_get_property;

  /**
   * GstTextSegmenter:language-code:
   *
   * The language of the text, in any code: FLORES-200 ("jpn_Jpan"), ISO 639 ("ja") or BCP 47
   * ("ja-JP"). Not set: what the TAG event says, else the rules of each script alone. If set, it
   * also goes downstream as a TAG event.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_LANGUAGE_CODE,
      g_param_spec_string (
          "language-code", "Language code",
          "Language of the text: FLORES-200, ISO 639 or BCP 47 code (unset: from the TAG event)",
          nullptr, playing_flags));

  /**
   * GstTextSegmenter:join:
   *
   * How the text of successive buffers joins.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_JOIN,
      g_param_spec_enum ("join", "Join", "How the text of successive buffers joins",
                         GST_TYPE_TEXT_SEGMENTER_JOIN, static_cast<gint> (defaults.join),
                         playing_flags));

  /**
   * GstTextSegmenter:max-wait:
   *
   * The longest that text waits for the end of its sentence, in ms of the pipeline's clock since
   * it came: then the best clause of it leaves. For live sources and pipes; a file is cut by its
   * text alone. 0: no such limit. A live pipeline's #GstTextSegmenter:latency holds in any case.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_WAIT,
      g_param_spec_uint (
          "max-wait", "Max wait",
          "Longest wait for the end of a sentence, in ms since its text came (0: no limit)", 0,
          G_MAXUINT, default_waits.max_wait, playing_flags));

  /**
   * GstTextSegmenter:max-pause:
   *
   * A pause between timed words that ends the sentence, in ms: for speech that was transcribed
   * without punctuation (600 is a good value). 0: pauses mean nothing.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_PAUSE,
      g_param_spec_uint ("max-pause", "Max pause",
                         "Pause between timed words that ends a sentence, in ms (0: none does)", 0,
                         G_MAXUINT, defaults.max_pause, playing_flags));

  /**
   * GstTextSegmenter:max-chars:
   *
   * The longest sentence, in characters of usual width (an ideograph counts two); a longer one is
   * cut at its best clause. 0: no limit.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_CHARS,
      g_param_spec_uint ("max-chars", "Max chars",
                         "Longest sentence in characters, ideographs count two (0: no limit)", 0,
                         G_MAXUINT, defaults.max_chars, playing_flags));

  /**
   * GstTextSegmenter:min-chars:
   *
   * Sentences shorter than this, in characters of usual width, join the one after. 0: none does.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MIN_CHARS,
      g_param_spec_uint (
          "min-chars", "Min chars",
          "Shorter sentences join the next, in characters, ideographs count two (0: none does)", 0,
          G_MAXUINT, defaults.min_chars, playing_flags));

  /**
   * GstTextSegmenter:terminator-wait:
   *
   * How long a finished sentence waits for a sign that it goes on, in ms of the pipeline's clock:
   * so the last sentence of a live speaker is not held back. For live sources and pipes. 0: until
   * more text comes.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_TERMINATOR_WAIT,
      g_param_spec_uint ("terminator-wait", "Terminator wait",
                         "Wait for more text after a terminator, in ms (0: until more text comes)",
                         0, G_MAXUINT, default_waits.terminator_wait, playing_flags));

  /**
   * GstTextSegmenter:abbreviations:
   *
   * A file with abbreviations that do not end a sentence ("Dr."), separated by commas or line
   * breaks, added to the language's own; "#" begins a comment. It may have all the lists that
   * the files of gst-translate/segment/languages have. Read on the way to PAUSED.
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_ABBREVIATIONS,
                                   g_param_spec_string ("abbreviations", "Abbreviations",
                                                        "File with more abbreviations, one a line",
                                                        nullptr, ready_flags));

  /**
   * GstTextSegmenter:captions:
   *
   * Fills captions in place of sending sentences: at most two lines of 42 columns, which stand for
   * a second or longer and for no more than 20 characters a second. Long sentences are shared among
   * captions at their clauses, short ones that follow too fast share one. For text with times.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_CAPTIONS,
      g_param_spec_boolean ("captions", "Captions",
                            "Fill captions of two lines for display, in place of sentences",
                            defaults.captions, playing_flags));

  /**
   * GstTextSegmenter:encoding:
   *
   * The encoding of text that comes without caps, as from a file or a pipe: "auto", or a name that
   * ICU knows ("utf-8", "windows-1252", "shift_jis"). With "auto" a byte order mark says it; else
   * text is UTF-8, or where it cannot be that Windows-1252, with a WARNING. Text with caps is in
   * UTF-8.
   *
   * Since: 0.1
   */

  /**
   * GstTextSegmenter:latency:
   *
   * How long live text may stay in this element, in ms: added to the pipeline's latency, and kept
   * by cutting at the best clause when time is up. -1: no synchronisation, sentences leave whole
   * and are stamped with the running time at which they leave.
   *
   * Since: 0.1
   */

  /**
   * GstTextSegmenter:lateness:
   *
   * Moves the output's running time back by so many ms, in place of latency: it lags behind other
   * streams, which need not wait. Takes effect with the next SEGMENT.
   *
   * Since: 0.1
   */

  /**
   * GstTextSegmenter:max-observed-delay:
   *
   * The longest that text has stayed in this element, in ms, for live sources and pipes. Notified.
   *
   * Since: 0.1
   */

  /**
   * GstTextSegmenter:stats:
   *
   * "sentences" in all and by the reason of their end ("terminator", "pause", "deadline",
   * "length", "boundary", "end"), "invalid-sequences" of its encoding, "queued" buffers now.
   *
   * Since: 0.1
   */
  install_shared_properties (object_class, default_latency);

  element_class->change_state = GST_DEBUG_FUNCPTR (gst_text_segmenter_change_state);
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Text segmenter", "Filter/Text",
                                         "Cuts a running text into sentences, in any language",
                                         "gst-lingua developers");

  gst_type_mark_as_plugin_api (GST_TYPE_TEXT_SEGMENTER_JOIN, static_cast<GstPluginAPIFlags> (0));
  gst_lingua::register_meta (GST_TEXT_ACCUMULATE_SENTENCE_META);
}

static void
gst_text_segmenter_init (GstTextSegmenter *self)
{
  GstPad *sink = gst_pad_new_from_static_template (&sink_template, "sink");
  GstPad *src = gst_pad_new_from_static_template (&src_template, "src");
  self->priv = new GstTextSegmenterPrivate (GST_ELEMENT (self), sink, src);
  gst_element_add_pad (GST_ELEMENT (self), sink);
  gst_element_add_pad (GST_ELEMENT (self), src);
}

static void
gst_text_segmenter_finalize (GObject *object)
{
  delete GST_TEXT_SEGMENTER (object)->priv;
  G_OBJECT_CLASS (gst_text_segmenter_parent_class)->finalize (object);
}

static void
gst_text_segmenter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstTextSegmenterPrivate *priv = GST_TEXT_SEGMENTER (object)->priv;
  using Settings = SentenceWorker::Settings;
  using Waits = SentenceWorker::Waits;
  auto set = [&] (auto member, auto setting) {
    priv->worker.settings.change ([&] (Settings &all) { all.*member = setting; });
  };
  auto set_wait = [&] (auto member, guint wait) {
    priv->worker.waits.change ([&] (Waits &all) { all.*member = wait; });
    priv->worker.queue ().replan ();
  };

  switch (id) {
  case PROP_LANGUAGE_CODE:
    set (&Settings::language, string_in (value));
    break;
  case PROP_JOIN:
    set (&Settings::join, static_cast<SentenceWorker::Join> (g_value_get_enum (value)));
    break;
  case PROP_MAX_WAIT:
    set_wait (&Waits::max_wait, g_value_get_uint (value));
    break;
  case PROP_MAX_PAUSE:
    set (&Settings::max_pause, g_value_get_uint (value));
    break;
  case PROP_MAX_CHARS:
    set (&Settings::max_chars, g_value_get_uint (value));
    break;
  case PROP_MIN_CHARS:
    set (&Settings::min_chars, g_value_get_uint (value));
    break;
  case PROP_CAPTIONS:
    set (&Settings::captions, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_TERMINATOR_WAIT:
    set_wait (&Waits::terminator_wait, g_value_get_uint (value));
    break;
  case PROP_ABBREVIATIONS:
    set (&Settings::abbreviations, string_in (value));
    break;
  default:
    if (!set_shared_property (priv->worker.queue (), priv->worker.input (), id, value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
gst_text_segmenter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstTextSegmenterPrivate *priv = GST_TEXT_SEGMENTER (object)->priv;
  SentenceWorker::Settings settings = priv->worker.settings.get ();
  SentenceWorker::Waits waits = priv->worker.waits.get ();

  switch (id) {
  case PROP_LANGUAGE_CODE:
    set_string (value, settings.language);
    break;
  case PROP_JOIN:
    g_value_set_enum (value, static_cast<gint> (settings.join));
    break;
  case PROP_MAX_WAIT:
    g_value_set_uint (value, waits.max_wait);
    break;
  case PROP_MAX_PAUSE:
    g_value_set_uint (value, settings.max_pause);
    break;
  case PROP_MAX_CHARS:
    g_value_set_uint (value, settings.max_chars);
    break;
  case PROP_MIN_CHARS:
    g_value_set_uint (value, settings.min_chars);
    break;
  case PROP_TERMINATOR_WAIT:
    g_value_set_uint (value, waits.terminator_wait);
    break;
  case PROP_CAPTIONS:
    g_value_set_boolean (value, settings.captions);
    break;
  case PROP_ABBREVIATIONS:
    set_string (value, settings.abbreviations);
    break;
  default:
    if (!get_shared_property (priv->worker.queue (), priv->worker.input (), id, value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static GstStateChangeReturn
gst_text_segmenter_change_state (GstElement *element, GstStateChange transition)
{
  SentenceWorker &worker = GST_TEXT_SEGMENTER (element)->priv->worker;
  StateHooks hooks;
  hooks.open = [&] { check_language (element, "language-code", worker.settings.get ().language); };
  hooks.start = [&] { worker.read_abbreviations (); };
  return change_state (element, GST_ELEMENT_CLASS (gst_text_segmenter_parent_class), transition,
                       worker.queue (), worker.input (), hooks);
}
