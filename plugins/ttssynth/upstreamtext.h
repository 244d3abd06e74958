// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <gst/gst.h>

#include <cstddef>
#include <string>

// What upstream's buffers and events say of their texts.

namespace gst_lingua {

/// A text's own times.
struct Times
{
  GstClockTime pts;
  GstClockTime duration;
};

Times times_of (GstBuffer *text);

/// Its first bytes, enough to know what it is: so many at most.
constexpr size_t most_first_bytes = 64;
std::string first_bytes (GstBuffer *text);

/// Who speaks, as the elements before say; empty where they do not.
std::string speaker_in (GstBuffer *text);

/// Whether no text behind the event belongs to one before it.
bool ends_text (GstEvent *event);

} // namespace gst_lingua
