// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/output/aac.h"

#include "gst-translate/text/error.h"
#include "tools/common/element.h"

namespace gst_lingua_live {

using gst_lingua_tools::has_element;

std::string aac_encoder() {
  using gst_translate::Error;
  for (const char* encoder : {"fdkaacenc", "voaacenc", "avenc_aac"})
    if (has_element(encoder))
      return std::string("audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1 ! ") +
             encoder + " bitrate=64000 ! aacparse";
  throw Error(Error::Kind::Unavailable,
              "There is no encoder for AAC: voaacenc of gstreamer1.0-plugins-bad is one.");
}

}  // namespace gst_lingua_live
