// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/debug.h"

#include "gst-translate/text/log.h"

GST_DEBUG_CATEGORY (gst_lingua_debug);
GST_DEBUG_CATEGORY_STATIC (gst_lingua_core_debug);

namespace gst_lingua {
namespace {

using gst_translate::LogHook;
using gst_translate::LogLevel;

GstDebugLevel
debug_level (LogLevel level)
{
  switch (level) {
  case LogLevel::Error:
    return GST_LEVEL_ERROR;
  case LogLevel::Warning:
    return GST_LEVEL_WARNING;
  case LogLevel::Info:
    return GST_LEVEL_INFO;
  case LogLevel::Debug:
    return GST_LEVEL_DEBUG;
  case LogLevel::Trace:
    break;
  }
  return GST_LEVEL_LOG;
}

bool
core_wants (LogLevel level)
{
  return gst_debug_category_get_threshold (gst_lingua_core_debug) >= debug_level (level);
}

void
core_writes (LogLevel level, const char *area, const char *message)
{
  GST_CAT_LEVEL_LOG (gst_lingua_core_debug, debug_level (level), nullptr, "%s: %s", area, message);
}

const LogHook hook = {core_wants, core_writes};

} // namespace

void
init_debug ()
{
  GST_DEBUG_CATEGORY_INIT (gst_lingua_debug, "lingua", 0, "shared parts of gst-lingua's elements");
  GST_DEBUG_CATEGORY_INIT (gst_lingua_core_debug, "linguacore", 0,
                           "gst-lingua's translation and speech");
  gst_translate::set_log_hook (&hook);
}

} // namespace gst_lingua
