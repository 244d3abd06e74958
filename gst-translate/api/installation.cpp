// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/api/installation.h"

#include "gst-translate/text/own_path.h"

namespace gst_translate {

namespace fs = std::filesystem;

namespace {

/// The build folder has links in place of these (gst-translate/api/meson.build).
fs::path folder(const char* name, const char* installed) {
  return own_path(reinterpret_cast<const void*>(&engine_file), name, installed);
}

}  // namespace

fs::path engine_file() {
  return folder("engine", GST_LINGUA_ENGINE_DIR) / GST_LINGUA_ENGINE_FILE;
}

fs::path bundled_model() {
  return folder("demo-model", GST_LINGUA_DATA_DIR "/demo-model");
}

}  // namespace gst_translate
