// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/ttssynth/speakers.h"

#include <algorithm>
#include <cstdint>

namespace gst_lingua {

using gst_tts::Error;

namespace {

// More than anybody can tell apart.
constexpr int most_voices = 24;

/// FNV-1a, the same on every machine.
uint32_t
hash_of (const std::string &name)
{
  uint32_t hash = 2166136261U;
  for (const char c : name)
    hash = (hash ^ static_cast<uint8_t> (c)) * 16777619U;
  return hash;
}

bool
number_in (const GstStructure *structure, const char *field, double &number)
{
  const GValue *value = gst_structure_get_value (structure, field);
  if (!value)
    return true;
  GValue as_double = G_VALUE_INIT;
  g_value_init (&as_double, G_TYPE_DOUBLE);
  bool is_number = !G_VALUE_HOLDS_STRING (value) && g_value_transform (value, &as_double);
  if (is_number)
    number = g_value_get_double (&as_double);
  return is_number;
}

bool
manner_in (const GstStructure *structure, SpeakerManner &manner)
{
  if (const gchar *voice = gst_structure_get_string (structure, "voice"))
    manner.voice = voice;
  else if (gst_structure_has_field (structure, "voice"))
    return false;
  return number_in (structure, "pitch", manner.pitch) && manner.pitch >= -12 &&
         manner.pitch <= 12 && number_in (structure, "rate", manner.rate) && manner.rate >= 0.5 &&
         manner.rate <= 4;
}

} // namespace

std::optional<SpeakerMap>
speaker_map_in (const GstStructure *structure)
{
  if (!structure)
    return std::nullopt;
  SpeakerMap speakers;
  for (int i = 0; i < gst_structure_n_fields (structure); i++) {
    const char *name = gst_structure_nth_field_name (structure, static_cast<guint> (i));
    const GValue *value = gst_structure_get_value (structure, name);
    SpeakerManner manner;
    bool understood = false;
    if (G_VALUE_HOLDS_STRING (value)) {
      const gchar *voice = g_value_get_string (value);
      manner.voice = voice ? voice : "";
      understood = true;
    } else if (GST_VALUE_HOLDS_STRUCTURE (value)) {
      understood = manner_in (gst_value_get_structure (value), manner);
    }
    if (!understood)
      throw Error (Error::Kind::Settings,
                   "speaker-map says nothing that is known of \"" + std::string (name) +
                       "\": a speaker has the name of a voice, or a structure with voice, pitch "
                       "(-12 to 12) and rate (0.5 to 4).");
    speakers[name] = manner;
  }
  return speakers;
}

GstStructure *
structure_of (const std::optional<SpeakerMap> &speakers)
{
  if (!speakers)
    return nullptr;
  GstStructure *structure = gst_structure_new_empty ("speakers");
  for (const auto &[name, manner] : *speakers) {
    GstStructure *one = gst_structure_new ("speaker", "pitch", G_TYPE_DOUBLE, manner.pitch, "rate",
                                           G_TYPE_DOUBLE, manner.rate, nullptr);
    if (!manner.voice.empty ())
      gst_structure_set (one, "voice", G_TYPE_STRING, manner.voice.c_str (), nullptr);
    gst_structure_set (structure, name.c_str (), GST_TYPE_STRUCTURE, one, nullptr);
    gst_structure_free (one);
  }
  return structure;
}

void
Speakers::apply (const std::optional<SpeakerMap> &map, const std::string &speaker,
                 gst_tts::SpeechRequest &request)
{
  if (!map || speaker.empty ())
    return;
  SpeakerManner manner;
  if (auto known = map->find (speaker); known != map->end ())
    manner = known->second;
  if (manner.voice.empty ())
    request.speaker = number_of (speaker);
  else
    request.voice = manner.voice;
  request.pitch += manner.pitch;
  request.rate *= manner.rate;
}

int
Speakers::number_of (const std::string &speaker)
{
  auto known = numbers_.find (speaker);
  if (known != numbers_.end ())
    return known->second;
  auto taken = [this] (int number) {
    return std::any_of (numbers_.begin (), numbers_.end (),
                        [number] (const auto &row) { return row.second == number; });
  };
  auto first = static_cast<int> (hash_of (speaker) % most_voices);
  int number = first + 1;
  for (int i = 0; i < most_voices && taken (number); i++)
    number = (first + i + 1) % most_voices + 1;
  numbers_[speaker] = number;
  return number;
}

} // namespace gst_lingua
