// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <utility>
#include <vector>

namespace gst_lingua_dub {

/// The level of a sound at a time.
struct LevelPoint {
  GstClockTime time;
  double level;  ///< 1: as it is
};

/// How the level of a film's sound goes under speech: down to `low` when a text begins, up again
/// when it has ended, in straight lines between the points. Between texts that follow each other
/// soon it stays down. `speech`: from and to of each text, in order.
std::vector<LevelPoint> duck(const std::vector<std::pair<GstClockTime, GstClockTime>>& speech,
                             double low);

/// Has an element `volume` follow these points, sample by sample.
void follow(GstElement* volume, const std::vector<LevelPoint>& points);

}  // namespace gst_lingua_dub
