// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <string>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// Hands out the lines of a file of UTF-8, without their ends, of Unix or of Windows, and without a
/// byte order mark. `kind` says for messages what the file is: "list of abbreviations". Throws
/// `Error`: NotFound or Unreadable where the file is; Settings for a line that is not UTF-8. To
/// that, and to an `Error` that `take` throws, it puts the file and the number of the line:
/// "path:3: ".
GST_LINGUA_EXPORT void for_each_line(const std::string& path, const std::string& kind,
                                     const std::function<void(const std::string& line)>& take);

}  // namespace gst_translate
