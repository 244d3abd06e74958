// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {

inline std::vector<std::string> texts(const std::vector<Sentence>& sentences) {
  std::vector<std::string> result;
  result.reserve(sentences.size());
  for (const Sentence& sentence : sentences)
    result.push_back(sentence.text);
  return result;
}

/// Everything certain by now.
inline std::vector<Sentence> drain(Segmenter& segmenter) {
  std::vector<Sentence> sentences;
  while (auto sentence = segmenter.next())
    sentences.push_back(*sentence);
  return sentences;
}

/// Everything, the end of the text included.
inline std::vector<Sentence> finish(Segmenter& segmenter) {
  std::vector<Sentence> sentences = drain(segmenter);
  while (auto sentence = segmenter.finish())
    sentences.push_back(*sentence);
  return sentences;
}

/// `text` in pieces of `size` bytes, or 0: in one piece.
inline std::vector<Sentence> segment_bytes(const SegmenterOptions& options, std::string_view text,
                                           size_t size) {
  Segmenter segmenter(options);
  std::vector<Sentence> sentences;
  const size_t step = size == 0 ? text.size() : size;
  for (size_t at = 0; at < text.size(); at += step) {
    segmenter.push(text.substr(at, step));
    for (Sentence& sentence : drain(segmenter))
      sentences.push_back(std::move(sentence));
  }
  for (Sentence& sentence : finish(segmenter))
    sentences.push_back(std::move(sentence));
  return sentences;
}

inline SegmenterOptions in_language(std::string_view language) {
  SegmenterOptions options;
  options.language = language;
  return options;
}

inline std::vector<std::string> split(std::string_view language, std::string_view text) {
  return texts(segment_bytes(in_language(language), text, 0));
}

/// Pieces of `size` characters.
inline std::vector<std::string> characters_of(std::string_view text, size_t size) {
  std::vector<std::string> pieces;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    for (size_t n = 0; n < size && at < text.size(); ++n)
      next_character(text, at);
    pieces.emplace_back(text.substr(begin, at - begin));
  }
  return pieces;
}

}  // namespace gst_translate
