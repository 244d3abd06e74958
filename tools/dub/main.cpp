// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// gst-lingua-dub: films with subtitles become films with speech in other languages.

#include <gst/gst.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gst-translate/command-line/program.h"
#include "gst-translate/command-line/progress_bar.h"
#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "tools/dub/checks.h"
#include "tools/dub/container.h"
#include "tools/dub/cues.h"
#include "tools/dub/film.h"
#include "tools/dub/options.h"
#include "tools/dub/output.h"
#include "tools/dub/parts.h"
#include "tools/dub/pipeline.h"
#include "tools/dub/remarks.h"
#include "tools/dub/speech.h"

namespace gst_lingua_dub {

namespace {

namespace fs = std::filesystem;
using gst_translate::Error;
using gst_translate::ProgressBar;
using gst_translate::UsageError;

std::string flores(const std::string& code) {
  return std::string(gst_translate::find_language(code)->flores);
}

/// All that a part depends on; whatever changes, it is made anew.
std::string key_of(const std::vector<Cue>& cues, const std::string& language,
                   const Options& options) {
  std::string key = PACKAGE_VERSION "\n" + options.from + "\n" + language + "\n" + options.model +
                    "\n" + std::to_string(options.sentences) + " " + std::to_string(options.beams) +
                    " " + std::to_string(options.rate) + "\n";
  for (const auto& [name, value] : options.properties)
    key += name + "=" + value + "\n";
  const char* model = std::getenv("GST_LINGUA_MODEL");  // NOLINT(concurrency-mt-unsafe)
  if (model) key += std::string(model) + "\n";
  gchar* sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, to_srt(cues).c_str(), -1);
  key += sum;
  g_free(sum);
  return key;
}

/// Does a step, with a bar on a terminal, and prints a line of what was done and how long it took.
void step(const std::string& doing, const std::string& done,
          const std::function<void(const std::function<void(double)>&)>& work) {
  const auto begin = std::chrono::steady_clock::now();
  const ProgressBar bar(doing);
  const auto progress = bar.progress();
  try {
    work([&progress](double fraction) { progress(fraction); });
  } catch (...) {
    bar.finish();
    throw;
  }
  bar.finish();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::printf("%s in %.1f s\n", done.c_str(), took.count());
  std::fflush(stdout);
}

std::vector<Dubbed> dub(const std::vector<Cue>& cues, const Options& options, const Parts& parts) {
  std::vector<Dubbed> languages;
  for (const std::string& code : options.to) {
    const std::string language = flores(code);
    const std::string name(gst_translate::find_language(code)->name);
    const std::string key = key_of(cues, language, options);
    if (!parts.find(language, key)) {
      step("translating and speaking " + name, name + ": translated and spoken",
           [&](const auto& progress) {
             const std::string sound = parts.begin(language);
             parts.finish(language, key, make_part(cues, code, options, sound, progress));
           });
    } else {
      std::printf("%s: kept from an earlier run\n", name.c_str());
    }
    std::optional<Part> part = parts.find(language, key);
    if (!part) throw Error(Error::Kind::Failed, "What was made for " + name + " is gone.");
    languages.push_back({code, std::move(*part)});
  }
  return languages;
}

void write(const Film& film, const Subtitles& subtitles, const std::vector<Dubbed>& languages,
           const Options& options, const Container& container) {
  const std::string temporary = options.output + ".new";
  GstClockTime end = 0;
  try {
    step("writing " + options.output, options.output + ": written", [&](const auto& progress) {
      end = write_film(film, subtitles, languages, options, container, temporary, progress);
      put_in_place(temporary, options.output);
    });
  } catch (...) {
    std::remove(temporary.c_str());
    throw;
  }
  if (options.original != Original::Drop) warn_of_end(film, end);
  if (container.has_text()) return;
  for (const Dubbed& dubbed : languages) {
    const std::string file = text_beside(options.output, dubbed.language);
    write_safely(file, to_srt(dubbed.part.cues));
    std::printf("%s: written, since such a film holds no subtitles that are text\n", file.c_str());
  }
}

int run(int argc, char** argv, const std::vector<gst_translate::OptionSpec>& specs) {
  Options options = parse_options(argc, argv, specs);
  const Container container = Container::of(options.output);
  check_output(options);
  gst_init(nullptr, nullptr);
  check_elements();
  catch_signals();

  const Film film = look_at(options.film);
  check_streams(film, options, container);
  Subtitles subtitles =
      find_subtitles(film, options.subtitles, options.encoding, options.from, container.has_text());
  check_subtitles(subtitles, options, container);
  leave_out_late(subtitles.cues, film);
  const std::vector<Cue> said = spoken(subtitles);
  if (options.from.empty()) options.from = subtitles.language;
  if (!gst_translate::find_language(options.from)) options.from = "eng_Latn";
  subtitles.language = options.from;
  std::printf("%zu texts from %s, in %s\n", subtitles.cues.size(), subtitles.source.c_str(),
              std::string(gst_translate::find_language(options.from)->name).c_str());
  if (const size_t silent = subtitles.cues.size() - said.size(); silent > 0)
    std::printf("not spoken, since they describe sounds: %zu texts\n", silent);
  if (const std::string names = left_out(film, subtitles, container); !names.empty())
    std::printf("not taken over into %s: %s\n", options.output.c_str(), names.c_str());
  std::fflush(stdout);

  const Parts parts(options.output);
  try {
    write(film, subtitles, dub(said, options, parts), options, container);
  } catch (const Error& error) {
    parts.remove_if_empty();
    if (!fs::exists(parts.folder())) throw;
    throw Error(error.kind(),
                std::string(error.what()) + " Languages that were finished are kept in " +
                    parts.folder() + ": the same command goes on from there.",
                error.detail());
  }
  parts.remove();
  return 0;
}

}  // namespace

}  // namespace gst_lingua_dub

int main(int argc, char** argv) {
  const gst_translate::Program program = {
      "gst-lingua-dub",
      PACKAGE_VERSION,
      {{
          "",
          "[OPTION...] FILE --to LANGUAGE[,LANGUAGE...] --out FILE",
          "dubs films that have subtitles",
          "Translates the subtitles of a film, speaks them at their times, and writes the film "
          "with a "
          "track of sound and of subtitles for each language. The picture is copied as it is.",
          gst_lingua_dub::option_specs(),
          gst_lingua_dub::run,
          "Languages that are finished are kept in a folder beside the output, whose name ends in "
          ".parts, until the film is written: after an interruption the same command goes on from "
          "there. The output is written under another name until it is whole.",
      }},
  };
  return gst_translate::run_program(program, argc, argv);
}
