// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>

#include "gst-translate/text/error.h"

namespace gst_translate {

/// Asked by a network amid its work, from any of its threads: true once nobody waits for any of it.
/// Fast and thread-safe, as it is asked between pieces of some microseconds.
using Interrupt = std::function<bool()>;

/// Throws `Error` Cancelled if nobody waits any more. Who computes calls it so often that a user
/// who gives up waits for less than 50 ms.
inline void check(const Interrupt& interrupt) {
  if (interrupt && interrupt())
    throw Error(Error::Kind::Cancelled, "The translation was cancelled.");
}

}  // namespace gst_translate
