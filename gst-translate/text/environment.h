// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdlib>
#include <string>

namespace gst_translate {

/// The value of a variable of the environment; empty where there is none.
inline std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets them
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace gst_translate
