// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/ducking.h"

#include <gst/controller/gstdirectcontrolbinding.h>
#include <gst/controller/gstinterpolationcontrolsource.h>

#include <algorithm>

namespace gst_lingua_dub {

namespace {

constexpr GstClockTime fall = 300 * GST_MSECOND;
constexpr GstClockTime rise = 600 * GST_MSECOND;

/// The level is down already when the first sound comes. Where the pause is shorter than it takes
/// to go up and down again, with a while between, it stays down.
constexpr GstClockTime shortest_pause = fall + rise + 500 * GST_MSECOND;

}  // namespace

std::vector<LevelPoint> duck(const std::vector<std::pair<GstClockTime, GstClockTime>>& speech,
                             double low) {
  std::vector<LevelPoint> points = {{0, 1}};
  for (size_t i = 0; i < speech.size();) {
    const GstClockTime begin = speech[i].first;
    GstClockTime end = speech[i].second;
    for (++i; i < speech.size() && speech[i].first < end + shortest_pause; ++i)
      end = std::max(end, speech[i].second);
    if (begin > fall) points.push_back({begin - fall, 1});
    if (begin == 0) points.clear();
    points.push_back({begin, low});
    points.push_back({end, low});
    points.push_back({end + rise, 1});
  }
  return points;
}

void follow(GstElement* volume, const std::vector<LevelPoint>& points) {
  GstControlSource* source = gst_interpolation_control_source_new();
  g_object_set(source, "mode", GST_INTERPOLATION_MODE_LINEAR, nullptr);
  for (const LevelPoint& point : points)
    gst_timed_value_control_source_set(GST_TIMED_VALUE_CONTROL_SOURCE(source), point.time,
                                       point.level);
  // The property's own values, not fractions of its range.
  gst_object_add_control_binding(GST_OBJECT(volume), gst_direct_control_binding_new_absolute(
                                                         GST_OBJECT(volume), "volume", source));
  gst_object_unref(source);
}

}  // namespace gst_lingua_dub
