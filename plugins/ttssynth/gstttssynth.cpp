// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * SECTION:element-ttssynth
 * @title: ttssynth
 * @see_also: textsegmenter, nllbtranslate
 *
 * Speaks text, one text a buffer, and hands out the sound as it is made. Text with timestamps is
 * spoken at its time and fitted into its duration; text without is spoken one after the other.
 *
 * For each spoken text the element posts an element message "ttssynth/synthesized-audio" with the
 * fields `content`, `language-code` (BCP 47) and `flores-code` of what was spoken, `pts`,
 * `running-time`, `input-duration` (the text's time), `actual-duration` and `compression-factor`;
 * for each word one "ttssynth/word" with `text`,
 * `offset` (bytes into the content), `pts` and `running-time`. Times are in ns.
 *
 * With caps application/ssml+xml documents of SSML are spoken. For each of their marks the element
 * posts a "ttssynth/mark" with `name`, `pts` and `running-time`.
 *
 * ## Example launch line
 * |[
 * echo "The meeting starts at nine." | gst-launch-1.0 fdsrc ! textsegmenter ! ttssynth ! wavenc !
 * filesink location=out.wav
 * ]|
 *
 * Since: 0.1
 */

#include "config.h"

#include "gstttssynth.h"

#include <string>

#include "gst-translate/text/language.h"
#include "gst-tts/lexicon/lexicon.h"
#include "gst-tts/voice/synthesizer.h"
#include "plugins/common/debug.h"
#include "plugins/common/elementshell.h"
#include "plugins/common/error.h"
#include "plugins/common/latency.h"
#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/speechcaps.h"
#include "plugins/common/textoutput.h"
#include "plugins/ttssynth/debug.h"
#include "plugins/ttssynth/speechworker.h"

GST_DEBUG_CATEGORY (gst_tts_synth_debug);

using namespace gst_lingua;

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                             GST_STATIC_CAPS (GST_LINGUA_TEXT_SINK_CAPS "; application/ssml+xml"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_LINGUA_SPEECH_CAPS));

enum
{
  PROP_0,
  PROP_LANGUAGE_CODE,
  PROP_ENGINE,
  PROP_ISOLATE,
  PROP_VOICE,
  PROP_NEAR_VOICE,
  PROP_RATE,
  PROP_PITCH,
  PROP_VOLUME,
  PROP_OVERFLOW,
  PROP_MAX_OVERFLOW,
  PROP_MAX_COMPRESSION,
  PROP_MAX_LATENESS,
  PROP_FILL,
  PROP_SPEAKER_MAP,
  PROP_LEXICON,
};

static_assert (static_cast<int> (Overflow::Clip) == GST_TTS_SYNTH_OVERFLOW_CLIP &&
               static_cast<int> (Overflow::Overlap) == GST_TTS_SYNTH_OVERFLOW_OVERLAP &&
               static_cast<int> (Overflow::Shift) == GST_TTS_SYNTH_OVERFLOW_SHIFT &&
               static_cast<int> (Overflow::Refit) == GST_TTS_SYNTH_OVERFLOW_REFIT);
static_assert (static_cast<int> (Fill::Gap) == GST_TTS_SYNTH_FILL_GAP &&
               static_cast<int> (Fill::Silence) == GST_TTS_SYNTH_FILL_SILENCE);

static const char *const default_engine = "auto";
static const gboolean default_isolate = TRUE;
static const guint default_latency = 200; // ms
static const SpeechSettings defaults;

struct GstTtsSynthPrivate
{
  GstTtsSynthPrivate (GstElement *element, GstPad *sink, GstPad *src)
      : latency (element, sink, default_latency), worker (element, sink, src, latency)
  {
  }

  // With the object lock:
  std::string engine = default_engine;
  std::string lexicon; ///< the name of a file
  gboolean isolate = default_isolate;

  Latency latency;
  SpeechWorker worker;
};

struct _GstTtsSynth
{
  GstElement parent;
  GstTtsSynthPrivate *priv;
};

static void gst_tts_synth_finalize (GObject *object);
static void gst_tts_synth_set_property (GObject *object, guint id, const GValue *value,
                                        GParamSpec *pspec);
static void gst_tts_synth_get_property (GObject *object, guint id, GValue *value,
                                        GParamSpec *pspec);
static GstStateChangeReturn gst_tts_synth_change_state (GstElement *element,
                                                        GstStateChange transition);

