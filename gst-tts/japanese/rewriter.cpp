// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/rewriter.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <string>
#include <utility>

#include "gst-translate/text/error.h"

namespace gst_tts::japanese {

namespace {

using gst_translate::Error;

icu::UnicodeString unicode_string(std::u16string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

/// The text in UTF-16, and which character each of its units belongs to.
struct Utf16 {
  explicit Utf16(const SourcedText& text) {
    for (size_t i = 0; i < text.size(); ++i) {
      string.append(static_cast<UChar32>(text[i].character));
      character_of.resize(static_cast<size_t>(string.length()), i);
    }
    character_of.push_back(text.size());
  }

  icu::UnicodeString string;
  std::vector<size_t> character_of;
};

}  // namespace

struct Rewriter::Rule {
  std::unique_ptr<icu::RegexPattern> pattern;
  icu::UnicodeString replacement;

  /// False if nothing matched.
  bool apply(SourcedText& text, const Utf16& utf16) const {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(pattern->matcher(utf16.string, status));
    if (U_FAILURE(status) || !matcher->find()) return false;
    SourcedText out;
    size_t copied = 0;
    const auto copy_until = [&](size_t end) { copy(out, text, copied, end); };
    do {
      const size_t begin = utf16.character_of[static_cast<size_t>(matcher->start(status))];
      const size_t end = utf16.character_of[static_cast<size_t>(matcher->end(status))];
      if (end == begin) continue;
      copy_until(begin);
      const icu::UnicodeString written = expanded(*matcher);
      for (int32_t i = 0; i < written.length(); i = written.moveIndex32(i, 1))
        out.push_back(
            {static_cast<char32_t>(written.char32At(i)), text[begin].begin, text[end - 1].end});
      copied = end;
    } while (matcher->find());
    copy_until(text.size());
    text = std::move(out);
    return true;
  }

 private:
  /// The replacement with its groups filled in.
  icu::UnicodeString expanded(icu::RegexMatcher& matcher) const {
    icu::UnicodeString written;
    for (int32_t i = 0; i < replacement.length(); ++i) {
      UErrorCode status = U_ZERO_ERROR;
      if (replacement[i] == u'$' && i + 1 < replacement.length())
        written.append(matcher.group(replacement[++i] - u'0', status));
      else
        written.append(replacement[i]);
    }
    return written;
  }
};

Rewriter::Rewriter(const std::vector<RewritingRule>& rules) {
  for (const RewritingRule& rule : rules) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    std::unique_ptr<icu::RegexPattern> pattern(
        icu::RegexPattern::compile(unicode_string(rule.pattern), 0, place, status));
    if (U_FAILURE(status))
      throw Error(Error::Kind::Failed, "A rule for Japanese is no pattern for ICU (" +
                                           std::string(u_errorName(status)) + ").");
    rules_.push_back({std::move(pattern), unicode_string(rule.replacement)});
  }
}

Rewriter::~Rewriter() = default;

void Rewriter::apply(SourcedText& text) const {
  Utf16 utf16(text);
  for (const Rule& rule : rules_)
    if (rule.apply(text, utf16)) utf16 = Utf16(text);
}

}  // namespace gst_tts::japanese
