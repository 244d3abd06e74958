// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ttssynth with the real voices while much happens at once: flushes, changes of state and of
// properties, and eight elements at full speed. Those speak for ten minutes, and their memory is
// watched, with the environment variable GST_LINGUA_TEST_MINUTES=10.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/elements/harness.h"

namespace gst_lingua_tests {
namespace {

constexpr GstClockTime patience = 120 * GST_SECOND;

/// Samples, as many as there are and what they add up to.
struct Sound {
  guint64 samples = 0;
  guint64 hash = 14695981039346656037U;  ///< FNV-1a
  bool operator==(const Sound& other) const {
    return samples == other.samples && hash == other.hash;
  }
};

std::ostream& operator<<(std::ostream& out, const Sound& sound) {
  return out << sound.samples << " samples, " << std::hex << sound.hash << std::dec;
}

/// What is spoken, and how.
struct Part {
  const char* caps;
  std::vector<std::string> texts;
  std::string properties;
};

/// A pipeline from texts to sound, at full speed. It has no clock: where a slow machine does not
/// keep up with one, the pauses between texts depend on the time. Its sink does not preroll: of a
/// flush amid a change of state GStreamer's bin loses the way to PLAYING now and then.
class Line {
 public:
  explicit Line(const Part& part) : part_(part) {
    pipeline_ = gst_parse_launch(
        ("appsrc name=text format=time block=true max-bytes=200 ! ttssynth name=speech " +
         part.properties + " ! fakesink name=sink async=false signal-handoffs=true")
            .c_str(),
        nullptr);
    gst_pipeline_use_clock(GST_PIPELINE(pipeline_), nullptr);
    text_ = gst_bin_get_by_name(GST_BIN(pipeline_), "text");
    speech_ = gst_bin_get_by_name(GST_BIN(pipeline_), "speech");
    GstCaps* caps = gst_caps_from_string(part.caps);
    g_object_set(text_, "caps", caps, nullptr);
    gst_caps_unref(caps);
    GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline_), "sink");
    g_signal_connect(sink, "handoff", G_CALLBACK(on_handoff), this);
    gst_object_unref(sink);
  }
  ~Line() {
    stop();
    gst_object_unref(speech_);
    gst_object_unref(text_);
    gst_object_unref(pipeline_);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void play() { set_state(GST_STATE_PLAYING); }
  void stop() { set_state(GST_STATE_NULL); }

  /// Through any state.
  void set_state(GstState state) {
    EXPECT_NE(gst_element_set_state(pipeline_, state), GST_STATE_CHANGE_FAILURE);
  }

  GstFlowReturn push(const std::string& text) {
    GstBuffer* buffer = gst_buffer_new_memdup(text.data(), text.size());
    GstFlowReturn flow = GST_FLOW_ERROR;
    g_signal_emit_by_name(text_, "push-buffer", buffer, &flow);
    gst_buffer_unref(buffer);
    return flow;
  }

  void flush() {
    gst_element_send_event(text_, gst_event_new_flush_start());
    gst_element_send_event(text_, gst_event_new_flush_stop(TRUE));
  }

  template <typename Value>
  void set(const char* property, Value value) {
    g_object_set(speech_, property, value, nullptr);
  }

  /// Waits for so many more buffers; false if they do not come.
  bool await(int buffers) {
    std::unique_lock lock(mutex_);
    const int wanted = heard_ + buffers;
    return changed_.wait_for(lock, std::chrono::nanoseconds(patience),
                             [&] { return heard_ >= wanted; });
  }

  /// What all texts sound like, from the beginning.
  Sound speak() {
    {
      const std::lock_guard lock(mutex_);
      sound_ = {};
    }
    play();
    for (const std::string& text : part_.texts)
      EXPECT_EQ(push(text), GST_FLOW_OK);
    GstFlowReturn flow = GST_FLOW_ERROR;
    g_signal_emit_by_name(text_, "end-of-stream", &flow);
    EXPECT_TRUE(comes(GST_MESSAGE_EOS));
    stop();
    const std::lock_guard lock(mutex_);
    return sound_;
  }

  /// No fault is on the bus, which is empty then.
  bool is_well() { return !comes(GST_MESSAGE_ERROR, 0); }

 private:
  static void on_handoff(GstElement*, GstBuffer* buffer, GstPad*, gpointer self) {
    static_cast<Line*>(self)->hear(buffer);
  }

  void hear(GstBuffer* buffer) {
    GstMapInfo map;
    gst_buffer_map(buffer, &map, GST_MAP_READ);
    const std::lock_guard lock(mutex_);
    for (gsize i = 0; i < map.size; ++i)
      sound_.hash = (sound_.hash ^ map.data[i]) * 1099511628211U;
    sound_.samples += map.size / sizeof(gint16);
    gst_buffer_unmap(buffer, &map);
    ++heard_;
    changed_.notify_all();
  }

  bool comes(GstMessageType type, GstClockTime timeout = patience) {
    GstBus* bus = gst_element_get_bus(pipeline_);
    bool came = false, failed = false;
    while (!came && !failed) {
      GstMessage* message = gst_bus_timed_pop(bus, timeout);
      if (!message) break;
      came = GST_MESSAGE_TYPE(message) == type;
      failed = GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR;
      if (failed) {
        GError* error = nullptr;
        gst_message_parse_error(message, &error, nullptr);
        ADD_FAILURE() << error->message;
        g_error_free(error);
      }
      gst_message_unref(message);
    }
    gst_object_unref(bus);
    return came;
  }

  const Part part_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Sound sound_;
  int heard_ = 0;
  GstElement *pipeline_, *text_, *speech_;
};

class SpeechStorms : public testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(lexicon_) << "GStreamer\ten\tgee streamer\nNATO\t*\t/ˈneɪtoʊ/\n";
  }
  void TearDown() override { std::filesystem::remove(lexicon_); }

  Part plain(const std::string& properties) const {
    return {"text/x-raw,format=utf8",
            {"GStreamer plays it, and NATO does not.", "Wait here, please.", "Twenty-two people."},
            with_lexicon(properties)};
  }
  Part ssml(const std::string& properties) const {
    return {"application/ssml+xml",
            {"<speak>One <break time='200ms'/> NATO <mark name='m'/>two.</speak>",
             "<speak><prosody rate='fast' pitch='+2st'>Faster, <lang xml:lang='de'>und "
             "weiter</lang>.</prosody>",
             " And <say-as interpret-as='date'>2026-11-29</say-as>.</speak>",
             "<speak>GStreamer's <phoneme ph='piːˈkæn'>pecan</phoneme></p></speak>"},
            with_lexicon(properties)};
  }

 private:
  std::string with_lexicon(const std::string& properties) const {
    return "language-code=en lexicon=" + lexicon_ + " " + properties;
  }

  const std::string lexicon_ = (std::filesystem::temp_directory_path() /
                                ("storm-" + std::to_string(g_random_int()) + ".tsv"))
                                   .string();
};

