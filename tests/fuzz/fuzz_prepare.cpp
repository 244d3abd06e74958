// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Any bytes, made ready for a model: what is kept is apart, the pieces around it make up the text,
// and any translation can be restored, what is kept being in it then.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gst-translate/prepare/prepared_text.h"

using namespace gst_translate;

namespace {

constexpr const char* languages[] = {"eng_Latn", "deu_Latn", "jpn_Jpan", "tur_Latn",
                                     "ell_Grek", "arb_Arab", "kat_Geor", "tha_Thai"};

/// Knows some of all characters, by their last byte.
const Vocabulary vocabulary = {
    [](std::string_view text) {
      for (const char c : text)
        if (static_cast<unsigned char>(c) % 7 == 3) return false;
      return true;
    },
    [](std::string_view text) { return text.size() % 5; },
};

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string language = languages[data[0] % 8], target = languages[data[1] % 8];
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  size_t end = 0;
  for (const TextRange& range : find_kept(text)) {
    if (range.begin < end || range.end <= range.begin || range.end > text.size())
      fail("what is kept is not apart");
    end = range.end;
  }
  const PreparedText prepared(text, PreparedText::style_of(text, language, vocabulary), vocabulary);
  std::string whole;
  for (const Piece& piece : prepared.pieces())
    whole += piece.text;
  if (whole != text) fail("the pieces do not make up the text");
  for (std::string translation : {prepared.text(), text, text.substr(text.size() / 2)}) {
    if (!prepared.restore(translation, target, data[0] % 2 == 0)) continue;
    for (const TextRange& range : find_kept(text))
      if (prepared.has_kept() &&
          translation.find(text.substr(range.begin, range.end - range.begin)) == std::string::npos)
        fail("what is kept was lost");
  }
  return 0;
}
