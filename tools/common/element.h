// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/// Elements and launch lines, with errors as exceptions.

#pragma once

#include <gst/gst.h>

#include <string>
#include <vector>

#include "tools/common/object.h"

namespace gst_lingua_tools {

/// True if the installed GStreamer has an element of that name.
bool has_element(const std::string& factory);

/// Throws `Error` Unavailable that names the first of the elements that is not installed.
void need_elements(const std::vector<std::string>& factories);

/// Throws as `need_elements`.
Object<GstElement> make_element(const std::string& factory);

/// A launch line as a pipeline. Throws `Error` Unavailable.
Object<GstElement> parse_pipeline(const std::string& line);

/// A launch line as a bin with ghost pads for what is not linked. Throws `Error` Unavailable.
Object<GstElement> parse_bin(const std::string& line);

/// The child of that name, which has to be there.
Object<GstElement> child(GstElement* bin, const std::string& name);

}  // namespace gst_lingua_tools
