// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/error.h"

#include <exception>
#include <new>

namespace gst_lingua {
namespace {

using gst_translate::Error;

void
post (GstElement *element, GstMessageType type, const Error &error, Place place)
{
  ErrorCode where = error_code (error.kind ());
  gchar *detail = error.detail ().empty () ? nullptr : g_strdup (error.detail ().c_str ());
  gst_element_message_full (element, type, where.domain, where.code, g_strdup (error.what ()),
                            detail, place.file, place.function, place.line);
}

} // namespace

ErrorCode
error_code (Error::Kind kind)
{
  switch (kind) {
  case Error::Kind::NotFound:
  case Error::Kind::Unavailable:
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND};
  case Error::Kind::Unreadable:
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ};
  case Error::Kind::Corrupt:
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ};
  case Error::Kind::Settings:
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS};
  case Error::Kind::Memory:
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT};
  case Error::Kind::Cancelled:
  case Error::Kind::Failed:
    break;
  }
  return {GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED};
}

void
post_error (GstElement *element, const Error &error, Place place)
{
  post (element, GST_MESSAGE_ERROR, error, place);
}

void
post_warning (GstElement *element, const Error &error, Place place)
{
  post (element, GST_MESSAGE_WARNING, error, place);
}

bool
post_exceptions (GstElement *element, const std::function<void ()> &work, Place place)
{
  try {
    work ();
    return true;
  } catch (const Error &error) {
    post_error (element, error, place);
  } catch (const std::bad_alloc &) {
    post_error (element, Error (Error::Kind::Memory, "The machine ran out of memory."), place);
  } catch (const std::exception &error) {
    post_error (element, Error (Error::Kind::Failed, error.what ()), place);
  } catch (...) {
    post_error (element, Error (Error::Kind::Failed, "Something unknown went wrong."), place);
  }
  return false;
}

} // namespace gst_lingua
