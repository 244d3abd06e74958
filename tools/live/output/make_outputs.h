// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/live/options.h"
#include "tools/live/output/output.h"

namespace gst_lingua_live {

/// The outputs that the command line asks for, besides the page's. `languages`: those that are
/// spoken; `transcript` lives longer; `now`: the running time. Throws `Error` for one whose
/// elements are missing.
std::vector<std::unique_ptr<Output>> make_outputs(const Options& options,
                                                  const std::vector<std::string>& languages,
                                                  const Transcript& transcript,
                                                  const std::function<GstClockTime()>& now);

}  // namespace gst_lingua_live
