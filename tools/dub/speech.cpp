// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/speech.h"

#include <algorithm>
#include <optional>

#include "gst-translate/text/error.h"
#include "tools/dub/cue_collector.h"
#include "tools/dub/pipeline.h"

namespace gst_lingua_dub {

using gst_translate::Error;

namespace {

/// A warning of the kind that leaves a language without text.
void throw_if_unknown(GstMessage* message) {
  GError* error = nullptr;
  gst_message_parse_warning(message, &error, nullptr);
  const std::string text = error->message;
  const bool settings = g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS);
  g_error_free(error);
  if (settings) throw Error(Error::Kind::Settings, text);
}

/// The voice of another language, which is not here now, has the property.
bool is_of_other_voice(const std::string& property, const std::string& language,
                       const Options& options) {
  return std::any_of(options.to.begin(), options.to.end(), [&](const std::string& code) {
    return code != language && property.rfind("ttssynth-" + code + "::", 0) == 0;
  });
}

void set_properties(GstElement* bin, const std::string& language, const Options& options) {
  const auto set = [&](const std::string& name, const std::string& value) {
    GObject* target = nullptr;
    GParamSpec* spec = nullptr;
    if (!gst_child_proxy_lookup(GST_CHILD_PROXY(bin), name.c_str(), &target, &spec)) return false;
    const Object<GObject> owned(target);
    GValue parsed = G_VALUE_INIT;
    g_value_init(&parsed, G_PARAM_SPEC_VALUE_TYPE(spec));
    const bool makes_sense = gst_value_deserialize(&parsed, value.c_str()) != FALSE;
    if (makes_sense) g_object_set_property(target, spec->name, &parsed);
    g_value_unset(&parsed);
    if (!makes_sense)
      throw Error(Error::Kind::Settings, "--set " + name + ": it does not take \"" + value + "\".");
    return true;
  };
  if (!options.from.empty()) set("input-language-code", options.from);
  if (!options.model.empty()) set("model", options.model);
  set("segment", options.sentences ? "true" : "false");
  auto* proxy = GST_CHILD_PROXY(bin);
  if (options.beams > 0) gst_child_proxy_set(proxy, "nllbtranslate::beams", options.beams, nullptr);
  if (options.rate > 0)
    gst_child_proxy_set(proxy, ("ttssynth-" + language + "::rate").c_str(), options.rate, nullptr);
  for (const auto& [name, value] : options.properties) {
    if (set(name, value)) continue;
    if (!is_of_other_voice(name, language, options))
      throw Error(Error::Kind::Settings, "--set " + name + ": there is no such property. " +
                                             "nllbtranslate::beams and ttssynth-" + language +
                                             "::pitch are ones.");
  }
}

}  // namespace

Part make_part(const std::vector<Cue>& cues, const std::string& language, const Options& options,
               const std::string& sound_file, const std::function<void(double)>& progress) {
  std::optional<CueCollector> collector;  // ends behind the pipeline, whose threads fill it
  Pipeline pipeline(
      "appsrc name=cues format=time max-bytes=0 caps=text/x-raw,format=utf8 ! translatespeechbin "
      "name=bin  bin.audio_" +
      language + " ! audioconvert ! flacenc ! matroskamux ! filesink name=file  bin.text_" +
      language + " ! text/x-raw,format=utf8 ! appsink name=texts async=false sync=false");
  const Object<GstElement> bin = pipeline.child("bin");
  set_properties(bin.get(), language, options);
  pipeline.set_file("file", sound_file);
  collector.emplace(pipeline.child("texts").get());
  push(pipeline.child("cues").get(), cues);

  Part part;
  part.sound = sound_file;
  const auto last = static_cast<double>(cues.back().start);
  double done = 0;
  pipeline.run(
      [&](GstMessage* message) {
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_WARNING) throw_if_unknown(message);
        const GstStructure* said = gst_message_get_structure(message);
        if (!said || !gst_structure_has_name(said, "ttssynth/synthesized-audio")) return;
        guint64 start = 0;
        guint64 duration = 0;
        if (gst_structure_get_uint64(said, "pts", &start) &&
            gst_structure_get_uint64(said, "actual-duration", &duration))
          part.speech.emplace_back(start, start + duration);
        done = last > 0 ? std::min(1.0, static_cast<double>(start) / last) : 1;
      },
      [&] { progress(done); });
  part.cues = collector->take();
  return part;
}

}  // namespace gst_lingua_dub
