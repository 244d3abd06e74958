// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/segmenter.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "gst-translate/segment/boundary.h"
#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/clause.h"
#include "gst-translate/segment/language_rules.h"
#include "gst-translate/segment/list_items.h"
#include "gst-translate/segment/nesting.h"
#include "gst-translate/segment/pending_text.h"
#include "gst-translate/segment/word_join.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/utf8.h"

namespace gst_translate {

using namespace segment;

namespace {

// White space means nothing past a blank line; a megabyte of it must not be kept, nor looked
// across.
constexpr size_t longest_space = 8;

// Characters that are judged together: enough for most rules to see all they ask for at once.
constexpr size_t block = 128;

/// As `next_character`, of text that is valid.
char32_t next_valid(std::string_view text, size_t& position) {
  const auto byte = static_cast<unsigned char>(text[position]);
  if (byte >= 0x80) return next_character(text, position);
  ++position;
  return byte;
}

std::shared_ptr<const LanguageRules> rules_for(const SegmenterOptions& options) {
  std::shared_ptr<const LanguageRules> of_language = LanguageRules::of(options.language);
  if (options.abbreviations.empty()) return of_language;
  const auto rules = std::make_shared<LanguageRules>(*of_language);
  for (const std::string& line : options.abbreviations)
    rules->add_line(line);
  return rules;
}

}  // namespace

struct Segmenter::Private {
  explicit Private(const SegmenterOptions& wanted) : options(wanted), rules(rules_for(wanted)) {
    forget();
  }

  void push(std::string_view piece, TimeSpan time);
  void append(std::string_view valid);
  bool is_too_much_space(char32_t c);
  void go_on();

  void scan();
  void skip_plain();
  bool scan_terminator();
  bool scan_mark();
  bool scan_space();
  bool is_only_space() const;
  bool ends_list_marker() const;
  bool joins_lines(size_t next) const;
  void erase(size_t count);
  bool drop_space();
  void drop(size_t count);
  bool ends_at_space(Reader& reader, size_t next, bool new_line);
  Judge judge(Reader& reader) const;
  void distrust_quotations();

  void emit(size_t end, CutReason reason, bool complete);
  void cut_to_length();
  void end_all(CutReason reason);
  void forget();

  bool is_long_enough(size_t end) const;
  bool is_whole_sentence() const;
  std::optional<Sentence> take_ready();

  /// The sentence that has not ended yet and, behind it, what its end waits for.
  struct Pending {
    PendingText text;
    size_t at = 0;        // judged up to here
    Verdict provisional;  // on the terminator at `at`, if the text ended here
    bool has_content = false;
    bool begins_inside = false;   // the sentence was cut before this text
    size_t inner_end = 0;         // the last end of a sentence inside an open quotation
    size_t distrusted_until = 0;  // quotation marks before this mean nothing
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

