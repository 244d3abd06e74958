// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

namespace gst_translate {

/// `gst-translate info FOLDER`: what a model folder holds. Throws `Error` and `UsageError`.
int info_command(int argc, char** argv);

/// `gst-translate trim FOLDER OUT`: writes a smaller model. Throws `Error` and `UsageError`.
int trim_command(int argc, char** argv);

extern const char* const info_usage;
extern const char* const trim_usage;

}  // namespace gst_translate
