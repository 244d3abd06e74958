// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// In place of dictionary_mecab.cpp in a build without MeCab.

#include "gst-translate/text/error.h"
#include "gst-tts/japanese/dictionary.h"

namespace gst_tts::japanese {

std::shared_ptr<const Dictionary> open_dictionary() {
  using gst_translate::Error;
  throw Error(Error::Kind::Unavailable,
              "This build of gst-lingua cannot read Chinese characters in Japanese; build it with "
              "MeCab (meson setup -Dmecab=enabled), or write the text in kana.");
}

}  // namespace gst_tts::japanese
