// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <pthread.h>

namespace gst_translate {

/// Names the calling thread, for debuggers and profilers: else it has the process' name, as all the
/// others. Linux keeps 15 characters and refuses longer names.
inline void name_thread(const char* name) {
#if defined(__APPLE__)
  pthread_setname_np(name);
#else
  pthread_setname_np(pthread_self(), name);
#endif
}

}  // namespace gst_translate
