// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/engine/split.h"

#include <algorithm>

#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {
namespace {

std::vector<std::string> segment(std::string_view text, const SegmenterOptions& options) {
  Segmenter segmenter(options);
  segmenter.push(text);
  std::vector<std::string> sentences;
  while (auto sentence = segmenter.next())
    sentences.push_back(std::move(sentence->text));
  while (auto sentence = segmenter.finish())
    sentences.push_back(std::move(sentence->text));
  return sentences;
}

}  // namespace

std::vector<TextPart> split_sentences(std::string_view text, std::string_view language) {
  SegmenterOptions options;
  options.language = language;
  std::vector<TextPart> parts;
  size_t end = 0;
  for (auto& sentence : segment(text, options)) {
    const size_t begin = text.find(sentence, end);
    int breaks = 0;
    // Replaced bytes are not found again: then the line breaks before them are not kept.
    if (begin != std::string_view::npos) {
      const std::string_view gap = text.substr(end, begin - end);
      breaks = static_cast<int>(std::count(gap.begin(), gap.end(), '\n'));
      end = begin + sentence.size();
    }
    parts.push_back({std::move(sentence), parts.empty() ? 0 : breaks});
  }
  return parts;
}

std::vector<std::string> split_clauses(std::string_view sentence, std::string_view language,
                                       size_t width) {
  SegmenterOptions options;
  options.language = language;
  options.max_chars = std::max<size_t>(width, 1);
  return segment(sentence, options);
}

size_t text_width(std::string_view text) {
  size_t width = 0;
  for (size_t position = 0; position < text.size();)
    width += is_cjk(next_character(text, position)) ? 2U : 1U;
  return width;
}

}  // namespace gst_translate
