// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/unit/thread_limit.h"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <memory>

#include "gst-translate/text/export.h"

namespace {

std::atomic<int> running{0};
std::atomic<bool> limited{false};
std::atomic<int> most{0};

struct Work {
  void* (*start)(void*);
  void* argument;
};

void* run(void* context) {
  const std::unique_ptr<Work> work(static_cast<Work*>(context));
  void* result = work->start(work->argument);
  --running;
  return result;
}

}  // namespace

ThreadLimit::ThreadLimit(int threads) {
  most = running + threads;
  limited = true;
}

ThreadLimit::~ThreadLimit() {
  limited = false;
}

extern "C" GST_LINGUA_EXPORT int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                                void* (*start)(void*), void* argument) noexcept {
  static const auto create =
      reinterpret_cast<decltype(&pthread_create)>(dlsym(RTLD_NEXT, "pthread_create"));
  if (++running > most && limited) {
    --running;
    return EAGAIN;
  }
  auto work = std::make_unique<Work>(Work{start, argument});
  const int status = create(thread, attributes, run, work.get());
  if (status == 0)
    static_cast<void>(work.release());
  else
    --running;
  return status;
}
