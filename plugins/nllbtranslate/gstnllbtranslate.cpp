// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * SECTION:element-nllbtranslate
 * @title: nllbtranslate
 * @see_also: textsegmenter, ttssynth
 *
 * Translates text with a model of the NLLB family, on this machine: one text a buffer in, one
 * translation a buffer and source pad out. Texts that wait are translated as one batch, and request
 * pads add languages for little more than one language costs.
 *
 * The model loads while the pipeline is already PAUSED, with PROGRESS messages of code "open";
 * texts wait for it. For each translation the element posts an element message "nllbtranslate/raw"
 * with the fields `text`, `translation`, `language-code` and `source-language-code` (BCP 47),
 * `flores-code` and `source-flores-code` (FLORES-200), `arrival-time`, `start-time` (running time),
 * `duration`, `latency` (all in ns) and, where it is known, `speaker`.
 *
 * ## Example launch line
 * |[
 * echo "The meeting starts at nine." | gst-launch-1.0 fdsrc ! textsegmenter ! nllbtranslate
 * output-language-code=ja ! fakesink dump=true
 * ]|
 *
 * Since: 0.1
 */

#include "config.h"

#include "gstnllbtranslate.h"

#include <string>

#include "gst-translate/api/translator.h"
#include "gst-translate/text/language.h"
#include "gstnllbtranslatepad.h"
#include "plugins/common/debug.h"
#include "plugins/common/elementshell.h"
#include "plugins/common/latency.h"
#include "plugins/common/metas.h"
#include "plugins/common/registermetas.h"
#include "plugins/common/textoutput.h"
#include "plugins/nllbtranslate/debug.h"
#include "plugins/nllbtranslate/languagechoice.h"
#include "plugins/nllbtranslate/modelloader.h"
#include "plugins/nllbtranslate/translationworker.h"

GST_DEBUG_CATEGORY (gst_nllb_translate_debug);

using namespace gst_lingua;
using gst_translate::SearchOptions;
using gst_translate::TranslatorOptions;

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_LINGUA_TEXT_SINK_CAPS));
/**
 * GstNllbTranslate!src:
 *
 * The translation into #GstNllbTranslate:output-language-code.
 *
 * Since: 0.1
 */
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_LINGUA_TEXT_CAPS));
/**
 * GstNllbTranslate!src_%u:
 *
 * The translation into one more language, #GstNllbTranslatePad:language-code; may come and go while
 * PLAYING.
 *
 * Since: 0.1
 */
static GstStaticPadTemplate request_template = GST_STATIC_PAD_TEMPLATE (
    "src_%u", GST_PAD_SRC, GST_PAD_REQUEST, GST_STATIC_CAPS (GST_LINGUA_TEXT_CAPS));
enum
{
  PROP_0,
  PROP_MODEL,
  PROP_DEVICE,
  PROP_PRECISION,
  PROP_THREADS,
  PROP_SHORTLIST,
  PROP_INPUT_LANGUAGE_CODE,
  PROP_OUTPUT_LANGUAGE_CODE,
  PROP_BEAMS,
  PROP_LENGTH_PENALTY,
  PROP_MAX_LENGTH,
  PROP_GUARDS,
  PROP_PREPARE,
  PROP_KEEP_UNKNOWN,
  PROP_FRAGMENTS,
  PROP_BATCH_SIZE,
  PROP_MAX_LATENESS,
};

static const guint default_latency = 500; // ms
static const TranslatorOptions default_options;
static const TranslationSettings defaults;

struct GstNllbTranslatePrivate
{
  GstNllbTranslatePrivate (GstElement *element, GstPad *sink, GstPad *src)
      : latency (element, sink, default_latency),
        loader (element, [this] { worker.queue ().notify (); }),
        worker (element, sink, src, latency, loader, settings)
  {
  }

  Guarded<TranslatorOptions> options;
  Guarded<TranslationSettings> settings;
  guint next_pad = 0; ///< with the object lock
  Latency latency;
  ModelLoader loader;
  TranslationWorker worker;
};

struct _GstNllbTranslate
{
  GstElement parent;
  GstNllbTranslatePrivate *priv;
};

static void gst_nllb_translate_child_proxy_init (gpointer iface, gpointer data);
static void gst_nllb_translate_finalize (GObject *object);
static void gst_nllb_translate_set_property (GObject *object, guint id, const GValue *value,
                                             GParamSpec *pspec);
static void gst_nllb_translate_get_property (GObject *object, guint id, GValue *value,
                                             GParamSpec *pspec);
