// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/// What GStreamer's own functions do, with errors as exceptions.

#pragma once

#include <gst/gst.h>

#include <string>

#include "tools/live/object.h"

namespace gst_lingua_live {

/// True if the installed GStreamer has an element of that name.
bool has_element(const char* factory);

/// Throws `Error` Unavailable that names the element.
Object<GstElement> make_element(const char* factory);

/// A launch line as a pipeline. Throws `Error`.
Object<GstElement> parse_pipeline(const std::string& line);

/// A launch line as a bin with ghost pads for what is not linked. Throws `Error`.
Object<GstElement> parse_bin(const std::string& line);

/// The child of that name, which has to be there.
Object<GstElement> child(GstElement* bin, const char* name);

/// A buffer's bytes.
std::string text_of(GstBuffer* buffer);

/// The message of the first error on the pipeline's bus, for the user; empty if there is none.
std::string first_error(GstElement* pipeline);

/// What an error or warning on the bus says to the user.
std::string text_of_error(GstMessage* message);

}  // namespace gst_lingua_live
