// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Films whose subtitles are spoken, shown and translated while demuxer and muxer wait for each
// other: the lines as one types them, with queues of the default size. What hangs is ended.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

const std::string demuxed = "filesrc location=film.mkv ! matroskademux name=d d.video_0 ! queue ! ";
const std::string speech = "ttssynth ! audioconvert ! opusenc";

/// What subtitles do that a muxer may stumble over: they begin late, run over several cues, have no
/// words, are too long for their time, and leave long pauses.
const char* const awkward =
    "1\n00:00:04,000 --> 00:00:08,000\nThe meeting starts\n\n"
    "2\n00:00:08,000 --> 00:00:11,000\nat nine, says Dr.\n\n"
    "3\n00:00:11,200 --> 00:00:14,000\nSmith. Please bring the report.\n\n"
    "4\n00:00:15,000 --> 00:00:19,000\n♪ ♪\n\n"
    "5\n00:00:20,000 --> 00:00:20,600\nYesterday I met an old friend on the train, and we drank "
    "coffee.\n\n"
    "6\n00:00:20,700 --> 00:00:22,500\nGood morning.\n\n"
    "7\n00:00:38,000 --> 00:00:42,000\nand then\n\n";

class Films : public testing::Test {
 protected:
  /// A test picture with subtitles.
  void make_film(const std::string& subtitles, int seconds) const {
    shell_.write("film.srt", subtitles);
    launch("videotestsrc num-buffers=" + std::to_string(25 * seconds) +
           " ! video/x-raw,width=320,height=240,framerate=25/1 ! vp8enc deadline=1 ! queue "
           "max-size-time=0 max-size-buffers=0 max-size-bytes=0 ! matroskamux name=m ! "
           "filesink location=film.mkv filesrc location=film.srt ! subparse ! queue ! m.");
  }

  void launch(const std::string& pipeline) const {
    const Output output = shell_.run_line("timeout -s KILL 60 gst-launch-1.0 -q " + pipeline);
    EXPECT_NE(output.status, 137) << "hangs: " << pipeline;
    EXPECT_EQ(output.status, 0) << pipeline << "\n" << output.err;
    EXPECT_FALSE(contains(output.err, "CRITICAL")) << output.err;
  }

  /// The sound of a film.
  Sound listen(const std::string& film) const {
    const std::string kind = film.substr(film.find('.') + 1);
    const std::string demuxer = kind == "ts"    ? "tsdemux"
                                : kind == "mp4" ? "qtdemux"
                                                : "matroskademux";
    launch(
        "filesrc location=" + film + " ! " + demuxer +
        " ! audio/x-opus ! opusdec ! audioconvert ! audio/x-raw,format=S16LE,channels=1 ! wavenc "
        "! filesink location=sound.wav");
    return shell_.sound("sound.wav");
  }

  /// Each cue of examples/text/talk.srt is heard at its time.
  void expect_talk(const std::string& film) const {
    const Sound sound = listen(film);
    EXPECT_LT(sound.peak(0, 0.95), silence) << film;
    for (const double start : {1.0, 4.0, 8.5, 13.0, 18.0, 22.0}) {
      EXPECT_NEAR(sound.onset(start - 0.05, silence), start, 0.15) << film;
      EXPECT_GT(sound.peak(start, start + 1), gst_lingua_tests::speech) << film << start;
    }
  }

  const std::string talk_ = read_file(SOURCE_ROOT "/examples/text/talk.srt");
  Shell shell_;
};

TEST_F(Films, AreDubbed) {
  make_film(talk_, 25);
  for (const std::string& text : {std::string(), std::string("textsegmenter ! "),
                                  std::string("textsegmenter join=words ! ")}) {
    launch(demuxed + "matroskamux name=m ! filesink location=dub.mkv d.subtitle_0 ! queue ! " +
           text + "nllbtranslate output-language-code=de ! " + speech + " ! m.");
    EXPECT_TRUE(contains(shell_.contents("dub.mkv"), "OpusHead"));
    if (text.empty()) expect_talk("dub.mkv");
  }
}

TEST_F(Films, AreDubbedWhateverTheirSubtitles) {
  make_film(awkward, 45);
  for (const char* text : {"", "textsegmenter ! "})
    for (const char* properties : {"", " overflow=shift", " overflow=clip", " overflow=overlap"})
      launch(demuxed + "matroskamux name=m ! filesink location=dub.mkv d.subtitle_0 ! queue ! " +
             text + "nllbtranslate output-language-code=de ! ttssynth" + properties +
             " ! audioconvert ! opusenc ! m.");
  launch(demuxed +
         "matroskamux name=m ! filesink location=dub.mkv d.subtitle_0 ! queue ! ttssynth ! "
         "audioconvert ! opusenc ! m.");
  const Sound sound = listen("dub.mkv");
  for (const double start : {4.0, 8.0, 11.2, 20.0, 38.0})
    EXPECT_NEAR(sound.onset(start - 0.05, silence), start, 0.15);
  EXPECT_LT(sound.peak(15, 19.95), silence) << "nobody says a note";
  EXPECT_LT(sound.peak(30, 37.95), silence);
}

