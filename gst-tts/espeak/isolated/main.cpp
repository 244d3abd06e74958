// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// gst-lingua-espeak: espeak-ng in processes of its own. libgst-tts starts it.

#include <unistd.h>

#include "gst-tts/espeak/isolated/server.h"

int main() {
  // No destructor of a library has anything to do.
  _exit(gst_tts::espeak::run_helper());
}