  SegmenterOptions options;
  std::shared_ptr<const LanguageRules> rules;
  Utf8Stream bytes;
  ClauseCutter clauses;
  std::deque<Sentence> ready;
  Pending pending;
  Paragraph paragraph;
  Last last;
  std::optional<CutReason> ended;  // nothing follows, and why
};

void Segmenter::Private::push(std::string_view piece, TimeSpan time) {
  const bool timed = time.start != TimeSpan::none;
  if (timed) {
    if (options.max_pause > 0 && last.time != TimeSpan::none &&
        time.start - last.time > options.max_pause)
      end_all(CutReason::Pause);
    last.time = std::max(time.start, time.end);
  }
  const std::string valid = bytes.push(piece);
  if (valid.empty()) return;
  if (options.join == JoinMode::Words && !pending.text.empty() &&
      wants_space_between(last.character, valid))
    append(" ");
  if (timed) pending.text.begin_piece(valid, time);
  append(valid);
  pending.text.end_piece();
}

/// Appends and judges. The lookahead does not change what a rule finds, but it does change what a
/// longest length cuts first: near it, as if each character were judged when it arrives.
void Segmenter::Private::append(std::string_view valid) {
  size_t offset = 0;
  for (size_t position = 0; position < valid.size();) {
    size_t room = block;
    if (options.max_chars > 0) {
      const size_t columns =
          options.max_chars - std::min(options.max_chars, pending.text.columns());
      room = std::clamp<size_t>(columns / 2, 1, block);
    }
    std::array<char32_t, block> characters;
    size_t count = 0;
    for (; position < valid.size() && count < room; ++offset) {
      const char32_t c = next_valid(valid, position);
      last.character = c;
      if (!is_space(kind_of(c)))
        last.spaces = last.newlines = 0;
      else if (is_too_much_space(c))
        continue;
      pending.text.place(pending.text.size() + count, offset);
      characters[count++] = c;
    }
    pending.text.append({characters.data(), count});
    go_on();
  }
}

/// Counts white space; true for what would only make a long run of it longer.
bool Segmenter::Private::is_too_much_space(char32_t c) {
  const bool newline = kind_of(c) == Kind::Newline;
  ++last.spaces;
  if (newline) ++last.newlines;
  return last.spaces > longest_space && (!newline || last.newlines > 2);
}

void Segmenter::Private::go_on() {
  scan();
  if (options.max_chars > 0 && pending.text.columns() > options.max_chars) cut_to_length();
}

/// Goes on as far as what has arrived decides.
void Segmenter::Private::scan() {
  pending.provisional = {};
  bool more = true;
  while (more && pending.at < pending.text.size()) {
    const Kind kind = kind_of(pending.text[pending.at]);
    if (pending.at == 0) paragraph.newlines = is_space(kind) ? paragraph.newlines : 0;
    if (is_plain(kind)) {
      skip_plain();
    } else if (paragraph.nesting.overdue(pending.at)) {
      distrust_quotations();
    } else if (is_space(kind)) {
      more = pending.at == 0 ? drop_space() : scan_space();
    } else if (kind == Kind::Open || kind == Kind::Close || kind == Kind::Quote) {
      more = scan_mark();
    } else {
      more = scan_terminator();
    }
  }
}

void Segmenter::Private::skip_plain() {
  const std::u32string_view text = pending.text;
  size_t at = pending.at;
  bool has_content = pending.has_content;
  for (Kind kind; at < text.size() && is_plain(kind = kind_of(text[at])); ++at)
    has_content = has_content || is_content(kind);
  pending.at = at;
  pending.has_content = has_content;
}

Judge Segmenter::Private::judge(Reader& reader) const {
  return {reader, *rules, paragraph.nesting, pending.has_content, pending.begins_inside};
}

// Each of these goes past what stands at `pending.at`, and gives false if more must arrive first.

bool Segmenter::Private::scan_terminator() {
  Reader reader(pending.text, ended.has_value());
  const Verdict verdict = judge(reader).judge(pending.at);
  if (reader.starved()) {
    pending.provisional = verdict;
    return false;
  }
  if (verdict.inside) pending.inner_end = verdict.end;
  if (verdict.ends && (verdict.sure || is_long_enough(verdict.end))) {
    if (verdict.quoted) paragraph.nesting.note_quotation();
    emit(verdict.end, verdict.doubtful ? *ended : CutReason::Terminator, true);
  } else {
    pending.at = std::max(pending.at + 1, verdict.next);
  }
  return true;
}

bool Segmenter::Private::scan_mark() {
  Reader reader(pending.text, ended.has_value());
  const Nesting::Mark mark = paragraph.nesting.read(reader, pending.at, *rules);
  if (reader.starved()) return false;
  if (pending.at >= pending.distrusted_until) paragraph.nesting.take(mark, pending.at);
  pending.at += mark.length;
  return true;
}

bool Segmenter::Private::scan_space() {
  if (is_only_space()) {
    ++pending.at;
    return true;
  }
  Reader reader(pending.text, ended.has_value());
  size_t next = pending.at, newlines = 0;
  for (; is_space(reader.kind(next)); ++next)
    newlines += reader.kind(next) == Kind::Newline ? 1u : 0u;
  if (newlines > 1) {
    if (!paragraph.nesting.empty()) {
      distrust_quotations();
    } else {
      emit(pending.at, CutReason::Terminator, true);
    }
    return true;
  }
  const bool ends = ends_at_space(reader, next, newlines == 1);
  if (reader.starved()) return false;
  if (ends && pending.has_content) {
    emit(pending.at, CutReason::Terminator, true);
    return true;
  }
  if (newlines > 0 && joins_lines(next))
    erase(next - pending.at);
  else
    pending.at = next;
  if (newlines > 0) {
    paragraph.line_begin = pending.at;
    paragraph.line_width = 0;
  }
  return true;
}

/// True for most of the white space, which nothing stands beside that matters.
bool Segmenter::Private::is_only_space() const {
  const size_t next = pending.at + 1;
  if (next >= pending.text.size() || paragraph.list || ends_list_marker() ||
      !rules->is_empty(WordList::EndsBeforeSpace))
    return false;
  const Kind kind = kind_of(pending.text[next]);
  return kind_of(pending.text[pending.at]) == Kind::Space && !is_space(kind) &&
         kind != Kind::Bullet;
}

/// True if the text before the white space at `pending.at` could number an item: "1.", "a)".
bool Segmenter::Private::ends_list_marker() const {
  const char32_t before = pending.text[pending.at - 1];
  return !pending.begins_inside && pending.at <= longest_list_marker &&
         (before == U'.' || before == U')');
}

/// True if a line break before `next` is only where the line was full, in a script that writes
/// without spaces: nothing stands for it.
bool Segmenter::Private::joins_lines(size_t next) const {
  const auto is_ideographic = [](char32_t c) { return is_unspaced(c) && width_of(c) == 2; };
  return options.join == JoinMode::Verbatim && next < pending.text.size() &&
         is_ideographic(pending.text[pending.at - 1]) && is_ideographic(pending.text[next]);
}

/// Takes away `count` characters at `pending.at`.
void Segmenter::Private::erase(size_t count) {
  pending.text.erase(pending.at, count);
  if (pending.distrusted_until > pending.at) pending.distrusted_until -= count;
}

/// Takes away the white space before a sentence. A blank line begins a paragraph.
bool Segmenter::Private::drop_space() {
  size_t end = 0;
  for (; end < pending.text.size() && is_space(kind_of(pending.text[end])); ++end)
    paragraph.newlines += kind_of(pending.text[end]) == Kind::Newline ? 1u : 0u;
  const size_t width = paragraph.newlines > 0 ? 0 : paragraph.line_width;
  if (paragraph.newlines > 1) paragraph = {};
  drop(end);
  paragraph.line_width = width;
  return true;
}

/// Takes away the first `count` characters.
void Segmenter::Private::drop(size_t count) {
  const auto shift = [&](size_t& position) { position -= std::min(position, count); };
  for (const char32_t c : pending.text.first(count).substr(std::min(paragraph.line_begin, count))) {
    if (paragraph.line_width >= Judge::wrapped_line) break;
    paragraph.line_width += width_of(c);
  }
  pending.text.erase(0, count);
  paragraph.nesting.shift(count);
  shift(paragraph.line_begin);
  shift(pending.at);
  shift(pending.inner_end);
  shift(pending.distrusted_until);
}

/// True if the white space before `next` ends a line, an item of a list, or in Thai a sentence.
bool Segmenter::Private::ends_at_space(Reader& reader, size_t next, bool new_line) {
  if (ends_list_marker()) {
    const std::optional<ListMarker> own = read_list_marker(reader, 0);
    if (own && own->end == pending.at) paragraph.list = own;
  }
  if (reader.kind(next) == Kind::Bullet) return true;
  if (paragraph.list && pending.has_content && paragraph.list->may_precede(reader[next])) {
    const std::optional<ListMarker> following = read_list_marker(reader, next);
    if (following && paragraph.list->precedes(*following)) return true;
  }
  if (!paragraph.nesting.empty()) return false;
  if (new_line && options.join == JoinMode::Verbatim) {
    size_t width = paragraph.line_width;
    for (size_t i = paragraph.line_begin; i < pending.at && width < Judge::wrapped_line; ++i)
      width += width_of(pending.text[i]);
    if (judge(reader).ends_line(pending.at, width)) return true;
  }
  return !rules->is_empty(WordList::EndsBeforeSpace) && is_letter(reader.kind(next)) &&
         rules->ends_with(WordList::EndsBeforeSpace, pending.text.first(pending.at));
}

/// Takes the open quotations for none, and judges what was taken to be inside of them again.
void Segmenter::Private::distrust_quotations() {
  pending.distrusted_until = pending.at;
  pending.at = paragraph.nesting.outermost() + 1;
  pending.inner_end = 0;
  paragraph.nesting.close_all();
}

void Segmenter::Private::emit(size_t end, CutReason reason, bool complete) {
  Sentence sentence = pending.text.sentence(end);
  sentence.reason = reason;
  sentence.complete = complete;
  ready.push_back(std::move(sentence));

  if (complete) {
    paragraph.nesting.close_all();
    pending.at = 0;
  }
  drop(end);
  drop_space();
  pending.provisional = {};
  pending.inner_end = 0;
  pending.begins_inside = !complete;
  const std::u32string_view judged = pending.text.first(pending.at);
  pending.has_content =
      std::any_of(judged.begin(), judged.end(), [](char32_t c) { return is_content(kind_of(c)); });
}

void Segmenter::Private::cut_to_length() {
  const PendingText& text = pending.text;
  // After white space or an accent, what comes next may belong to the same grapheme cluster.
  while (text.columns() > options.max_chars && text.size() > 1) {
    const Kind last_kind = kind_of(text[text.size() - 1]);
    if (last_kind == Kind::Mark || is_space(last_kind)) return;
    size_t limit = 1;
    for (size_t columns = width_of(text[0]); limit + 1 < text.size(); ++limit) {
      columns += width_of(text[limit]);
      if (columns > options.max_chars) break;
    }
    const bool word_ends = is_space(kind_of(text[limit])) || is_space(kind_of(text[limit - 1]));
    const size_t cut = pending.inner_end > 0 && pending.inner_end <= limit
                           ? pending.inner_end
                           : clauses.best_cut(text, limit, word_ends);
    if (cut == 0) return;
    emit(cut, CutReason::Length, false);
  }
}

void Segmenter::Private::end_all(CutReason reason) {
  append(bytes.finish());
  ended = reason;
  scan();
  while (!paragraph.nesting.empty()) {
    distrust_quotations();
    scan();
  }
  ended.reset();
  if (pending.text.trimmed_size() > 0) emit(pending.text.size(), reason, true);
  forget();
}

/// What is pending, and all before it.
void Segmenter::Private::forget() {
  pending = {};
  pending.text.measure(options.max_chars > 0);
  paragraph = {};
  last = {};
}

bool Segmenter::Private::is_long_enough(size_t end) const {
  size_t columns = 0;
  for (size_t i = 0; i < end && columns < options.min_chars; ++i)
    columns += width_of(pending.text[i]);
  return columns >= options.min_chars;
}

bool Segmenter::Private::is_whole_sentence() const {
  const Verdict& verdict = pending.provisional;
  return verdict.ends && !verdict.doubtful && verdict.end >= pending.text.trimmed_size() &&
         (verdict.sure || is_long_enough(verdict.end));
}

std::optional<Sentence> Segmenter::Private::take_ready() {
  if (ready.empty()) return std::nullopt;
  Sentence sentence = std::move(ready.front());
  ready.pop_front();
  return sentence;
}

Segmenter::Segmenter(const SegmenterOptions& options) : priv_(std::make_unique<Private>(options)) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;

void Segmenter::set_options(const SegmenterOptions& options) {
  priv_->rules = rules_for(options);
  priv_->options = options;
  priv_->pending.text.measure(options.max_chars > 0);
}

void Segmenter::push(std::string_view utf8, TimeSpan time) {
  priv_->push(utf8, time);
}

std::optional<Sentence> Segmenter::next() {
  return priv_->take_ready();
}

std::optional<Sentence> Segmenter::cut(CutReason reason) {
  Private& p = *priv_;
  if (!p.ready.empty()) return p.take_ready();
  if (reason == CutReason::Pause || reason == CutReason::Boundary || reason == CutReason::End)
    return finish(reason);
  const size_t size = p.pending.text.trimmed_size();
  if (p.is_whole_sentence()) {
    p.emit(size, reason, true);
  } else if (size > 0 && reason != CutReason::Terminator) {
    const bool word_ends = p.options.join == JoinMode::Words || size < p.pending.text.size();
    size_t end = p.pending.inner_end;
    if (end == 0) end = p.clauses.best_cut(p.pending.text, size, word_ends);
    p.emit(end > 0 ? end : size, reason, false);
  }
  p.scan();
  return p.take_ready();
}

std::optional<Sentence> Segmenter::finish(CutReason reason) {
  priv_->end_all(reason);
  return priv_->take_ready();
}

bool Segmenter::awaits_confirmation() const {
  return priv_->is_whole_sentence();
}

bool Segmenter::awaits_only_closers() const {
  return priv_->is_whole_sentence() && priv_->pending.provisional.certain;
}

size_t Segmenter::pending() const {
  size_t length = 0;
  for (const char32_t c : trim_end(priv_->pending.text))
    length += utf8_length(c);
  return length;
}

uint64_t Segmenter::invalid_sequences() const {
  return priv_->bytes.invalid_sequences();
}

void Segmenter::reset() {
  priv_->bytes.reset();
  priv_->ready.clear();
  priv_->forget();
}

}  // namespace gst_translate
