// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "harness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace gst_lingua_tests {
namespace {

class Environment : public ::testing::Environment {
 public:
  void SetUp() override { gst_init(nullptr, nullptr); }
  // The leaks tracer reports here.
  void TearDown() override { gst_deinit(); }
};

const auto* const environment = ::testing::AddGlobalTestEnvironment(new Environment);

template <typename T>
std::shared_ptr<T> own(T* object) {
  return std::shared_ptr<T>(object, [](T* owned) {
    if (owned) gst_mini_object_unref(GST_MINI_OBJECT_CAST(owned));
  });
}

/// A warning or an error as it should be.
bool matches(const std::shared_ptr<GstMessage>& posted, GQuark domain, int code,
             const char* words) {
  EXPECT_NE(posted, nullptr) << "nothing was posted";
  if (!posted) return false;
  GError* error = nullptr;
  if (GST_MESSAGE_TYPE(posted.get()) == GST_MESSAGE_ERROR)
    gst_message_parse_error(posted.get(), &error, nullptr);
  else
    gst_message_parse_warning(posted.get(), &error, nullptr);
  const bool right = g_error_matches(error, domain, code) && strstr(error->message, words);
  EXPECT_TRUE(right) << g_quark_to_string(error->domain) << " " << error->code << ": "
                     << error->message;
  g_error_free(error);
  return right;
}

}  // namespace

Harness::Harness(const std::string& launch, const char* meta) : bus_(gst_bus_new()), meta_(meta) {
  GError* error = nullptr;
  GstElement* element = gst_parse_launch(launch.c_str(), &error);
  EXPECT_EQ(error, nullptr) << error->message;
  // The bus comes first: the harness starts the element.
  gst_element_set_bus(element, bus_);
  harness_ = gst_harness_new_with_element(element, "sink", "src");
  gst_object_unref(element);
}

Harness::~Harness() {
  gst_element_set_bus(harness_->element, nullptr);
  gst_harness_teardown(harness_);
  gst_object_unref(bus_);
}

void Harness::make_source_not_live() {
  gst_pad_add_probe(
      harness_->srcpad, GST_PAD_PROBE_TYPE_QUERY_UPSTREAM,
      [](GstPad*, GstPadProbeInfo* info, gpointer) {
        GstQuery* query = GST_PAD_PROBE_INFO_QUERY(info);
        if (GST_QUERY_TYPE(query) != GST_QUERY_LATENCY) return GST_PAD_PROBE_OK;
        gst_query_set_latency(query, FALSE, 0, none);
        return GST_PAD_PROBE_HANDLED;
      },
      nullptr, nullptr);
}

void Harness::join_live(GstClockTime upstream_latency, GstClockTime running_time) {
  // It plays from then on: the harness has started it on the system's clock.
  gst_element_set_state(element(), GST_STATE_READY);
  gst_harness_use_testclock(harness_);
  gst_element_set_base_time(element(), base_time);
  set_running_time(running_time);
  gst_harness_set_upstream_latency(harness_, upstream_latency);
  gst_element_set_state(element(), GST_STATE_PLAYING);
}

void Harness::set_running_time(GstClockTime time) {
  EXPECT_TRUE(gst_harness_set_time(harness_, base_time + time));
}

GstClockTime Harness::awaited_time() {
  EXPECT_TRUE(gst_harness_wait_for_clock_id_waits(harness_, 1, 20)) << "it waits for no time";
  GstTestClock* clock = gst_harness_get_testclock(harness_);
  const GstClockTime time = gst_test_clock_get_next_entry_time(clock);
  gst_object_unref(clock);
  return GST_CLOCK_TIME_IS_VALID(time) ? time - base_time : none;
}

void Harness::reach_awaited_time() {
  EXPECT_TRUE(gst_harness_crank_single_clock_wait(harness_)) << "it waits for no time";
}

bool Harness::awaits_no_time() {
  settle();
  g_usleep(20000);  // it begins to wait after it has answered
  return !gst_harness_wait_for_clock_id_waits(harness_, 1, 0);
}

void Harness::begin(const char* format) {
  gst_harness_set_src_caps(
      harness_, gst_caps_new_simple("text/x-raw", "format", G_TYPE_STRING, format, nullptr));
}

