// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>
#include <utility>
#include <vector>

#include "tools/common/cue.h"

namespace gst_lingua_dub {

/// The texts that an `appsink` gets while its pipeline runs, and what is said of them.
class CueCollector {
 public:
  explicit CueCollector(GstElement* sink);
  CueCollector(const CueCollector&) = delete;
  CueCollector& operator=(const CueCollector&) = delete;

  // Once the pipeline has ended.
  std::vector<gst_lingua_tools::Cue> take() { return std::move(cues_); }
  const std::string& stream_id() const { return stream_id_; }
  /// As they are tagged; empty where they are not.
  const std::string& language() const { return language_; }
  const std::string& title() const { return title_; }

 private:
  void see(GstEvent* event);

  std::vector<gst_lingua_tools::Cue> cues_;
  std::string stream_id_;
  std::string language_;
  std::string title_;
};

}  // namespace gst_lingua_dub
