// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/dub/parts.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>

#include "gst-translate/text/error.h"

namespace gst_lingua_dub {

using gst_translate::Error;

namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_unwritable(const std::string& path) {
  throw Error(Error::Kind::Failed, "The file " + path + " cannot be written: " +
                                       std::generic_category().message(errno) + ".");
}

nlohmann::json to_json(const std::string& key, const Part& part) {
  nlohmann::json json = {{"key", key}, {"cues", nlohmann::json::array()}, {"speech", part.speech}};
  for (const Cue& cue : part.cues)
    json["cues"].push_back({cue.start, cue.duration, cue.text});
  return json;
}

}  // namespace

Parts::Parts(const std::string& output) : folder_(output + ".parts") {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error)
    throw Error(Error::Kind::Failed,
                "The folder " + folder_ + " cannot be made: " + error.message() + ".");
}

std::string Parts::path(const std::string& language, const char* suffix) const {
  return folder_ + "/" + language + suffix;
}

std::optional<Part> Parts::find(const std::string& language, const std::string& key) const {
  std::ifstream file(path(language, ".json"));
  const auto json = nlohmann::json::parse(file, nullptr, false);
  const std::string sound = path(language, ".mka");
  if (!json.is_object() || json.value("key", "") != key || !fs::exists(sound)) return std::nullopt;
  Part part;
  part.sound = sound;
  try {
    for (const auto& cue : json.at("cues"))
      part.cues.push_back({cue.at(0), cue.at(1), cue.at(2)});
    part.speech = json.at("speech");
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // not of ours: it is made anew
  }
  return part;
}

std::string Parts::begin(const std::string& language) const {
  std::error_code error;
  for (const char* suffix : {".json", ".mka"})
    fs::remove(path(language, suffix), error);
  return path(language, ".mka.new");
}

void Parts::finish(const std::string& language, const std::string& key, const Part& part) const {
  put_in_place(part.sound, path(language, ".mka"));
  write_safely(path(language, ".json"), to_json(key, part).dump());
}

void Parts::remove() const {
  std::error_code error;
  fs::remove_all(folder_, error);
}

void Parts::remove_if_empty() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error))
    if (entry.path().extension() == ".json") return;
  remove();
}

void write_safely(const std::string& path, const std::string& content) {
  const std::string temporary = path + ".new";
  std::ofstream file(temporary, std::ios::binary);
  file << content;
  file.close();
  if (!file) {
    std::remove(temporary.c_str());
    throw_unwritable(path);
  }
  put_in_place(temporary, path);
}

void put_in_place(const std::string& temporary, const std::string& path) {
  const int file = open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  const bool written = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!written || std::rename(temporary.c_str(), path.c_str()) != 0) throw_unwritable(path);
}

}  // namespace gst_lingua_dub
