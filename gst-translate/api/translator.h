// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gst-translate/api/progress.h"
#include "gst-translate/api/search_options.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/export.h"

namespace gst_translate {

/// Set from any thread to give up work that nobody waits for. What is queued then costs nothing,
/// and what is in a batch leaves it before the next step; a batch that nobody waits for ends in 50
/// ms.
using CancelFlag = std::shared_ptr<std::atomic<bool>>;

/// What the guards around the model found wrong with a translation.
enum class Flaw : uint32_t {
  None = 0,
  Loop = 1 << 0,         ///< it repeats itself
  Empty = 1 << 1,        ///< nothing came out
  Copied = 1 << 2,       ///< the source, untranslated
  WrongScript = 1 << 3,  ///< not in the target language's script
  Length = 1 << 4,       ///< far too short or too long for its source
  Truncated = 1 << 5,    ///< stopped by `max_length`
  Altered = 1 << 6,      ///< it lacks a URL, a name or a number that had to stay as it was
};
constexpr Flaw operator|(Flaw a, Flaw b) {
  return static_cast<Flaw>(static_cast<uint32_t>(a) | static_cast<uint32_t>(b));
}
constexpr bool operator&(Flaw a, Flaw b) {
  return (static_cast<uint32_t>(a) & static_cast<uint32_t>(b)) != 0;
}

/// The names of flaws, as tools and messages give them: "loop", "wrong-script".
inline std::vector<const char*> names_of(Flaw flaws) {
  std::vector<const char*> names;
  for (const auto& [flaw, name] :
       {std::pair(Flaw::Loop, "loop"), std::pair(Flaw::Empty, "empty"),
        std::pair(Flaw::Copied, "copied"), std::pair(Flaw::WrongScript, "wrong-script"),
        std::pair(Flaw::Length, "length"), std::pair(Flaw::Truncated, "truncated"),
        std::pair(Flaw::Altered, "altered")})
    if (flaws & flaw) names.push_back(name);
  return names;
}

/// A part of a translation that will not change any more, handed out while the rest is decoded.
struct Fragment {
  size_t target = 0;      ///< index into `TranslationRequest::targets`
  std::string_view text;  ///< the concatenation of all fragments is the whole translation
  bool last = false;      ///< of its target: each has one, perhaps without text
};

struct TranslationRequest {
  std::string text;                  ///< UTF-8, one sentence or more
  std::string source;                ///< any code that `find_language` knows
  std::vector<std::string> targets;  ///< likewise; one encoder pass serves all
  SearchOptions search;
  bool scores = false;  ///< wanted of greedy search too, where they cost time
  bool split = true;    ///< by sentences, long ones by clauses; else the text goes in as it is
  bool guards = true;   ///< look for flaws and try once more with other settings
  /// Makes each part ready for the model and undoes that in its translation (prepare/): characters
  /// that the vocabulary lacks become plain ones or are left out, capitals small; URLs, names and
  /// numbers with units come out as they went in; what has no other letters does not go in. Not for
  /// a text that goes in as it is.
  bool prepare = true;
  /// Puts characters that the model's vocabulary lacks (rare names, emoji) into the translation:
  /// those that were left out where they stood in the sentence, others in the place of the model's
  /// `<unk>`s, else at the ends of a sentence that they begin or end. The ids stay.
  bool keep_unknown = false;
  /// Scores only the tokens that the target's script needs, and all of them again where a guard
  /// finds a flaw.
  bool shortlist = false;
  /// The most sentences, each target counted, of a batch that it is part of; 1 to `largest_batch`.
  static constexpr int largest_batch = 1024;
  int batch_size = 32;
  std::optional<std::chrono::steady_clock::time_point> deadline;  ///< order: the nearest first
  CancelFlag cancel;
  /// Greedy search alone: called on the engine's thread, or by `submit` for what needs no model;
  /// must not block.
  std::function<void(const Fragment&)> on_fragment;
  /// Called exactly once, as soon as the future holds a result or an error: on the engine's thread,
  /// or by `submit` before it returns. Must not block, throw, nor hold the last reference to the
  /// translator.
  std::function<void()> on_ready;
};

struct Translation {
  std::string language;  ///< FLORES-200 code
  std::string text;
  std::vector<int32_t> ids;  ///< as Hugging Face's `generate()` returns them, padding left out
  float score = 0;           ///< as `sequences_scores`: log-probability by length^length_penalty
  Flaw flaws = Flaw::None;   ///< found in the returned text
  bool retried = false;      ///< a guard had it translated twice
};

struct TranslationResult {
  std::vector<Translation> translations;  ///< in the order of `TranslationRequest::targets`
  std::vector<int32_t> source_ids;
  // Of the last part's first attempt.
  int64_t queued_ns = 0;  ///< waited for its batch
  int64_t encode_ns = 0;  ///< its batch's encoder pass
  int64_t decode_ns = 0;  ///< its batch's search
  int batch = 0;          ///< sentences in its batch
};

/// Which model to open, and where.
struct TranslatorOptions {
  static constexpr int most_threads = 1024;