void Harness::begin_sparse() {
  gst_harness_play(harness_);
  GstEvent* stream = gst_event_new_stream_start("subtitles");
  gst_event_set_stream_flags(stream, GST_STREAM_FLAG_SPARSE);
  push(stream);
  begin();
}

void Harness::begin_bytes() {
  gst_harness_play(harness_);
  push(gst_event_new_stream_start("test"));
  push_segment(GST_FORMAT_BYTES);
}

GstBuffer* text_buffer(std::string_view text, GstClockTime pts, GstClockTime duration) {
  GstBuffer* buffer = gst_buffer_new_memdup(text.data(), text.size());
  GST_BUFFER_PTS(buffer) = pts;
  GST_BUFFER_DURATION(buffer) = duration;
  return buffer;
}

std::string text_of(GstBuffer* buffer) {
  GstMapInfo map;
  EXPECT_TRUE(gst_buffer_map(buffer, &map, GST_MAP_READ));
  std::string text(reinterpret_cast<const char*>(map.data), map.size);
  gst_buffer_unmap(buffer, &map);
  return text;
}

GstFlowReturn Harness::push(std::string_view text, GstClockTime pts, GstClockTime duration) {
  return push(text_buffer(text, pts, duration));
}

bool Harness::push_custom(const char* name) {
  return push(gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM, gst_structure_new_empty(name)));
}

bool Harness::push_language(const char* code) {
  return push(gst_event_new_tag(gst_tag_list_new(GST_TAG_LANGUAGE_CODE, code, nullptr)));
}

bool Harness::push_gap(GstClockTime start, GstClockTime duration) {
  return push(gst_event_new_gap(start, duration));
}

void Harness::push_segment(GstFormat format, GstClockTime start) {
  GstSegment segment;
  gst_segment_init(&segment, format);
  segment.start = segment.time = segment.position = start;
  push(gst_event_new_segment(&segment));
}

void Harness::push_backwards(GstClockTime stop) {
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.rate = -1;
  segment.stop = segment.position = stop;
  push(gst_event_new_segment(&segment));
}

void Harness::flush() {
  push(gst_event_new_flush_start());
  push(gst_event_new_flush_stop(TRUE));
}

Text Harness::pull() {
  Text text;
  GstBuffer* buffer = gst_harness_pull(harness_);
  EXPECT_NE(buffer, nullptr) << "nothing came out";
  if (!buffer) return text;
  text.buffer = own(buffer);
  text.text = text_of(buffer);
  text.pts = GST_BUFFER_PTS(buffer);
  text.duration = GST_BUFFER_DURATION(buffer);
  if (meta_)
    if (GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, meta_))
      text.meta = gst_custom_meta_get_structure(meta);
  return text;
}

std::vector<std::string> Harness::pull_to_end() {
  std::vector<std::string> texts;
  pull_event(GST_EVENT_EOS);
  while (GstBuffer* buffer = gst_harness_try_pull(harness_)) {
    texts.push_back(text_of(buffer));
    gst_buffer_unref(buffer);
  }
  return texts;
}

void Harness::settle() {
  GstQuery* query = gst_query_new_allocation(nullptr, FALSE);
  gst_pad_peer_query(harness_->srcpad, query);
  gst_query_unref(query);
}

std::shared_ptr<GstEvent> Harness::pull_event(GstEventType type) {
  for (;;) {
    auto event = own(gst_harness_pull_event(harness_));
    EXPECT_NE(event, nullptr) << "no " << gst_event_type_get_name(type) << " came out";
    if (!event || GST_EVENT_TYPE(event.get()) == type) return event;
  }
}

std::shared_ptr<GstMessage> Harness::message(GstMessageType type) {
  return own(gst_bus_timed_pop_filtered(bus_, 20 * GST_SECOND, type));
}

bool Harness::error_is(GQuark domain, int code, const char* words) {
  return matches(message(GST_MESSAGE_ERROR), domain, code, words);
}

bool Harness::warning_is(GQuark domain, int code, const char* words) {
  return matches(message(GST_MESSAGE_WARNING), domain, code, words);
}
std::shared_ptr<GstMessage> Harness::element_message(const char* name) {
  while (auto message = own(gst_bus_pop_filtered(bus_, GST_MESSAGE_ELEMENT))) {
    if (gst_message_has_name(message.get(), name)) return message;
  }
  return nullptr;
}

