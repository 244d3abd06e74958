// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "gst-translate/api/translator.h"

namespace gst_lingua {

/// Opens a model on a thread of its own, with PROGRESS messages of code "open" (and their field
/// `percent`), a second apart or more; a failure is an ERROR message followed by a PROGRESS ERROR.
class ModelLoader
{
public:
  /// `done` is called, from that thread, when loading has ended either way.
  ModelLoader (GstElement *element, std::function<void ()> done)
      : element_ (element), done_ (std::move (done))
  {
  }
  ~ModelLoader ()
  {
    cancel ();
  }
  ModelLoader (const ModelLoader &) = delete;
  ModelLoader &operator= (const ModelLoader &) = delete;

  /// Begins to load, unless that very model is open already.
  void start (const gst_translate::TranslatorOptions &options);

  /// Gives up a load in progress; an open model stays open.
  void cancel ();

  /// Lets go of the model.
  void close ();

  /// Loading has ended: `model()` tells how.
  bool finished () const;

  /// The open model; null before the end of the load and after a failure.
  std::shared_ptr<gst_translate::Translator> model () const;

private:
  /// How far the last message said that a load is, and when.
  struct Told
  {
    int percent;
    gint64 time; ///< monotonic, in us
  };

  void load (const gst_translate::TranslatorOptions &options);
  bool report (double fraction, Told &told);
  void log_end (const gst_translate::Translator *translator, gint64 ms) const;
  void post_progress (GstProgressType type, int percent, const gchar *text);

  GstElement *const element_;
  const std::function<void ()> done_;
  std::thread thread_;
  std::atomic<bool> cancelled_{false};

  mutable std::mutex mutex_;
  gst_translate::TranslatorOptions options_;
  std::shared_ptr<gst_translate::Translator> model_;
  bool finished_ = false;
};

} // namespace gst_lingua
