// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// What the cores throw for faults that the caller cannot prevent. `what()` is one sentence for the
/// user that names what is wrong and, where there is a remedy, what to do.
class GST_LINGUA_EXPORT Error : public std::runtime_error {
 public:
  /// What kind of remedy there is; the elements derive the GError domain from it.
  enum class Kind {
    NotFound,     ///< a file, folder, model, voice or dictionary is missing
    Unreadable,   ///< it exists and cannot be read
    Corrupt,      ///< it can be read and its contents are wrong
    Settings,     ///< a setting, or a combination of settings, makes no sense
    Unavailable,  ///< this build or machine lacks the device, kernel or library asked for
    Memory,       ///< the machine or the device ran out of memory
    Cancelled,    ///< the caller asked for it
    Failed,       ///< the work itself failed
  };

  Error(Kind kind, const std::string& message, std::string detail = {})
      : std::runtime_error(message), kind_(kind), detail_(std::move(detail)) {}

  // Defined in the library, which so is the home of the class in a process.
  ~Error() override;
  Error(const Error&) = default;
  Error& operator=(const Error&) = default;

  Kind kind() const noexcept { return kind_; }

  /// For who looks for the cause: what a library or the system said, in its own words. Often empty.
  const std::string& detail() const noexcept { return detail_; }

 private:
  Kind kind_;
  std::string detail_;
};

}  // namespace gst_translate
