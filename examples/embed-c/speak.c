// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Translates a text and speaks the translation: how a program in C uses the elements. It makes the
// pipeline, waits until the model is loaded, hands over the text, and then only listens to the bus.

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  GstElement* pipeline;
  GBytes* text;
  GMainLoop* loop;
  gint64 text_time;     // when the text was handed over, monotonic, us
  gint64 sound_time;    // when the first sound was ready
  GstClockTime speech;  // duration of all speech
  gboolean failed;
} Demo;

static gchar *from = "en", *to = "ja", *output = "demo.wav";
static gboolean silent = FALSE;
static gchar** arguments = NULL;

static const GOptionEntry options[] = {
    {"from", 'f', 0, G_OPTION_ARG_STRING, &from, "Language of the text (en)", "CODE"},
    {"to", 't', 0, G_OPTION_ARG_STRING, &to, "Language to speak (ja)", "CODE"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "WAV file to write (demo.wav)", "FILE"},
    {"silent", 's', 0, G_OPTION_ARG_NONE, &silent, "Do not play what is spoken", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, "[TEXT or FILE]"},
    G_OPTION_ENTRY_NULL};

// The words of the command line, or the contents of the file that they name.
static GBytes* read_text(const gchar** path) {
  g_autofree gchar* words = arguments ? g_strjoinv(" ", arguments) : g_strdup(EXAMPLE_TEXT);
  if (!g_file_test(words, G_FILE_TEST_IS_REGULAR)) return g_bytes_new(words, strlen(words));
  g_autoptr(GError) error = NULL;
  gchar* contents;
  gsize length;
  if (!g_file_get_contents(words, &contents, &length, &error)) {
    g_printerr("%s\n", error->message);
    return NULL;
  }
  *path = arguments ? arguments[0] : EXAMPLE_TEXT;
  return g_bytes_new_take(contents, length);
}

static gboolean has_audio_output(void) {
  g_autoptr(GstDeviceMonitor) monitor = gst_device_monitor_new();
  gst_device_monitor_add_filter(monitor, "Audio/Sink", NULL);
  GList* devices = gst_device_monitor_get_devices(monitor);
  const gboolean found = devices != NULL;
  g_list_free_full(devices, gst_object_unref);
  return found;
}

static GstElement* make_pipeline(gboolean subtitles, gboolean play) {
  g_autofree gchar* description = g_strconcat(
      "appsrc name=source ! ", subtitles ? "subparse ! " : "",
      "textsegmenter ! nllbtranslate name=translate ! ttssynth name=speak ! tee name=sound "
      "sound. ! queue ! wavenc ! filesink name=file ",
      play ? "sound. ! queue ! audioconvert ! audioresample ! autoaudiosink" : "", NULL);
  g_autoptr(GError) error = NULL;
  GstElement* pipeline =
      gst_parse_launch_full(description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (!pipeline) {
    g_printerr("%s\n", error->message);
    return NULL;
  }
  g_autoptr(GstElement) translate = gst_bin_get_by_name(GST_BIN(pipeline), "translate");
  g_autoptr(GstElement) file = gst_bin_get_by_name(GST_BIN(pipeline), "file");
  g_object_set(translate, "input-language-code", from, "output-language-code", to, NULL);
  g_object_set(file, "location", output, NULL);
  return pipeline;
}

// In the thread of `ttssynth`: notes the first sound and adds up how much there is.
static GstPadProbeReturn on_sound(GstPad* pad, GstPadProbeInfo* info, gpointer data) {
  (void)pad;
  Demo* demo = data;
  GstBuffer* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
  if (GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP)) return GST_PAD_PROBE_OK;  // silence
  if (demo->sound_time == 0) demo->sound_time = g_get_monotonic_time();
  demo->speech += GST_BUFFER_DURATION(buffer);
  return GST_PAD_PROBE_OK;
}