static GstStateChangeReturn gst_nllb_translate_change_state (GstElement *element,
                                                             GstStateChange transition);
static GstPad *gst_nllb_translate_request_new_pad (GstElement *element, GstPadTemplate *templ,
                                                   const gchar *name, const GstCaps *caps);
static void gst_nllb_translate_release_pad (GstElement *element, GstPad *pad);

G_DEFINE_TYPE_WITH_CODE (GstNllbTranslate, gst_nllb_translate, GST_TYPE_ELEMENT,
                         G_IMPLEMENT_INTERFACE (GST_TYPE_CHILD_PROXY,
                                                gst_nllb_translate_child_proxy_init))
GST_ELEMENT_REGISTER_DEFINE (nllbtranslate, "nllbtranslate", GST_RANK_NONE, GST_TYPE_NLLB_TRANSLATE)

/// The nicks are the engine's own words for it.
static constexpr GEnumValue precisions[] = {
    {GST_NLLB_TRANSLATE_PRECISION_AUTO, "What is fastest and still exact", "auto"},
    {GST_NLLB_TRANSLATE_PRECISION_FLOAT32, "32 bits", "float32"},
    {GST_NLLB_TRANSLATE_PRECISION_FLOAT16, "16 bits", "float16"},
    {GST_NLLB_TRANSLATE_PRECISION_BFLOAT16, "16 bits with the range of 32 (libtorch)", "bfloat16"},
    {GST_NLLB_TRANSLATE_PRECISION_INT8, "8 bits", "int8"},
    {0, nullptr, nullptr},
};

static_assert (precisions[GST_NLLB_TRANSLATE_PRECISION_INT8].value ==
                   GST_NLLB_TRANSLATE_PRECISION_INT8,
               "the values are indices");

GType
gst_nllb_translate_precision_get_type (void)
{
  static GType type = g_enum_register_static ("GstNllbTranslatePrecision", precisions);
  return type;
}

