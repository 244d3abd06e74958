// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// gst-lingua-live: captions and speech in several languages, served while somebody speaks.

#include <gst/gst.h>

#include "gst-translate/command-line/program.h"
#include "tools/live/application.h"
#include "tools/live/options.h"

namespace {

int run(int argc, char** argv, const std::vector<gst_translate::OptionSpec>& specs) {
  const auto options = gst_lingua_live::parse_options(argc, argv, specs);
  gst_init(nullptr, nullptr);
  return gst_lingua_live::Application(options).run();
}

}  // namespace

int main(int argc, char** argv) {
  const gst_translate::Program program = {
      "gst-lingua-live",
      GST_LINGUA_VERSION,
      {{
          "",
          "--to CODE,... [OPTION...] [INPUT]",
          "serves live translation",
          "Translates what is said into several languages while it is said, and serves captions "
          "and "
          "speech as a web page.",
          gst_lingua_live::option_specs(),
          run,
          "INPUT is text on standard input (-, the default), a file of captions (.srt, "
          ".vtt, .sub) played in real time, or anything that GStreamer plays: a file with a text "
          "track, an address of "
          "http, srt or rtmp.",
      }},
  };
  return gst_translate::run_program(program, argc, argv);
}