  std::string model;               ///< a folder, or a hub name in the local cache; empty: bundled
  std::string device = "auto";     ///< auto, cpu, cuda, cuda:N, mps
  std::string precision = "auto";  ///< auto, float32, float16, bfloat16, int8
  std::string backend = "auto";    ///< auto, cpu, torch: what computes; for comparisons
  int threads = 0;                 ///< 0: chosen at load, and again on a CPU
};

struct ModelInfo {
  std::string folder;
  std::string kind;                    ///< nllb, m2m100, small100
  std::vector<std::string> languages;  ///< FLORES-200 codes where there is one, else its own
  int layers_encoder = 0, layers_decoder = 0, width = 0, heads = 0, vocabulary = 0;
  int64_t parameters = 0;
  std::string device;     ///< where it runs
  std::string precision;  ///< what it computes with
  int threads = 0;        ///< at load
  int64_t bytes = 0;      ///< of the weights as they are held
  SearchOptions
      search;  ///< what the model says, and what a request gets that says nothing: all set
};

struct Stats {
  uint64_t requests = 0;   ///< submitted
  uint64_t sentences = 0;  ///< translated, each target counted
  uint64_t tokens = 0;     ///< generated
  uint64_t batches = 0;
  uint64_t queued = 0;  ///< waiting now
  uint64_t cancelled = 0;
  uint64_t retried = 0;  ///< by a guard
  int64_t encode_ns = 0, decode_ns = 0;
};

/// Translates. Thread-safe; one for each set of `TranslatorOptions` in a process, shared by all who
/// open it. Destroying the last reference gives up what is queued and in progress, in 50 ms.
class Translator {
 public:
  virtual ~Translator() = default;

  /// Queues requests at once, so that they share a batch as far as one takes them: one after the
  /// other, the first would be on its way before the second came. Never blocks for the model. The
  /// futures throw `Error`: Settings for an unknown language, Cancelled, Memory, Failed.
  virtual std::vector<std::future<TranslationResult>> submit_all(
      std::vector<TranslationRequest> requests) = 0;

  /// The same with a single one.
  std::future<TranslationResult> submit(TranslationRequest request) {
    std::vector<TranslationRequest> requests;
    requests.push_back(std::move(request));
    return std::move(submit_all(std::move(requests)).front());
  }

  virtual const ModelInfo& model() const = 0;
  virtual Stats stats() const = 0;

  /// The share of the vocabulary that `TranslationRequest::shortlist` scores for a language, 0
  /// to 1. Throws `Error` Settings for an unknown one.
  virtual double scored_share(const std::string& /*target*/) const { return 1; }
};

/// The translator for these options: an open one where there is one, else a new one, which takes
/// the time that reading the weights takes. Opens the engine's shared object on first use, and
/// libtorch's for a model that runs on it. Throws `Error`. Thread-safe.
GST_LINGUA_EXPORT std::shared_ptr<Translator> open_translator(const TranslatorOptions& options,
                                                              const Progress& progress = {});

/// Throws `Error` Settings for words and numbers that make no sense, alone or together. Fast, looks
/// at no device; a model that is opened is checked anyway.
GST_LINGUA_EXPORT void check_options(const TranslatorOptions& options);

/// The folder that `TranslatorOptions::model` means, checked to exist and to hold a model's files;
/// fast, reads no weights. Throws `Error` with the remedy.
GST_LINGUA_EXPORT std::string locate_model(const std::string& model);

}  // namespace gst_translate
