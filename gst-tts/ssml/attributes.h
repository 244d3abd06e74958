// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string_view>

// The values of SSML's attributes (W3C, 2010; Azure's and Google's documentation for what that
// leaves open). Nothing where a value is none.

namespace gst_tts::ssml {

/// Seconds: "500ms", "1.5s".
std::optional<double> parse_time(std::string_view value);

/// Seconds of a break: "none", "x-weak" to "x-strong".
std::optional<double> parse_strength(std::string_view value);

/// A factor: "slow", "80%", "1.2", and as a change "+20%".
std::optional<double> parse_rate(std::string_view value);

/// Semitones: "high", "+2st", "+10%", "+20Hz", "150Hz". Hz count from 110, about what the pitch of
/// a man's voice is, for nobody knows the voice yet.
std::optional<double> parse_pitch(std::string_view value);

/// A factor: "soft", "+6dB", "50" (of 100), "+10%".
std::optional<double> parse_volume(std::string_view value);

}  // namespace gst_tts::ssml