TEST_F(Films, GetAVoiceInSeveralLanguages) {
  make_film(talk_, 25);
  launch(demuxed +
         "matroskamux name=m ! filesink location=dub.mkv d.subtitle_0 ! queue ! nllbtranslate "
         "name=t output-language-code=de src_0::language-code=fr src_1::language-code=es t.src ! " +
         speech + " ! m. t.src_0 ! " + speech + " ! m. t.src_1 ! queue ! " + speech +
         " ! queue ! m.");
  expect_talk("dub.mkv");
}

/// `qtdemux` tells only every second that there is no cue: the queue of the picture holds more.
TEST_F(Films, ComeFromMp4) {
  if (shell_.run_line("gst-inspect-1.0 --exists openh264enc").status != 0)
    GTEST_SKIP() << "openh264enc, of gst-plugins-bad, is not installed";
  shell_.write("film.srt", talk_);
  launch(
      "videotestsrc num-buffers=625 ! video/x-raw,width=320,height=240,framerate=25/1 ! "
      "openh264enc ! h264parse ! queue max-size-time=0 max-size-buffers=0 max-size-bytes=0 ! "
      "mp4mux name=m ! filesink location=film.mp4 filesrc location=film.srt ! subparse ! queue ! "
      "m.");
  launch(
      "filesrc location=film.mp4 ! qtdemux name=d d.video_0 ! queue max-size-time=3000000000 ! "
      "h264parse ! mp4mux name=m ! filesink location=dub.mp4 d.subtitle_0 ! queue ! "
      "nllbtranslate output-language-code=de ! ttssynth ! audioconvert ! opusenc ! m.");
  expect_talk("dub.mp4");
}

TEST_F(Films, GoIntoOtherContainers) {
  make_film(talk_, 25);
  launch(demuxed +
         "webmmux name=m ! filesink location=dub.webm d.subtitle_0 ! queue ! nllbtranslate "
         "output-language-code=de ! " +
         speech + " ! m.");
  expect_talk("dub.webm");
  if (shell_.run_line("gst-inspect-1.0 --exists openh264enc").status != 0)
    GTEST_SKIP() << "openh264enc, of gst-plugins-bad, is not installed: no MPEG-TS, no MP4";
  for (const auto& [muxer, film] :
       {std::pair("mpegtsmux", "dub.ts"), std::pair("mp4mux", "dub.mp4")}) {
    launch(demuxed + "vp8dec ! openh264enc ! h264parse ! " + muxer +
           " name=m ! filesink location=" + film +
           " d.subtitle_0 ! queue ! nllbtranslate output-language-code=de ! " + speech + " ! m.");
    expect_talk(film);
  }
}

/// The muxer waits for each cue, without an element of ours as well: the picture's queue has no
/// limit.
TEST_F(Films, KeepTranslatedSubtitlesBesideTheVoice) {
  make_film(talk_, 25);
  const std::string demuxed_all =
      "filesrc location=film.mkv ! matroskademux name=d d.video_0 ! queue max-size-time=0 "
      "max-size-buffers=0 max-size-bytes=0 ! matroskamux name=m ! filesink location=dub.mkv "
      "d.subtitle_0 ! queue ! ";
  launch(demuxed_all +
         "nllbtranslate name=t output-language-code=de src_0::language-code=fr t.src ! tee name=de "
         "de. ! queue ! m. de. ! queue ! " +
         speech + " ! m. t.src_0 ! tee name=fr fr. ! queue ! m. fr. ! queue ! " + speech + " ! m.");
  expect_talk("dub.mkv");
  launch(demuxed_all +
         "textsegmenter ! nllbtranslate output-language-code=de ! tee name=de de. ! queue ! m. de. "
         "! queue ! " +
         speech + " ! m.");
  EXPECT_TRUE(contains(shell_.contents("dub.mkv"), "Guten Morgen"));
}

TEST_F(Films, ShowSubtitlesInThePicture) {
  for (const auto& [subtitles, seconds] :
       {std::pair(talk_, 25), std::pair(std::string(awkward), 45)}) {
    make_film(subtitles, seconds);
    for (const char* text : {"textsegmenter", "nllbtranslate output-language-code=de",
                             "textsegmenter ! nllbtranslate output-language-code=de"})
      launch(demuxed + "vp8dec ! textoverlay name=o ! fakesink d.subtitle_0 ! queue ! " + text +
             " ! o.text_sink");
  }
}

}  // namespace
}  // namespace gst_lingua_tests
