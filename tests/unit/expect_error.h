// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gtest/gtest.h>

#include <string>

#include "gst-translate/text/error.h"

/// Expects an `Error` of a kind whose message holds a text.
template <typename Function>
void expect_error(gst_translate::Error::Kind kind, const std::string& part, Function function) {
  try {
    function();
    ADD_FAILURE() << "nothing was thrown; expected \"" << part << "\"";
  } catch (const gst_translate::Error& error) {
    EXPECT_EQ(static_cast<int>(error.kind()), static_cast<int>(kind)) << error.what();
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}