static void
gst_nllb_translate_class_init (GstNllbTranslateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GST_DEBUG_CATEGORY_INIT (gst_nllb_translate_debug, "nllbtranslate", 0, "nllbtranslate element");
  gst_lingua::init_debug ();

  object_class->finalize = gst_nllb_translate_finalize;
  object_class->set_property = gst_nllb_translate_set_property;
  object_class->get_property = gst_nllb_translate_get_property;

  /**
   * GstNllbTranslate:model:
   *
   * The model: a folder as downloaded from the Hugging Face hub, or the hub's name of one that lies
   * in the local cache ("facebook/nllb-200-distilled-600M"). Not set: what the environment variable
   * GST_LINGUA_MODEL names in the same way, else the small model that comes with gst-lingua.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MODEL,
      g_param_spec_string (
          "model", "Model",
          "Folder of the model, or its hub name in the local Hugging Face cache (unset: what "
          "GST_LINGUA_MODEL says, else the bundled one)",
          nullptr, ready_flags));

  /**
   * GstNllbTranslate:device:
   *
   * Where the model runs: "auto", "cpu", "cuda", "cuda:1" (by number), "mps".
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_DEVICE,
      g_param_spec_string ("device", "Device",
                           "Where the model runs: auto, cpu, cuda, cuda:NUMBER or mps",
                           default_options.device.c_str (), ready_flags));

  /**
   * GstNllbTranslate:precision:
   *
   * What the model computes with.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_PRECISION,
      g_param_spec_enum ("precision", "Precision", "What the model computes with",
                         GST_TYPE_NLLB_TRANSLATE_PRECISION, GST_NLLB_TRANSLATE_PRECISION_AUTO,
                         ready_flags));

  /**
   * GstNllbTranslate:threads:
   *
   * How many threads the model runs on. 0: chosen when it loads, and again while it runs on a CPU.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_THREADS,
      g_param_spec_uint ("threads", "Threads",
                         "Threads that the model runs on (0: chosen as the machine is)", 0,
                         TranslatorOptions::most_threads,
                         static_cast<guint> (default_options.threads), ready_flags));

  /**
   * GstNllbTranslate:shortlist:
   *
   * Scores only the tokens that the language's script needs, which is faster with a large
   * vocabulary. Where a guard finds a flaw, the second attempt has all of them.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_SHORTLIST,
      g_param_spec_boolean ("shortlist", "Shortlist",
                            "Score only the tokens that the language's script needs",
                            defaults.shortlist, playing_flags));

  /**
   * GstNllbTranslate:input-language-code:
   *
   * The language of the text, in any code: FLORES-200 ("eng_Latn"), ISO 639 ("en") or BCP 47
   * ("en-GB"); or a code that only the model has. Not set: what the TAG event says, else eng_Latn.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_INPUT_LANGUAGE_CODE,
      g_param_spec_string (
          "input-language-code", "Input language code",
          "Language of the text: FLORES-200, ISO 639 or BCP 47 code (unset: from the TAG event, "
          "else eng_Latn)",
          nullptr, playing_flags));

  /**
   * GstNllbTranslate:output-language-code:
   *
   * The language to translate into, in any code: FLORES-200 ("jpn_Jpan"), ISO 639 ("ja") or BCP 47
   * ("ja-JP"); or a code that only the model has. Pads may have a language of their own. Not set:
   * on pads without one, text passes as it is, and a WARNING says so.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_OUTPUT_LANGUAGE_CODE,
      g_param_spec_string ("output-language-code", "Output language code",
                           "Language to translate into: FLORES-200, ISO 639 or BCP 47 code (unset: "
                           "text passes as it is)",
                           nullptr, playing_flags));

  /**
   * GstNllbTranslate:beams:
   *
   * Translations that are followed at a time; more are slower and a little better. 1: greedy. 0:
   * what the model's own settings say.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_BEAMS,
      g_param_spec_uint ("beams", "Beams",
                         "Beams of the search (1: greedy, 0: what the model's settings say)", 0,
                         SearchOptions::most_beams, defaults.beams, playing_flags));

  /**
   * GstNllbTranslate:length-penalty:
   *
   * With beams: above 0 favours longer translations, below 0 shorter ones. Below -100: what the
   * model's own settings say.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_LENGTH_PENALTY,
      g_param_spec_double (
          "length-penalty", "Length penalty",
          "Favours longer (above 0) or shorter translations, with beams (below -100: what the "
          "model's settings say)",
          TranslationSettings::length_penalty_of_model, SearchOptions::most_length_penalty,
          defaults.length_penalty, playing_flags));

  /**
   * GstNllbTranslate:max-length:
   *
   * The most tokens of a translation, its start counted. Below 2: what the model's own settings
   * say.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_LENGTH,
      g_param_spec_uint ("max-length", "Max length",
                         "Most tokens of a translation (below 2: what the model's settings say)", 0,
                         SearchOptions::most_max_length, defaults.max_length, playing_flags));

  /**
   * GstNllbTranslate:guards:
   *
   * Looks for translations that repeat themselves, are empty, untranslated, in the wrong script or
   * of an odd length, and tries those once more with other settings.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_GUARDS,
      g_param_spec_boolean ("guards", "Guards", "Look for failed translations and try once more",
                            defaults.guards, playing_flags));

  /**
   * GstNllbTranslate:prepare:
   *
   * Makes texts ready for the model, and undoes that in their translations. Characters that the
   * vocabulary lacks become plain ones or are left out, text in capitals is read as sentences are
   * written and given back in capitals, URLs, e-mail addresses, names of files, \@names, \#tags,
   * code and numbers with units come out as they went in, and what has no other letters does not go
   * in.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_PREPARE,
      g_param_spec_boolean ("prepare", "Prepare",
                            "Make texts ready for the model and undo that in translations",
                            defaults.prepare, playing_flags));

  /**
   * GstNllbTranslate:keep-unknown:
   *
   * Puts characters that the model's vocabulary lacks, of rare names or emoji, into the translation
   * as they are: symbols where they stood in the sentence, letters where the model leaves a place
   * for them.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_KEEP_UNKNOWN,
      g_param_spec_boolean ("keep-unknown", "Keep unknown",
                            "Put characters that the model does not know into the translation",
                            defaults.keep_unknown, playing_flags));

  /**
   * GstNllbTranslate:fragments:
   *
   * Lets the clauses of a translation leave while the rest is still being translated, a buffer
   * each, with the timestamp and duration of the whole. They are early with greedy search (see
   * #GstNllbTranslate:beams) alone, and guards, which come too late then, only report.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_FRAGMENTS,
      g_param_spec_boolean ("fragments", "Fragments",
                            "Let clauses leave while the rest is still being translated",
                            defaults.fragments, playing_flags));

  /**
   * GstNllbTranslate:batch-size:
   *
   * The most texts that are translated together. Texts that wait already make a batch, more are
   * never waited for; twice as many may wait before upstream does.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_BATCH_SIZE,
      g_param_spec_uint ("batch-size", "Batch size", "Most texts in work at a time", 1,
                         gst_translate::TranslationRequest::largest_batch, defaults.batch_size,
                         playing_flags));

  /**
   * GstNllbTranslate:max-lateness:
   *
   * By how much a live text may be too late when its turn comes, in ms. What is later is left out,
   * and a QOS message says so; what is less late moves to the time at which it is ready. -1: any
   * lag, 0: none.
   *
   * Since: 0.1
   */
  g_object_class_install_property (
      object_class, PROP_MAX_LATENESS,
      g_param_spec_int ("max-lateness", "Max lateness",
                        "Longest lag of live text, in ms: later text is left out (-1: any lag, 0: "
                        "none)",
                        -1, G_MAXINT, defaults.max_lateness, playing_flags));

  /**
   * GstNllbTranslate:encoding:
   *
   * The encoding of text that comes without caps, as from a file or a pipe: "auto", or a name that
   * ICU knows ("utf-8", "windows-1252", "shift_jis"). With "auto" a byte order mark says it; else
   * text is UTF-8, or where it cannot be that Windows-1252, with a WARNING. Text with caps is in
   * UTF-8.
   *
   * Since: 0.1
   */

  /**
   * GstNllbTranslate:latency:
   *
   * How long live text may stay in this element, in ms: added to the pipeline's latency. -1: no
   * synchronisation, translations are stamped with the running time at which they leave.
   *
   * Since: 0.1
   */

  /**
   * GstNllbTranslate:lateness:
   *
   * Moves the output's running time back by so many ms, in place of latency: it lags behind other
   * streams, which need not wait. Takes effect with the next SEGMENT.
   *
   * Since: 0.1
   */

  /**
   * GstNllbTranslate:max-observed-delay:
   *
   * The longest that a text has stayed in this element, in ms; the time that elements behind it
   * took is not counted. Notified.
   *
   * Since: 0.1
   */

  /**
   * GstNllbTranslate:stats:
   *
   * This element's "texts", "translations", "late", "dropped", "flawed", "retried",
   * "invalid-sequences" and "queued" (now); once the model is open its "device", "precision" and
   * "model-bytes", and what its engine has done for all elements: "engine-batches",
   * "engine-sentences" and "engine-tokens".
   *
   * Since: 0.1
   */
  install_shared_properties (object_class, default_latency);

  element_class->change_state = GST_DEBUG_FUNCPTR (gst_nllb_translate_change_state);
  element_class->request_new_pad = GST_DEBUG_FUNCPTR (gst_nllb_translate_request_new_pad);
  element_class->release_pad = GST_DEBUG_FUNCPTR (gst_nllb_translate_release_pad);
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template_with_gtype (element_class, &src_template,
                                                        GST_TYPE_NLLB_TRANSLATE_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class, &request_template,
                                                        GST_TYPE_NLLB_TRANSLATE_PAD);
  gst_element_class_set_static_metadata (
      element_class, "NLLB translator", "Filter/Converter/Text",
      "Translates text with a model of the NLLB family, on this machine", "gst-lingua developers");

  gst_type_mark_as_plugin_api (GST_TYPE_NLLB_TRANSLATE_PRECISION,
                               static_cast<GstPluginAPIFlags> (0));
  gst_type_mark_as_plugin_api (GST_TYPE_NLLB_TRANSLATE_PAD, static_cast<GstPluginAPIFlags> (0));
  gst_lingua::register_meta (GST_TEXT_ACCUMULATE_SENTENCE_META);
  gst_lingua::register_meta (GST_NLLB_TRANSLATE_META);
}

