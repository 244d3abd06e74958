// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What holds for any text, however it is cut into pieces.

#include <gtest/gtest.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <random>

#include "tests/unit/segmenter_pieces.h"
#include "tests/unit/without_space.h"

namespace gst_translate {
namespace {

/// Characters that rules ask for, of many scripts, and some that only make trouble.
constexpr std::u32string_view characters =
    U"aAbBzZéÉßñđ19 .,!?…\"'`()[]{}«»“”‘’„‚「」『』（）《》。！？、，।॥۔؟;:|-–—•⁃\n\r\t 　"
    U"天地人ですはとのเครับค่ะกาລາວខ្មែរ"
    U"။၊ကမာ።፡៕་།༎ಾಕಿ"
    U"אבגدمكհայ։:՞ἀ;ελλქია"
    U"🙂👩‍👧🇩🇪️́̈‏‪‬؀*_~#"
    U"$€¡¿²\uFFFD";
constexpr const char* fragments[] = {
    "Dr. ", "e.g. ",  "U.S. ",  "a.m. ",      "No. ",     "1. ",  "2. ",      "a) ",
    "b) ",  "Hello ", "The ",   "3. Oktober", " . . .",   "...",  "I ",       "http://a.b/c?d=E ",
    "\n\n", "[1]",    "J. R. ", "5 km. ",     "と言った", "です", "了",       " '' ",
    " ' ",  "``",     "!? ",    "\" ",        " \"",      "。」", "\xF0\x9F", "\xFF",
    ":) ",  "[x y]",  "の\n家", "4.\n"};
constexpr const char* languages[] = {"",   "en", "de", "ja", "zh", "th", "hi", "ar",
                                     "hy", "el", "da", "it", "ko", "am", "fr"};

constexpr unsigned texts_tried = 4000;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  size_t below(size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(engine_); }

  std::string text() {
    std::string result;
    const size_t length = below(80);
    const bool with_fragments = below(3) > 0;
    for (size_t i = 0; i < length; ++i) {
      if (with_fragments && below(4) == 0)
        result += fragments[below(std::size(fragments))];
      else
        append_utf8(result, characters[below(characters.size())]);
    }
    return result;
  }

  SegmenterOptions options() {
    SegmenterOptions options = in_language(languages[below(std::size(languages))]);
    if (below(4) == 0) options.max_chars = 5 + below(40);
    if (below(4) == 0) options.min_chars = below(30);
    return options;
  }

