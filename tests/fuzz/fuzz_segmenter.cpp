// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Any bytes, in any pieces: the sentences are the same as of the whole, and nothing is lost.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/segment/segmenter.h"
#include "tests/unit/without_space.h"

using namespace gst_translate;

namespace {

constexpr const char* languages[] = {"",   "en", "de", "ja", "zh", "th", "hi", "ar",
                                     "hy", "el", "da", "it", "ko", "am", "fr", "ru"};

std::vector<Sentence> segment(const SegmenterOptions& options, std::string_view text,
                              uint8_t pieces) {
  Segmenter segmenter(options);
  std::vector<Sentence> sentences;
  uint32_t state = pieces;
  for (size_t at = 0; at < text.size();) {
    state = state * 1664525u + 1013904223u;
    const size_t size = pieces == 0 ? text.size() : 1 + (state >> 24) % pieces;
    segmenter.push(text.substr(at, size));
    at += size;
    while (auto sentence = segmenter.next())
      sentences.push_back(std::move(*sentence));
  }
  while (auto sentence = segmenter.finish())
    sentences.push_back(std::move(*sentence));
  return sentences;
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  SegmenterOptions options;
  options.language = languages[data[0] % std::size(languages)];
  options.max_chars = data[1] < 128 ? 0 : data[1] - 120u;
  options.min_chars = data[2] < 128 ? 0 : data[2] - 128u;
  std::string text;
  for (size_t i = 4; i < size; ++i)
    text += static_cast<char>(data[i]);

  const std::vector<Sentence> whole = segment(options, text, 0);
  const std::vector<Sentence> pieces = segment(options, text, data[3] | 1);
  if (whole.size() != pieces.size()) fail("the number of sentences depends on the pieces");
  std::string all;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (whole[i].text != pieces[i].text || whole[i].reason != pieces[i].reason ||
        whole[i].complete != pieces[i].complete)
      fail("a sentence depends on the pieces");
    if (whole[i].text.empty() || trim(whole[i].text) != whole[i].text)
      fail("a sentence is empty, or has white space at its ends");
    all += whole[i].text;
  }
  Utf8Stream stream;
  std::string valid = stream.push(text);
  valid += stream.finish();
  if (without_space(all) != without_space(valid)) fail("text was lost, changed or doubled");
  return 0;
}
