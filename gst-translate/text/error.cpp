// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/error.h"

namespace gst_translate {

Error::~Error() = default;

}  // namespace gst_translate