static GstPad *
gst_nllb_translate_make_src_pad (GstPadTemplate *templ, const gchar *name)
{
  auto *pad = GST_PAD (g_object_new (GST_TYPE_NLLB_TRANSLATE_PAD, "name", name, "direction",
                                     GST_PAD_SRC, "template", templ, nullptr));
  return pad;
}

static void
gst_nllb_translate_init (GstNllbTranslate *self)
{
  GstElementClass *klass = GST_ELEMENT_GET_CLASS (self);
  GstPad *sink = gst_pad_new_from_static_template (&sink_template, "sink");
  GstPad *src =
      gst_nllb_translate_make_src_pad (gst_element_class_get_pad_template (klass, "src"), "src");
  self->priv = new GstNllbTranslatePrivate (GST_ELEMENT (self), sink, src);
  gst_element_add_pad (GST_ELEMENT (self), sink);
  gst_element_add_pad (GST_ELEMENT (self), src);
}

static void
gst_nllb_translate_finalize (GObject *object)
{
  delete GST_NLLB_TRANSLATE (object)->priv;
  G_OBJECT_CLASS (gst_nllb_translate_parent_class)->finalize (object);
}

static const gchar *
precision_word (gint precision)
{
  return precisions[precision].value_nick;
}

static gint
precision_of (const std::string &word)
{
  const GEnumValue *value = precisions;
  while (value->value_nick && word != value->value_nick)
    value++;
  return value->value;
}

