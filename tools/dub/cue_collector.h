// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <utility>
#include <vector>

#include "tools/common/cue.h"

namespace gst_lingua_dub {

/// The texts that an `appsink` gets while its pipeline runs.
class CueCollector {
 public:
  explicit CueCollector(GstElement* sink);
  CueCollector(const CueCollector&) = delete;
  CueCollector& operator=(const CueCollector&) = delete;

  /// Once the pipeline has ended.
  std::vector<gst_lingua_tools::Cue> take() { return std::move(cues_); }

 private:
  std::vector<gst_lingua_tools::Cue> cues_;
};

}  // namespace gst_lingua_dub
