// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * SECTION:element-translatespeechbin
 * @title: translatespeechbin
 * @see_also: textsegmenter, nllbtranslate, ttssynth
 *
 * Text in, translated text and speech out, in as many languages as pads are requested: a
 * textsegmenter, one nllbtranslate, and for each output a queue and, if it is to be heard, a
 * ttssynth. A pad is requested by its name, which says what and in which language: `text_de`,
 * `audio_de`, `text_pt-BR`, `audio_jpn_Jpan`. Both pads of one language share one translation, and
 * a language that is the input's is the text itself. Pads come and go at any time.
 *
 * The elements inside are children by their names: `textsegmenter`, `nllbtranslate`, `ttssynth-de`
 * behind the pad `audio_de`, `queue-text_de` and `queue-audio_de`.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 filesrc location=talk.srt ! subparse ! translatespeechbin name=b segment=false
 * ttssynth-de::rate=1.2  b.audio_de ! wavenc ! filesink location=talk.de.wav  b.text_de !
 * webvttenc ! filesink location=talk.de.vtt
 * ]|
 *
 * Since: 0.1
 */

#include "config.h"

#include "gsttranslatespeechbin.h"

#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "gst-translate/text/language.h"
#include "plugins/common/debug.h"
#include "plugins/common/elementshell.h"
#include "plugins/common/error.h"
#include "plugins/common/guarded.h"
#include "plugins/common/speechcaps.h"
#include "plugins/common/tags.h"
#include "plugins/common/textoutput.h"
#include "plugins/translatespeechbin/languagebranch.h"

GST_DEBUG_CATEGORY_STATIC (gst_translate_speech_bin_debug);
#define GST_CAT_DEFAULT gst_translate_speech_bin_debug

using namespace gst_lingua;
using gst_translate::Error;

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_LINGUA_TEXT_SINK_CAPS));

/**
 * GstTranslateSpeechBin!text_%s:
 *
 * The text in the language that stands in the pad's name.
 *
 * Since: 0.1
 */
static GstStaticPadTemplate text_template = GST_STATIC_PAD_TEMPLATE (
    "text_%s", GST_PAD_SRC, GST_PAD_REQUEST, GST_STATIC_CAPS (GST_LINGUA_TEXT_CAPS));

/**
 * GstTranslateSpeechBin!audio_%s:
 *
 * The text in the language that stands in the pad's name, spoken.
 *
 * Since: 0.1
 */
static GstStaticPadTemplate audio_template = GST_STATIC_PAD_TEMPLATE (
    "audio_%s", GST_PAD_SRC, GST_PAD_REQUEST, GST_STATIC_CAPS (GST_LINGUA_SPEECH_CAPS));

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_INPUT_LANGUAGE_CODE,
  PROP_SEGMENT,
};

/// Properties, and what upstream has told.
struct Settings
{
  bool segment = true;
  std::string model;
  std::string input_language;
  std::string tag_language; ///< of the last TAG event
};

struct GstTranslateSpeechBinPrivate
{
  GstPad *sink = nullptr;           ///< of the bin
  GstElement *segmenter = nullptr;  ///< a reference of our own: it is not always in the bin
  GstElement *translator = nullptr; ///< of the bin
  Guarded<Settings> settings;

  std::mutex mutex;
  std::map<std::string, LanguageBranch> branches; ///< by language
};

struct _GstTranslateSpeechBin
{
  GstBin parent;
  GstTranslateSpeechBinPrivate *priv;
};

static void gst_translate_speech_bin_dispose (GObject *object);
static void gst_translate_speech_bin_finalize (GObject *object);
static void gst_translate_speech_bin_set_property (GObject *object, guint id, const GValue *value,
                                                   GParamSpec *pspec);
static void gst_translate_speech_bin_get_property (GObject *object, guint id, GValue *value,
                                                   GParamSpec *pspec);
static GstStateChangeReturn gst_translate_speech_bin_change_state (GstElement *element,
                                                                   GstStateChange transition);
static GstPad *gst_translate_speech_bin_request_new_pad (GstElement *element, GstPadTemplate *templ,
                                                         const gchar *name, const GstCaps *caps);
