// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "tools/common/object.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// A pipeline of its own that is fed with the speech of some languages, on the clock of the one
/// that makes it. What fails in it stops nobody else; it begins anew a few seconds later.
class SoundPipeline {
 public:
  /// `name`: what it is, and where it goes, for messages. `make` builds it, with a live `appsrc
  /// name=CODE` for each language.
  SoundPipeline(std::string name, std::function<Object<GstElement>()> make);
  ~SoundPipeline();
  SoundPipeline(const SoundPipeline&) = delete;
  SoundPipeline& operator=(const SoundPipeline&) = delete;

  /// `main`: the pipeline whose clock it follows, which plays.
  void start(GstElement* main);

  /// Never blocks: what it cannot take is lost. From any thread.
  void push(const std::string& language, GstSample* sample);

  /// Ends the stream properly, within a second.
  void finish();

  /// An `appsrc` for a launch line.
  static std::string source(const std::string& language);

 private:
  void open();
  void close();
  void take_message(GstMessage* message);
  void tell(std::string failure);

  const std::string name_;
  const std::function<Object<GstElement>()> make_;
  Object<GstElement> main_;
  std::mutex mutex_;  ///< guards the next two; the main thread alone changes them
  Object<GstElement> pipeline_;
  std::map<std::string, Object<GstElement>> sources_;
  guint watch_ = 0, retry_ = 0;
  std::string failure_;  ///< the latest
  gint64 failed_ = 0;    ///< when that was, monotonic time in us
};

}  // namespace gst_lingua_live
