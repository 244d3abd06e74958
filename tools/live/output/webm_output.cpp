// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/webm_output.h"

#include <gst/app/gstappsink.h>

#include <string_view>
#include <utility>

#include "tools/common/buffer.h"
#include "tools/common/element.h"
#include "tools/live/main_thread.h"

namespace gst_lingua_live {

using gst_lingua_tools::bytes_of;
using gst_lingua_tools::child;
using gst_lingua_tools::parse_pipeline;

namespace {

// Clusters of 100 ms: a player can begin at each, and gets sound that often.
constexpr const char* encoder =
    "! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1"
    " ! opusenc bitrate=48000 audio-type=voice"
    " ! webmmux streamable=true min-cluster-duration=100000000 max-cluster-duration=100000000"
    " ! appsink name=webm sync=false async=false";
constexpr GstClockTime piece_duration = 95 * GST_MSECOND;

// Clusters that one who joins gets at once, so that a player need not wait for its first half
// second.
constexpr size_t kept_clusters = 6;

// Ids of elements (RFC 9559, section 5.1; RFC 8794, section 11.2.1).
constexpr std::string_view ebml_header = "\x1A\x45\xDF\xA3";
constexpr std::string_view cluster = "\x1F\x43\xB6\x75";

bool begins_with(std::string_view id, const std::string& bytes) {
  return bytes.compare(0, id.size(), id) == 0;
}

}  // namespace

/// One language.
class WebmOutput::Stream {
 public:
  explicit Stream(const std::string& language)
      : pipeline_("Speech for the page", [this, language] { return make(language); }) {}

  SoundPipeline& pipeline() { return pipeline_; }
  size_t clients() const { return clients_.size() + early_.size(); }

  void add(std::unique_ptr<ClientStream> client) {
    if (clusters_.empty()) {
      early_.push_back(std::move(client));
      return;
    }
    client->send(header_);
    for (const std::string& kept : clusters_)
      client->send(kept);
    clients_.push_back(std::move(client));  // the last cluster goes on
  }

  void end() {
    clients_.clear();
    early_.clear();
  }

 private:
  Object<GstElement> make(const std::string& language) {
    Object<GstElement> pipeline = parse_pipeline(SoundPipeline::source(language) + encoder);
    GstAppSinkCallbacks callbacks = {};
    callbacks.new_sample = [](GstAppSink* sink, gpointer self) {
      g_autoptr(GstSample) sample = gst_app_sink_pull_sample(sink);
      if (sample != nullptr) static_cast<Stream*>(self)->take(gst_sample_get_buffer(sample));
      return GST_FLOW_OK;
    };
    gst_app_sink_set_callbacks(GST_APP_SINK(child(pipeline.get(), "webm").get()), &callbacks, this,
                               nullptr);
    return pipeline;
  }

  /// In the muxer's thread: gathers blocks.
  void take(GstBuffer* buffer) {
    const std::string bytes = bytes_of(buffer);
    if (begins_with(ebml_header, bytes)) in_header_ = true;
    if (begins_with(cluster, bytes)) {
      flush();
      in_header_ = false;
    }
    if (in_header_) {
      run_in_main([this, bytes] { add_header(bytes); });
      return;
    }
    piece_ += bytes;
    if (GST_BUFFER_DURATION_IS_VALID(buffer)) gathered_ += GST_BUFFER_DURATION(buffer);
    if (gathered_ >= piece_duration) flush();
  }

  void flush() {
    if (!piece_.empty()) run_in_main([this, piece = std::move(piece_)] { send(piece); });
    piece_.clear();
    gathered_ = 0;
  }

  void add_header(const std::string& bytes) {
    if (begins_with(ebml_header, bytes)) {  // the encoder begins, or begins anew
      header_.clear();
      clusters_.clear();
      clients_.clear();
    }
    header_ += bytes;
  }

  void send(const std::string& piece) {
    if (begins_with(cluster, piece)) {
      clusters_.push_back(piece);
      if (clusters_.size() > kept_clusters) clusters_.pop_front();
    } else if (!clusters_.empty()) {
      clusters_.back() += piece;
    }
    clients_.remove_if([](const auto& client) { return !client->open(); });
    for (const auto& client : early_)
      client->send(header_);
    clients_.splice(clients_.end(), early_);
    if (clients_.empty()) return;
    g_autoptr(GBytes) bytes = g_bytes_new(piece.data(), piece.size());
    for (const auto& client : clients_)
      client->send(bytes);
  }

  // The muxer's thread.
  bool in_header_ = true;
  std::string piece_;
  GstClockTime gathered_ = 0;

  // The main thread.
  std::string header_;
  std::deque<std::string> clusters_;
  std::list<std::unique_ptr<ClientStream>> clients_;
  std::list<std::unique_ptr<ClientStream>> early_;  ///< came before there was any sound

  SoundPipeline pipeline_;
};

WebmOutput::WebmOutput(const std::vector<std::string>& languages) {
  for (const std::string& language : languages)
    streams_[language] = std::make_unique<Stream>(language);
}

WebmOutput::~WebmOutput() = default;

void WebmOutput::add(const std::string& language, std::unique_ptr<ClientStream> client) {
  streams_.at(language)->add(std::move(client));
}

size_t WebmOutput::clients() const {
  size_t count = 0;
  for (const auto& entry : streams_)
    count += entry.second->clients();
  return count;
}

void WebmOutput::start(GstElement* main) {
  for (const auto& entry : streams_)
    entry.second->pipeline().start(main);
}

void WebmOutput::sound(const std::string& language, GstSample* sample) {
  const auto stream = streams_.find(language);
  if (stream != streams_.end()) stream->second->pipeline().push(language, sample);
}

void WebmOutput::finish() {
  for (const auto& entry : streams_) {
    entry.second->pipeline().finish();
    entry.second->end();
  }
}

}  // namespace gst_lingua_live
