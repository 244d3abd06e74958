// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/elementshell.h"

#include "gst-translate/text/language.h"
#include "plugins/common/error.h"
#include "plugins/common/latency.h"

namespace gst_lingua {
namespace {

enum : guint
{
  PROP_ENCODING = 1000,
  PROP_LATENCY,
  PROP_LATENESS,
  PROP_MAX_OBSERVED_DELAY,
  PROP_STATS,
};

} // namespace

void
install_shared_properties (GObjectClass *klass, guint default_latency)
{
  const auto read_flags = static_cast<GParamFlags> (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (
      klass, PROP_ENCODING,
      g_param_spec_string ("encoding", "Encoding",
                           "Encoding of text without caps: auto, or a name such as windows-1252",
                           "auto", ready_flags));
  g_object_class_install_property (
      klass, PROP_LATENCY,
      g_param_spec_uint (
          "latency", "Latency",
          "Latency added to a live pipeline, in ms (-1: no synchronisation, stamp with now)", 0,
          G_MAXUINT, default_latency, playing_flags));
  g_object_class_install_property (
      klass, PROP_LATENESS,
      g_param_spec_uint ("lateness", "Lateness",
                         "Shift of the output's running time, in ms, from the next segment on", 0,
                         G_MAXUINT, 0, playing_flags));
  g_object_class_install_property (klass, PROP_MAX_OBSERVED_DELAY,
                                   g_param_spec_uint ("max-observed-delay", "Max observed delay",
                                                      "Longest time that a text took so far, in ms",
                                                      0, G_MAXUINT, 0, read_flags));
  g_object_class_install_property (klass, PROP_STATS,
                                   g_param_spec_boxed ("stats", "Stats",
                                                       "What has been done so far",
                                                       GST_TYPE_STRUCTURE, read_flags));
}

bool
set_shared_property (QueueTask &queue, TextInput &input, guint id, const GValue *value)
{
  switch (id) {
  case PROP_ENCODING:
    input.set_encoding (string_in (value));
    return true;
  case PROP_LATENCY:
    queue.latency ().set (g_value_get_uint (value));
    return true;
  case PROP_LATENESS:
    queue.latency ().set_lateness (g_value_get_uint (value));
    return true;
  default:
    return false;
  }
}

bool
get_shared_property (const QueueTask &queue, const TextInput &input, guint id, GValue *value)
{
  const Latency &latency = queue.latency ();
  switch (id) {
  case PROP_ENCODING:
    set_string (value, input.encoding ());
    return true;
  case PROP_LATENCY:
    g_value_set_uint (value, latency.get ());
    return true;
  case PROP_LATENESS:
    g_value_set_uint (value, latency.lateness_ms ());
    return true;
  case PROP_MAX_OBSERVED_DELAY:
    g_value_set_uint (value, static_cast<guint> (latency.max_observed () / GST_MSECOND));
    return true;
  case PROP_STATS:
    g_value_take_boxed (value, queue.stats ());
    return true;
  default:
    return false;
  }
}

GstStateChangeReturn
change_state (GstElement *element, GstElementClass *parent_class, GstStateChange transition,
              QueueTask &queue, const TextInput &input, const StateHooks &hooks)
{
  auto fails = [element] (const std::function<void ()> &hook) {
    return hook && !post_exceptions (element, hook);
  };
  auto check_encoding = [&input] { input.check_encoding (); };
  switch (transition) {
  case GST_STATE_CHANGE_NULL_TO_READY:
    if (fails (check_encoding) || fails (hooks.open))
      return GST_STATE_CHANGE_FAILURE;
    break;
  case GST_STATE_CHANGE_READY_TO_PAUSED:
    if (fails (check_encoding) || fails (hooks.start))
      return GST_STATE_CHANGE_FAILURE;
    break;
  case GST_STATE_CHANGE_PLAYING_TO_PAUSED:
    queue.set_playing (false);
    break;
  case GST_STATE_CHANGE_PAUSED_TO_READY:
    if (hooks.stop)
      hooks.stop ();
    break;
  default:
    break;
  }

  GstStateChangeReturn result = parent_class->change_state (element, transition);
  if (result == GST_STATE_CHANGE_FAILURE)
    return result;

  if (transition == GST_STATE_CHANGE_PAUSED_TO_PLAYING)
    queue.set_playing (true);
  else if (transition == GST_STATE_CHANGE_READY_TO_NULL && hooks.close)
    hooks.close ();
  return queue.latency ().state_change_result (transition, result);
}

std::string
string_in (const GValue *value)
{
  const gchar *string = g_value_get_string (value);
  return string ? string : "";
}

void
set_string (GValue *value, const std::string &text)
{
  g_value_set_string (value, text.empty () ? nullptr : text.c_str ());
}

void
check_language (GstElement *element, const char *property, const std::string &code)
{
  using gst_translate::Error;
  if (!code.empty () && !gst_translate::find_language (code))
    throw Error (Error::Kind::Settings,
                 std::string ("The property ") + property + " of " +
                     GST_OBJECT_NAME (gst_element_get_factory (element)) + " is \"" + code +
                     "\", which is no language code: it takes FLORES-200 (jpn_Jpan), ISO 639 (ja) "
                     "or BCP 47 (ja-JP).");
}

} // namespace gst_lingua
