// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// What `meson install` puts where, and that it works from there with nothing but the elements'
// folder named: the staging folder stands for a prefix that was moved as a whole.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

const std::string libraries = PREFIX "/" LIBDIR;
const std::string plugins = libraries + "/gstreamer-1.0";
const std::string libexec = PREFIX "/" LIBEXECDIR "/gst-lingua";

class Installation : public testing::Test {
 protected:
  void SetUp() override {
    root_ = shell_.folder() + "/root";
    const Output output =
        shell_.run_line(MESON " install -C '" BUILD_ROOT "' --no-rebuild --destdir " + root_);
    ASSERT_EQ(output.status, 0) << output.out << output.err;
    for (const char* variable : {"GST_LINGUA_MODEL", "GST_LINGUA_ESPEAK", "LD_LIBRARY_PATH"})
      shell_.unset(variable);
    shell_.set("GST_PLUGIN_PATH_1_0", root_ + plugins);
    shell_.set("GST_REGISTRY_1_0", shell_.folder() + "/registry.bin");
    shell_.set("PKG_CONFIG_PATH",
               root_ + libraries + "/pkgconfig:" + root_ + plugins + "/pkgconfig");
  }

  /// What program.cpp prints, built with nothing but what pkg-config says of some packages. Like
  /// each program that uses a prefix the linker does not know, it is told where the libraries are.
  std::string build_and_run(const std::string& packages) {
    const Output compiled = shell_.run_line(
        "${CXX:-c++} -std=c++17 " SANITIZE " -o program program.cpp $(pkg-config --cflags --libs " +
        packages + ") -Wl,-rpath," + root_ + libraries);
    EXPECT_EQ(compiled.status, 0) << compiled.err;
    shell_.set("LD_PRELOAD", "");  // it has the sanitizer, if there is one
    const Output output = shell_.run({"./program"});
    EXPECT_EQ(output.status, 0) << output.err;
    return output.out;
  }

  bool exists(const std::string& path) const { return std::filesystem::exists(root_ + path); }

  Shell shell_;
  std::string root_;
};

TEST_F(Installation, HasEachPartInItsPlace) {
  for (const std::string& path : {
           plugins + "/libgsttextsegmenter.so",
           plugins + "/libgstnllbtranslate.so",
           plugins + "/libgstttssynth.so",
           plugins + "/libgsttranslatespeechbin.so",
           plugins + "/pkgconfig/gstnllbtranslate.pc",
           libraries + "/pkgconfig/gst-lingua-1.0.pc",
           libraries + "/libgst-translate.so",
           libraries + "/libgst-tts.so",
           libraries + "/gst-lingua/libgst-translate-engine.so",
           libexec + "/gst-lingua-espeak",
           libraries + "/pkgconfig/gst-translate.pc",
           libraries + "/pkgconfig/gst-tts.pc",
           std::string(PREFIX "/bin/gst-translate"),
           std::string(PREFIX "/share/man/man1/gst-translate.1"),
           std::string(PREFIX "/share/man/man1/gst-tts.1"),
           std::string(PREFIX "/share/bash-completion/completions/gst-translate"),
           std::string(PREFIX "/share/bash-completion/completions/gst-tts"),
           std::string(PREFIX "/share/fish/vendor_completions.d/gst-translate.fish"),
           std::string(PREFIX "/share/fish/vendor_completions.d/gst-tts.fish"),
           std::string(PREFIX "/share/zsh/site-functions/_gst-lingua"),
           std::string(PREFIX "/bin/gst-tts"),
           std::string(PREFIX "/bin/gst-lingua-dub"),
           std::string(PREFIX "/share/man/man1/gst-lingua-dub.1"),
           std::string(PREFIX "/include/gst-lingua-1.0/gst-lingua/metas.h"),
           std::string(PREFIX "/share/gst-lingua/demo-model/config.json"),
           std::string(PREFIX "/share/doc/gst-lingua/README.md"),
       })
    EXPECT_TRUE(exists(path)) << path;
}

TEST_F(Installation, Speaks) {
  const Output output = shell_.run_line(
      "echo 'Good morning.' | gst-launch-1.0 fdsrc ! textsegmenter ! nllbtranslate "
      "output-language-code=ja ! ttssynth ! wavenc ! filesink location=out.wav");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_GT(shell_.sound("out.wav").peak(0, 10), speech);
}

TEST_F(Installation, HasToolsThatRun) {
  const std::string programs = root_ + PREFIX "/bin";
  const Output translated =
      shell_.run({programs + "/gst-translate", "--to", "de"}, "Good morning.");
  EXPECT_EQ(translated.out, "Guten Morgen.\n") << translated.err;
  const Output spoken =
      shell_.run({programs + "/gst-tts", "--language", "de", "--output", "out.wav", "Hallo."});
  EXPECT_EQ(spoken.status, 0) << spoken.err;
  EXPECT_GT(shell_.sound("out.wav").peak(0, 10), speech);
}

/// Each part finds the helper that lies in this installation: without it, it says so.
TEST_F(Installation, SpeaksInProcessesOfItsOwn) {
  const std::string line =
      "echo 'Good morning.' | GST_DEBUG=linguacore:4 gst-launch-1.0 fdsrc ! ttssynth ! fakesink";
  const Output with = shell_.run_line(line);
  EXPECT_EQ(with.status, 0) << with.err;
  EXPECT_TRUE(contains(with.err, "in processes of its own")) << with.err;
  std::filesystem::remove(root_ + libexec + "/gst-lingua-espeak");
  const Output without = shell_.run_line(line);
  EXPECT_EQ(without.status, 0) << without.err;
  EXPECT_TRUE(contains(without.err, "gst-lingua-espeak does not start")) << without.err;
}

