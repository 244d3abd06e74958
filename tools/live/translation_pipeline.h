// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <list>
#include <string>
#include <vector>

#include "tools/common/object.h"
#include "tools/live/options.h"
#include "tools/live/speech.h"

namespace gst_lingua_live {

using gst_lingua_tools::Object;

/// Text in, captions and speech in each language out, as soon as they can be made. Sound comes at
/// the pace of the clock, whether somebody speaks or not.
class TranslationPipeline {
 public:
  struct Listener {
    // In the main thread.
    std::function<void()> ready;  ///< it plays, and the model is loaded
    std::function<void(const Caption&)> caption;
    std::function<void(const Speech&)> speech;
    std::function<void(const std::string& message, bool settings)> failure;
    std::function<void()> end;  ///< after `end()`, when all was handed over
    // In a thread a language.
    std::function<void(const std::string& language, GstSample*)> sound;
  };

  /// `whole_words`: the pieces of text want spaces between them. Throws `Error` for an element that
  /// is missing.
  TranslationPipeline(const Options& options, bool whole_words, Listener listener);
  ~TranslationPipeline();
  TranslationPipeline(const TranslationPipeline&) = delete;
  TranslationPipeline& operator=(const TranslationPipeline&) = delete;

  /// The languages that are spoken: all that have a voice.
  const std::vector<std::string>& spoken() const { return spoken_; }

  GstElement* element() const { return pipeline_.get(); }

  void start();
  void stop();

  /// The running time in ns; 0 before it plays.
  GstClockTime now() const;

  // From any thread. They block while more waits than can be translated, until `stop()`.
  void push(const std::string& text);
  void end_utterance();
  void end();

 private:
  struct Branch;
  /// What one sink does with its samples, in its thread.
  struct Taker {
    Branch* branch;
    void (*take)(Branch&, GstSample*);
  };
  /// One language.
  struct Branch {
    TranslationPipeline* owner;
    std::string language;
    std::list<Taker> takers;
  };

  Object<GstElement> add(Object<GstElement> element);
  void set(const std::string& element, const char* property, const std::string& value);
  void link(const std::string& pad, const std::string& line, Branch& branch,
            void (*take)(Branch&, GstSample*));
  void add_captions(Branch& branch);
  void add_speech(Branch& branch);
  void take_caption(Branch& branch, GstSample* sample);
  void take_message(GstMessage* message);
  void check_ready();
  void take_speech(const GstStructure* spoken);

  const Listener listener_;
  const std::string max_lag_;  ///< ms
  std::vector<std::string> spoken_;
  std::list<Branch> branches_;
  Object<GstElement> pipeline_, source_, translate_;
  guint watch_ = 0;
  bool loaded_ = false, plays_ = false, ready_ = false;
};

}  // namespace gst_lingua_live
