// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <memory>

namespace gst_lingua_tools {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};

/// Owns one reference to a GObject.
template <typename T>
using Object = std::unique_ptr<T, Unref>;

/// One more reference.
template <typename T>
Object<T> share(T* object) {
  return Object<T>(static_cast<T*>(g_object_ref(object)));
}

/// Takes over a reference that floats.
template <typename T>
Object<T> sink(T* object) {
  return Object<T>(static_cast<T*>(g_object_ref_sink(object)));
}

}  // namespace gst_lingua_tools
