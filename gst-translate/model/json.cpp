// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/json.h"

#include <cstdint>

#include "gst-translate/model/mapped_file.h"
#include "gst-translate/text/error.h"

namespace gst_translate {

Json parse_json(std::string_view text, const std::string& name, const Progress& progress) {
  Json::parser_callback_t look;  // a tokenizer's table is some 20 MB
  if (progress)
    look = [&progress, values = 0](int, Json::parse_event_t, Json&) mutable {
      if (++values % 4096 == 0) report(progress, 0);
      return true;
    };
  Json object = Json::parse(text.begin(), text.end(), look, false);
  if (object.is_discarded() || !object.is_object())
    throw Error(Error::Kind::Corrupt, name + ": is not a JSON object");
  return object;
}

Json read_json(const std::string& path, const Progress& progress) {
  return parse_json(MappedFile(path).text(), path, progress);
}

int json_int(const Json& object, const char* key, int fallback, int least, int most,
             const std::string& name) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return fallback;
  if (found->is_number_integer()) {
    const auto value = found->get<int64_t>();
    if (value >= least && value <= most) return static_cast<int>(value);
  }
  const std::string what = found->is_primitive() ? found->dump() : found->type_name();
  throw Error(Error::Kind::Corrupt, name + ": \"" + key + "\" is " + what +
                                        ", not a whole number from " + std::to_string(least) +
                                        " to " + std::to_string(most));
}

}  // namespace gst_translate
