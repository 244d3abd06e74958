// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <thread>

#include "gst-translate/api/engine_abi.h"
#include "gst-translate/api/installation.h"

namespace gst_translate {
namespace {

/// The engine's shared object, opened once and kept.
EngineEntry* engine_entry() {
  static std::mutex mutex;
  static EngineEntry* entry = nullptr;
  const std::lock_guard lock(mutex);
  if (entry != nullptr) return entry;
  const char* chosen = std::getenv("GST_LINGUA_ENGINE");  // NOLINT(concurrency-mt-unsafe)
  const std::string path = chosen != nullptr ? chosen : engine_file().string();
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    throw Error(Error::Kind::Unavailable,  // NOLINTNEXTLINE(concurrency-mt-unsafe)
                std::string("The translation engine cannot be loaded: ") + dlerror());
  entry = reinterpret_cast<EngineEntry*>(dlsym(library, engine_entry_name));
  if (entry == nullptr)
    throw Error(Error::Kind::Unavailable,
                path + ": is no translation engine of this version of gst-lingua.");
  return entry;
}

/// One model as it is open, or being opened, in this process.
struct Slot {
  std::mutex loading;
  std::weak_ptr<Translator> translator;
};

std::shared_ptr<Slot> slot_for(const std::string& key) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<Slot>> slots;
  const std::lock_guard lock(mutex);
  auto& slot = slots[key];
  if (!slot) slot = std::make_shared<Slot>();
  return slot;
}

}  // namespace

std::shared_ptr<Translator> open_translator(const TranslatorOptions& options,
                                            const Progress& progress) {
  check_options(options);
  TranslatorOptions located = options;
  located.model = locate_model(options.model);
  std::error_code error;
  const auto canonical = std::filesystem::canonical(located.model, error);
  const std::string key = (error ? located.model : canonical.string()) + '\n' + options.device +
                          '\n' + options.precision + '\n' + std::to_string(options.threads) + '\n' +
                          options.backend;
  const std::shared_ptr<Slot> slot = slot_for(key);

  std::unique_lock lock(slot->loading, std::defer_lock);
  while (!lock.try_lock()) {  // somebody else opens it
    report(progress, 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (auto open = slot->translator.lock()) return open;
  std::shared_ptr<Translator> translator;
  try {
    engine_entry()(located, progress, translator);
  } catch (const std::bad_alloc&) {
    throw Error(Error::Kind::Memory, located.model + ": the model does not fit into memory.");
  }
  slot->translator = translator;
  return translator;
}

}  // namespace gst_translate
