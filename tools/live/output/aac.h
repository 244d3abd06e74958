// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

namespace gst_lingua_live {

/// A part of a launch line that makes AAC of any sound, with the encoder that is installed. Throws
/// `Error` where there is none.
std::string aac_encoder();

}  // namespace gst_lingua_live
