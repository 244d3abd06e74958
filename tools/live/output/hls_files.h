// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

namespace gst_lingua_live {

/// The media type of a file that HLS has in its folder; nullptr for a name that it does not give,
/// such as one that leads out of the folder.
const char* hls_type(const std::string& file);

}  // namespace gst_lingua_live
