// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/segment/boundary.h"

#include <algorithm>

#include "gst-translate/segment/line_units.h"
#include "gst-translate/segment/list_items.h"
#include "gst-translate/segment/reported_speech.h"
#include "gst-translate/segment/words.h"

namespace gst_translate::segment {

namespace {

constexpr size_t longest_fronted = 60;  // "On the day \"they all left\" at 6 a.m."
constexpr size_t longest_date = 20;     // "В середине мая 1812 г."
constexpr size_t digits_of_year = 4;
constexpr size_t longest_time_zone = 4;
constexpr unsigned last_day = 31;
constexpr size_t longest_abbreviation = 6;  // letters, of those that no list has
constexpr ptrdiff_t fewest_words = 3;       // "He left the"

bool is_full_width(char32_t c) {
  return c >= 0xFF00 && c < 0xFFF0;
}

/// False for what no sentence begins with, whatever the word before the full stop: "e.g.," "p.m".
bool may_begin(const Next& next) {
  switch (next.kind) {
    case Kind::Comma:
    case Kind::Colon:
    case Kind::Dash:
    case Kind::Close:
    case Kind::FullStop:
    case Kind::Ellipsis:
    case Kind::Question:
    case Kind::Sure:
    case Kind::Mark:
    case Kind::Space:
      return false;
    case Kind::Lower:
      return !next.adjacent;
    default:
      return true;
  }
}

/// What is neither a word nor a number, and yet may begin a sentence: → [ ♪ {
bool is_sign(Kind kind) {
  return kind == Kind::Sign || kind == Kind::Other || kind == Kind::Open || kind == Kind::Symbol ||
         kind == Kind::Emphasis || kind == Kind::Quote;
}

/// The operators that stand between numbers and variables, with a space on either side.
bool is_operator(char32_t c) {
  return std::u32string_view(U"+-–−=<>*/^×÷·±≤≥≠≈∈").find(c) != std::u32string_view::npos;
}

/// No abbreviation of any class, nor what looks like one.
bool is_ordinary(const WordBefore& word) {
  return word.classes == 0 && !word.initial && !word.acronym && !word.truncated && !word.number;
}

bool is_small_number(const std::u32string& digits) {
  unsigned value = 0;
  for (const char32_t c : digits)
    value = value * 10 + static_cast<unsigned>(c - U'0');
  return digits.size() <= 2 && value <= last_day;
}

}  // namespace

Verdict Judge::judge(size_t position) const {
  const Terminator mark = terminator_at(reader_, position);
  if (!has_content_ || mark == Terminator::None || continues_formula(position)) return {};
  if (mark == Terminator::Sure && numbers_sentence(position)) return {};
  const Kind following = reader_.kind(position + 1);
  if (mark == Terminator::Stop && following == Kind::Digit) return {};
  // !Kung
  if (reader_[position] == U'!' && is_letter(following) &&
      (is_space(reader_.kind_before(position)) || reader_.kind_before(position) == Kind::Open))
    return {};

  const Tail tail = read_tail(reader_, rules_, nesting_, position);
  Verdict verdict;
  verdict.end = tail.end;
  verdict.next = tail.marks_end;
  verdict.quoted = tail.quoted;
  if (tail.too_long) return verdict;
  if (tail.mark == Terminator::Sure && !tail.closes && tail.nesting.empty()) {
    verdict.ends = verdict.sure = verdict.certain = true;
    return verdict;
  }
  const Next next = read_next(reader_, rules_, tail);
  const bool stop = tail.mark == Terminator::Stop;
  if (stop && !may_begin(next)) return verdict;
  const WordBefore word = stop ? word_before(reader_, position, rules_) : WordBefore{};
  if (stop && joins_abbreviations(word, tail.end)) return verdict;
  verdict.sure = tail.mark == Terminator::Sure || next.kind == Kind::Newline;
  if (next.kind == Kind::End) {
    verdict.ends = true;
    const char32_t letter = letter_before(reader_, position);
    verdict.certain =
        !stop && tail.mark != Terminator::Ellipsis && !tail.closes &&
        (verdict.sure || is_full_width(reader_[position]) || kind_of(letter) == Kind::Letter);
    verdict.doubtful = stop && !tail.doubled &&
                       ((word.classes & never_ends) != 0 || is_list_marker(word) ||
                        awaits_number(word) || (word.initial && !is_pronoun(word)));
  } else if (next.kind == Kind::Newline) {
    verdict.ends = true;
  } else if (tail.new_ellipsis && next.kind == Kind::Upper) {
    verdict.ends = true;  // "self-interpreting compounds. . . . The practice"
    verdict.end = position + 1;
  } else {
    switch (tail.mark) {
      case Terminator::Stop:
        verdict.ends = ends_after_stop(position, word, tail, next);
        break;
      case Terminator::Ellipsis:
        verdict.ends = ends_after_ellipsis(position, tail, next);
        break;
      case Terminator::Question:
        verdict.ends = ends_after_question(position, tail, next);
        break;
      default:
        verdict.ends = next.kind != Kind::Letter || ends_unspaced(tail, next);
    }
  }
  if (verdict.ends && !tail.nesting.empty()) {
    verdict.inside = true;
    verdict.ends = false;
  }
  return verdict;
}

/// "Mo.–Fr.", "Mar.–Apr."
bool Judge::joins_abbreviations(const WordBefore& word, size_t dash) const {
  constexpr size_t longest = 4;
  return reader_[dash] == U'–' && word.capital && word.text.size() <= longest &&
         is_letter(reader_.kind(dash + 1));
}

bool Judge::ends_after_stop(size_t position, const WordBefore& found, const Tail& tail,
                            const Next& next) const {
  if (is_list_marker(found)) return false;
  // "Az 1. §-a"
  if (found.number && reader_[next.position] == U'§') return false;
  // A second full stop is the sentence's own: "23 Nov.. Grazie."
  const WordBefore& word = tail.doubled || tail.stops > 3 ? WordBefore{} : found;
  if (next.adjacent && !tail.closes) return ends_without_space(position, word, next);
  switch (next.kind) {
    case Kind::Upper:
      return ends_before_capital(word, tail, next);
    case Kind::Letter:
      return ends_before_uncased(word, tail, next);
    case Kind::Digit:
      return ends_before_digit(word) && !cites_verse(word, next);
    case Kind::Lower:
      // No abbreviation is that long, whatever the writer does with capitals.
      return is_ordinary(word) && !tail.closes &&
             (writes_small(position) || word.text.size() > longest_abbreviation);
    case Kind::Bullet:
      return true;
    case Kind::Open:
      return is_ordinary(word) || word.number;
    case Kind::Sign:
      return is_ordinary(word) || word.number || (word.classes & (may_end | unit)) != 0;
    default:
      return is_sign(next.kind) && (is_ordinary(word) || word.number);
  }
}

bool Judge::ends_before_capital(const WordBefore& word, const Tail& tail, const Next& next) const {
  if ((word.classes & unit) && word.after_number && !(word.classes & ends_before_starter))
    return !begins_with_year(word.begin) || is_starter(next);
  if ((word.classes & never_ends) || is_continued(word, next)) return false;
  if (word.classes & may_end)
    return is_starter(next) || (!is_fronted(word.begin) && !is_time_zone(word, next));
  if (word.classes & ends_before_starter)
    return is_starter(next) || is_title(next) || begins_clause(word, next);
  if (word.initial) return is_pronoun(word) || (!word.after_initial && is_starter(next));
  if (word.classes & before_number) {
    // "Art. IV", "Fig. A"
    const std::u32string numeral = word_after(reader_, next.position);
    const bool capitals = reader_.kind(next.position + numeral.size() - 1) == Kind::Upper;
    return !capitals || (numeral.size() > 1 && roman_value(numeral) == 0) || is_starter(next);
  }
  if (word.number && numbers_item(word.begin)) return false;
  if (word.number && rules_.has_ordinals()) {
    if (rules_.has_word_at(WordList::AfterOrdinal, reader_, next.position)) return false;
    if (is_starter(next) || word.cardinal) return true;
    if (rules_.is_empty(WordList::BeforeOrdinal)) return !is_small_number(word.text);
    return !rules_.has(WordList::BeforeOrdinal, previous_word(reader_, word.begin));
  }
  if (word.acronym || word.truncated || (word.roman && rules_.has_ordinals()) || tail.closes_aside)
    return is_starter(next) || is_title(next) || begins_clause(word, next);
  return true;
}

bool Judge::ends_before_uncased(const WordBefore& word, const Tail& tail, const Next& next) const {
  if (word.classes & never_ends) return false;
  if ((word.classes & unit) && word.after_number) return false;
  if (word.classes & ends_before_starter) return is_starter(next);
  if (word.classes & may_end) return true;
  if (word.initial || word.acronym || word.truncated) return false;
  if (word.number && rules_.has_ordinals() && word.after_dotted_number) return false;
  return ends_unspaced(tail, next);
}

bool Judge::ends_before_digit(const WordBefore& word) const {
  if (word.classes & (never_ends | before_number | ends_before_starter)) return false;
  if ((word.classes & unit) && word.after_number) return false;
  if (word.classes & may_end) return true;
  return is_ordinary(word) || (word.classes & unit) != 0;
}

/// "and Rom. 8:28", "siehe Röm. 8,28": the abbreviation of a book, a chapter and a verse. Not "Yes.
/// 10:30 is fine."
bool Judge::cites_verse(const WordBefore& word, const Next& next) const {
  if (!word.capital || word.text.size() > longest_abbreviation || word.begin == 0) return false;
  size_t at = next.position;
  while (reader_.kind(at) == Kind::Digit && at - next.position <= digits_of_year)
    ++at;
  return (reader_[at] == U':' || reader_[at] == U',') && reader_.kind(at + 1) == Kind::Digit;
}

/// "Hello world.Today is Tuesday." but not "example.Com", "System.Out", "J.Smith".
bool Judge::ends_without_space(size_t position, const WordBefore& word, const Next& next) const {
  if (word.text.empty() || word.initial || word.acronym || (word.classes & never_ends) ||
      in_address(reader_, position))
    return false;
  if (is_full_width(reader_[position])) return is_letter(next.kind);
  if (next.quoted) return next.kind == Kind::Upper || next.kind == Kind::Letter;
  if (next.kind == Kind::Letter) {
    const Kind second = reader_.kind(next.position + 1);
    return word.classes == 0 && (word.text.size() > 2 || is_unspaced(reader_[position - 1])) &&
           (is_letter(second) || second == Kind::Mark);
  }
  const Kind before = reader_.kind_before(position);
  const bool dotted_name = word.text.find(U'.') != std::u32string::npos;  // com.example.App
  if (next.kind != Kind::Upper || word.classes != 0 || dotted_name ||
      (before != Kind::Lower && before != Kind::Digit && before != Kind::Close))
    return false;
  const std::u32string token = word_after(reader_, next.position);
  const size_t end = next.position + token.size();
  const Kind after = reader_.kind(end);
  if (token.size() == 1 && !is_space(after)) return false;
  bool title_case = true, capitals = true;
  for (size_t i = next.position + 1; i < end; ++i) {
    title_case = title_case && reader_.kind(i) != Kind::Upper;
    capitals = capitals && reader_.kind(i) == Kind::Upper;
  }
  if (!title_case && (!capitals || roman_value(token) == 0)) return false;
  if (rules_.has(WordList::Extensions, token)) return false;
  if (after == Kind::FullStop)
    return !is_letter(reader_.kind(end + 1)) && reader_.kind(end + 1) != Kind::Digit;
  return is_space(after) || after == Kind::End || after == Kind::Comma || after == Kind::Question ||
         after == Kind::Ellipsis || after == Kind::Quote || after == Kind::Dash;
}

bool Judge::ends_after_ellipsis(size_t position, const Tail& tail, const Next& next) const {
  switch (next.kind) {
    case Kind::Upper:
      return (!next.adjacent || tail.closes || is_starter(next)) &&
             !rules_.has_word_at(WordList::Hesitations, reader_, next.position);
    case Kind::Letter:
      if (tail.closes) return is_unspaced(reader_[next.position]) && ends_unspaced(tail, next);
      return rules_.ends_with(WordList::EndsBeforeEllipsis, reader_.before(position));
    case Kind::Sign:
    case Kind::Other:
    case Kind::Bullet:
      return !next.adjacent;
    case Kind::Open:
      return !next.adjacent && reader_.kind(next.position + 1) == Kind::Upper;
    default:
      return false;
  }
}

bool Judge::ends_after_question(size_t position, const Tail& tail, const Next& next) const {
  const bool wide =
      is_full_width(reader_[position]) || is_unspaced(letter_before(reader_, position));
  if (next.adjacent && in_address(reader_, position)) return false;
  // Yahoo!
  if (reader_[position] == U'!' && !tail.closes &&
      (is_letter(next.kind) || reader_[next.position] == U'&') &&
      rules_.has(WordList::Exclamations, word_before(reader_, position, rules_).text))
    return next.kind == Kind::Upper && !next.adjacent && is_starter(next);
  switch (next.kind) {
    case Kind::Upper:
      if (tail.closes && !rules_.is_empty(WordList::VerbsOfSaying) &&
          (!is_starter(next) ||
           rules_.has_word_at(WordList::Hesitations, reader_, next.position)) &&
          names_speaker(reader_, rules_, next.position))
        return false;
      return !tail.closes_aside || is_starter(next);
    case Kind::Letter:
      return ends_unspaced(tail, next);
    case Kind::Lower:
      return wide || (!next.adjacent && !tail.closes && writes_small(position));
    case Kind::Digit:
      return wide || !next.adjacent;
    case Kind::Bullet:
      return true;
    case Kind::Sign:
      return !tail.closes_aside;
    default:
      return is_sign(next.kind) && !tail.closes_aside && (wide || !next.adjacent);
  }
}

/// Before a letter of a script without capitals; 「行こう！」と言った。 goes on after its
/// quotation.
bool Judge::ends_unspaced(const Tail& tail, const Next& next) const {
  if (tail.closes_title) return tail.mark == Terminator::Sure;
  if (tail.closes_aside) return false;
  if (!tail.closes) return true;
  const size_t particle = rules_.longest_at(WordList::AfterQuotation, reader_, next.position);
  if (particle > 0) return rules_.longest_at(WordList::Starters, reader_, next.position) > particle;
  // Not after 他问：“你去吗？”, which says already who speaks.
  return tail.introduced || !reports_speech(reader_, rules_, next.position);
}

/// 5! + 3, n! > 2: the operator of a formula goes on with it.
bool Judge::continues_formula(size_t position) const {
  const Kind operand = reader_.kind_before(position);
  const bool factorial = reader_[position] == U'!';
  const bool variable = is_letter(operand) && !is_letter(reader_.kind_before(position - 1));
  if (operand != Kind::Digit && !variable && !(factorial && operand == Kind::Close)) return false;
  if (reader_.kind(position + 1) != Kind::Space) return false;
  const size_t at = reader_.skip_space(position + 1);
  if (!is_operator(reader_[at]) || (reader_.kind(at) == Kind::Dash && !factorial)) return false;
  const bool compared = reader_[at + 1] == U'=' && reader_[at] != U'=';
  return reader_.kind(at + (compared ? 2 : 1)) == Kind::Space;
}

/// १। and ၁။ at the beginning number the sentence.
bool Judge::numbers_sentence(size_t position) const {
  return position <= longest_list_marker && reader_.kind_before(position) == Kind::Digit &&
         is_list_marker(word_before(reader_, position, rules_));
}

/// True for "Fig." at the end of what has arrived. "No." and the like are words as well.
bool Judge::awaits_number(const WordBefore& word) const {
  return (word.classes & before_number) != 0 && (word.classes & may_end) == 0;
}

bool Judge::is_starter(const Next& next) const {
  if (!rules_.has_word_at(WordList::Starters, reader_, next.position)) return false;
  // "J. A. Smith"
  return is_letter(reader_.kind(next.position + 1)) || reader_[next.position + 1] != U'.';
}

/// "the F.B.I. Mr. Lane": no name goes on with a title.
bool Judge::is_title(const Next& next) const {
  return rules_.has_word_at(WordList::Titles, reader_, next.position);
}

/// "He left the U.S. Rowing is fun.": all before the initialism can be a sentence, since it is more
/// than the subject or an adverbial of one, and what follows is a subject with its verb. "U.S.
/// Rowing qualified." and "In the U.S. Rowing is fun." go on, and so does "He said the U.S. Army is
/// large."
bool Judge::begins_clause(const WordBefore& word, const Next& next) const {
  if (rules_.is_empty(WordList::FiniteVerbs) || is_fronted(word.begin) ||
      rules_.has_word_at(WordList::NameParts, reader_, next.position))
    return false;
  const std::u32string_view before = trim_end(reader_.before(word.begin));
  const auto words = 1 + std::count_if(before.begin(), before.end(),
                                       [](char32_t c) { return is_space(kind_of(c)); });
  size_t previous = before.size();
  if (previous > 0 && kind_of(before.back()) == Kind::Comma) --previous;  // Washington, D.C.
  while (previous > 0 && is_letter(kind_of(before[previous - 1])))
    --previous;
  const bool noun = word.acronym && words >= fewest_words &&
                    rules_.has(WordList::Determiners, previous_word(reader_, word.begin)) &&
                    !rules_.has(WordList::VerbsOfSaying, previous_word(reader_, previous));
  // Acme Inc.
  const bool name = (word.classes & ends_before_starter) != 0 && words > fewest_words &&
                    reader_.kind(previous) == Kind::Upper;
  if (!noun && !name) return false;
  size_t at = next.position;
  while (is_letter(reader_.kind(at)) || reader_.kind(at) == Kind::Mark)
    ++at;
  if (reader_.kind(at) != Kind::Space) return false;
  at = reader_.skip_space(at);
  return rules_.has_word_at(WordList::FiniteVerbs, reader_, at) ||
         rules_.ends_with(WordList::FiniteVerbEndings, word_after(reader_, at));
}

/// "EE. UU.": the next word belongs to the same abbreviation.
bool Judge::is_continued(const WordBefore& word, const Next& next) const {
  return word.begins_spaced &&
         rules_.find(word.text + U'.' + word_after(reader_, next.position)) != nullptr;
}

/// "you and I." is no initial.
bool Judge::is_pronoun(const WordBefore& word) const {
  if (!rules_.has(WordList::Hesitations, word.text)) return false;
  const std::u32string_view text = trim_end(reader_.before(word.begin));
  size_t begin = text.size();
  while (begin > 0 && is_letter(kind_of(text[begin - 1])))
    --begin;
  return begin < text.size() && kind_of(text[begin]) == Kind::Lower;
}

/// "1." or "a." at the beginning: it numbers the sentence.
bool Judge::is_list_marker(const WordBefore& word) const {
  if (begins_inside_ || word.text.empty() || word.begin > longest_list_marker) return false;
  for (size_t i = 0; i < word.begin; ++i) {
    const Kind kind = reader_.kind(i);
    if (kind != Kind::Bullet && !is_space(kind) && kind != Kind::Open && kind != Kind::Sign &&
        kind != Kind::Emphasis && kind != Kind::Dash && kind != Kind::Quote && kind != Kind::Mark &&
        reader_[i] != U'>')
      return false;
  }
  const bool numbers =
      word.text.size() <= 8 && std::all_of(word.text.begin(), word.text.end(), [](char32_t c) {
        return c == U'.' || c == U'º' || c == U'ª' || c == U'°' || kind_of(c) == Kind::Digit;
      });
  if (numbers) return word.text.size() <= 3 || word.text.find(U'.') != std::u32string::npos;
  return word.initial || roman_value(word.text) > 0;
}

/// True if all before the terminator is an adverbial, so that "At 5 a.m. Mr. Smith" goes on.
bool Judge::is_fronted(size_t position) const {
  const std::u32string_view text = reader_.before(position);
  size_t at = text.size() > longest_fronted ? text.size() - longest_fronted : 0;
  const size_t colon = text.substr(at).rfind(U": ");
  if (colon != std::u32string_view::npos)
    at += colon + 1;
  else if (at > 0)
    return false;
  while (at < text.size() && !is_letter(kind_of(text[at])))
    ++at;
  return rules_.has_word_at(WordList::Prepositions, reader_, at);
}

/// "3 p.m. EST", "10 a.m. Monday"
bool Judge::is_time_zone(const WordBefore& word, const Next& next) const {
  if (!word.after_number) return false;
  if (rules_.has_word_at(WordList::AfterTime, reader_, next.position)) return true;
  size_t end = next.position;
  while (reader_.kind(end) == Kind::Upper && end - next.position <= longest_time_zone)
    ++end;
  return end - next.position > 1 && end - next.position <= longest_time_zone &&
         !is_letter(reader_.kind(end));
}

/// True if the number at `position` begins a list inside a line: "Steps: 1. Open it."
bool Judge::numbers_item(size_t position) const {
  const std::u32string_view text = trim_end(reader_.before(position));
  return !text.empty() && text.size() < position && text.back() == U':';
}

/// True if all before the unit at `position` is a year or a century, so that "В 1812 г. Наполеон"
/// goes on.
bool Judge::begins_with_year(size_t position) const {
  const std::u32string_view text = trim_end(reader_.before(position));
  size_t begin = text.size();
  while (begin > 0 && kind_of(text[begin - 1]) == Kind::Digit)
    --begin;
  if (begin == text.size()) {
    while (begin > 0 && is_letter(kind_of(text[begin - 1])))
      --begin;
    if (!is_roman_numeral(text.substr(begin))) return false;
  } else if (text.size() - begin != digits_of_year) {
    return false;
  }
  return trim_end(text.substr(0, begin)).empty() ||
         (text.size() <= longest_date && is_fronted(begin));
}

/// True if the writer uses no capitals: this sentence begins with none.
bool Judge::writes_small(size_t position) const {
  if (begins_inside_) return false;
  const std::u32string_view text = reader_.before(std::min(position, longest_fronted));
  const auto first =
      std::find_if(text.begin(), text.end(), [](char32_t c) { return is_letter(kind_of(c)); });
  return first != text.end() && kind_of(*first) == Kind::Lower;
}

bool Judge::may_follow_aside(size_t position) const {
  if (!is_space(reader_.kind(position)) && !is_unspaced(reader_[position - 1]))
    return reader_.kind(position) == Kind::End;
  const Kind next = reader_.visible_kind(reader_.skip_space(position));
  return next == Kind::Upper || next == Kind::Letter || next == Kind::Digit ||
         next == Kind::Bullet || next == Kind::Dash || next == Kind::End || is_sign(next);
}

bool Judge::ends_line(size_t newline, size_t line_width) const {
  const size_t at = reader_.skip_space(newline);
  const Kind next = reader_.kind(at);
  if (next == Kind::End || next == Kind::Mark) return false;
  if (next == Kind::Bullet || next == Kind::Dash || next == Kind::Emphasis || next == Kind::Sign ||
      read_list_marker(reader_, at) || is_rule(reader_, at))
    return true;
  if (line_width >= wrapped_line) return false;
  const size_t end = trim_end(reader_.before(newline)).size();
  const Kind last = reader_.kind_before(end);
  if (last == Kind::Comma || last == Kind::Dash) return false;
  if (last == Kind::FullStop) return is_ordinary(word_before(reader_, end - 1, rules_));
  if (is_terminator(last)) return true;
  // これは父の / 家です。
  const std::u32string_view line = reader_.before(end);
  if (rules_.ends_with(WordList::AfterQuotation, line) &&
      !rules_.ends_with(WordList::EndsBeforeEllipsis, line))
    return false;
  // A sentence that began with a capital goes on in small letters; a list of catchwords has
  // neither.
  return next != Kind::Lower || writes_small(newline);
}

}  // namespace gst_translate::segment
