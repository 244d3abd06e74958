// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>

#include "plugins/common/queuetask.h"
#include "plugins/common/textinput.h"

/// What the three elements do in the same way: the properties that all of them have, their changes
/// of state, values between GObject and C++. No type of GObject is registered here: three plugin
/// files would do it under one name.
namespace gst_lingua {

/// Installs `encoding`, `latency`, `lateness`, `max-observed-delay` and `stats`, whose ids lie
/// behind an element's own. A name, ms, ms, ms, and a GstStructure.
void install_shared_properties (GObjectClass *klass, guint default_latency);

/// False: this is not one of them, or cannot be set.
bool set_shared_property (QueueTask &queue, TextInput &input, guint id, const GValue *value);
bool get_shared_property (const QueueTask &queue, const TextInput &input, guint id, GValue *value);

/// What an element does on its way up and down. An exception on the way up becomes an ERROR
/// message, and the change of state fails.
struct StateHooks
{
  std::function<void ()> open;  ///< NULL to READY
  std::function<void ()> start; ///< READY to PAUSED, before the pads
  std::function<void ()> stop;  ///< PAUSED to READY, before the pads
  std::function<void ()> close; ///< READY to NULL
};

/// An element's change_state.
GstStateChangeReturn change_state (GstElement *element, GstElementClass *parent_class,
                                   GstStateChange transition, QueueTask &queue,
                                   const TextInput &input, const StateHooks &hooks);

/// The flags of a property that may be changed at any time, and of one that counts for a whole
/// run.
constexpr auto playing_flags = static_cast<GParamFlags> (
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
constexpr auto ready_flags =
    static_cast<GParamFlags> (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY);

/// Empty for null, and null for empty.
std::string string_in (const GValue *value);
void set_string (GValue *value, const std::string &text);

/// Throws `Error` Settings unless the property is empty or a code that some language has.
void check_language (GstElement *element, const char *property, const std::string &code);

} // namespace gst_lingua
