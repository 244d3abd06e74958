// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <filesystem>

namespace gst_translate {

/// Where a part of the installation is that was configured to lie at this absolute path: beside
/// this library as configured, also when all of it was moved.
std::filesystem::path installed(const std::filesystem::path& configured);

}  // namespace gst_translate