bool Harness::quiet(GstMessageType type) {
  return own(gst_bus_pop_filtered(bus_, type)) == nullptr;
}

guint64 Harness::stat(const char* field) const {
  auto* stats = property<GstStructure*>("stats");
  guint64 value = 0;
  EXPECT_TRUE(gst_structure_get_uint64(stats, field, &value)) << field;
  gst_structure_free(stats);
  return value;
}

Gate::Gate(Harness& harness)
    : pad_(GST_PAD(gst_object_ref(harness.get()->sinkpad))),
      probe_(gst_pad_add_probe(
          pad_,
          static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_FLUSH),
          probe, this, nullptr)) {}

Gate::~Gate() {
  open();
  gst_pad_remove_probe(pad_, probe_);
  gst_object_unref(pad_);
}

void Gate::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

void Gate::open() {
  const std::lock_guard lock(mutex_);
  closed_ = false;
  changed_.notify_all();
}

void Gate::answer(GstFlowReturn flow) {
  const std::lock_guard lock(mutex_);
  flow_ = flow;
}

void Gate::await(int buffers) {
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(changed_.wait_for(lock, std::chrono::seconds(20), [&] { return seen_ >= buffers; }));
}

int Gate::seen() {
  const std::lock_guard lock(mutex_);
  return seen_;
}

GstPadProbeReturn Gate::probe(GstPad*, GstPadProbeInfo* info, gpointer data) {
  auto* self = static_cast<Gate*>(data);
  std::unique_lock lock(self->mutex_);
  if (!(GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER)) {
    self->flushing_ = GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info)) == GST_EVENT_FLUSH_START;
    self->changed_.notify_all();
    return GST_PAD_PROBE_OK;
  }
  self->seen_++;
  self->changed_.notify_all();
  self->changed_.wait(lock, [self] { return !self->closed_ || self->flushing_; });
  const GstFlowReturn flow = self->flushing_ ? GST_FLOW_FLUSHING : self->flow_;
  if (flow == GST_FLOW_OK) return GST_PAD_PROBE_OK;
  gst_buffer_unref(GST_PAD_PROBE_INFO_BUFFER(info));
  GST_PAD_PROBE_INFO_DATA(info) = nullptr;
  GST_PAD_PROBE_INFO_FLOW_RETURN(info) = flow;
  return GST_PAD_PROBE_HANDLED;
}

Log::Log(const char* category) : category_(category) {
  gst_debug_set_active(TRUE);
  gst_debug_set_threshold_for_name(category, GST_LEVEL_LOG);
  gst_debug_remove_log_function(gst_debug_log_default);
  gst_debug_add_log_function(write, this, nullptr);
}

Log::~Log() {
  gst_debug_remove_log_function_by_data(this);
  gst_debug_add_log_function(gst_debug_log_default, nullptr, nullptr);
  gst_debug_unset_threshold_for_name(category_.c_str());
}

void Log::write(GstDebugCategory* category, GstDebugLevel level, const gchar*, const gchar*, gint,
                GObject*, GstDebugMessage* message, gpointer data) {
  auto* self = static_cast<Log*>(data);
  if (self->category_ != gst_debug_category_get_name(category)) return;
  const std::lock_guard lock(self->mutex_);
  const gchar* name = gst_debug_level_get_name(level);
  self->lines_.push_back(std::string(name, strcspn(name, " ")) + " " +
                         gst_debug_message_get(message));
}

int Log::count(std::string_view words) {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::count_if(
      lines_.begin(), lines_.end(),
      [words](const std::string& line) { return line.find(words) != std::string::npos; }));
}

bool Log::tells(const std::vector<std::string>& story) {
  auto next = story.begin();
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& line : lines_)
      if (next != story.end() && line.find(*next) != std::string::npos) ++next;
  }
  EXPECT_EQ(next, story.end()) << "not told: " << (next == story.end() ? "" : *next) << "\n"
                               << text();
  return next == story.end();
}

std::string Log::text() {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const std::string& line : lines_)
    text += line + "\n";
  return text;
}

