// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/segmenter.h"

#include "gst-translate/segment/scanner.h"

namespace gst_translate {

const char* name_of(CutReason reason) {
  switch (reason) {
    case CutReason::Terminator:
      return "terminator";
    case CutReason::Pause:
      return "pause";
    case CutReason::Deadline:
      return "deadline";
    case CutReason::Length:
      return "length";
    case CutReason::Boundary:
      return "boundary";
    case CutReason::End:
      return "end";
  }
  return "";
}

struct Segmenter::Private : segment::Scanner {
  using Scanner::Scanner;
};

Segmenter::Segmenter(const SegmenterOptions& options) : priv_(std::make_unique<Private>(options)) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;

void Segmenter::set_options(const SegmenterOptions& options) {
  priv_->set_options(options);
}

void Segmenter::push(std::string_view utf8, TimeSpan time) {
  priv_->push(utf8, time);
}

std::optional<Sentence> Segmenter::next() {
  return priv_->take_ready();
}

std::optional<Sentence> Segmenter::cut(CutReason reason) {
  return priv_->cut(reason);
}

std::optional<Sentence> Segmenter::finish(CutReason reason) {
  priv_->end_all(reason);
  return priv_->take_ready();
}

bool Segmenter::awaits_confirmation() const {
  return priv_->is_whole_sentence();
}

bool Segmenter::awaits_only_closers() const {
  return priv_->is_certain();
}

bool Segmenter::awaits_only_repetition() const {
  return priv_->is_sure();
}

size_t Segmenter::pending() const {
  return priv_->pending_bytes();
}

uint64_t Segmenter::invalid_sequences() const {
  return priv_->invalid_sequences();
}

void Segmenter::reset() {
  priv_->reset();
}

}  // namespace gst_translate
