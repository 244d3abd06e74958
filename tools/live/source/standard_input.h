// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <optional>
#include <string>

#include "gst-translate/text/encoding.h"
#include "tools/live/source/descriptor_reader.h"
#include "tools/live/source/text_source.h"
#include "tools/live/source/utterance_lines.h"

namespace gst_lingua_live {

/// Text that is piped or typed in.
class StandardInput final : public TextSource {
 public:
  /// `utterances`: each line is a whole one. Throws `Error` Settings for an unknown encoding.
  StandardInput(bool utterances, const std::string& encoding)
      : utterances_(utterances), decoder_(encoding) {}

  bool whole_words() const override { return utterances_; }
  void start(Listener listener) override;
  void stop() override { reader_.reset(); }

 private:
  void take(const std::string& text);

  const bool utterances_;
  gst_translate::TextDecoder decoder_;
  Listener listener_;
  UtteranceLines lines_;
  std::optional<DescriptorReader> reader_;
};

}  // namespace gst_lingua_live
