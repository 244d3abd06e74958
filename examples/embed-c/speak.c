// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Translates a text and speaks the translation: how a program in C uses the elements. It makes the
// pipeline, waits until the model is loaded, hands over the text, and then only listens to the bus.

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef EXAMPLE_TEXT
#define EXAMPLE_TEXT "book.txt"  // what is spoken where nothing is said
#endif

typedef struct {
  GstElement* pipeline;
  GBytes* text;
  GMainLoop* loop;
  gint64 text_time;     // when the text was handed over, monotonic, us
  gint64 sound_time;    // when the first sound was ready
  GstClockTime speech;  // duration of all speech
  int status;           // exit status
} Demo;

static gchar *from = "en", *to = "ja", *model = NULL, *file = NULL, *encoding = NULL,
             *output = "demo.wav";
static gboolean silent = FALSE;
static gchar** arguments = NULL;

static const GOptionEntry options[] = {
    {"from", 0, 0, G_OPTION_ARG_STRING, &from, "Language of the text (en)", "CODE"},
    {"to", 't', 0, G_OPTION_ARG_STRING, &to, "Language to speak (ja)", "CODE"},
    {"model", 'm', 0, G_OPTION_ARG_STRING, &model,
     "Model: a folder, or a hub name that was fetched (the bundled one)", "NAME"},
    {"file", 'f', 0, G_OPTION_ARG_FILENAME, &file, "Read this file; - is standard input", "FILE"},
    {"encoding", 'e', 0, G_OPTION_ARG_STRING, &encoding,
     "Encoding of the text: utf-16le, windows-1252, shift_jis, ... (found)", "NAME"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
     "WAV file to write; - is standard output (demo.wav)", "FILE"},
    {"silent", 's', 0, G_OPTION_ARG_NONE, &silent, "Do not play what is spoken", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, "[TEXT or FILE]"},
    G_OPTION_ENTRY_NULL};

static const char help_summary[] = "Translates a text, or a file with one, and speaks it.";
static const char help_remarks[] =
    "The words of the command line are the text, unless they are one file's name; a single word\n"
    "that looks like a file's name (with a slash, or ending in .txt, .srt and the like) and is "
    "none\n"
    "is refused. - is standard input, which is also read where there are no words and something "
    "is\n"
    "piped in; else a text of its own is spoken. Files in .srt and .vtt keep their timeline.\n"
    "\n"
    "Exit status: 0 if it was spoken, 1 if that failed, 2 for a command line that makes no "
    "sense.\n";

static gboolean to_standard_output(void) {
  return strcmp(output, "-") == 0;
}

// Where the sentences are printed.
static FILE* screen(void) {
  return to_standard_output() ? stderr : stdout;
}

static gboolean has_suffix(const gchar* name, const gchar* const* suffixes) {
  g_autofree gchar* lower = g_ascii_strdown(name, -1);
  for (; *suffixes; ++suffixes)
    if (g_str_has_suffix(lower, *suffixes)) return TRUE;
  return FALSE;
}

static gboolean is_subtitles(const gchar* name) {
  static const gchar* const suffixes[] = {".srt", ".vtt", NULL};
  return has_suffix(name, suffixes);
}

static gboolean looks_like_file(const gchar* word) {
  static const gchar* const suffixes[] = {".txt", ".text", ".md",  ".tsv", ".csv", ".lrc",  ".srt",
                                          ".vtt", ".ass",  ".ssa", ".sub", ".sbv", ".ttml", NULL};
  return word[strcspn(word, " \t\n")] == '\0' && (strchr(word, '/') || has_suffix(word, suffixes));
}

// True if something is piped in: within a second, since a pipe may be open and nobody writes.
static gboolean is_piped_in(void) {
  struct stat status;
  if (fstat(STDIN_FILENO, &status) != 0) return FALSE;
  if (S_ISREG(status.st_mode)) return status.st_size > 0;
  GPollFD input = {.fd = STDIN_FILENO, .events = G_IO_IN};
  int waiting = 0;
  return S_ISFIFO(status.st_mode) && g_poll(&input, 1, 1000) == 1 &&
         ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting > 0;
}

static GBytes* read_standard_input(void) {
  g_autoptr(GByteArray) text = g_byte_array_new();
  guint8 buffer[4096];
  for (size_t size; (size = fread(buffer, 1, sizeof buffer, stdin)) > 0;)
    g_byte_array_append(text, buffer, (guint)size);
  return g_byte_array_free_to_bytes(g_steal_pointer(&text));
}

