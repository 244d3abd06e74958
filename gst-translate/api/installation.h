// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <filesystem>

// Where the parts are that are opened at run time. They are looked for from the folder of this
// library, so that an installation works wherever it is moved as a whole, and in the build folder.

namespace gst_translate {

/// The shared object with the engine.
std::filesystem::path engine_file();

/// The folder of the model for who names no other.
std::filesystem::path bundled_model();

}  // namespace gst_translate
