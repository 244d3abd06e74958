// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/make_outputs.h"

namespace gst_lingua_live {

std::vector<std::unique_ptr<Output>> make_outputs(const Options& options,
                                                  const std::vector<std::string>& spoken) {
  static_cast<void>(options);
  static_cast<void>(spoken);
  return {};
}

}  // namespace gst_lingua_live
