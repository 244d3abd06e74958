// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>

/// What the emulated compiler says against the next text; nothing where it compiles.
void set_metal_complaint(const std::string& complaint);

/// The kernels that have run.
int metal_dispatches();