// Decides what is to be spoken: sets `file`, or returns the words. Returns FALSE, having said why,
// for what makes no sense.
static gboolean find_text(gchar** words) {
  *words = arguments ? g_strjoinv(" ", arguments) : NULL;
  if (file && *words) {
    g_printerr("Give a text, or --file, not both.\n");
    return FALSE;
  }
  if (!file && !*words) {
    file = is_piped_in() ? "-" : EXAMPLE_TEXT;
  } else if (*words && (strcmp(*words, "-") == 0 || g_file_test(*words, G_FILE_TEST_EXISTS))) {
    file = *words;
  } else if (*words && looks_like_file(*words)) {
    g_printerr("\"%s\" looks like a file's name, and there is no such file.\n", *words);
    return FALSE;
  }
  if (!file || strcmp(file, "-") == 0) return TRUE;
  if (!g_file_test(file, G_FILE_TEST_EXISTS))
    g_printerr("There is no file \"%s\".\n", file);
  else if (g_file_test(file, G_FILE_TEST_IS_DIR))
    g_printerr("\"%s\" is a folder, not a file.\n", file);
  else
    return TRUE;
  return FALSE;
}

static GBytes* read_text(const gchar* words) {
  if (!file) return g_bytes_new(words, strlen(words));
  if (strcmp(file, "-") == 0) return read_standard_input();
  g_autoptr(GError) error = NULL;
  gchar* contents;
  gsize length;
  if (g_file_get_contents(file, &contents, &length, &error))
    return g_bytes_new_take(contents, length);
  g_printerr("%s\n", error->message);
  return NULL;
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
      "appsrc name=source ! ", subtitles ? "subparse name=cues ! " : "",
      "textsegmenter name=sentences ! nllbtranslate name=translate ! ttssynth name=speak ! tee "
      "name=sound "
      "sound. ! queue ! wavenc ! ",
      to_standard_output() ? "fdsink " : "filesink name=file ",
      play ? "sound. ! queue ! audioconvert ! audioresample ! autoaudiosink" : "", NULL);
  g_autoptr(GError) error = NULL;
  GstElement* pipeline =
      gst_parse_launch_full(description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (!pipeline) {
    g_printerr("%s\n", error->message);
    return NULL;
  }
  g_autoptr(GstElement) translate = gst_bin_get_by_name(GST_BIN(pipeline), "translate");
  g_autoptr(GstElement) sink = gst_bin_get_by_name(GST_BIN(pipeline), "file");
  g_object_set(translate, "input-language-code", from, "output-language-code", to, NULL);
  if (model) g_object_set(translate, "model", model, NULL);
  if (encoding) {
    g_autoptr(GstElement) cues = gst_bin_get_by_name(GST_BIN(pipeline), "cues");
    g_autoptr(GstElement) sentences = gst_bin_get_by_name(GST_BIN(pipeline), "sentences");
    if (cues) g_object_set(cues, "subtitle-encoding", encoding, NULL);
    g_object_set(sentences, "encoding", encoding, NULL);  // refuses what is none, subparse does not
  }
  if (sink) g_object_set(sink, "location", output, NULL);
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
  if (isatty(fileno(screen()))) {
    fprintf(screen(), "\r\033[K%s", type == GST_PROGRESS_TYPE_COMPLETE ? "" : text);
    fflush(screen());
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
        fprintf(screen(), "  %s\n> %s\n", gst_structure_get_string(raw, "text"),
                gst_structure_get_string(raw, "translation"));
      }
      break;
    case GST_MESSAGE_WARNING:
    case GST_MESSAGE_ERROR: {
      g_autoptr(GError) error = NULL;
      if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
        gst_message_parse_error(message, &error, NULL);
        // What an element refuses to be set to was wrong in the command line.
        demo->status =
            g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS) ? 2 : 1;
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
  g_option_context_set_summary(context, help_summary);
  g_option_context_set_description(context, help_remarks);
  g_option_context_add_main_entries(context, options, NULL);
  g_option_context_add_group(context, gst_init_get_option_group());
  if (!g_option_context_parse(context, &argc, &argv, &error)) {
    g_printerr("%s\nTry --help.\n", error->message);
    return 2;
  }
  g_autofree gchar* words = NULL;
  if (!find_text(&words)) return 2;
  g_autoptr(GBytes) text = read_text(words);
  if (!text) return 1;
  if (g_bytes_get_size(text) == 0) {
    g_printerr("The text is empty: there is no sentence to speak.\n");
    return 1;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);  // sentences are seen as they come, through pipes, too
  g_autoptr(GstElement) pipeline =
      make_pipeline(file && is_subtitles(file), !silent && has_audio_output());
  if (!pipeline) return 1;

  Demo demo = {.pipeline = pipeline, .text = text};
  run(&demo);
  if (demo.status != 0) return demo.status;
  if (demo.sound_time == 0) {
    g_printerr("No sound came out: is there a sentence in the text?\n");
    return 1;
  }
  fprintf(screen(),
          "\nThe first sound was ready %.0f ms after the text; %.1f s of speech are in %s\n",
          (double)(demo.sound_time - demo.text_time) / 1e3, (double)demo.speech / GST_SECOND,
          to_standard_output() ? "standard output" : output);
  return 0;
}