/// Texts come and properties change, while the pipeline is flushed and changes its state.
void storm(const Part& part) {
  SCOPED_TRACE(part.properties);
  Line line(part);
  const Sound before = line.speak();
  ASSERT_GT(before.samples, 22050U);

  std::atomic<bool> over{false};
  line.play();
  std::thread texts([&] {
    for (size_t i = 0; !over; ++i)
      if (line.push(part.texts[i % part.texts.size()]) != GST_FLOW_OK) std::this_thread::yield();
  });
  std::thread properties([&] {
    for (int i = 0; !over; ++i) {
      line.set("rate", i % 2 ? 1.5 : 1.0);
      line.set("pitch", i % 3 ? 2.0 : 0.0);
      line.set("volume", i % 5 ? 0.5 : 1.0);
      line.set("voice", i % 7 ? static_cast<const char*>(nullptr) : "en-us+f3");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  constexpr GstState states[] = {GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_NULL};
  for (int i = 0; i < 24; ++i) {
    line.flush();
    if (i % 2) line.flush();
    if (i % 4 == 3) {
      line.set_state(states[i / 4 % 3]);
      line.play();
    }
    if (i % 3 != 0) {
      EXPECT_TRUE(line.await(2)) << "after " << i;
    }
  }
  over = true;
  line.stop();
  texts.join();
  properties.join();
  EXPECT_TRUE(line.is_well());

  line.set("rate", 1.0);
  line.set("pitch", 0.0);
  line.set("volume", 1.0);
  line.set("voice", static_cast<const char*>(nullptr));
  const Sound after = line.speak();
  if (part.properties.find("isolate=true") != std::string::npos)
    EXPECT_EQ(after, before);
  else  // espeak-ng goes on from its last text
    EXPECT_NEAR(static_cast<double>(after.samples), static_cast<double>(before.samples), 2205);
}

TEST_F(SpeechStorms, OfTextsAreOver) {
  for (const char* properties : {"isolate=true", "isolate=false"})
    storm(plain(properties));
}

TEST_F(SpeechStorms, OfDocumentsAreOver) {
  for (const char* properties : {"isolate=true", "isolate=false"})
    storm(ssml(properties));
}

// Eight at once.

/// What is no file's of the memory of this process and of those that it has started, in MiB.
double memory() {
  std::map<std::string, std::string> parents;
  std::map<std::string, double> sizes;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string process = entry.path().filename();
    std::ifstream status(entry.path() / "status");
    for (std::string line; std::getline(status, line);) {
      std::istringstream fields(line);
      std::string name;
      fields >> name;
      if (name == "PPid:") fields >> parents[process];
      if (name == "RssAnon:") fields >> sizes[process];
    }
  }
  double all = 0;
  const std::string own = std::to_string(getpid());
  for (const auto& [process, size] : sizes) {
    std::string ancestor = process;
    while (ancestor != own && parents.count(ancestor))
      ancestor = parents[ancestor];
    if (ancestor == own) all += size / 1024;
  }
  return all;
}

TEST_F(SpeechStorms, EightAtOnceSoundAsOneAlone) {
  std::vector<Part> parts;
  for (const char* manner :
       {"language-code=en", "language-code=de pitch=3", "language-code=fr rate=1.4",
        "language-code=es volume=0.7", "language-code=en voice=en-us+f3 rate=0.8",
        "language-code=de rate=2", "language-code=fr pitch=-4"}) {
    parts.push_back(plain(""));
    parts.back().properties += std::string(" ") + manner;
  }
  parts.push_back(ssml(""));

  std::vector<Sound> alone;
  for (const Part& part : parts)
    alone.push_back(Line(part).speak());

  const char* asked = std::getenv("GST_LINGUA_TEST_MINUTES");  // NOLINT(concurrency-mt-unsafe)
  const auto duration = std::chrono::minutes(asked ? std::atoi(asked) : 0);
  const auto start = std::chrono::steady_clock::now();
  std::atomic<int> wrong{0}, passes{0};
  std::vector<std::thread> threads;
  for (size_t i = 0; i < parts.size(); ++i)
    threads.emplace_back([&, i] {
      Line line(parts[i]);
      for (int pass = 0; pass < 3 || std::chrono::steady_clock::now() < start + duration; ++pass) {
        wrong += !(line.speak() == alone[i]);
        ++passes;
      }
    });
  // Of a process that has just begun its memory is counted, too: the least of a minute tells.
  std::vector<double> least;
  for (auto minute = std::chrono::minutes(1); minute <= duration; ++minute) {
    least.push_back(memory());
    for (; std::chrono::steady_clock::now() < start + minute;
         std::this_thread::sleep_for(std::chrono::milliseconds(500)))
      least.back() = std::min(least.back(), memory());
    std::printf("%zu min: %.1f MiB, %d passes\n", least.size(), least.back(), passes.load());
    std::fflush(stdout);
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0) << "of " << passes;
  if (least.size() > 1) {
    EXPECT_LT(least.back(), least[1] + 4);
  }
}

}  // namespace
}  // namespace gst_lingua_tests
