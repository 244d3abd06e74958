// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/modelloader.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "plugins/common/error.h"
#include "plugins/nllbtranslate/debug.h"

namespace gst_lingua {

using gst_translate::Error;
using gst_translate::Translator;
using gst_translate::TranslatorOptions;

namespace {

// Between messages: gst-launch-1.0 prints each, and who has not waited for long wants none.
constexpr gint64 progress_interval = G_TIME_SPAN_SECOND;
constexpr int progress_step = 10; // percent

bool
same (const TranslatorOptions &a, const TranslatorOptions &b)
{
  return std::tie (a.model, a.device, a.precision, a.threads) ==
         std::tie (b.model, b.device, b.precision, b.threads);
}

} // namespace

void
ModelLoader::start (const TranslatorOptions &options)
{
  cancel ();
  {
    std::lock_guard<std::mutex> lock (mutex_);
    if (model_ && same (options_, options)) {
      GST_INFO_OBJECT (element_, "the model is open already");
      return;
    }
    options_ = options;
    model_ = nullptr;
    finished_ = false;
  }
  cancelled_ = false;
  GST_INFO_OBJECT (element_, "opening the model \"%s\", device %s, precision %s, threads %d",
                   options.model.c_str (), options.device.c_str (), options.precision.c_str (),
                   options.threads);
  post_progress (GST_PROGRESS_TYPE_START, 0, "Opening the model");
  try {
    thread_ = std::thread ([this, options] { load (options); });
  } catch (const std::system_error &) {
    post_progress (GST_PROGRESS_TYPE_ERROR, 0, "The model could not be opened");
    throw;
  }
}

void
ModelLoader::cancel ()
{
  cancelled_ = true;
  if (thread_.joinable ())
    thread_.join ();
}

void
ModelLoader::close ()
{
  cancel ();
  std::shared_ptr<Translator> model;
  std::lock_guard<std::mutex> lock (mutex_);
  model.swap (model_);
  finished_ = false;
}

bool
ModelLoader::finished () const
{
  std::lock_guard<std::mutex> lock (mutex_);
  return finished_;
}

std::shared_ptr<Translator>
ModelLoader::model () const
{
  std::lock_guard<std::mutex> lock (mutex_);
  return model_;
}

void
ModelLoader::load (const TranslatorOptions &options)
{
  std::shared_ptr<Translator> model;
  gint64 begin = g_get_monotonic_time ();
  Told told{0, begin};
  bool opened = post_exceptions (element_, [&] {
    try {
      model = gst_translate::open_translator (
          options, [&] (double fraction) { return report (fraction, told); });
    } catch (const Error &error) {
      // Nobody waits for a load that was given up.
      if (error.kind () != Error::Kind::Cancelled)
        throw;
    }
  });
  log_end (model.get (), (g_get_monotonic_time () - begin) / G_TIME_SPAN_MILLISECOND);
  if (model && !cancelled_)
    post_progress (GST_PROGRESS_TYPE_COMPLETE, 100, "The model is open");
  else if (opened)
    post_progress (GST_PROGRESS_TYPE_CANCELED, told.percent, "Opening the model was given up");
  else
    post_progress (GST_PROGRESS_TYPE_ERROR, told.percent, "The model could not be opened");
  {
    std::lock_guard<std::mutex> lock (mutex_);
    // A load that was given up has no end that anybody should act on.
    finished_ = model || !opened;
    model_ = std::move (model);
  }
  done_ ();
}

void
ModelLoader::log_end (const Translator *translator, gint64 ms) const
{
  if (!translator) {
    GST_INFO_OBJECT (element_, "the model is not open, after %" G_GINT64_FORMAT " ms", ms);
    return;
  }
  const gst_translate::ModelInfo &info = translator->model ();
  GST_INFO_OBJECT (element_,
                   "the model %s is open after %" G_GINT64_FORMAT
                   " ms: device %s, precision %s, %d threads, %" G_GINT64_FORMAT
                   " bytes, %zu languages",
                   info.folder.c_str (), ms, info.device.c_str (), info.precision.c_str (),
                   info.threads, static_cast<gint64> (info.bytes), info.languages.size ());
}

/// False to give up.
bool
ModelLoader::report (double fraction, Told &told)
{
  int percent = std::clamp (static_cast<int> (fraction * 100), 0, 100);
  gint64 now = g_get_monotonic_time ();
  if (percent >= told.percent + progress_step && now >= told.time + progress_interval) {
    told = {percent, now};
    post_progress (GST_PROGRESS_TYPE_CONTINUE, percent, "Opening the model");
  }
  return !cancelled_;
}

void
ModelLoader::post_progress (GstProgressType type, int percent, const gchar *text)
{
  std::string shown = text;
  if (type == GST_PROGRESS_TYPE_CONTINUE)
    shown += ": " + std::to_string (percent) + " %";
  GstMessage *message =
      gst_message_new_progress (GST_OBJECT (element_), type, "open", shown.c_str ());
  // The message is ours alone until it is posted, so its structure may be added to.
  auto *structure = const_cast<GstStructure *> (gst_message_get_structure (message));
  gst_structure_set (structure, "percent", G_TYPE_INT, percent, nullptr);
  gst_element_post_message (element_, message);
}

} // namespace gst_lingua