TEST_F(Installation, BuildsProgramsOfOthers) {
  shell_.write("program.cpp", R"(
#include <gst-lingua/metas.h>
#include <gst-translate/api/translator.h>
#include <gst-translate/segment/segmenter.h>
#include <gst-translate/text/language.h>
#include <gst-translate/text/markup.h>
#include <gst-translate/text/utf8.h>
#include <iostream>

int main() {
  gst_translate::TranslationRequest request;
  request.text = "Good morning.";
  request.source = "en";
  request.targets = {"fr"};
  const auto result = gst_translate::open_translator({})->submit(request).get();
  std::cout << result.translations.at(0).text << ' ' << GST_NLLB_TRANSLATE_META << std::endl;
}
)");
  EXPECT_EQ(build_and_run("gst-translate gst-lingua-1.0"), "Bonjour. NllbTranslateMeta\n");
}

TEST_F(Installation, BuildsProgramsThatSpeak) {
  shell_.write("program.cpp", R"(
#include <gst-translate/text/error.h>
#include <gst-tts/timing/fit.h>
#include <gst-tts/voice/synthesizer.h>
#include <iostream>

int main() {
  try {
    std::cout << gst_tts::open_synthesizer()->sample_rate() << std::endl;
  } catch (const gst_translate::Error& error) {
    std::cerr << error.what() << std::endl;
  }
}
)");
  EXPECT_EQ(build_and_run("gst-tts"), "22050\n");
}

/// The program of examples/embed-bin is C, and C++, too.
TEST_F(Installation, BuildsProgramsThatEmbedTheBin) {
  for (const char* compiler : {"${CC:-cc}", "${CXX:-c++} -x c++"}) {
    const Output compiled =
        shell_.run_line(std::string(compiler) + " " SANITIZE " -Wall -Wextra -Werror -o dub " +
                        SOURCE_ROOT "/examples/embed-bin/dub.c -x none " +
                        "$(pkg-config --cflags --libs gstreamer-1.0)");
    ASSERT_EQ(compiled.status, 0) << compiled.err;
    const Output output = shell_.run({"./dub", SOURCE_ROOT "/examples/text/talk.srt", "de"});
    EXPECT_EQ(output.status, 0) << output.err;
    EXPECT_TRUE(contains(output.out, "1.000\tGood morning, everyone.\tGuten Morgen")) << output.out;
    EXPECT_GT(shell_.sound("de.wav").peak(1, 2), speech);
  }
}

TEST_F(Installation, TellsWhereItsPartsAre) {
  const auto part = [&](const char* variable) {
    const Output output =
        shell_.run({"pkg-config", std::string("--variable=") + variable, "gst-lingua-1.0"});
    return std::filesystem::weakly_canonical(lines(output.out).at(0));
  };
  EXPECT_EQ(part("pluginsdir"), std::filesystem::canonical(root_ + plugins));
  EXPECT_EQ(part("demo_model"),
            std::filesystem::canonical(root_ + PREFIX "/share/gst-lingua/demo-model"));
}

TEST_F(Installation, HasLibrariesThatAreEnoughAlone) {
  shell_.write("program.cpp", R"(
#include <gst-translate/text/language.h>
#include <iostream>

int main() {
  std::cout << gst_translate::find_language("ja")->flores << std::endl;
}
)");
  EXPECT_EQ(build_and_run("gst-translate-text"), "jpn_Jpan\n");

  // What one library throws, a program catches that knows only another's headers.
  shell_.write("program.cpp", R"(
#include <gst-translate/api/translator.h>
#include <gst-translate/segment/segmenter.h>
#include <iostream>

int main() {
  gst_translate::Segmenter segmenter({});
  segmenter.push("One. Two.");
  std::cout << segmenter.finish()->text << std::endl;
  try {
    gst_translate::TranslatorOptions options;
    options.model = "/";
    gst_translate::open_translator(options);
  } catch (const gst_translate::Error& error) {
    std::cout << (error.kind() == gst_translate::Error::Kind::NotFound) << std::endl;
  }
}
)");
  EXPECT_EQ(build_and_run("gst-translate"), "One.\n1\n");
}

TEST_F(Installation, SaysWhenItHasNoEngineAndNoModel) {
  std::filesystem::remove_all(root_ + PREFIX "/share/gst-lingua/demo-model");
  const std::string translate = root_ + PREFIX "/bin/gst-translate";
  const Output without_model = shell_.run({translate, "--to", "de"}, "Good morning.");
  EXPECT_NE(without_model.status, 0);
  EXPECT_TRUE(contains(without_model.err, "the bundled model is missing")) << without_model.err;

  std::filesystem::remove_all(root_ + libraries + "/gst-lingua");
  shell_.set("GST_LINGUA_MODEL", SOURCE_ROOT "/examples/demo-model");
  const Output without_engine = shell_.run({translate, "--to", "de"}, "Good morning.");
  EXPECT_NE(without_engine.status, 0);
  EXPECT_TRUE(contains(without_engine.err, "engine cannot be loaded")) << without_engine.err;
}

TEST(BuildFolder, HasToolsThatFindTheirEngineAndTheModel) {
  Shell shell;
  for (const char* variable : {"GST_LINGUA_MODEL", "LD_LIBRARY_PATH"})
    shell.unset(variable);
  const Output output =
      shell.run({BUILD_ROOT "/gst-translate/tool/gst-translate", "--to", "de"}, "Good morning.");
  EXPECT_EQ(output.out, "Guten Morgen.\n") << output.err;
}

}  // namespace
}  // namespace gst_lingua_tests
