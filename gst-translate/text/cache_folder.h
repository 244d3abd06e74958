// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <pwd.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "gst-translate/text/environment.h"

namespace gst_translate {

/// Where the user's programs keep what can be made or fetched again: XDG_CACHE_HOME, else .cache in
/// the home folder. A service may have no HOME in its environment; its user has one all the same.
/// Not to be called while another thread asks for a user's entry.
inline std::filesystem::path cache_folder() {
  if (const std::string cache = environment_variable("XDG_CACHE_HOME"); !cache.empty())
    return cache;
  if (const std::string home = environment_variable("HOME"); !home.empty())
    return std::filesystem::path(home) / ".cache";
  const passwd* user = getpwuid(getuid());  // NOLINT(concurrency-mt-unsafe)
  return std::filesystem::path(user == nullptr ? "" : user->pw_dir) / ".cache";
}

}  // namespace gst_translate