 private:
  std::mt19937 engine_;
};

struct Outcome {
  std::string text;
  CutReason reason;
  bool complete;
  bool operator==(const Outcome& other) const {
    return text == other.text && reason == other.reason && complete == other.complete;
  }
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << outcome.text << " (" << static_cast<int>(outcome.reason) << ")";
}

std::vector<Outcome> outcomes(const std::vector<Sentence>& sentences) {
  std::vector<Outcome> result;
  result.reserve(sentences.size());
  for (const Sentence& sentence : sentences)
    result.push_back({sentence.text, sentence.reason, sentence.complete});
  return result;
}

std::vector<Outcome> in_random_pieces(const SegmenterOptions& options, std::string_view text,
                                      Random& random) {
  Segmenter segmenter(options);
  std::vector<Sentence> sentences;
  for (size_t at = 0; at < text.size();) {
    const size_t size = 1 + random.below(9);
    segmenter.push(text.substr(at, size));
    at += size;
    if (random.below(2) == 0) continue;
    for (Sentence& sentence : drain(segmenter))
      sentences.push_back(std::move(sentence));
  }
  for (Sentence& sentence : finish(segmenter))
    sentences.push_back(std::move(sentence));
  return outcomes(sentences);
}

TEST(SegmenterProperties, TheOutputDoesNotDependOnThePieces) {
  for (unsigned seed = 0; seed < texts_tried; ++seed) {
    Random random(seed);
    const std::string text = random.text();
    const SegmenterOptions options = random.options();
    const std::vector<Outcome> whole = outcomes(segment_bytes(options, text, 0));
    ASSERT_EQ(outcomes(segment_bytes(options, text, 1)), whole) << "seed " << seed << "\n" << text;
    ASSERT_EQ(in_random_pieces(options, text, random), whole) << "seed " << seed << "\n" << text;
  }
}

TEST(SegmenterProperties, NothingIsLostChangedOrDoubled) {
  for (unsigned seed = 0; seed < texts_tried; ++seed) {
    Random random(seed);
    const std::string text = random.text();
    Utf8Stream stream;
    std::string valid = stream.push(text);
    valid += stream.finish();
    std::string all;
    for (const Sentence& sentence : segment_bytes(random.options(), text, 3)) {
      ASSERT_FALSE(sentence.text.empty());
      ASSERT_EQ(trim(sentence.text), sentence.text);
      all += sentence.text;
    }
    ASSERT_EQ(without_space(all), without_space(valid)) << "seed " << seed << "\n" << text;
  }
}

/// The only cut inside a cluster is after a mark such as 。, which waits for nothing: an accent on
/// it comes too late.
TEST(SegmenterProperties, NoCutIsInsideAGraphemeCluster) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UBreakIterator, void (*)(UBreakIterator*)> clusters(
      ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &error), ubrk_close);
  ASSERT_TRUE(U_SUCCESS(error));
  for (unsigned seed = 0; seed < texts_tried; ++seed) {
    Random random(seed);
    const std::string text = random.text();
    Utf8Stream stream;
    std::string valid = stream.push(text);
    valid += stream.finish();
    const auto units = icu::UnicodeString::fromUTF8(valid);
    ubrk_setText(clusters.get(), units.getBuffer(), units.length(), &error);
    int32_t at = 0;
    const auto skip_space = [&] {
      while (at < units.length() && u_isUWhiteSpace(units.char32At(at)))
        ++at;
    };
    for (const Sentence& sentence : segment_bytes(random.options(), text, 1)) {
      char32_t last = 0;
      for (const char32_t c : without_space(sentence.text)) {
        skip_space();
        at += U16_LENGTH(static_cast<UChar32>(c));
        last = c;
      }
      bool between = false;
      const int32_t end = at;
      skip_space();
      for (int32_t i = end; i <= at; ++i)
        between = between || ubrk_isBoundary(clusters.get(), i);
      const bool sure = std::u32string_view(U"。।॥۔።፡៕༎။։").find(last) != std::u32string_view::npos;
      ASSERT_TRUE(between || sure) << "seed " << seed << ", after " << sentence.text << "\n"
                                   << text;
    }
  }
}

TEST(SegmenterProperties, AnyMomentIsGoodForACut) {
  for (unsigned seed = 0; seed < texts_tried; ++seed) {
    Random random(seed);
    const std::string text = random.text();
    Segmenter segmenter(random.options());
    std::string all;
    const auto keep = [&](const std::optional<Sentence>& sentence) {
      if (sentence) all += sentence->text;
      return sentence.has_value();
    };
    for (const std::string& piece : characters_of(text, 1 + random.below(12))) {
      segmenter.push(piece);
      while (keep(segmenter.next())) {
      }
      const bool whole = segmenter.awaits_confirmation();
      switch (random.below(6)) {
        case 0:
          ASSERT_EQ(keep(segmenter.cut(CutReason::Terminator)), whole) << "seed " << seed;
          break;
        case 1: {
          const bool pending = segmenter.pending() > 0;
          ASSERT_EQ(keep(segmenter.cut(CutReason::Deadline)), pending) << "seed " << seed;
          break;
        }
        case 2:
          keep(segmenter.cut(CutReason::Pause));
          ASSERT_EQ(segmenter.pending(), 0u);
          break;
        default:
          break;
      }
    }
    while (keep(segmenter.finish())) {
    }
    ASSERT_EQ(without_space(all), without_space(text)) << "seed " << seed << "\n" << text;
  }
}

TEST(SegmenterProperties, LongRunsOfAnythingGoThrough) {
  for (const char* unit :
       {" ",  "\n", ".",   "!",        "(",    ")", "\"", "'",  ". ",  "a",    "a.",
        "1.", "。", "[1]", "\xCC\x81", "\xFF", "•", "''", "- ", "A. ", "。「", "\"A. "}) {
    std::string text = "Start ";
    while (text.size() < 200000)
      text += unit;
    for (const size_t longest : {size_t{0}, size_t{60}}) {
      SegmenterOptions options = in_language("en");
      options.max_chars = longest;
      std::string all;
      for (const Sentence& sentence : segment_bytes(options, text, 1000))
        all += sentence.text;
      Utf8Stream stream;
      EXPECT_EQ(without_space(all), without_space(stream.push(text))) << unit;
    }
  }
}

}  // namespace
}  // namespace gst_translate
