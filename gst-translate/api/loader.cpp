// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <dlfcn.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <new>
#include <string>

#include "gst-translate/api/engine_abi.h"
#include "gst-translate/api/installation.h"
#include "gst-translate/text/log.h"

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
class Slot {
 public:
  /// The open model. Else null, and the caller has to open it and to tell how that `ended`. Waits
  /// where somebody else opens it; throws `Error` Cancelled if that is given up.
  std::shared_ptr<Translator> find(const Progress& progress) {
    constexpr auto look_interval = std::chrono::milliseconds(50);  // whether it is given up
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, look_interval, [this] { return !opening_; })) {
      lock.unlock();
      report(progress, 0);
      lock.lock();
    }
    auto open = translator_.lock();
    opening_ = !open;
    return open;
  }

  void ended(const std::shared_ptr<Translator>& translator) {
    const std::lock_guard lock(mutex_);
    opening_ = false;
    translator_ = translator;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool opening_ = false;
  std::weak_ptr<Translator> translator_;
};

std::shared_ptr<Slot> slot_for(const std::string& key) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<Slot>> slots;
  const std::lock_guard lock(mutex);
  auto& slot = slots[key];
  if (!slot) slot = std::make_shared<Slot>();
  return slot;
}

/// Opens a model that is there, and says so.
std::shared_ptr<Translator> open_located(const TranslatorOptions& options,
                                         const Progress& progress) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  log(LogLevel::Info, "engine", [&] {
    return options.model + ": opening, device " + options.device + ", precision " +
           options.precision + ", backend " + options.backend + ", threads " +
           std::to_string(options.threads) + '.';
  });
  std::shared_ptr<Translator> translator;
  try {
    engine_entry()(options, progress, translator);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw Error(Error::Kind::Memory, options.model + ": the model does not fit into memory.");
  } catch (const std::exception& failure) {
    throw Error(Error::Kind::Failed, options.model + ": the model cannot be opened.",
                failure.what());
  }
  log(LogLevel::Info, "engine", [&] {
    const ModelInfo& model = translator->model();
    return options.model + ": open on " + model.device + " in " + model.precision + ", " +
           std::to_string(model.threads) + " threads, " + std::to_string(model.bytes) +
           " bytes, in " + in_milliseconds(Clock::now() - begun) + '.';
  });
  return translator;
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
  if (auto open = slot->find(progress)) {
    log(LogLevel::Info, "engine", [&] { return located.model + ": is open already."; });
    return open;
  }
  std::shared_ptr<Translator> translator;
  try {
    translator = open_located(located, progress);
  } catch (...) {
    slot->ended(nullptr);
    throw;
  }
  slot->ended(translator);
  return translator;
}

}  // namespace gst_translate
