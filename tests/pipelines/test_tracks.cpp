// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// From a file of subtitles to tracks in many languages, in one line: what ffprobe finds in them.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/pipelines/ffprobe.h"
#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

using Strings = std::vector<std::string>;

const std::string aac = " ! audioconvert ! audioresample ! voaacenc ! aacparse ! m.";
const std::string opus = " ! audioconvert ! audioresample ! opusenc ! m.";

/// A file of subtitles, what its parser is told, and when its cues begin.
struct Source {
  std::string file;
  std::string parser;
  std::vector<double> starts;
};

class Tracks : public testing::Test {
 protected:
  void SetUp() override {
    if (shell_.run_line("command -v ffprobe").status != 0)
      GTEST_SKIP() << "ffprobe is not installed";
    shell_.set("G_DEBUG", "fatal-criticals");
    shell_.write("frames.sub",
                 "{25}{75}Good morning.|Is the train late?\n{100}{150}Thank you.\n{175}{225}Good "
                 "evening.\n");
    shell_.write("latin1.srt",
                 "1\n00:00:01,000 --> 00:00:03,000\nThe caf\xe9 is na\xefve.\n\n"
                 "2\n00:00:04,000 --> 00:00:06,000\nThank you very much.\n\n");
  }

  std::vector<Source> sources() const {
    const std::string styled = SOURCE_ROOT "/tests/data/subtitles/";
    return {
        {SOURCE_ROOT "/examples/text/talk.srt", "subparse", {1, 4, 8.5, 13, 18, 22}},
        {styled + "styled.vtt", "subparse", {1, 3, 5, 7, 9.5, 11, 13, 15, 17, 19}},
        {"frames.sub", "subparse video-fps=25/1", {1, 4, 7}},
        {"latin1.srt", "subparse", {1, 4}},
    };
  }

  Output write(const Source& source, const std::string& muxer, const std::string& file,
               const std::string& outputs) const {
    Output output =
        shell_.run_line("gst-launch-1.0 -m " + muxer + " name=m ! filesink location=" + file +
                        "  filesrc location=" + source.file + " ! " + source.parser +
                        " ! translatespeechbin name=b segment=false " + outputs);
    EXPECT_EQ(output.status, 0) << output.err;
    EXPECT_EQ(output.err, "") << "no warning of GLib's";
    for (const std::string& line : lines(output.out)) {
      if (!contains(line, "ttssynth/synthesized-audio")) continue;
      for (const char* markup : {"amp", "&lt", "v Bob", "Mary", "an8", "c.yellow", "\\<i"})
        EXPECT_FALSE(contains(line, markup)) << line;
    }
    return output;
  }

  Strings languages(const std::string& file) const {
    Strings all;
    const auto found = probe(shell_, "-show_streams " + file);
    for (const auto& stream : found["streams"])
      all.push_back(stream.at("codec_name").get<std::string>() + " " +
                    stream.at("tags").at("language").get<std::string>());
    return all;
  }
  void expect_times(const std::string& file, const std::vector<double>& starts) const {
    for (const int number : {0, 1, 2}) {
      const std::vector<double> times = cue_times(shell_, file, number);
      ASSERT_EQ(times.size(), starts.size());
      for (size_t i = 0; i < times.size(); ++i)
        EXPECT_NEAR(times[i], starts[i], 0.0011) << file;
    }
  }

  Shell shell_;
};

TEST_F(Tracks, OfMp4) {
  for (const Source& source : sources()) {
    SCOPED_TRACE(source.file);
    write(
        source, "mp4mux", "out.mp4",
        "b.text_en ! m.  b.text_fr ! m.  b.text_ja ! m.  b.audio_fr" + aac + "  b.audio_ja" + aac);
    EXPECT_EQ(languages("out.mp4"),
              (Strings{"mov_text eng", "mov_text fra", "mov_text jpn", "aac fra", "aac jpn"}));
    expect_times("out.mp4", source.starts);
  }
}

TEST_F(Tracks, OfMatroska) {
  for (const Source& source : sources()) {
    SCOPED_TRACE(source.file);
    write(source, "matroskamux", "out.mkv",
          "b.text_en ! m.  b.text_fr ! m.  b.text_ja ! m.  b.audio_fr" + opus + "  b.audio_ja" +
              opus);
    EXPECT_EQ(languages("out.mkv"),
              (Strings{"subrip eng", "subrip fre", "subrip jpn", "opus fre", "opus jpn"}));
    expect_times("out.mkv", source.starts);
  }
}

TEST_F(Tracks, OfTransportStreams) {
  for (const Source& source : sources()) {
    SCOPED_TRACE(source.file);
    write(source, "mpegtsmux", "out.ts", "b.audio_fr" + aac + "  b.audio_ja" + aac);
    // mpegtsmux writes the one code of ISO 639-2 for French or, in GStreamer 1.24, the other.
    Strings found = languages("out.ts");
    std::replace(found.begin(), found.end(), std::string("aac fra"), std::string("aac fre"));
    EXPECT_EQ(found, (Strings{"aac fre", "aac jpn"}));
  }
}

}  // namespace
}  // namespace gst_lingua_tests
