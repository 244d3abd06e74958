// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <initializer_list>
#include <string>

#include "gst-translate/api/translator.h"
#include "gst-translate/text/check_range.h"

namespace gst_translate {
namespace {

void check_word(const char* kind, const std::string& word,
                std::initializer_list<const char*> words) {
  if (std::find(words.begin(), words.end(), word) != words.end()) return;
  std::string list;
  for (const char* each : words)
    list += (list.empty() ? "" : ", ") + std::string(each);
  throw Error(Error::Kind::Settings,
              "\"" + word + "\" is no " + kind + ": it is one of " + list + ".");
}

bool is_numbered_cuda(const std::string& device) {
  const std::string start = "cuda:";
  return device.size() > start.size() && device.size() <= start.size() + 3 &&
         device.compare(0, start.size(), start) == 0 &&
         device.find_first_not_of("0123456789", start.size()) == std::string::npos;
}

}  // namespace

void check_options(const TranslatorOptions& options) {
  if (!is_numbered_cuda(options.device))
    check_word("device", options.device, {"auto", "cpu", "cuda", "cuda:0", "mps"});
  check_word("precision", options.precision, {"auto", "float32", "float16", "bfloat16", "int8"});
  check_word("backend", options.backend, {"auto", "cpu", "torch"});
  check_range<int>("threads", options.threads, 0, TranslatorOptions::most_threads);

  const bool other_device = options.device != "auto" && options.device != "cpu";
  if (options.backend == "cpu" && other_device)
    throw Error(Error::Kind::Settings, "The backend cpu does not run on the device " +
                                           options.device + ": leave one of the two at auto.");
  if (options.backend == "cpu" && options.precision == "bfloat16")
    throw Error(Error::Kind::Settings,
                "The backend cpu has no precision bfloat16: ask for float16, or for the backend "
                "auto.");
  if (options.precision == "int8" && options.backend == "torch")
    throw Error(Error::Kind::Settings,
                "The backend torch has no precision int8: ask for the backend auto, or for "
                "bfloat16.");
}

}  // namespace gst_translate
