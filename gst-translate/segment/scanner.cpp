// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/scanner.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "gst-translate/segment/characters.h"
#include "gst-translate/segment/hyphenation.h"
#include "gst-translate/segment/line_units.h"
#include "gst-translate/segment/word_join.h"

namespace gst_translate::segment {
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

Scanner::Scanner(const SegmenterOptions& options) : options_(options), rules_(rules_for(options)) {
  forget();
}

void Scanner::set_options(const SegmenterOptions& options) {
  rules_ = rules_for(options);
  options_ = options;
  pending_.text.measure(options.max_chars > 0);
}

void Scanner::push(std::string_view piece, TimeSpan time) {
  const bool timed = time.start != TimeSpan::none;
  if (timed) {
    if (options_.max_pause > 0 && last_.time != TimeSpan::none &&
        time.start - last_.time > options_.max_pause)
      end_all(CutReason::Pause);
    last_.time = std::max(time.start, time.end);
  }
  const std::string valid = bytes_.push(piece);
  if (valid.empty()) return;
  const bool cue = is_cue_here(valid);
  if (joins_words()) join(valid, cue);
  if (timed) pending_.text.begin_piece(valid, time);
  append(valid);
  pending_.text.end_piece();
  if (cue) append("\n");
  // No piece is part of a word, and no mark like 。 is a word.
  if (joins_words() && is_sure()) emit(pending_.text.trimmed_size(), CutReason::Terminator, true);
}

/// True if a piece is a cue and not a word; a bracket is one where no sentence has begun.
bool Scanner::is_cue_here(std::string_view piece) const {
  if (!joins_words()) return false;
  const bool between_sentences = pending_.text.empty() || is_space(kind_of(last_.character)) ||
                                 is_terminator(kind_of(last_.character));
  return options_.join == JoinMode::Cues || is_cue(piece) || (between_sentences && is_sound(piece));
}

/// What stands between the piece before and this one: the end of a line beside a cue; else a space
/// where words have one.
void Scanner::join(std::string_view piece, bool cue) {
  if (pending_.text.empty()) return;
  const bool after_cue = pending_.text[pending_.text.size() - 1] == U'\n';
  if (after_cue && !has_letter_or_digit(piece) && clings(piece, rules_->has_spaced_marks())) {
    pending_.text.erase(pending_.text.size() - 1, 1);
    last_.character = pending_.text[pending_.text.size() - 1];
    last_.newlines = last_.spaces = 0;
  } else if (cue && !after_cue) {
    append("\n");
  } else if (!after_cue &&
             wants_space_between(last_.character, piece, rules_->has_spaced_marks())) {
    append(" ");
  }
}

/// Appends and judges. The lookahead does not change what a rule finds, but it does change what a
/// longest length cuts first: near it, as if each character were judged when it arrives.
void Scanner::append(std::string_view valid) {
  size_t offset = 0;
  for (size_t position = 0; position < valid.size();) {
    size_t room = block;
    if (options_.max_chars > 0) {
      const size_t columns =
          options_.max_chars - std::min(options_.max_chars, pending_.text.columns());
      room = std::clamp<size_t>(columns / 2, 1, block);
    }
    std::array<char32_t, block> characters;
    size_t count = 0;
    for (; position < valid.size() && count < room; ++offset) {
      char32_t c = next_valid(valid, position);
      // A line break of its own, or half of one.
      if (c == U'\r' && joins_words()) {
        if (position < valid.size() && valid[position] == '\n') continue;
        c = U'\n';
      }
      last_.character = c;
      if (!is_space(kind_of(c)))
        last_.spaces = last_.newlines = 0;
      else if (is_too_much_space(c))
        continue;
      pending_.text.place(pending_.text.size() + count, offset);
      characters[count++] = c;
    }
    pending_.text.append({characters.data(), count});
    go_on();
  }
}

/// Counts white space; true for what would only make a long run of it longer.
bool Scanner::is_too_much_space(char32_t c) {
  const bool newline = kind_of(c) == Kind::Newline;
  // Cues have no paragraphs.
  if (joins_words() && last_.newlines > 0) return true;
  ++last_.spaces;
  if (newline) ++last_.newlines;
  return last_.spaces > longest_space && (!newline || last_.newlines > 2);
}

void Scanner::go_on() {
  scan();
  if (options_.max_chars > 0 && pending_.text.columns() > options_.max_chars) cut_to_length();
}

/// Goes on as far as what has arrived decides.
void Scanner::scan() {
  pending_.provisional = {};
  bool more = true;
  while (more && pending_.at < pending_.text.size()) {
    const Kind kind = kind_of(pending_.text[pending_.at]);
    if (pending_.at == 0) paragraph_.newlines = is_space(kind) ? paragraph_.newlines : 0;
    if (is_plain(kind)) {
      skip_plain();
    } else if (paragraph_.nesting.overdue(pending_.at)) {
      distrust_quotations();
    } else if (is_space(kind)) {
      more = pending_.at == 0 ? drop_space() : scan_space();
    } else if (kind == Kind::Open || kind == Kind::Close || kind == Kind::Quote) {
      more = scan_mark();
    } else {
      more = scan_terminator();
    }
  }
}

void Scanner::skip_plain() {
  const std::u32string_view text = pending_.text;
  size_t at = pending_.at;
  bool has_content = pending_.has_content;
  for (Kind kind; at < text.size() && is_plain(kind = kind_of(text[at])); ++at)
    has_content = has_content || is_content(kind);
  pending_.at = at;
  pending_.has_content = has_content;
}

Judge Scanner::judge(Reader& reader) const {
  return {reader, *rules_, paragraph_.nesting, pending_.has_content, pending_.begins_inside};
}

// Each of these goes past what stands at `pending_.at`, and gives false if more must arrive first.

bool Scanner::scan_terminator() {
  Reader reader(pending_.text, ended_.has_value());
  const Verdict verdict = judge(reader).judge(pending_.at);
  if (reader.starved()) {
    pending_.provisional = verdict;
    return false;
  }
  if (verdict.inside) pending_.inner_end = verdict.end;
  if (verdict.ends && (verdict.sure || is_long_enough(verdict.end))) {
    if (verdict.quoted) paragraph_.nesting.note_quotation();
    emit(verdict.end, verdict.doubtful ? *ended_ : CutReason::Terminator, true);
  } else {
    pending_.at = std::max(pending_.at + 1, verdict.next);
  }
  return true;
}

bool Scanner::scan_mark() {
  Reader reader(pending_.text, ended_.has_value());
  const Nesting::Mark mark = paragraph_.nesting.read(reader, pending_.at, *rules_);
  const bool ends = mark.role == Nesting::Role::Closes && ends_aside(reader, mark);
  if (reader.starved()) {
    if (ends) pending_.provisional.ends = true;
    pending_.provisional.end = pending_.at + mark.length;
    return false;
  }
  if (pending_.at >= pending_.distrusted_until) paragraph_.nesting.take(mark, pending_.at);
  pending_.at += mark.length;
  if (ends) emit(pending_.at, CutReason::Terminator, true);
  return true;
}

/// True if the closing bracket at `pending_.at` ends an aside that stands between sentences:
/// "We won! [Applause] We went home."
bool Scanner::ends_aside(Reader& reader, const Nesting::Mark& mark) const {
  if ((!is_aside(mark.family) && !is_note(mark.family)) || mark.family == U'{' ||
      paragraph_.nesting.begin_of(mark) != reader.skip_invisible(0))
    return false;
  size_t next = pending_.at + mark.length;
  if (is_note(mark.family)) return is_space(reader.kind(next)) || reader.kind(next) == Kind::End;
  if (!pending_.has_content || read_list_marker(reader, 0)) return false;
  if (pending_.follows_sentence && judge(reader).may_follow_aside(next)) return true;
  while (reader.kind(next) == Kind::Space)
    ++next;
  return reader.kind(next) == Kind::Newline && paragraph_.line_width == 0;
}

bool Scanner::scan_space() {
  if (is_only_space()) {
    ++pending_.at;
    return true;
  }
  Reader reader(pending_.text, ended_.has_value());
  size_t next = pending_.at, newlines = 0;
  for (; is_space(reader.kind(next)); ++next)
    newlines += reader.kind(next) == Kind::Newline ? 1u : 0u;
  if (newlines > 1) {
    if (!paragraph_.nesting.empty()) {
      distrust_quotations();
    } else {
      emit(pending_.at, CutReason::Terminator, true);
    }
    return true;
  }
  const bool hyphenated = newlines == 1 && options_.join == JoinMode::Verbatim &&
                          is_hyphenated(reader, pending_.at, next);
  const bool new_unit = newlines == 1 && begins_line_unit(reader, next);
  const bool ends =
      new_unit ||
      (!hyphenated && ends_at_space(reader, next, newlines == 1) && pending_.has_content) ||
      (newlines == 1 && !pending_.has_content && is_rule(reader, 0));
  if (reader.starved()) return false;
  if (ends) {
    emit(pending_.at, CutReason::Terminator, true);
    return true;
  }
  if (hyphenated || (newlines > 0 && joins_lines(next)))
    erase(next - pending_.at);
  else
    pending_.at = next;
  if (newlines > 0) {
    paragraph_.line_begin = pending_.at;
    paragraph_.line_width = 0;
  }
  return true;
}

/// True for most of the white space, which nothing stands beside that matters.
bool Scanner::is_only_space() const {
  const size_t next = pending_.at + 1;
  if (next >= pending_.text.size() || paragraph_.list || ends_list_marker() ||
      !rules_->is_empty(WordList::EndsBeforeSpace))
    return false;
  const Kind kind = kind_of(pending_.text[next]);
  return kind_of(pending_.text[pending_.at]) == Kind::Space && !is_space(kind) &&
         kind != Kind::Bullet;
}

/// True if the text before the white space at `pending_.at` could number an item: "1.", "a)".
bool Scanner::ends_list_marker() const {
  const char32_t before = pending_.text[pending_.at - 1];
  return !pending_.begins_inside && pending_.at <= longest_list_marker &&
         (before == U'.' || before == U')');
}

/// True if the line at `next` begins a unit of its own, or the one before it was one.
bool Scanner::begins_line_unit(Reader& reader, size_t next) const {
  if (reader.kind(next) == Kind::End) return false;
  const bool in_song = paragraph_.nesting.in_song();
  if (in_song && is_rule(reader, next)) return false;  // its closing note
  if (begins_unit(reader, next)) return true;
  if (joins_words()) {
    if (in_song && !has_note(reader, next)) return true;
    return reader.kind_before(pending_.at) != Kind::Dash && begins_with_dialogue_dash(reader, next);
  }
  return false;
}

/// True if a line break before `next` is only where the line was full, in a script that writes
/// without spaces: nothing stands for it.
bool Scanner::joins_lines(size_t next) const {
  const auto is_ideographic = [](char32_t c) { return is_unspaced(c) && width_of(c) == 2; };
  return next < pending_.text.size() && is_ideographic(pending_.text[pending_.at - 1]) &&
         is_ideographic(pending_.text[next]);
}

/// Takes away `count` characters at `pending_.at`.
void Scanner::erase(size_t count) {
  pending_.text.erase(pending_.at, count);
  if (pending_.distrusted_until > pending_.at) pending_.distrusted_until -= count;
}

/// Takes away the white space before a sentence. A blank line begins a paragraph.
bool Scanner::drop_space() {
  size_t end = 0;
  for (; end < pending_.text.size() && is_space(kind_of(pending_.text[end])); ++end)
    paragraph_.newlines += kind_of(pending_.text[end]) == Kind::Newline ? 1u : 0u;
  const size_t width = paragraph_.newlines > 0 ? 0 : paragraph_.line_width;
  if (paragraph_.newlines > 1) {
    paragraph_.nesting.begin_paragraph();
    paragraph_.list.reset();
    paragraph_.newlines = paragraph_.line_begin = 0;
    pending_.follows_sentence = false;
  }
  drop(end);
  paragraph_.line_width = width;
  return true;
}

/// Takes away the first `count` characters.
void Scanner::drop(size_t count) {
  const auto shift = [&](size_t& position) { position -= std::min(position, count); };
  for (const char32_t c :
       pending_.text.first(count).substr(std::min(paragraph_.line_begin, count))) {
    if (paragraph_.line_width >= Judge::wrapped_line) break;
    paragraph_.line_width += width_of(c);
  }
  pending_.text.erase(0, count);
  paragraph_.nesting.shift(count);
  shift(paragraph_.line_begin);
  shift(pending_.at);
  shift(pending_.inner_end);
  shift(pending_.distrusted_until);
}

/// True if the white space before `next` ends a line, an item of a list, or in Thai a sentence.
bool Scanner::ends_at_space(Reader& reader, size_t next, bool new_line) {
  if (ends_list_marker()) {
    const std::optional<ListMarker> own = read_list_marker(reader, 0);
    if (own && own->end == pending_.at) paragraph_.list = own;
  }
  if (reader.kind(next) == Kind::Bullet) return true;
  if (paragraph_.list && pending_.has_content && paragraph_.list->may_precede(reader[next])) {
    const std::optional<ListMarker> following = read_list_marker(reader, next);
    if (following && paragraph_.list->precedes(*following)) return true;
  }
  if (!paragraph_.nesting.empty()) return false;
  if (new_line && options_.join == JoinMode::Verbatim) {
    size_t width = paragraph_.line_width;
    for (size_t i = paragraph_.line_begin; i < pending_.at && width < Judge::wrapped_line; ++i)
      width += width_of(pending_.text[i]);
    if (judge(reader).ends_line(pending_.at, width)) return true;
  }
  return !rules_->is_empty(WordList::EndsBeforeSpace) && is_letter(reader.kind(next)) &&
         rules_->ends_with(WordList::EndsBeforeSpace, pending_.text.first(pending_.at));
}

/// Takes the open quotations for none, and judges what was taken to be inside of them again.
void Scanner::distrust_quotations() {
  pending_.distrusted_until = pending_.at;
  pending_.at = paragraph_.nesting.outermost() + 1;
  pending_.inner_end = 0;
  paragraph_.nesting.give_up();
}

void Scanner::emit(size_t end, CutReason reason, bool complete) {
  Sentence sentence = pending_.text.sentence(end);
  if (joins_words()) std::replace(sentence.text.begin(), sentence.text.end(), '\n', ' ');
  sentence.reason = reason;
  sentence.complete = complete;
  ready_.push_back(std::move(sentence));

  if (complete) {
    paragraph_.nesting.close_all();
    pending_.at = 0;
  }
  pending_.follows_sentence = complete && reason == CutReason::Terminator;
  drop(end);
  drop_space();
  pending_.provisional = {};
  pending_.inner_end = 0;
  pending_.begins_inside = !complete;
  const std::u32string_view judged = pending_.text.first(pending_.at);
  pending_.has_content =
      std::any_of(judged.begin(), judged.end(), [](char32_t c) { return is_content(kind_of(c)); });
}

void Scanner::cut_to_length() {
  const PendingText& text = pending_.text;
  // After white space or an accent, what comes next may belong to the same grapheme cluster.
  while (text.columns() > options_.max_chars && text.size() > 1) {
    const Kind last_kind = kind_of(text[text.size() - 1]);
    if (last_kind == Kind::Mark || is_space(last_kind)) return;
    size_t limit = 1;
    for (size_t columns = width_of(text[0]); limit + 1 < text.size(); ++limit) {
      columns += width_of(text[limit]);
      if (columns > options_.max_chars) break;
    }
    const bool word_ends = is_space(kind_of(text[limit])) || is_space(kind_of(text[limit - 1]));
    const size_t cut = pending_.inner_end > 0 && pending_.inner_end <= limit
                           ? pending_.inner_end
                           : clauses_.best_cut(text, limit, word_ends);
    if (cut == 0) return;
    emit(cut, CutReason::Length, false);
  }
}

void Scanner::end_all(CutReason reason) {
  append(bytes_.finish());
  ended_ = reason;
  scan();
  while (!paragraph_.nesting.empty()) {
    distrust_quotations();
    scan();
  }
  ended_.reset();
  if (pending_.text.trimmed_size() > 0) emit(pending_.text.size(), reason, true);
  forget();
}

/// What is pending, and all before it.
void Scanner::forget() {
  pending_ = {};
  pending_.text.measure(options_.max_chars > 0);
  paragraph_ = {};
  last_ = {};
}

bool Scanner::is_long_enough(size_t end) const {
  size_t columns = 0;
  for (size_t i = 0; i < end && columns < options_.min_chars; ++i)
    columns += width_of(pending_.text[i]);
  return columns >= options_.min_chars;
}

bool Scanner::is_whole_sentence() const {
  const Verdict& verdict = pending_.provisional;
  return verdict.ends && !verdict.doubtful && verdict.end >= pending_.text.trimmed_size() &&
         (verdict.sure || is_long_enough(verdict.end));
}

std::optional<Sentence> Scanner::take_ready() {
  if (ready_.empty()) return std::nullopt;
  Sentence sentence = std::move(ready_.front());
  ready_.pop_front();
  return sentence;
}

std::optional<Sentence> Scanner::cut(CutReason reason) {
  if (!ready_.empty()) return take_ready();
  if (reason == CutReason::Pause || reason == CutReason::Boundary || reason == CutReason::End) {
    end_all(reason);
    return take_ready();
  }
  const size_t size = pending_.text.trimmed_size();
  if (is_whole_sentence()) {
    emit(size, reason, true);
  } else if (size > 0 && reason != CutReason::Terminator) {
    const bool word_ends = joins_words() || size < pending_.text.size();
    size_t end = pending_.inner_end;
    if (end == 0) end = clauses_.best_cut(pending_.text, size, word_ends);
    emit(end > 0 ? end : size, reason, false);
  }
  scan();
  return take_ready();
}

size_t Scanner::pending_bytes() const {
  size_t length = 0;
  for (const char32_t c : trim_end(pending_.text))
    length += utf8_length(c);
  return length;
}

void Scanner::reset() {
  bytes_.reset();
  ready_.clear();
  forget();
}
}  // namespace gst_translate::segment
