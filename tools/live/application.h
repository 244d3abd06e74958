// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/live/main_thread.h"
#include "tools/live/options.h"
#include "tools/live/output/output.h"
#include "tools/live/server/web_server.h"
#include "tools/live/source/text_source.h"
#include "tools/live/transcript.h"
#include "tools/live/translation_pipeline.h"

namespace gst_lingua_live {

/// The whole program: text from the source through the pipeline to the server and the outputs.
class Application {
 public:
  /// Throws `Error` for what cannot be opened or is missing.
  explicit Application(const Options& options);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Until it is interrupted, fails or, with `end_with_input`, the input has ended. Returns the
  /// exit status.
  int run();

 private:
  TranslationPipeline::Listener listener();
  void begin();
  void take(const Caption& caption);
  void take(const Speech& speech);
  void input_ended(const std::string& failure);
  template <typename Work>
  void each_output(Work work) const;
  void output_ended();
  void quit(int status);

  const Options& options_;
  const std::unique_ptr<TextSource> source_;
  Transcript transcript_;
  TranslationPipeline pipeline_;
  const std::unique_ptr<WebmOutput> speech_;
  const std::vector<std::unique_ptr<Output>> outputs_;  ///< the others
  WebServer server_;
  GMainLoop* const loop_;
  std::optional<Timer> last_words_;
  int status_ = 0;
  bool input_ended_ = false;
};

}  // namespace gst_lingua_live
