// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

#include "gst-translate/model/json.h"

namespace gst_translate {

/// Throws `Error` Unavailable where a config.json says that the weights are quantised, with the
/// name of the method: their numbers mean nothing without its own code.
void check_not_quantised(const Json& config, const std::string& file);

/// The same for one tensor, from its name and the type that the file gives it.
void check_not_quantised(const std::string& tensor, const std::string& type,
                         const std::string& file);

}  // namespace gst_translate
