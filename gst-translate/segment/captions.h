// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <vector>

#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/export.h"

namespace gst_translate {

/// Fills captions with timed sentences, as broadcasters ask for: at most two lines of 42 columns (a
/// character, or two for an East Asian wide one), which stand for a second or longer and for no
/// more than 20 columns a second, 17 where there is time. A long sentence is shared among captions
/// at its clauses; short ones that come too fast share one. Captions never overlap, so very fast
/// speech makes them late. Knows no clock; use one from one thread at a time.
class GST_LINGUA_EXPORT Captions {
 public:
  Captions();
  ~Captions();

  /// Adds a sentence, with times. Gives the captions that are full by now, their lines separated by
  /// line breaks; the last one waits for what may share it.
  std::vector<Sentence> push(const Sentence& sentence);

  /// Nothing is said until `time`: what waits leaves once it could have been read by then.
  std::vector<Sentence> pass(int64_t time);

  /// The end: what waits leaves.
  std::vector<Sentence> finish();

  bool pending() const;

  /// Forgets all: flush, seek.
  void reset();

 private:
  struct Private;
  std::unique_ptr<Private> priv_;
};

}  // namespace gst_translate
