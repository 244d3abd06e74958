// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gst-translate/model/mapped_file.h"

namespace gst_translate {

/// The entries of a zip file whose entries are stored, not compressed, by their names: views into
/// the mapped file. Zip64 included (PKWARE APPNOTE 6.3, sections 4.3 and 4.5). Throws `Error`
/// (Corrupt) where a length or an offset does not fit the file.
std::map<std::string, std::string_view> read_zip(const MappedFile& file);

}  // namespace gst_translate
