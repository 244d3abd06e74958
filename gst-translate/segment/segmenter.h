// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gst-translate/text/export.h"

namespace gst_translate {

/// When something was said, in ns of the stream; `none` where it is not known.
struct TimeSpan {
  static constexpr int64_t none = -1;
  int64_t start = none;
  int64_t end = none;
};

/// Why a sentence ends where it does.
enum class CutReason {
  Terminator,  ///< the text itself says so: a full stop, a question mark, a blank line
  Pause,       ///< a pause between timed words
  Deadline,    ///< the caller's clock ran out
  Length,      ///< the longest allowed sentence
  Boundary,    ///< the source says that a turn ended: speaker change, final transcript, language
  End,         ///< end of the text
};

/// "terminator" and so on.
GST_LINGUA_EXPORT const char* name_of(CutReason reason);

/// One piece of the pushed text inside a sentence, with the time it was pushed with.
struct TimedText {
  size_t offset = 0;  ///< bytes from the start of `Sentence::text`
  size_t length = 0;  ///< bytes
  TimeSpan time;
};

/// A sentence, or as much of one as a deadline left.
struct Sentence {
  std::string text;  ///< UTF-8, without white space at its ends, never empty
  TimeSpan time;     ///< from its first character's to its last character's
  CutReason reason = CutReason::Terminator;
  bool complete = true;          ///< false where the text was cut before the sentence's end
  std::vector<TimedText> words;  ///< the timed pieces it is made of, in order
};

/// How pushed pieces join.
enum class JoinMode {
  Verbatim,  ///< as they are: bytes of a file, tokens of a language model
  /// One word or one cue a piece: a space between scripts that use spaces. What has white space
  /// inside, or is long for a word, is a cue.
  Words,
  /// One cue a piece. Its line breaks and its end are where a line was full, unless the next line
  /// begins a unit of its own: a speaker, a song, a sound.
  Cues,
};

struct SegmenterOptions {
  std::string language;  ///< any code that `find_language` knows; empty or unknown: by script alone
  JoinMode join = JoinMode::Verbatim;
  /// Longest sentence in width units (a character; an East Asian wide one counts two), 0: no limit.
  /// A longer one is cut as for a deadline.
  size_t max_chars = 0;
  /// Shorter ones join their successor, in width units; never one with a mark such as 。 or a blank
  /// line, which end a sentence whatever follows.
  size_t min_chars = 0;
  int64_t max_pause = 0;  ///< ns between timed pieces that end a sentence, 0: never
  /// Added to the language's own: lines in the format of segment/languages, so "Dr." alone is an
  /// abbreviation that never ends a sentence; see `load_abbreviations`.
  std::vector<std::string> abbreviations;
};

/// The lines of a file in the format of segment/languages, for `SegmenterOptions::abbreviations`.
/// Throws Error that names the file, and the line where it is not of the format.
GST_LINGUA_EXPORT std::vector<std::string> load_abbreviations(const std::string& path);

/// Cuts a running text into sentences as it arrives. The output depends on the text alone, never on
/// how it was cut into pieces. Linear in the input; keeps the pending sentence and nothing else.
/// Knows no clock and no thread; use one from one thread at a time.
class GST_LINGUA_EXPORT Segmenter {
 public:
  /// Throws Error if a line of `options.abbreviations` is not of the format.
  explicit Segmenter(const SegmenterOptions& options);
  ~Segmenter();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;

  /// Other settings, from the next character on. What is pending stays: `finish` it first if its
  /// language ends here. Throws as the constructor does, and then changes nothing.
  void set_options(const SegmenterOptions& options);

  /// Adds a piece of text, cut anywhere, inside a character too. Invalid UTF-8 becomes U+FFFD and
  /// is counted. A time is shared among the characters of the piece.
  void push(std::string_view utf8, TimeSpan time = {});

  /// The next sentence that is certain by now.
  std::optional<Sentence> next();

  /// The best cut of what is pending, now: the end of a sentence inside an open quotation, a clause
  /// mark, else between words, never inside a grapheme cluster. Nothing if nothing is pending. What
  /// follows the cut stays pending. `CutReason::Terminator` gives the sentence that
  /// `awaits_confirmation` speaks of, or nothing; Pause, Boundary and End are `finish`.
  std::optional<Sentence> cut(CutReason reason);

  /// The end of the text, or of a turn: call until it gives nothing.
  std::optional<Sentence> finish(CutReason reason = CutReason::End);

  /// True while the pending text could be a whole sentence: it ends with a terminator and only
  /// awaits what follows. False after an abbreviation that never ends one ("Dr.") and inside an
  /// open quotation.
  bool awaits_confirmation() const;

  /// True while, moreover, the sentence has certainly ended and only a repeated mark or a closing
  /// quote may still join it, as ！ after ？: a moment of waiting is enough.
  bool awaits_only_closers() const;

  /// True while, moreover, its mark is one of 。 । ۔ and their like: only the same mark may still
  /// join it, as in 。。。, or an emoji.
  bool awaits_only_repetition() const;

  /// Bytes pending, white space at the ends not counted.
  size_t pending() const;

  /// Invalid UTF-8 sequences replaced so far.
  uint64_t invalid_sequences() const;

  /// Forgets what is pending: flush, seek.
  void reset();

 private:
  struct Private;
  std::unique_ptr<Private> priv_;
};

}  // namespace gst_translate
