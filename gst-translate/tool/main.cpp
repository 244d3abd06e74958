// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// gst-translate: text to text in other languages, and what serves that.

#include "gst-translate/command-line/program.h"
#include "gst-translate/tool/bench.h"
#include "gst-translate/tool/fetch.h"
#include "gst-translate/tool/model_commands.h"
#include "gst-translate/tool/segment.h"
#include "gst-translate/tool/translate.h"

int main(int argc, char** argv) {
  using namespace gst_translate;
  const Program program = {
      "gst-translate",
      GST_LINGUA_VERSION,
      {translate_command(), bench_command(), fetch_command(), info_command(), segment_command(),
       trim_command()},
  };
  return run_program(program, argc, argv);
}
