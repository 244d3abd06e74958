// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>

#include "gst-translate/text/error.h"

namespace gst_translate {

/// Told how far a load is, 0 to 1, from the loading thread; false gives up.
using Progress = std::function<bool(double fraction)>;

/// Tells how far a load is. Throws `Error` Cancelled if it is given up. Who loads calls it so often
/// that a user who gives up waits for less than 100 ms.
inline void report(const Progress& progress, double fraction) {
  if (progress && !progress(fraction))
    throw Error(Error::Kind::Cancelled, "Loading the model was cancelled.");
}

}  // namespace gst_translate
