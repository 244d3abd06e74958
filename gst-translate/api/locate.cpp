// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <filesystem>
#include <fstream>
#include <string>

#include "gst-translate/api/installation.h"
#include "gst-translate/api/translator.h"
#include "gst-translate/text/cache_folder.h"
#include "gst-translate/text/environment.h"

namespace gst_translate {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// Where downloads of the hub lie (huggingface_hub, constants.py).
fs::path hub_cache() {
  if (const std::string cache = environment_variable("HF_HUB_CACHE"); !cache.empty()) return cache;
  if (const std::string home = environment_variable("HF_HOME"); !home.empty())
    return fs::path(home) / "hub";
  return cache_folder() / "huggingface" / "hub";
}

/// "owner/name", in the letters that the hub allows.
bool is_hub_name(const std::string& model) {
  const auto slash = model.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < model.size() &&
         model.find('/', slash + 1) == std::string::npos && model.front() != '.' &&
         model.front() != '~' && model.find("..") == std::string::npos;
}

/// The downloaded snapshot of a hub name that its refs/main names, empty if there is none.
fs::path snapshot(const std::string& name) {
  std::string folder = "models--" + name;
  folder.replace(folder.find('/'), 1, "--");
  const fs::path repository = hub_cache() / folder;
  std::ifstream reference(repository / "refs" / "main");
  std::string revision;
  if (!(reference >> revision)) return {};
  const fs::path path = repository / "snapshots" / revision;
  return is_folder(path) ? path : fs::path();
}

/// The folder that a name or path stands for.
std::string find_model(const std::string& model) {
  fs::path folder = model;
  if (!is_folder(folder) && is_hub_name(model)) {
    folder = snapshot(model);
    if (folder.empty())
      throw Error(Error::Kind::NotFound,
                  model + ": there is no such folder, and the hub's cache " + hub_cache().string() +
                      " does not hold it; fetch it with: gst-translate fetch " + model + ".");
  }
  std::error_code error;
  if (!fs::exists(folder, error))
    throw Error(Error::Kind::NotFound, model + ": there is no such folder.");
  if (!is_folder(folder))
    throw Error(Error::Kind::NotFound, model +
                                           ": is no folder; a model is a folder with "
                                           "config.json, the weights and the tokenizer.");
  const bool is_model = fs::exists(folder / "config.json", error);
  if (error)
    throw Error(Error::Kind::Unreadable,
                folder.string() + ": cannot be read: " + error.message() + ".");
  if (!is_model)
    throw Error(Error::Kind::NotFound,
                folder.string() + ": holds no model: config.json is missing.");
  return folder.string();
}

std::string find_bundled_model() {
  std::string bundled = bundled_model().string();
  if (is_folder(bundled)) return bundled;
  throw Error(Error::Kind::NotFound,
              bundled +
                  ": the bundled model is missing; install it, name another one as model, or set "
                  "GST_LINGUA_MODEL to one.");
}

}  // namespace

std::string locate_model(const std::string& model) {
  if (!model.empty()) return find_model(model);
  const std::string chosen = environment_variable("GST_LINGUA_MODEL");
  if (chosen.empty()) return find_bundled_model();
  try {
    return find_model(chosen);
  } catch (const Error& error) {
    throw Error(error.kind(),
                std::string(error.what()) + " The variable GST_LINGUA_MODEL names it.");
  }
}

}  // namespace gst_translate
