// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/dub/cues.h"

namespace gst_lingua_dub {

/// What is known of one language once it is translated and spoken.
struct Part {
  std::vector<Cue> cues;
  std::vector<std::pair<GstClockTime, GstClockTime>> speech;  ///< from, to; in order
  std::string sound;                                          ///< a file of Matroska and FLAC
};

/// The folder beside the output that keeps finished languages, until the film is written.
class Parts {
 public:
  /// Makes the folder. Throws `Error` where that fails.
  explicit Parts(const std::string& output);

  const std::string& folder() const { return folder_; }

  /// The finished part of a language, if it was made from the same: `key` says all that it depends
  /// on.
  std::optional<Part> find(const std::string& language, const std::string& key) const;

  /// Where the sound of a part is to be written; what an interrupted run left goes away.
  std::string begin(const std::string& language) const;

  /// All of the part is on the disk after this. Throws `Error` where that fails.
  void finish(const std::string& language, const std::string& key, const Part& part) const;

  /// They are no longer needed.
  void remove() const;

  /// Nothing is finished: nothing is kept.
  void remove_if_empty() const;

 private:
  std::string path(const std::string& language, const char* suffix) const;

  std::string folder_;
};

/// Writes a file whole or not at all: under another name first, then on the disk, then under its
/// own. Throws `Error`.
void write_safely(const std::string& path, const std::string& content);

/// A file that was written under another name is on the disk and gets its own. Throws `Error`.
void put_in_place(const std::string& temporary, const std::string& path);

}  // namespace gst_lingua_dub
