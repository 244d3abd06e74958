// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/check/gstharness.h>
#include <gst/check/gsttestclock.h>
#include <gst/gst.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gst_lingua_tests {

constexpr GstClockTime none = GST_CLOCK_TIME_NONE;
constexpr GstClockTime ms = GST_MSECOND;

/// The running time at which an element joins a live pipeline: others have played for hours.
constexpr GstClockTime joined = 36000 * GST_SECOND;

/// What came out of an element: a buffer's text and times.
struct Text {
  std::string text;
  GstClockTime pts = none;
  GstClockTime duration = none;
  GstStructure* meta = nullptr;  ///< of the name asked for, owned by `buffer`
  std::shared_ptr<GstBuffer> buffer;
};

/// A GstHarness around one element, with a bus.
class Harness {
 public:
  /// A launch line of one element, with its properties.
  explicit Harness(const std::string& launch, const char* meta = nullptr);
  ~Harness();
  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;

  GstHarness* get() const { return harness_; }
  GstElement* element() const { return harness_->element; }

  /// As behind a file or a pipe; else the source is live, as GstHarness has it.
  void make_source_not_live();

  /// As in a live pipeline, which has run for long unless told: this is its running time, on a
  /// clock that the test turns from here on. Before `begin()`.
  void join_live(GstClockTime upstream_latency = 0, GstClockTime running_time = joined);
  void set_running_time(GstClockTime time);
  /// The running time that the element waits for; waits until it does.
  GstClockTime awaited_time();
  /// That time comes.
  void reach_awaited_time();
  /// It waits for no time once it has seen all that was pushed.
  bool awaits_no_time();

  /// A stream in TIME with caps and a segment.
  void begin(const char* format = "utf8");
  /// The same, as a demuxer begins subtitles.
  void begin_sparse();
  /// As fdsrc begins: bytes, no caps.
  void begin_bytes();

  GstFlowReturn push(std::string_view text, GstClockTime pts = none, GstClockTime duration = none);
  GstFlowReturn push(GstBuffer* buffer) { return gst_harness_push(harness_, buffer); }
  bool push(GstEvent* event) { return gst_harness_push_event(harness_, event); }
  bool push_custom(const char* name);
  bool push_language(const char* code);
  bool push_gap(GstClockTime start, GstClockTime duration);
  void push_segment(GstFormat format, GstClockTime start = 0);
  /// From there back to the beginning.
  void push_backwards(GstClockTime stop);
  void flush();
  bool end() { return push(gst_event_new_eos()); }

  /// The next text that comes out; waits for it.
  Text pull();
  /// All texts up to the EOS event that has to come.
  std::vector<std::string> pull_to_end();
  /// No more is waiting to be pulled. Call when all that was pushed has been seen to pass.
  bool empty() const { return gst_harness_buffers_in_queue(harness_) == 0; }

  /// Waits until all that was pushed has been handled: a serialized query comes back.
  void settle();

  /// The next event of the type that comes out, others dropped; waits for it.
  std::shared_ptr<GstEvent> pull_event(GstEventType type);

  /// The next message of the type on the bus; waits for it.
  std::shared_ptr<GstMessage> message(GstMessageType type);
  /// The next ERROR's domain and code, and its text.
  bool error_is(GQuark domain, int code, const char* words);
  bool warning_is(GQuark domain, int code, const char* words);
  /// The next element message of the name; null if none is there.
  std::shared_ptr<GstMessage> element_message(const char* name);
  /// No message of the type is there.
  bool quiet(GstMessageType type);

  template <typename T>
  T property(const char* name) const {
    T value{};
    g_object_get(element(), name, &value, nullptr);
    return value;
  }
  /// A field of the property `stats`.
  guint64 stat(const char* field) const;

 private:
  // Of the clock; so that nobody takes its time for the running time.
  static constexpr GstClockTime base_time = 25200 * GST_SECOND;

  GstHarness* harness_;
  GstBus* bus_;
  const char* meta_;
};

/// Stands before the harness's sink and does with buffers what a downstream might do.
class Gate {
 public:
  explicit Gate(Harness& harness);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// Buffers wait here until it opens, or a flush frees them.
  void close();
  void open();
  /// What buffers get for an answer; anything but OK keeps them from the sink.
  void answer(GstFlowReturn flow);
  /// Waits until so many buffers have come here since the beginning.
  void await(int buffers);
  int seen();

 private:
  static GstPadProbeReturn probe(GstPad* pad, GstPadProbeInfo* info, gpointer self);

  GstPad* pad_;
  gulong probe_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  bool flushing_ = false;
  GstFlowReturn flow_ = GST_FLOW_OK;
  int seen_ = 0;
};

/// All that is logged to one category of GStreamer's, at every level, while this object lives. A
/// line is "LEVEL message".
class Log {
 public:
  explicit Log(const char* category);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// How many of its lines have the words.
  int count(std::string_view words);
  /// True if there are lines with these words, in this order.
  bool tells(const std::vector<std::string>& story);
  /// All of it, for a test that fails.
  std::string text();

 private:
  static void write(GstDebugCategory* category, GstDebugLevel level, const gchar* file,
                    const gchar* function, gint line, GObject* object, GstDebugMessage* message,
                    gpointer self);

  std::string category_;
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

GstBuffer* text_buffer(std::string_view text, GstClockTime pts = none,
                       GstClockTime duration = none);

std::string text_of(GstBuffer* buffer);

/// Runs a pipeline until EOS or an error; gives the error's text, empty at EOS.
std::string run_pipeline(const std::string& launch,
                         const std::function<void(GstElement* pipeline)>& before = {},
                         const std::function<void(GstMessage*)>& on_message = {});

/// The element does not go to READY, and posts an ERROR of this domain and code that has the words.
bool refuses_to_start(const std::string& launch, GQuark domain, int code, const char* words);

/// A folder that goes away with this object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  /// Writes a file in it; its path.
  std::string write(const std::string& name, const std::string& content) const;

 private:
  std::string path_;
};

/// For every property of the element that can be read and written: the value of a new instance is
/// what gst-inspect-1.0 calls its default. Gives the names of those that lie.
std::vector<std::string> untrue_defaults(const char* element);

/// Sets every such property to something else. Gives the names of those that do not keep it.
std::vector<std::string> forgetful_properties(const char* element);

}  // namespace gst_lingua_tests
