// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

/// Before what a public header declares and a shared library defines: everything else is hidden in
/// the libraries. Classes that are thrown carry it too, so that all who catch them mean the same.
#define GST_LINGUA_EXPORT __attribute__((visibility("default")))