static void hand_over_text(Demo* demo) {
  g_autoptr(GstElement) source = gst_bin_get_by_name(GST_BIN(demo->pipeline), "source");
  demo->text_time = g_get_monotonic_time();
  gst_app_src_push_buffer(GST_APP_SRC(source), gst_buffer_new_wrapped_bytes(demo->text));
  gst_app_src_end_of_stream(GST_APP_SRC(source));
}

static void on_progress(Demo* demo, GstMessage* message) {
  GstProgressType type;
  g_autofree gchar *code = NULL, *text = NULL;
  gst_message_parse_progress(message, &type, &code, &text);
  if (strcmp(code, "open") != 0) return;
  if (isatty(STDOUT_FILENO)) {
    printf("\r\033[K%s", type == GST_PROGRESS_TYPE_COMPLETE ? "" : text);
    fflush(stdout);
  }
  if (type == GST_PROGRESS_TYPE_COMPLETE) hand_over_text(demo);
}

static gboolean on_message(GstBus* bus, GstMessage* message, gpointer data) {
  (void)bus;
  Demo* demo = data;
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_PROGRESS:
      on_progress(demo, message);
      break;
    case GST_MESSAGE_ELEMENT:
      if (gst_message_has_name(message, "nllbtranslate/raw")) {
        const GstStructure* raw = gst_message_get_structure(message);
        printf("  %s\n> %s\n", gst_structure_get_string(raw, "text"),
               gst_structure_get_string(raw, "translation"));
      }
      break;
    case GST_MESSAGE_WARNING:
    case GST_MESSAGE_ERROR: {
      g_autoptr(GError) error = NULL;
      if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
        gst_message_parse_error(message, &error, NULL);
        demo->failed = TRUE;
        g_main_loop_quit(demo->loop);
      } else {
        gst_message_parse_warning(message, &error, NULL);
      }
      g_printerr("%s\n", error->message);
      break;
    }
    case GST_MESSAGE_EOS:
      g_main_loop_quit(demo->loop);
      break;
    default:
      break;
  }
  return G_SOURCE_CONTINUE;
}

static void run(Demo* demo) {
  g_autoptr(GstBus) bus = gst_element_get_bus(demo->pipeline);
  g_autoptr(GstElement) speak = gst_bin_get_by_name(GST_BIN(demo->pipeline), "speak");
  g_autoptr(GstPad) sound = gst_element_get_static_pad(speak, "src");
  gst_bus_add_watch(bus, on_message, demo);
  gst_pad_add_probe(sound, GST_PAD_PROBE_TYPE_BUFFER, on_sound, demo, NULL);
  demo->loop = g_main_loop_new(NULL, FALSE);
  gst_element_set_state(demo->pipeline, GST_STATE_PLAYING);
  g_main_loop_run(demo->loop);
  gst_element_set_state(demo->pipeline, GST_STATE_NULL);
  gst_bus_remove_watch(bus);
  g_main_loop_unref(demo->loop);
}

int main(int argc, char** argv) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_set_summary(context, "Translates a text, or a file with one, and speaks it.");
  g_option_context_add_main_entries(context, options, NULL);
  g_option_context_add_group(context, gst_init_get_option_group());
  if (!g_option_context_parse(context, &argc, &argv, &error)) {
    g_printerr("%s\n", error->message);
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);  // sentences are seen as they come, through pipes, too
  const gchar* path = NULL;
  g_autoptr(GBytes) text = read_text(&path);
  if (!text) return 1;
  const gboolean subtitles =
      path && (g_str_has_suffix(path, ".srt") || g_str_has_suffix(path, ".vtt"));
  g_autoptr(GstElement) pipeline = make_pipeline(subtitles, !silent && has_audio_output());
  if (!pipeline) return 1;

  Demo demo = {.pipeline = pipeline, .text = text};
  run(&demo);
  if (demo.failed) return 1;
  if (demo.sound_time == 0) {
    g_printerr("No sound came out: is there a sentence in the text?\n");
    return 1;
  }
  printf("\nThe first sound was ready %.0f ms after the text; %.1f s of speech are in %s\n",
         (double)(demo.sound_time - demo.text_time) / 1e3, (double)demo.speech / GST_SECOND,
         output);
  return 0;
}
