// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/application.h"

#include <glib-unix.h>

#include <csignal>
#include <iostream>
#include <utility>

#include "gst-translate/command-line/program.h"
#include "tools/common/ending_signals.h"
#include "tools/live/main_thread.h"
#include "tools/live/output/make_outputs.h"

namespace gst_lingua_live {

Application::Application(const Options& options)
    : options_(options),
      source_(make_source(options)),
      transcript_(static_cast<size_t>(options.transcript)),
      pipeline_(options, source_->whole_words(), listener()),
      speech_(std::make_unique<WebmOutput>(pipeline_.spoken())),
      outputs_(make_outputs(options, pipeline_.spoken(), transcript_,
                            [this] { return pipeline_.now(); })),
      server_(options, transcript_, *speech_, pipeline_.spoken(),
              [this] { return pipeline_.now(); }),
      loop_(g_main_loop_new(nullptr, FALSE)) {}

Application::~Application() {
  g_main_loop_unref(loop_);
}

template <typename Work>
void Application::each_output(Work work) const {
  work(*speech_);
  for (const auto& output : outputs_)
    work(*output);
}

TranslationPipeline::Listener Application::listener() {
  TranslationPipeline::Listener all;
  all.ready = [this] { begin(); };
  all.caption = [this](const Caption& caption) { take(caption); };
  all.speech = [this](const Speech& speech) { take(speech); };
  all.failure = [this](const std::string& message, bool settings) {
    gst_translate::warn(message);
    quit(settings ? 2 : 1);
  };
  all.end = [this] { output_ended(); };
  all.sound = [this](const std::string& language, GstSample* sample) {
    each_output([&](Output& output) { output.sound(language, sample); });
  };
  return all;
}

int Application::run() {
  const auto interrupted = [](gpointer self) -> gboolean {
    static_cast<Application*>(self)->quit(0);
    return G_SOURCE_CONTINUE;
  };
  std::vector<guint> signals;
  for (const int number : gst_lingua_tools::ending_signals())
    signals.push_back(g_unix_signal_add(number, interrupted, this));
  std::signal(SIGPIPE, SIG_IGN);  // a transcriber or client that has gone is no reason to end
  pipeline_.start();
  std::cout << "The page is at " << server_.address() << std::endl;
  if (options_.open) {
    const char* command[] = {"xdg-open", nullptr, nullptr};
    const std::string address = server_.address();
    command[1] = address.c_str();
    g_spawn_async(nullptr, const_cast<char**>(command), nullptr,
                  static_cast<GSpawnFlags>(G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                                           G_SPAWN_STDERR_TO_DEV_NULL),
                  nullptr, nullptr, nullptr, nullptr);
  }
  g_main_loop_run(loop_);
  for (const guint id : signals)
    g_source_remove(id);
  each_output([](Output& output) { output.finish(); });
  // What blocks the source lets it go first.
  pipeline_.stop();
  source_->stop();
  return status_;
}

/// What is said from now on is translated at once.
void Application::begin() {
  each_output([this](Output& output) { output.start(pipeline_.element()); });
  TextSource::Listener listener;
  listener.text = [this](const std::string& text) { pipeline_.push(text); };
  listener.utterance_end = [this] { pipeline_.end_utterance(); };
  listener.end = [this](const std::string& failure) {
    run_in_main([this, failure] { input_ended(failure); });
  };
  source_->start(std::move(listener));
}

void Application::take(const Caption& caption) {
  const Sentence& sentence = transcript_.add(caption);
  server_.caption(sentence, caption.language);
  each_output([&](Output& output) { output.caption(sentence, caption.language); });
  if (sentence.translations.at(caption.language).spoken) server_.spoken(sentence, caption.language);
}

void Application::take(const Speech& speech) {
  const Sentence* sentence = transcript_.add(speech);
  if (sentence == nullptr) return;
  server_.spoken(*sentence, speech.language);
  each_output([&](Output& output) { output.caption(*sentence, speech.language); });
}

void Application::input_ended(const std::string& failure) {
  if (std::exchange(input_ended_, true)) return;
  if (!failure.empty()) {
    gst_translate::warn(failure);
    status_ = 1;
  }
  pipeline_.end();
}

/// All was said that came.
void Application::output_ended() {
  server_.end();
  each_output([](Output& output) { output.finish(); });
  // Nothing was said that could be read: the input could not be opened.
  const bool in_vain = status_ != 0 && transcript_.sentences().empty();
  if (options_.end_with_input || in_vain) {
    // What was said last is still on its way to the clients.
    last_words_.emplace(300, [this] { quit(status_); });
    return;
  }
  std::cout << "The input has ended. What was said is served until Ctrl-C." << std::endl;
}

void Application::quit(int status) {
  status_ = std::max(status_, status);
  g_main_loop_quit(loop_);
}

}  // namespace gst_lingua_live
