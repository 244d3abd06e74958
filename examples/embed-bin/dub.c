/* Copyright (C) 2026 gst-lingua developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dub FILE LANGUAGE: dubs the subtitles in FILE, into LANGUAGE.wav and LANGUAGE.vtt, and prints
 * each translation when it is there. It needs GStreamer alone, and is C as well as C++:
 *
 *     cc dub.c -o dub $(pkg-config --cflags --libs gstreamer-1.0)
 */

#include <gst/gst.h>
#include <stdio.h>

/* From a pad of the bin, as `audio_de`, through some elements to a file. */
static gboolean write_output(GstElement* pipeline, GstElement* bin, const char* kind,
                             const char* language, const char* elements, const char* suffix) {
  gchar* name = g_strconcat(kind, "_", language, NULL);
  gchar* line = g_strdup_printf("%s ! filesink location=\"%s.%s\"", elements, language, suffix);
  GstElement* output = gst_parse_bin_from_description(line, TRUE, NULL);
  gst_bin_add(GST_BIN(pipeline), output);
  gboolean linked = gst_element_link_pads(bin, name, output, "sink");
  g_free(line);
  g_free(name);
  return linked;
}

/* True if the pipeline goes on after this message. */
static gboolean take_message(GstMessage* message, int* status) {
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_ELEMENT: {
      const GstStructure* said = gst_message_get_structure(message);
      guint64 start;
      if (gst_structure_has_name(said, "nllbtranslate/raw") &&
          gst_structure_get_uint64(said, "start-time", &start)) {
        printf("%.3f\t%s\t%s\n", (double)start / GST_SECOND, gst_structure_get_string(said, "text"),
               gst_structure_get_string(said, "translation"));
        fflush(stdout);
      }
      return TRUE;
    }
    case GST_MESSAGE_ERROR: {
      GError* error;
      gst_message_parse_error(message, &error, NULL);
      g_printerr("%s\n", error->message);
      g_error_free(error);
      *status = 1;
      return FALSE;
    }
    case GST_MESSAGE_EOS:
      return FALSE;
    default:
      return TRUE;
  }
}

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  if (argc != 3) {
    g_printerr("Usage: %s FILE LANGUAGE\n", argv[0]);
    return 2;
  }

  GError* error = NULL;
  GstElement* pipeline = gst_parse_launch(
      "filesrc name=file ! subparse ! translatespeechbin name=bin segment=false", &error);
  if (error) {
    g_printerr("%s\n", error->message);
    g_error_free(error);
    return 1;
  }
  GstElement* file = gst_bin_get_by_name(GST_BIN(pipeline), "file");
  GstElement* bin = gst_bin_get_by_name(GST_BIN(pipeline), "bin");
  g_object_set(file, "location", argv[1], NULL);

  int status = 1;
  if (write_output(pipeline, bin, "audio", argv[2], "wavenc", "wav") &&
      write_output(pipeline, bin, "text", argv[2], "webvttenc", "vtt")) {
    gchar* voice = g_strconcat("ttssynth-", argv[2], "::rate", NULL);
    gst_child_proxy_set(GST_CHILD_PROXY(bin), voice, 1.1, NULL);
    g_free(voice);

    status = 0;
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    GstBus* bus = gst_element_get_bus(pipeline);
    for (gboolean goes_on = TRUE; goes_on;) {
      GstMessage* message = gst_bus_timed_pop(bus, GST_CLOCK_TIME_NONE);
      goes_on = take_message(message, &status);
      gst_message_unref(message);
    }
    gst_object_unref(bus);
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bin);
  gst_object_unref(file);
  gst_object_unref(pipeline);
  return status;
}
