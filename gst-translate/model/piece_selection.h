// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

#include "gst-translate/model/sentencepiece_model.h"

namespace gst_translate {

/// Which pieces of a tokenizer remain, by their places: what the languages' scripts can write.
std::vector<bool> pieces_of_scripts(const SentencepieceModel& model,
                                    const std::vector<std::string>& languages);

/// Which remain for text files, read line by line: every piece that its text is cut into, every
/// piece on the way to one of them, and the single characters of the languages' scripts. Throws
/// `Error` where a file cannot be read.
std::vector<bool> pieces_of_corpora(const SentencepieceModel& model,
                                    const std::vector<std::string>& corpora,
                                    const std::vector<std::string>& languages);

}  // namespace gst_translate