static void gst_translate_speech_bin_release_pad (GstElement *element, GstPad *pad);

G_DEFINE_TYPE (GstTranslateSpeechBin, gst_translate_speech_bin, GST_TYPE_BIN)
GST_ELEMENT_REGISTER_DEFINE (translatespeechbin, "translatespeechbin", GST_RANK_NONE,
                             GST_TYPE_TRANSLATE_SPEECH_BIN)

static void
gst_translate_speech_bin_class_init (GstTranslateSpeechBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GST_DEBUG_CATEGORY_INIT (gst_translate_speech_bin_debug, "translatespeechbin", 0,
                           "translatespeechbin element");
  gst_lingua::init_debug ();

  object_class->dispose = gst_translate_speech_bin_dispose;
  object_class->finalize = gst_translate_speech_bin_finalize;
  object_class->set_property = gst_translate_speech_bin_set_property;
  object_class->get_property = gst_translate_speech_bin_get_property;

  /**
   * GstTranslateSpeechBin:model:
   *
   * The model: a folder, or a hub name in the local Hugging Face cache. Not set: what the variable
   * GST_LINGUA_MODEL names, else the bundled one. See #GstNllbTranslate:model.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MODEL,
      g_param_spec_string ("model", "Model",
                           "Folder of the model, or its hub name in the local Hugging Face cache "
                           "(unset: what GST_LINGUA_MODEL says, else the bundled one)",
                           nullptr, ready_flags));

  /**
   * GstTranslateSpeechBin:input-language-code:
   *
   * The language of the input, in any code: FLORES-200 ("jpn_Jpan"), ISO 639 ("ja") or BCP 47
   * ("ja-JP"). Not set: what the TAG event says, else English.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_INPUT_LANGUAGE_CODE,
      g_param_spec_string (
          "input-language-code", "Input language code",
          "Language of the input: FLORES-200, ISO 639 or BCP 47 code (unset: from the TAG event)",
          nullptr, playing_flags));

  /**
   * GstTranslateSpeechBin:segment:
   *
   * Whether sentences are made of the input before it is translated. Set this to false for
   * subtitles whose cues are to stay as they are.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_SEGMENT,
      g_param_spec_boolean ("segment", "Segment",
                            "Make sentences of the input (false: each buffer is a text)", TRUE,
                            ready_flags));

  element_class->change_state = GST_DEBUG_FUNCPTR (gst_translate_speech_bin_change_state);
  element_class->request_new_pad = GST_DEBUG_FUNCPTR (gst_translate_speech_bin_request_new_pad);
  element_class->release_pad = GST_DEBUG_FUNCPTR (gst_translate_speech_bin_release_pad);
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &text_template);
  gst_element_class_add_static_pad_template (element_class, &audio_template);
  gst_element_class_set_static_metadata (
      element_class, "Translated text and speech", "Filter/Converter/Text/Audio/Bin",
      "Translates text into any number of languages, as text and as speech",
      "gst-lingua developers");
}

// The input's language. nllbtranslate's own source pad, which nobody needs, has it too, so that it
// never asks which language is wanted there.

static void
tell_language (GstTranslateSpeechBin *self)
{
  GstTranslateSpeechBinPrivate *priv = self->priv;
  Settings settings = priv->settings.get ();
  std::string language =
      !settings.input_language.empty () ? settings.input_language : settings.tag_language;
  if (!gst_translate::find_language (language))
    language = "eng_Latn";
  gst_child_proxy_set (GST_CHILD_PROXY (priv->translator), "src::language-code", language.c_str (),
                       nullptr);
}

static GstPadProbeReturn
read_language (GstPad *, GstPadProbeInfo *info, gpointer user_data)
{
  auto *self = GST_TRANSLATE_SPEECH_BIN (user_data);
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  bool new_stream = GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START;
  if (!new_stream && GST_EVENT_TYPE (event) != GST_EVENT_TAG)
    return GST_PAD_PROBE_OK;
  std::string language = new_stream ? "" : language_of (event);
  if (new_stream || !language.empty ()) {
    self->priv->settings.change ([&language] (Settings &all) { all.tag_language = language; });
    tell_language (self);
  }
  return GST_PAD_PROBE_OK;
}

// What is inside.

/// Puts the segmenter before the translator, or takes it away, as the property says. Not while
/// text passes.
static void
connect_input (GstTranslateSpeechBin *self)
{
  GstTranslateSpeechBinPrivate *priv = self->priv;
  if (!priv->segmenter || !priv->translator)
    return;
  bool segment = priv->settings.get ().segment;
  if (segment == (GST_OBJECT_PARENT (priv->segmenter) == GST_OBJECT (self)))
    return;
  gst_ghost_pad_set_target (GST_GHOST_PAD (priv->sink), nullptr);
  if (segment) {
    gst_bin_add (GST_BIN (self), priv->segmenter);
    gst_element_link_pads_full (priv->segmenter, "src", priv->translator, "sink",
                                GST_PAD_LINK_CHECK_NOTHING);
    gst_element_sync_state_with_parent (priv->segmenter);
  } else {
    gst_element_set_state (priv->segmenter, GST_STATE_NULL);
    gst_bin_remove (GST_BIN (self), priv->segmenter);
  }
  Ref<GstPad> first (
      gst_element_get_static_pad (segment ? priv->segmenter : priv->translator, "sink"));
  gst_ghost_pad_set_target (GST_GHOST_PAD (priv->sink), first.get ());
}

static void
gst_translate_speech_bin_init (GstTranslateSpeechBin *self)
{
  auto *priv = self->priv = new GstTranslateSpeechBinPrivate;
  GstElementClass *klass = GST_ELEMENT_GET_CLASS (self);
  priv->sink = gst_ghost_pad_new_no_target_from_template (
      "sink", gst_element_class_get_pad_template (klass, "sink"));
  gst_element_add_pad (GST_ELEMENT (self), priv->sink);

  priv->segmenter = gst_element_factory_make ("textsegmenter", "textsegmenter");
  if (priv->segmenter)
    gst_object_ref_sink (priv->segmenter);
  priv->translator = gst_element_factory_make ("nllbtranslate", "nllbtranslate");
  if (!priv->translator)
    return;
  // Text goes on though no pad, or none that is linked, has been requested.
  GstElement *nowhere =
      gst_element_factory_make_full ("valve", "name", "nowhere", "drop", TRUE, nullptr);
  gst_bin_add_many (GST_BIN (self), priv->translator, nowhere, nullptr);
  gst_element_link_pads_full (priv->translator, "src", nowhere, "sink", GST_PAD_LINK_CHECK_NOTHING);
  Ref<GstPad> input (gst_element_get_static_pad (priv->translator, "sink"));
  gst_pad_add_probe (input.get (), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, read_language, self,
                     nullptr);
  tell_language (self);
  connect_input (self);
}

static void
gst_translate_speech_bin_dispose (GObject *object)
{
  GstTranslateSpeechBinPrivate *priv = GST_TRANSLATE_SPEECH_BIN (object)->priv;
  priv->branches.clear ();
  gst_clear_object (&priv->segmenter);
  G_OBJECT_CLASS (gst_translate_speech_bin_parent_class)->dispose (object);
}

static void
gst_translate_speech_bin_finalize (GObject *object)
{
  delete GST_TRANSLATE_SPEECH_BIN (object)->priv;
  G_OBJECT_CLASS (gst_translate_speech_bin_parent_class)->finalize (object);
}

static void
set_on (GstElement *element, const char *property, const std::string &text)
{
  if (element)
    g_object_set (element, property, text.empty () ? nullptr : text.c_str (), nullptr);
}

static void
gst_translate_speech_bin_set_property (GObject *object, guint id, const GValue *value,
                                       GParamSpec *pspec)
{
  GstTranslateSpeechBin *self = GST_TRANSLATE_SPEECH_BIN (object);
  GstTranslateSpeechBinPrivate *priv = self->priv;
  auto set = [priv] (auto member, auto setting) {
    priv->settings.change ([&] (Settings &all) { all.*member = setting; });
  };

  switch (id) {
  case PROP_MODEL:
    set (&Settings::model, string_in (value));
    set_on (priv->translator, "model", string_in (value));
    break;
  case PROP_INPUT_LANGUAGE_CODE:
    set (&Settings::input_language, string_in (value));
    set_on (priv->segmenter, "language-code", string_in (value));
    set_on (priv->translator, "input-language-code", string_in (value));
    if (priv->translator)
      tell_language (self);
    break;
  case PROP_SEGMENT:
    set (&Settings::segment, static_cast<bool> (g_value_get_boolean (value)));
    if (GST_STATE (self) <= GST_STATE_READY)
      connect_input (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
gst_translate_speech_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  Settings settings = GST_TRANSLATE_SPEECH_BIN (object)->priv->settings.get ();

  switch (id) {
  case PROP_MODEL:
    set_string (value, settings.model);
    break;
  case PROP_INPUT_LANGUAGE_CODE:
    set_string (value, settings.input_language);
    break;
  case PROP_SEGMENT:
    g_value_set_boolean (value, settings.segment);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static GstStateChangeReturn
gst_translate_speech_bin_change_state (GstElement *element, GstStateChange transition)
{
  GstTranslateSpeechBinPrivate *priv = GST_TRANSLATE_SPEECH_BIN (element)->priv;
  if (transition == GST_STATE_CHANGE_NULL_TO_READY && (!priv->segmenter || !priv->translator)) {
    post_error (element, Error (Error::Kind::NotFound,
                                std::string ("There is no element ") +
                                    (priv->translator ? "textsegmenter" : "nllbtranslate") +
                                    ": install the plugin of that name."));
    return GST_STATE_CHANGE_FAILURE;
  }
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED)
    connect_input (GST_TRANSLATE_SPEECH_BIN (element));
  return GST_ELEMENT_CLASS (gst_translate_speech_bin_parent_class)
      ->change_state (element, transition);
}

// Pads.

/// One branch for all codes of one language.
static std::string
branch_key (const std::string &code)
{
  const gst_translate::Language *language = gst_translate::find_language (code);
  return language ? std::string (language->flores) : code;
}

static GstPad *
gst_translate_speech_bin_request_new_pad (GstElement *element, GstPadTemplate *templ,
                                          const gchar *name, const GstCaps *)
{
  GstTranslateSpeechBinPrivate *priv = GST_TRANSLATE_SPEECH_BIN (element)->priv;
  bool spoken = g_str_has_prefix (GST_PAD_TEMPLATE_NAME_TEMPLATE (templ), "audio_");
  const char *prefix = spoken ? "audio_" : "text_";
  if (!priv->translator || !name || !g_str_has_prefix (name, prefix) || !name[strlen (prefix)]) {
    GST_WARNING_OBJECT (element, "a pad is requested with its language, as %sde", prefix);
    return nullptr;
  }
  if (Ref<GstPad> there{gst_element_get_static_pad (element, name)}) {
    GST_WARNING_OBJECT (element, "the pad %s is there already", name);
    return nullptr;
  }
  std::string code = name + strlen (prefix);

  LanguageBranch::Elements elements =
      LanguageBranch::start_elements (GST_BIN (element), name, code, spoken);
  if (elements.empty ())
    return nullptr;

  GstPad *pad;
  {
    std::lock_guard<std::mutex> lock (priv->mutex);
    auto branch =
        priv->branches.try_emplace (branch_key (code), GST_BIN (element), priv->translator, code)
            .first;
    pad = branch->second.add_output (templ, name, std::move (elements));
  }
  if (!gst_element_add_pad (element, pad))
    return nullptr;
  GST_INFO_OBJECT (pad, "requested");
  return pad;
}

static void
gst_translate_speech_bin_release_pad (GstElement *element, GstPad *pad)
{
  GstTranslateSpeechBinPrivate *priv = GST_TRANSLATE_SPEECH_BIN (element)->priv;
  GST_INFO_OBJECT (pad, "released");
  {
    std::lock_guard<std::mutex> lock (priv->mutex);
    for (auto branch = priv->branches.begin (); branch != priv->branches.end (); ++branch) {
      if (!branch->second.remove_output (pad))
        continue;
      if (branch->second.empty ())
        priv->branches.erase (branch);
      break;
    }
  }
  gst_element_remove_pad (element, pad);
}