G_DEFINE_TYPE (GstTtsSynth, gst_tts_synth, GST_TYPE_ELEMENT)
GST_ELEMENT_REGISTER_DEFINE (ttssynth, "ttssynth", GST_RANK_NONE, GST_TYPE_TTS_SYNTH)

GType
gst_tts_synth_overflow_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_TTS_SYNTH_OVERFLOW_CLIP, "Cut at the end of the slot", "clip"},
      {GST_TTS_SYNTH_OVERFLOW_OVERLAP, "Overlap the next", "overlap"},
      {GST_TTS_SYNTH_OVERFLOW_SHIFT, "Shift the next", "shift"},
      {GST_TTS_SYNTH_OVERFLOW_REFIT, "Speak faster, then shift the next", "refit"},
      {GST_TTS_SYNTH_OVERFLOW_COMPRESS, "Another name for refit", "compress"},
      {0, nullptr, nullptr},
  };
  static GType type = g_enum_register_static ("GstTtsSynthOverflow", values);
  return type;
}

GType
gst_tts_synth_fill_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_TTS_SYNTH_FILL_GAP, "GAP events", "gap"},
      {GST_TTS_SYNTH_FILL_SILENCE, "Silent buffers", "silence"},
      {0, nullptr, nullptr},
  };
  static GType type = g_enum_register_static ("GstTtsSynthFill", values);
  return type;
}

