// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

/// While it lives, the process has so many threads more than it had and no others, as under a limit
/// of the user or of a container: `pthread_create` answers EAGAIN. One at a time, made while no
/// thread comes or goes. The executable is linked with thread_limit.cpp, whose `pthread_create`
/// stands before the library's.
class ThreadLimit {
 public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;
};
