// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <sstream>

#include "gst-translate/text/error.h"

namespace gst_translate {

/// Throws `Error` Settings, with the option's name and the range, unless a number is in it.
template <typename T>
void check_range(const char* option, T value, T least, T most) {
  if (value >= least && value <= most) return;
  std::ostringstream message;
  message << option << " is " << value << "; it must be from " << least << " to " << most << '.';
  throw Error(Error::Kind::Settings, message.str());
}

}  // namespace gst_translate
