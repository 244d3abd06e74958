// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>

#include "gst-translate/segment/boundary.h"
#include "gst-translate/segment/clause.h"
#include "gst-translate/segment/language_rules.h"
#include "gst-translate/segment/list_items.h"
#include "gst-translate/segment/nesting.h"
#include "gst-translate/segment/pending_text.h"
#include "gst-translate/segment/segmenter.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate::segment {

/// The automaton behind `Segmenter`: goes over the text as it arrives, asks a `Judge` at each place
/// where a sentence may end, and puts the sentences that are certain in a row.
class Scanner {
 public:
  /// Throws `Error`, as `Segmenter` does.
  explicit Scanner(const SegmenterOptions& options);
  void set_options(const SegmenterOptions& options);

  void push(std::string_view piece, TimeSpan time);
  std::optional<Sentence> take_ready();
  std::optional<Sentence> cut(CutReason reason);
  /// Nothing follows: all that is pending becomes ready.
  void end_all(CutReason reason);
  void reset();

  /// True if what is pending could be a whole sentence; `is_certain`: if it is one, whatever
  /// follows.
  bool is_whole_sentence() const;
  bool is_certain() const { return is_whole_sentence() && pending_.provisional.certain; }
  bool is_sure() const { return is_certain() && pending_.provisional.sure; }
  /// As UTF-8, white space at the ends not counted.
  size_t pending_bytes() const;
  uint64_t invalid_sequences() const { return bytes_.invalid_sequences(); }

 private:
  /// The sentence that has not ended yet and, behind it, what its end waits for.
  struct Pending {
    PendingText text;
    size_t at = 0;        // judged up to here
    Verdict provisional;  // on the terminator at `at`, if the text ended here
    bool has_content = false;
    bool begins_inside = false;     // the sentence was cut before this text
    bool follows_sentence = false;  // the text before it, in its paragraph, ended with a mark
    size_t inner_end = 0;           // the last end of a sentence inside an open quotation
    size_t distrusted_until = 0;    // quotation marks before this mean nothing
  };

  struct Paragraph {
    Nesting nesting;
    std::optional<ListMarker> list;
    size_t newlines = 0;    // since the last character that is no white space
    size_t line_begin = 0;  // in the pending text
    size_t line_width = 0;  // of the line's part before the pending text
  };

  /// What was read last.
  struct Last {
    char32_t character = U'\n';
    size_t spaces = 0;
    size_t newlines = 0;
    int64_t time = TimeSpan::none;
  };

  bool joins_words() const { return options_.join != JoinMode::Verbatim; }
  bool is_cue_here(std::string_view piece) const;
  void join(std::string_view piece, bool cue);
  void append(std::string_view valid);
  bool is_too_much_space(char32_t c);
  void go_on();

  void scan();
  void skip_plain();
  bool scan_terminator();
  bool scan_mark();
  bool ends_aside(Reader& reader, const Nesting::Mark& mark) const;
  bool scan_space();
  bool is_only_space() const;
  bool ends_list_marker() const;
  bool begins_line_unit(Reader& reader, size_t next) const;
  bool joins_lines(size_t next) const;
  void erase(size_t count);
  bool drop_space();
  void drop(size_t count);
  bool ends_at_space(Reader& reader, size_t next, bool new_line);
  Judge judge(Reader& reader) const;
  void distrust_quotations();

  void emit(size_t end, CutReason reason, bool complete);
  void cut_to_length();
  void forget();
  bool is_long_enough(size_t end) const;

  SegmenterOptions options_;
  std::shared_ptr<const LanguageRules> rules_;
  Utf8Stream bytes_;
  ClauseCutter clauses_;
  std::deque<Sentence> ready_;
  Pending pending_;
  Paragraph paragraph_;
  Last last_;
  std::optional<CutReason> ended_;  // nothing follows, and why
};

}  // namespace gst_translate::segment
