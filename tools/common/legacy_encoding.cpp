// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/common/legacy_encoding.h"

#include <unicode/ucsdet.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

#include "gst-translate/text/language.h"

namespace gst_lingua_tools {

namespace {

using gst_translate::Language;
using Names = std::vector<std::string>;

const std::string western = "windows-1252";

/// What ICU's detector calls an encoding, and the larger one that people write as it.
struct Larger {
  const char* detected;
  const char* name;
};
constexpr Larger larger[] = {
    {"ISO-8859-1", "windows-1252"}, {"ISO-8859-7", "windows-1253"},
    {"ISO-8859-8", "windows-1255"}, {"ISO-8859-8-I", "windows-1255"},
    {"ISO-8859-9", "windows-1254"}, {"EUC-KR", "windows-949"},
    {"Big5", "windows-950"},
};

struct Match {
  std::string encoding;
  int confidence;  ///< percent
};

/// The likeliest first.
std::vector<Match> detect(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(
      ucsdet_open(&status), ucsdet_close);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  int32_t count = 0;
  const UCharsetMatch** found = ucsdet_detectAll(detector.get(), &count, &status);
  std::vector<Match> matches;
  for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
    std::string name = ucsdet_getName(found[i], &status);
    const auto* wide = std::find_if(std::begin(larger), std::end(larger),
                                    [&](const Larger& each) { return name == each.detected; });
    if (wide != std::end(larger)) name = wide->name;
    matches.push_back({name, ucsdet_getConfidence(found[i], &status)});
  }
  return matches;
}

/// Those in which texts of a language are, the most usual first.
Names encodings_of(const Language& language) {
  const std::string_view script = language.script;
  if (script == "Jpan") return {"Shift_JIS", "EUC-JP"};
  if (script == "Hans") return {"GB18030", "windows-950"};
  if (script == "Hant") return {"windows-950", "GB18030"};
  if (script == "Hang") return {"windows-949"};
  if (script == "Cyrl") return {"windows-1251", "KOI8-R", "ISO-8859-5"};
  if (script == "Grek") return {"windows-1253"};
  if (script == "Hebr") return {"windows-1255"};
  if (script == "Arab") return {"windows-1256", "ISO-8859-6"};
  if (script == "Thai") return {"windows-874"};
  const auto is_one_of = [&language](std::initializer_list<std::string_view> codes) {
    return std::find(codes.begin(), codes.end(), language.iso639_1) != codes.end();
  };
  if (is_one_of({"pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs", "sr"}))
    return {"windows-1250", "ISO-8859-2"};
  if (is_one_of({"tr", "az"})) return {"windows-1254"};
  if (is_one_of({"lt", "lv", "et"})) return {"windows-1257"};
  if (is_one_of({"vi"})) return {"windows-1258"};
  return {western};
}

}  // namespace

std::string legacy_encoding(std::string_view bytes, const std::string& language) {
  const std::vector<Match> matches = detect(bytes);
  if (const Language* known = gst_translate::find_language(language)) {
    const Names usual = encodings_of(*known);
    const auto match = std::find_if(matches.begin(), matches.end(), [&usual](const Match& each) {
      return std::find(usual.begin(), usual.end(), each.encoding) != usual.end();
    });
    return match == matches.end() ? usual.front() : match->encoding;
  }
  if (matches.empty()) return western;
  const auto latin = std::find_if(matches.begin(), matches.end(),
                                  [](const Match& each) { return each.encoding == western; });
  const int doubt = latin == matches.end() ? 0 : latin->confidence;
  const Match& best = matches.front();
  // Many a text of bytes above 0x80 could be East Asian, but only such a text surely is.
  const bool is_east_asian = best.encoding.rfind("windows-125", 0) != 0 &&
                             best.encoding.rfind("ISO-8859", 0) != 0 &&
                             best.encoding.rfind("KOI8", 0) != 0;
  const int least = is_east_asian ? 90 : 25;
  return best.confidence >= least && 2 * best.confidence > 3 * doubt ? best.encoding : western;
}

}  // namespace gst_lingua_tools
