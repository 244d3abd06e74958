// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdlib>
#include <string>

#include "gst-translate/api/translator.h"

namespace gst_translate {

/// Where the tests run that compare with Hugging Face: on the CPU in float32, or where the
/// environment says (GST_LINGUA_TEST_DEVICE, GST_LINGUA_TEST_BACKEND), on the machine of who has
/// such a device.
inline void choose_test_place(TranslatorOptions& options) {
  const char* device = std::getenv("GST_LINGUA_TEST_DEVICE");    // NOLINT(concurrency-mt-unsafe)
  const char* backend = std::getenv("GST_LINGUA_TEST_BACKEND");  // NOLINT(concurrency-mt-unsafe)
  options.device = device != nullptr ? device : "cpu";
  if (backend != nullptr) options.backend = backend;
  options.precision = "float32";
}

}  // namespace gst_translate
