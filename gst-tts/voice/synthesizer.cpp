// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/voice/synthesizer.h"

#include "gst-tts/espeak/synthesizer.h"

namespace gst_tts {

std::shared_ptr<Synthesizer> open_synthesizer(std::string_view engine, bool isolate) {
  if (engine == "auto" || engine == "espeak") return espeak::open(isolate);
  throw Error(Error::Kind::Settings, "There is no speech engine \"" + std::string(engine) +
                                         "\"; the engines are: auto, espeak.");
}

}  // namespace gst_tts
