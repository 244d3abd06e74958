// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How well speech keeps to the times of a film's subtitles:
// dubbing [--cues | --all] [ttssynth's properties]
// 200 cues in English with a film's rhythm (film.h) are translated into Japanese and German by the
// bundled model and spoken. Prints a table; with --cues the subtitles, with --all what became of
// each cue, too. In the environment of `./run shell`.

#include <gst/gst.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "film.h"

namespace {

/// Up to which speech sounds natural.
constexpr double most_compression = 1.35;
constexpr const char* default_properties = "max-compression=1.35";

/// What was said of a cue.
struct Spoken {
  std::string text;
  double start = 0, end = 0;  ///< ms
  double compression = 1;
};

struct Sound {
  std::vector<Spoken> cues;
  double drift = 0;  ///< ms by which a timestamp is most away from the samples before it
};

/// Compares timestamps with the count of samples.
class Counter {
 public:
  double most = 0;

  static void take(GstElement*, GstBuffer* buffer, GstPad* pad, gpointer self) {
    static_cast<Counter*>(self)->add(buffer, pad);
  }

 private:
  void add(GstBuffer* buffer, GstPad* pad) {
    if (rate_ == 0) {
      GstCaps* caps = gst_pad_get_current_caps(pad);
      gst_structure_get_int(gst_caps_get_structure(caps, 0), "rate", &rate_);
      gst_caps_unref(caps);
      begin_ = static_cast<double>(GST_BUFFER_PTS(buffer)) / GST_MSECOND;
    }
    const double counted = begin_ + 1000.0 * static_cast<double>(samples_) / rate_;
    most = std::max(most,
                    std::abs(static_cast<double>(GST_BUFFER_PTS(buffer)) / GST_MSECOND - counted));
    samples_ += gst_buffer_get_size(buffer) / sizeof(gint16);
  }

  int rate_ = 0;
  double begin_ = 0;
  guint64 samples_ = 0;
};

Spoken spoken_of(const GstStructure* said) {
  GstClockTime start = 0, length = 0;
  Spoken spoken;
  gst_structure_get_clock_time(said, "pts", &start);
  gst_structure_get_clock_time(said, "actual-duration", &length);
  gst_structure_get_double(said, "compression-factor", &spoken.compression);
  spoken.text = gst_structure_get_string(said, "content");
  spoken.start = static_cast<double>(start) / GST_MSECOND;
  spoken.end = static_cast<double>(start + length) / GST_MSECOND;
  return spoken;
}

Sound dub(const std::string& file, const std::string& language, const std::string& properties) {
  const std::string line =
      "filesrc location=" + file + " ! subparse ! nllbtranslate output-language-code=" + language +
      " ! ttssynth " + properties + " ! fakesink name=sink signal-handoffs=true";
  GError* error = nullptr;
  GstElement* pipeline = gst_parse_launch(line.c_str(), &error);
  if (error) throw std::runtime_error(error->message);
  GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");
  Counter counter;
  g_signal_connect(sink, "handoff", G_CALLBACK(Counter::take), &counter);
  gst_object_unref(sink);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  GstBus* bus = gst_element_get_bus(pipeline);
  Sound sound;
  std::string failure;
  constexpr auto wanted =
      static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);
  for (bool runs = true; runs;) {
    GstMessage* message = gst_bus_timed_pop_filtered(bus, GST_CLOCK_TIME_NONE, wanted);
    runs = GST_MESSAGE_TYPE(message) == GST_MESSAGE_ELEMENT;
    if (gst_message_has_name(message, "ttssynth/synthesized-audio"))
      sound.cues.push_back(spoken_of(gst_message_get_structure(message)));
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
      gst_message_parse_error(message, &error, nullptr);
      failure = error->message;
    }
    gst_message_unref(message);
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
  if (!failure.empty()) throw std::runtime_error(failure);
  sound.drift = counter.most;
  return sound;
}

/// A row of the table.
void print(const std::vector<Cue>& cues, const std::string& language, const Sound& sound,
           bool all) {
  if (sound.cues.size() != cues.size())
    throw std::runtime_error(std::to_string(sound.cues.size()) + " cues were spoken of " +
                             std::to_string(cues.size()));
  // As spoken, up to each of these, and beyond.
  constexpr std::array<double, 5> bounds = {1.0005, 1.1, 1.2, 1.3, most_compression};
  std::array<int, bounds.size() + 1> histogram{};
  int in_time = 0, late = 0;
  double latest = 0;
  for (size_t i = 0; i < cues.size(); ++i) {
    const Spoken& spoken = sound.cues[i];
    // Timestamps are a sample away from the times of cues at most.
    const double room = i + 1 < cues.size() ? cues[i + 1].start + 0.1 : INFINITY;
    const bool is_in_time = spoken.end <= room && spoken.compression <= most_compression;
    const double lag = spoken.start - cues[i].start;
    in_time += is_in_time;
    late += lag > 0.1;
    latest = std::max(latest, lag);
    ++histogram.at(static_cast<size_t>(
        std::find_if(bounds.begin(), bounds.end(),
                     [&](double bound) { return spoken.compression <= bound; }) -
        bounds.begin()));
    if (all)
      std::printf("%s %6d-%6d, next %6d: spoken %8.1f-%8.1f, x%.3f %s\n", is_in_time ? " " : "!",
                  cues[i].start, cues[i].end, i + 1 < cues.size() ? cues[i + 1].start : 0,
                  spoken.start, spoken.end, spoken.compression, spoken.text.c_str());
  }
  const auto share = [&](int count) { return 100.0 * count / static_cast<double>(cues.size()); };
  std::printf("| eng-%s | %.1f %% |", language.c_str(), share(in_time));
  for (const int count : histogram)
    std::printf(" %.1f %% |", share(count));
  std::printf(" %d, %.0f ms | %.0f ms | %.3f ms |\n", late, latest,
              std::max(0.0, sound.cues.back().start - cues.back().start), sound.drift);
}

void run(const std::string& properties, bool only_cues, bool all) {
  const char* path = std::getenv("GST_LINGUA_FILM");  // NOLINT(concurrency-mt-unsafe)
  const std::vector<Cue> cues = film(path ? path : "tests/benchmarks/dubbing/film.txt");
  if (only_cues) {
    std::fputs(as_subrip(cues).c_str(), stdout);
    return;
  }
  gchar* name = nullptr;
  const gint descriptor = g_file_open_tmp("film-XXXXXX.srt", &name, nullptr);
  if (descriptor < 0) throw std::runtime_error("no temporary file can be made");
  close(descriptor);
  const std::string file = name;
  g_free(name);
  std::ofstream(file) << as_subrip(cues);
  std::printf(
      "%zu cues in %d min; ttssynth %s\n\n"
      "| | in time at 1.35x at most | as spoken | to 1.1x | to 1.2x | to 1.3x | to 1.35x | "
      "faster | begin late: cues, most | last cue late | drift |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|\n",
      cues.size(), cues.back().end / 60000, properties.c_str());
  for (const char* language : {"jpn", "deu"}) {
    print(cues, language, dub(file, language, properties), all);
    std::fflush(stdout);
  }
  std::remove(file.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  std::string properties;
  bool only_cues = false, all = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--cues") == 0)
      only_cues = true;
    else if (std::strcmp(argv[i], "--all") == 0)
      all = true;
    else
      properties += std::string(properties.empty() ? "" : " ") + argv[i];
  }
  try {
    run(properties.empty() ? default_properties : properties, only_cues, all);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
