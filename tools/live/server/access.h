// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <libsoup/soup.h>

#include <string>

namespace gst_lingua_live {

/// Who may ask for what.
class Access {
 public:
  /// `token`: empty, or what everybody has to show. `loopback`: the server is for this machine
  /// alone, so that whoever calls it by another name was led here by a foreign page (DNS
  /// rebinding).
  Access(std::string token, bool loopback);

  /// True if the request may be answered; else its status is set: 401, 405, 413 or 421.
  bool check(SoupServerMessage* message) const;

  /// Has the browser keep the token that it came with, if it came with one in its address.
  void remember(SoupServerMessage* message) const;

 private:
  bool has_token(SoupServerMessage* message) const;

  const std::string token_;
  std::string escaped_;  ///< as a cookie has it
  const bool loopback_;
};

/// The value of a parameter in the request's address; empty if there is none.
std::string parameter(SoupServerMessage* message, const char* name);

}  // namespace gst_lingua_live