static void
gst_tts_synth_class_init (GstTtsSynthClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GST_DEBUG_CATEGORY_INIT (gst_tts_synth_debug, "ttssynth", 0, "ttssynth element");
  gst_lingua::init_debug ();

  object_class->finalize = gst_tts_synth_finalize;
  object_class->set_property = gst_tts_synth_set_property;
  object_class->get_property = gst_tts_synth_get_property;

  /**
   * GstTtsSynth:language-code:
   *
   * The language of the text, in any code: FLORES-200 ("jpn_Jpan"), ISO 639 ("ja") or BCP 47
   * ("ja-JP"), whose region chooses among the language's voices ("en-GB"). Not set: what the TAG
   * event says, else eng_Latn. A stream in a language without a voice is an error; one that changes
   * to such a language goes on in silence, with a warning.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_LANGUAGE_CODE,
      g_param_spec_string (
          "language-code", "Language code",
          "Language of the text: FLORES-200, ISO 639 or BCP 47 code (unset: from the TAG event, "
          "else eng_Latn)",
          nullptr, playing_flags));

  /**
   * GstTtsSynth:engine:
   *
   * The speech engine: "auto" or its name ("espeak").
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_ENGINE,
                                   g_param_spec_string ("engine", "Engine",
                                                        "Speech engine: auto or espeak",
                                                        default_engine, ready_flags));

  /**
   * GstTtsSynth:isolate:
   *
   * Runs the engine in processes of its own. A text has the same samples each time that it is
   * spoken, elements do not wait for each other, and where the engine crashes or does not come to
   * an end a clause is lost, with a WARNING, and nothing else. Where the program gst-lingua-espeak
   * is missing, which makes these processes, the engine runs in this one all the same, and the log
   * has a warning.
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_ISOLATE,
                                   g_param_spec_boolean ("isolate", "Isolate",
                                                         "Run the engine in processes of its own",
                                                         default_isolate, ready_flags));

  /**
   * GstTtsSynth:voice:
   *
   * The engine's name for a voice. Not set: the best one for the language.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_VOICE,
      g_param_spec_string ("voice", "Voice",
                           "The engine's name for a voice (unset: the best for the language)",
                           nullptr, playing_flags));

  /**
   * GstTtsSynth:near-voice:
   *
   * Lets the voice of a near language speak where the language has none.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_NEAR_VOICE,
      g_param_spec_boolean ("near-voice", "Near voice",
                            "A near language's voice will do where the language has none",
                            defaults.near_voice, playing_flags));

  /**
   * GstTtsSynth:rate:
   *
   * How fast to speak; 1 is the voice's own pace, 2 twice as fast.
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_RATE,
                                   g_param_spec_double ("rate", "Rate",
                                                        "Pace of speech, 1 is the voice's own", 0.5,
                                                        4.0, defaults.rate, playing_flags));

  /**
   * GstTtsSynth:pitch:
   *
   * How many semitones above (or below) the voice's own pitch to speak.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_PITCH,
      g_param_spec_double ("pitch", "Pitch", "Semitones above the voice's own pitch", -12.0, 12.0,
                           defaults.pitch, playing_flags));

  /**
   * GstTtsSynth:volume:
   *
   * How loud to speak; 1 is the voice's own volume.
   *
   * Since: 0.1
   */
  g_object_class_install_property (object_class, PROP_VOLUME,
                                   g_param_spec_double ("volume", "Volume",
                                                        "Loudness of speech, 1 is the voice's own",
                                                        0.0, 2.0, defaults.volume, playing_flags));

  /**
   * GstTtsSynth:overflow:
   *
   * What becomes of speech that is longer than its text's time, which includes the pause up to the
   * next text. The default keeps both the timeline and every word.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_OVERFLOW,
      g_param_spec_enum (
          "overflow", "Overflow", "What becomes of speech that is longer than its text's time",
          GST_TYPE_TTS_SYNTH_OVERFLOW, static_cast<gint> (defaults.overflow), playing_flags));

  /**
   * GstTtsSynth:max-overflow:
   *
   * How much longer than its text's time speech may be before it is cut or spoken faster, in ms.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_OVERFLOW,
      g_param_spec_uint (
          "max-overflow", "Max overflow",
          "How much longer than its text's time speech may be before it is cut or spoken faster, "
          "in ms",
          0, G_MAXUINT, defaults.max_overflow, playing_flags));

  /**
   * GstTtsSynth:max-compression:
   *
   * How much faster speech may get to fit its time, or to catch up in a live pipeline; up to 1.3
   * sounds natural, up to 1.5 can be followed.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_COMPRESSION,
      g_param_spec_double ("max-compression", "Max compression",
                           "How much faster speech may get to fit its text's time", 1.0, 4.0,
                           defaults.max_compression, playing_flags));

  /**
   * GstTtsSynth:max-lateness:
   *
   * By how much the speech of a live text may lag behind, in ms, because the speech before it took
   * its time. With #GstTtsSynth:overflow refit it is spoken without pauses where it lags, and the
   * faster the nearer it is to this bound. Speech that lags by more waits until it can begin at
   * once; if a newer text comes first it is left out, and a QOS message says so, with its words.
   * -1: any lag, 0: none.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_LATENESS,
      g_param_spec_int (
          "max-lateness", "Max lateness",
          "Longest lag of live speech behind its text, in ms: of what lags more, only "
          "the newest is spoken (-1: any lag, 0: none)",
          -1, G_MAXINT, defaults.max_lateness, playing_flags));

  /**
   * GstTtsSynth:fill:
   *
   * What goes downstream for the time in which nothing is said, on a timeline or in a live
   * pipeline. Silence keeps the timeline also where timestamps are not written, as in a WAV file.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_FILL,
      g_param_spec_enum ("fill", "Fill", "What stands for the time in which nothing is said",
                         GST_TYPE_TTS_SYNTH_FILL, static_cast<gint> (defaults.fill),
                         playing_flags));

  /**
   * GstTtsSynth:speaker-map:
   *
   * Who speaks how: a structure with a field a speaker, which is the name of a voice, or a
   * structure with any of "voice", "pitch" (semitones, added to the property) and "rate" (by which
   * the property is multiplied). A speaker whom it does not name gets a voice of his own, the same
   * one in every run. Who speaks is told by the markup of cues (<v Anna>), by the field "speaker"
   * of the metas of textsegmenter and nllbtranslate, and by rstranscribe/speaker-change events. Not
   * set: all speak with the same voice.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_SPEAKER_MAP,
      g_param_spec_boxed ("speaker-map", "Speaker map",
                          "Voices of speakers by name, as \"speakers, Anna=en-us+f3, "
                          "Bob=(structure)[b, pitch=-2.0]\"; others get voices of their own "
                          "(unset: one voice for all)",
                          GST_TYPE_STRUCTURE, playing_flags));

  /**
   * GstTtsSynth:lexicon:
   *
   * A file with words and what is to be said for them. A line has a word, a language in any code,
   * or "*" for all, and what is said, parted by tabs; "#" begins a remark. What is said are words,
   * "/phonemes/" in the International Phonetic Alphabet, or "[[phonemes]]" in espeak-ng's names.
   * Read from NULL to READY: a file that cannot be read, or a line that is none, is an error.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_LEXICON,
      g_param_spec_string ("lexicon", "Lexicon",
                           "File of words and what is said for them: word, language, spoken as, "
                           "parted by tabs (unset: none)",
                           nullptr, ready_flags));

  /**
   * GstTtsSynth:encoding:
   *
   * The encoding of text that comes without caps, as from a file or a pipe: "auto", or a name that
   * ICU knows ("utf-8", "windows-1252", "shift_jis"). With "auto" a byte order mark says it; else
   * text is UTF-8, or where it cannot be that Windows-1252, with a WARNING. Text with caps is in
   * UTF-8.
   *
   * Since: 0.1
   */

  /**
   * GstTtsSynth:latency:
   *
   * How long live text may stay in this element, in ms: added to the pipeline's latency. -1: no
   * synchronisation, speech is stamped with the running time at which it leaves.
   *
   * Since: 0.1
   */

  /**
   * GstTtsSynth:lateness:
   *
   * Moves the output's running time back by so many ms, in place of latency: it lags behind other
   * streams, which need not wait. Takes effect with the next SEGMENT.
   *
   * Since: 0.1
   */

  /**
   * GstTtsSynth:max-observed-delay:
   *
   * The longest time from a text's turn to its first sound, in ms: what the voice needed. Neither
   * the time in which the text waited for those before it is counted, nor the silence before it,
   * nor the wait for the next text that tells how long this one may last. Notified.
   *
   * Since: 0.1
   */

  /**
   * GstTtsSynth:stats:
   *
   * "texts" spoken, "late", "dropped", "compressed", "clipped", "unspoken-characters" that no sound
   * was made for, "invalid-sequences" of its encoding, "queued" texts now.
   *
   * Since: 0.1
   */
  install_shared_properties (object_class, default_latency);

  element_class->change_state = GST_DEBUG_FUNCPTR (gst_tts_synth_change_state);
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Speech synthesizer",
                                         "Converter/Text/Audio", "Speaks text, on this machine",
                                         "gst-lingua developers");

  gst_type_mark_as_plugin_api (GST_TYPE_TTS_SYNTH_OVERFLOW, static_cast<GstPluginAPIFlags> (0));
  gst_type_mark_as_plugin_api (GST_TYPE_TTS_SYNTH_FILL, static_cast<GstPluginAPIFlags> (0));
  for (const char *meta : {GST_TEXT_ACCUMULATE_SENTENCE_META, GST_NLLB_TRANSLATE_META})
    gst_lingua::register_meta (meta);
  gst_lingua::register_meta (GST_TTS_SYNTH_WORDS_META);
  gst_lingua::register_meta (GST_SCALETEMPO_TARGET_DURATION_META);
}

