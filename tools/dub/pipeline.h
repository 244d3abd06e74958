// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>

#include "tools/common/object.h"

namespace gst_lingua_dub {

using gst_lingua_tools::Object;

/// Has SIGINT, SIGTERM and SIGHUP end what runs at the next chance, and a file that would be too
/// long be an error like any other.
void catch_signals();

/// Throws `Error` Cancelled once a signal has come.
void check_interruption();

/// A pipeline that runs from its start to its end.
class Pipeline {
 public:
  /// Throws `Error` where the line cannot be built.
  explicit Pipeline(const std::string& launch);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  GstElement* get() const { return pipeline_.get(); }
  /// By name; there has to be one.
  Object<GstElement> child(const std::string& name) const;
  /// The file of a child that reads or writes one. Its name need not be UTF-8, as all of a launch
  /// line has to be.
  void set_file(const std::string& name, const std::string& path) const;

  /// Runs to the end of its streams. Throws `Error`: what an element posts as an ERROR, in its own
  /// words; Cancelled after a signal. `on_message` sees every message; `on_time` is called a few
  /// times a second, both in this thread.
  void run(const std::function<void(GstMessage*)>& on_message,
           const std::function<void()>& on_time);

 private:
  Object<GstElement> pipeline_;
  Object<GstBus> bus_;
};

/// The stream-id of a pad; empty if it has none yet.
std::string stream_id(GstPad* pad);

/// A value for a launch line, in quotes.
std::string quoted(const std::string& text);

}  // namespace gst_lingua_dub
