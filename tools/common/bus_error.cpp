// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/bus_error.h"

#include <string>

namespace gst_lingua_tools {

using gst_translate::Error;

namespace {

Error::Kind kind_of(const GError* error) {
  if (error->domain == GST_RESOURCE_ERROR && error->code == GST_RESOURCE_ERROR_SETTINGS)
    return Error::Kind::Settings;
  if (error->domain == GST_RESOURCE_ERROR && error->code == GST_RESOURCE_ERROR_NOT_FOUND)
    return Error::Kind::NotFound;
  return Error::Kind::Failed;
}

/// What GStreamer says of a stream that broke, or of what cannot be written to, is of no use
/// without where and why.
bool is_bare(const GError* error) {
  return (error->domain == GST_STREAM_ERROR && error->code == GST_STREAM_ERROR_FAILED) ||
         (error->domain == GST_RESOURCE_ERROR && (error->code == GST_RESOURCE_ERROR_OPEN_WRITE ||
                                                  error->code == GST_RESOURCE_ERROR_WRITE));
}

}  // namespace

Error error_of(GstMessage* message) {
  g_autoptr(GError) error = nullptr;
  g_autofree gchar* debug = nullptr;
  gst_message_parse_error(message, &error, &debug);
  std::string text = error->message;
  const std::string detail = debug != nullptr ? debug : "";
  const size_t reason = detail.rfind('\n');  // behind where in the source it was found
  if (is_bare(error) && reason != std::string::npos)
    text +=
        " (" + std::string(GST_MESSAGE_SRC_NAME(message)) + ": " + detail.substr(reason + 1) + ")";
  if (g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT) != FALSE)
    text = "There is no space left where the output is written.";
  return Error(kind_of(error), text, detail);
}

}  // namespace gst_lingua_tools