static void
gst_nllb_translate_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstNllbTranslatePrivate *priv = GST_NLLB_TRANSLATE (object)->priv;
  auto set_option = [&] (auto member, auto option) {
    priv->options.change ([&] (TranslatorOptions &all) { all.*member = option; });
  };
  auto set = [&] (auto member, auto setting) {
    priv->settings.change ([&] (TranslationSettings &all) { all.*member = setting; });
  };

  switch (id) {
  case PROP_MODEL:
    set_option (&TranslatorOptions::model, string_in (value));
    break;
  case PROP_DEVICE:
    set_option (&TranslatorOptions::device, string_in (value));
    break;
  case PROP_PRECISION:
    set_option (&TranslatorOptions::precision, precision_word (g_value_get_enum (value)));
    break;
  case PROP_THREADS:
    set_option (&TranslatorOptions::threads, static_cast<int> (g_value_get_uint (value)));
    break;
  case PROP_SHORTLIST:
    set (&TranslationSettings::shortlist, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_INPUT_LANGUAGE_CODE:
    set (&TranslationSettings::input_language, string_in (value));
    break;
  case PROP_OUTPUT_LANGUAGE_CODE:
    set (&TranslationSettings::output_language, string_in (value));
    break;
  case PROP_BEAMS:
    set (&TranslationSettings::beams, g_value_get_uint (value));
    break;
  case PROP_LENGTH_PENALTY:
    set (&TranslationSettings::length_penalty, g_value_get_double (value));
    break;
  case PROP_MAX_LENGTH:
    set (&TranslationSettings::max_length, g_value_get_uint (value));
    break;
  case PROP_GUARDS:
    set (&TranslationSettings::guards, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_PREPARE:
    set (&TranslationSettings::prepare, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_KEEP_UNKNOWN:
    set (&TranslationSettings::keep_unknown, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_FRAGMENTS:
    set (&TranslationSettings::fragments, static_cast<bool> (g_value_get_boolean (value)));
    break;
  case PROP_BATCH_SIZE:
    set (&TranslationSettings::batch_size, g_value_get_uint (value));
    priv->worker.apply_settings ();
    break;
  case PROP_MAX_LATENESS:
    set (&TranslationSettings::max_lateness, g_value_get_int (value));
    break;
  default:
    if (!set_shared_property (priv->worker.queue (), priv->worker.input (), id, value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
gst_nllb_translate_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstNllbTranslate *self = GST_NLLB_TRANSLATE (object);
  GstNllbTranslatePrivate *priv = self->priv;
  TranslatorOptions options = priv->options.get ();
  TranslationSettings settings = priv->settings.get ();

  switch (id) {
  case PROP_MODEL:
    set_string (value, options.model);
    break;
  case PROP_DEVICE:
    set_string (value, options.device);
    break;
  case PROP_PRECISION:
    g_value_set_enum (value, precision_of (options.precision));
    break;
  case PROP_THREADS:
    g_value_set_uint (value, static_cast<guint> (options.threads));
    break;
  case PROP_SHORTLIST:
    g_value_set_boolean (value, settings.shortlist);
    break;
  case PROP_INPUT_LANGUAGE_CODE:
    set_string (value, settings.input_language);
    break;
  case PROP_OUTPUT_LANGUAGE_CODE:
    set_string (value, settings.output_language);
    break;
  case PROP_BEAMS:
    g_value_set_uint (value, settings.beams);
    break;
  case PROP_LENGTH_PENALTY:
    g_value_set_double (value, settings.length_penalty);
    break;
  case PROP_MAX_LENGTH:
    g_value_set_uint (value, settings.max_length);
    break;
  case PROP_GUARDS:
    g_value_set_boolean (value, settings.guards);
    break;
  case PROP_PREPARE:
    g_value_set_boolean (value, settings.prepare);
    break;
  case PROP_KEEP_UNKNOWN:
    g_value_set_boolean (value, settings.keep_unknown);
    break;
  case PROP_FRAGMENTS:
    g_value_set_boolean (value, settings.fragments);
    break;
  case PROP_BATCH_SIZE:
    g_value_set_uint (value, settings.batch_size);
    break;
  case PROP_MAX_LATENESS:
    g_value_set_int (value, settings.max_lateness);
    break;
  default:
    if (!get_shared_property (priv->worker.queue (), priv->worker.input (), id, value))
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

/// Throws what can be told to be wrong before the model is read.
static void
check_settings (GstNllbTranslate *self)
{
  TranslationSettings settings = self->priv->settings.get ();
  auto check = [self] (const char *property, const std::string &code) {
    if (!may_be_of_model (code))
      check_language (GST_ELEMENT (self), property, code);
  };
  check ("input-language-code", settings.input_language);
  check ("output-language-code", settings.output_language);
  TranslatorOptions options = self->priv->options.get ();
  gst_translate::check_options (options);
  gst_translate::locate_model (options.model);
}

static GstStateChangeReturn
gst_nllb_translate_change_state (GstElement *element, GstStateChange transition)
{
  GstNllbTranslate *self = GST_NLLB_TRANSLATE (element);
  GstNllbTranslatePrivate *priv = self->priv;
  StateHooks hooks;
  hooks.open = [self] { check_settings (self); };
  hooks.start = [priv] { priv->loader.start (priv->options.get ()); };
  hooks.stop = [priv] { priv->loader.cancel (); };
  hooks.close = [priv] { priv->loader.close (); };
  return change_state (element, GST_ELEMENT_CLASS (gst_nllb_translate_parent_class), transition,
                       priv->worker.queue (), priv->worker.input (), hooks);
}

// Pads.

static GstPad *
gst_nllb_translate_request_new_pad (GstElement *element, GstPadTemplate *templ, const gchar *name,
                                    const GstCaps *)
{
  GstNllbTranslatePrivate *priv = GST_NLLB_TRANSLATE (element)->priv;
  GST_OBJECT_LOCK (element);
  guint number = priv->next_pad;
  if (name)
    number = static_cast<guint> (g_ascii_strtoull (name + strlen ("src_"), nullptr, 10));
  priv->next_pad = MAX (priv->next_pad, number + 1);
  GST_OBJECT_UNLOCK (element);

  Ref<gchar> own_name (name ? g_strdup (name) : g_strdup_printf ("src_%u", number));
  GstPad *pad = gst_nllb_translate_make_src_pad (templ, own_name.get ());
  priv->worker.queue ().adopt_src (pad);
  gst_pad_set_active (pad, TRUE);
  if (!gst_element_add_pad (element, pad))
    return nullptr;
  GST_INFO_OBJECT (pad, "requested");
  gst_child_proxy_child_added (GST_CHILD_PROXY (element), G_OBJECT (pad), GST_OBJECT_NAME (pad));
  return pad;
}

static void
gst_nllb_translate_release_pad (GstElement *element, GstPad *pad)
{
  GST_INFO_OBJECT (pad, "released");
  gst_child_proxy_child_removed (GST_CHILD_PROXY (element), G_OBJECT (pad), GST_OBJECT_NAME (pad));
  gst_pad_set_active (pad, FALSE);
  gst_element_remove_pad (element, pad);
}

// The source pads are the children, so that gst-launch-1.0 can set `src_0::language-code`.

static GObject *
gst_nllb_translate_get_child_by_index (GstChildProxy *proxy, guint index)
{
  GST_OBJECT_LOCK (proxy);
  gpointer pad = g_list_nth_data (GST_ELEMENT (proxy)->srcpads, index);
  GObject *child = pad ? G_OBJECT (g_object_ref (pad)) : nullptr;
  GST_OBJECT_UNLOCK (proxy);
  return child;
}

static guint
gst_nllb_translate_get_children_count (GstChildProxy *proxy)
{
  GST_OBJECT_LOCK (proxy);
  guint count = GST_ELEMENT (proxy)->numsrcpads;
  GST_OBJECT_UNLOCK (proxy);
  return count;
}

static void
gst_nllb_translate_child_proxy_init (gpointer iface, gpointer)
{
  auto *proxy = static_cast<GstChildProxyInterface *> (iface);
  proxy->get_child_by_index = gst_nllb_translate_get_child_by_index;
  proxy->get_children_count = gst_nllb_translate_get_children_count;
}