std::string run_pipeline(const std::string& launch, const std::function<void(GstElement*)>& before,
                         const std::function<void(GstMessage*)>& on_message) {
  GError* error = nullptr;
  GstElement* pipeline = gst_parse_launch(launch.c_str(), &error);
  if (error) {
    std::string text = error->message;
    g_error_free(error);
    if (pipeline) gst_object_unref(pipeline);
    return text;
  }
  if (before) before(pipeline);
  GstBus* bus = gst_element_get_bus(pipeline);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  std::string result = "no end came";
  for (;;) {
    auto message = own(gst_bus_timed_pop(bus, 60 * GST_SECOND));
    if (!message) break;
    if (on_message) on_message(message.get());
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS) {
      result.clear();
      break;
    }
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR) {
      gst_message_parse_error(message.get(), &error, nullptr);
      result = error->message;
      g_error_free(error);
      break;
    }
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
  return result;
}

bool refuses_to_start(const std::string& launch, GQuark domain, int code, const char* words) {
  GstElement* element = gst_parse_launch(launch.c_str(), nullptr);
  GstBus* bus = gst_bus_new();
  gst_element_set_bus(element, bus);
  EXPECT_EQ(gst_element_set_state(element, GST_STATE_READY), GST_STATE_CHANGE_FAILURE);
  const bool right =
      matches(own(gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR)), domain, code, words);
  gst_element_set_bus(element, nullptr);
  gst_object_unref(bus);
  gst_element_set_state(element, GST_STATE_NULL);
  gst_object_unref(element);
  return right;
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "gst-lingua-XXXXXX").string();
  path_ = g_mkdtemp(pattern.data());
}

Folder::~Folder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::string Folder::write(const std::string& name, const std::string& content) const {
  std::string path = path_ + "/" + name;
  std::ofstream(path) << content;
  return path;
}

namespace {

/// Calls `check` with the element, and each property that is its own and can be read and written.
template <typename Check>
std::vector<std::string> properties_that_fail(const char* name, Check check) {
  std::vector<std::string> failed;
  GstElement* element = gst_element_factory_make(name, nullptr);
  guint count;
  GParamSpec** specs = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  for (guint i = 0; i < count; i++) {
    const bool own = specs[i]->owner_type == G_OBJECT_TYPE(element);
    if (own && (specs[i]->flags & G_PARAM_WRITABLE) && !check(G_OBJECT(element), specs[i]))
      failed.emplace_back(specs[i]->name);
  }
  g_free(specs);
  gst_object_unref(element);
  return failed;
}

/// A value that the property may have and that is not its default.
void set_another(GValue* value, GParamSpec* spec) {
  if (G_IS_PARAM_SPEC_STRING(spec))
    g_value_set_string(value, "another");
  else if (G_IS_PARAM_SPEC_BOOLEAN(spec))
    g_value_set_boolean(value, !g_value_get_boolean(value));
  else if (G_IS_PARAM_SPEC_ENUM(spec))
    g_value_set_enum(value, (g_value_get_enum(value) + 1) % 2);
  else if (G_IS_PARAM_SPEC_UINT(spec))
    g_value_set_uint(value, g_value_get_uint(value) + 1);
  else if (G_IS_PARAM_SPEC_INT(spec))
    g_value_set_int(value, g_value_get_int(value) + 1);
  else if (G_IS_PARAM_SPEC_DOUBLE(spec))
    g_value_set_double(value, g_value_get_double(value) + 0.25);
}

}  // namespace

std::vector<std::string> untrue_defaults(const char* element) {
  return properties_that_fail(element, [](GObject* object, GParamSpec* spec) {
    GValue value = G_VALUE_INIT;
    g_value_init(&value, spec->value_type);
    g_object_get_property(object, spec->name, &value);
    const bool right = g_param_value_defaults(spec, &value);
    g_value_unset(&value);
    return right;
  });
}

std::vector<std::string> forgetful_properties(const char* element) {
  return properties_that_fail(element, [](GObject* object, GParamSpec* spec) {
    GValue value = G_VALUE_INIT;
    GValue kept = G_VALUE_INIT;
    g_value_init(&value, spec->value_type);
    g_value_init(&kept, spec->value_type);
    g_object_get_property(object, spec->name, &value);
    set_another(&value, spec);
    g_object_set_property(object, spec->name, &value);
    g_object_get_property(object, spec->name, &kept);
    const bool right = g_param_values_cmp(spec, &value, &kept) == 0;
    g_value_unset(&value);
    g_value_unset(&kept);
    return right;
  });
}

}  // namespace gst_lingua_tests