static void
gst_tts_synth_init (GstTtsSynth *self)
{
  GstPad *sink = gst_pad_new_from_static_template (&sink_template, "sink");
  GstPad *src = gst_pad_new_from_static_template (&src_template, "src");
  self->priv = new GstTtsSynthPrivate (GST_ELEMENT (self), sink, src);
  gst_element_add_pad (GST_ELEMENT (self), sink);
  gst_element_add_pad (GST_ELEMENT (self), src);
}

static void
gst_tts_synth_finalize (GObject *object)
{
  delete GST_TTS_SYNTH (object)->priv;
  G_OBJECT_CLASS (gst_tts_synth_parent_class)->finalize (object);
}

static void
gst_tts_synth_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstTtsSynthPrivate *priv = GST_TTS_SYNTH (object)->priv;
  using Settings = SpeechSettings;
  auto set = [&] (auto member, auto setting) {
    priv->worker.settings.change ([&] (Settings &all) { all.*member = setting; });
  };

  switch (id) {
  case PROP_LANGUAGE_CODE:
    set (&Settings::language, string_in (value));
    break;
  case PROP_ENGINE:
    GST_OBJECT_LOCK (object);
    priv->engine = string_in (value);
    GST_OBJECT_UNLOCK (object);
    break;
  case PROP_ISOLATE:
    GST_OBJECT_LOCK (object);
    priv->isolate = g_value_get_boolean (value);
    GST_OBJECT_UNLOCK (object);
    break;
  case PROP_LEXICON:
    GST_OBJECT_LOCK (object);
    priv->lexicon = string_in (value);
    GST_OBJECT_UNLOCK (object);
    break;
  case PROP_VOICE:
    set (&Settings::voice, string_in (value));
    break;
  case PROP_NEAR_VOICE:
    set (&Settings::near_voice, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_RATE:
    set (&Settings::rate, g_value_get_double (value));
    break;
  case PROP_PITCH:
    set (&Settings::pitch, g_value_get_double (value));
    break;
  case PROP_VOLUME:
    set (&Settings::volume, g_value_get_double (value));
    break;
  case PROP_OVERFLOW:
    set (&Settings::overflow, g_value_get_enum (value) == GST_TTS_SYNTH_OVERFLOW_COMPRESS
                                  ? Overflow::Refit
                                  : static_cast<Overflow> (g_value_get_enum (value)));
    break;
  case PROP_MAX_OVERFLOW:
    set (&Settings::max_overflow, g_value_get_uint (value));
    break;
  case PROP_MAX_COMPRESSION:
    set (&Settings::max_compression, g_value_get_double (value));
    break;
  case PROP_MAX_LATENESS:
    set (&Settings::max_lateness, g_value_get_int (value));
    break;
  case PROP_FILL:
    set (&Settings::fill, static_cast<Fill> (g_value_get_enum (value)));
    break;
  case PROP_SPEAKER_MAP:
    try {
      set (&Settings::speakers, speaker_map_in (gst_value_get_structure (value)));
    } catch (const gst_tts::Error &error) {
      post_warning (GST_ELEMENT (object), error);
    }
    break;
  default:
    if (!set_shared_property (priv->worker.queue (), priv->worker.input (), id, value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
gst_tts_synth_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstTtsSynthPrivate *priv = GST_TTS_SYNTH (object)->priv;
  SpeechSettings settings = priv->worker.settings.get ();

  switch (id) {
  case PROP_LANGUAGE_CODE:
    set_string (value, settings.language);
    break;
  case PROP_ENGINE:
    GST_OBJECT_LOCK (object);
    set_string (value, priv->engine);
    GST_OBJECT_UNLOCK (object);
    break;
  case PROP_ISOLATE:
    GST_OBJECT_LOCK (object);
    g_value_set_boolean (value, priv->isolate);
    GST_OBJECT_UNLOCK (object);
    break;
  case PROP_LEXICON:
    GST_OBJECT_LOCK (object);
    set_string (value, priv->lexicon);
    GST_OBJECT_UNLOCK (object);
    break;
  case PROP_VOICE:
    set_string (value, settings.voice);
    break;
  case PROP_NEAR_VOICE:
    g_value_set_boolean (value, settings.near_voice);
    break;
  case PROP_RATE:
    g_value_set_double (value, settings.rate);
    break;
  case PROP_PITCH:
    g_value_set_double (value, settings.pitch);
    break;
  case PROP_VOLUME:
    g_value_set_double (value, settings.volume);
    break;
  case PROP_OVERFLOW:
    g_value_set_enum (value, static_cast<gint> (settings.overflow));
    break;
  case PROP_MAX_OVERFLOW:
    g_value_set_uint (value, settings.max_overflow);
    break;
  case PROP_MAX_COMPRESSION:
    g_value_set_double (value, settings.max_compression);
    break;
  case PROP_MAX_LATENESS:
    g_value_set_int (value, settings.max_lateness);
    break;
  case PROP_FILL:
    g_value_set_enum (value, static_cast<gint> (settings.fill));
    break;
  case PROP_SPEAKER_MAP:
    g_value_take_boxed (value, structure_of (settings.speakers));
    break;
  default:
    if (!get_shared_property (priv->worker.queue (), priv->worker.input (), id, value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

/// Opens the engine; throws what is wrong with it or with the settings.
static void
open_engine (GstTtsSynth *self)
{
  check_language (GST_ELEMENT (self), "language-code", self->priv->worker.settings.get ().language);
  GST_OBJECT_LOCK (self);
  std::string name = self->priv->engine;
  std::string lexicon = self->priv->lexicon;
  bool isolate = self->priv->isolate;
  GST_OBJECT_UNLOCK (self);
  self->priv->worker.set_lexicon (lexicon.empty () ? nullptr : gst_tts::Lexicon::read (lexicon));
  self->priv->worker.set_engine (gst_tts::open_synthesizer (name, isolate));
}

static GstStateChangeReturn
gst_tts_synth_change_state (GstElement *element, GstStateChange transition)
{
  GstTtsSynth *self = GST_TTS_SYNTH (element);
  GstTtsSynthPrivate *priv = self->priv;
  StateHooks hooks;
  hooks.open = [self] { open_engine (self); };
  hooks.close = [priv] { priv->worker.set_engine (nullptr); };
  return change_state (element, GST_ELEMENT_CLASS (gst_tts_synth_parent_class), transition,
                       priv->worker.queue (), priv->worker.input (), hooks);
}
