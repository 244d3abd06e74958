// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// gst-lingua-dub, by what ffprobe and ffmpeg find in the films that it writes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/pipelines/ffprobe.h"
#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

const std::string talk = SOURCE_ROOT "/examples/text/talk.srt";
const std::string styled = SOURCE_ROOT "/tests/data/subtitles/";
const std::vector<double> starts = {1.0, 4.0, 8.5, 13.0, 18.0, 22.0};

/// How loud a tone is in a part of a sound, 1 being the loudest possible sine.
double tone(const Sound& sound, double frequency, double from, double to) {
  const auto first = static_cast<size_t>(from * sound.rate);
  const auto last = std::min(sound.samples.size(), static_cast<size_t>(to * sound.rate));
  double re = 0;
  double im = 0;
  for (size_t i = first; i < last; ++i) {
    const double phase = 2 * M_PI * frequency * static_cast<double>(i) / sound.rate;
    re += sound.samples[i] * std::cos(phase);
    im += sound.samples[i] * std::sin(phase);
  }
  return 2 * std::hypot(re, im) / static_cast<double>(last - first) / 32768;
}

class Dub : public testing::Test {
 protected:
  void SetUp() override {
    if (shell_.run_line("command -v ffmpeg && command -v ffprobe").status != 0)
      GTEST_SKIP() << "ffmpeg is not installed";
    shell_.set("G_DEBUG", "fatal-criticals");
  }

  /// A film of 25 s in H.264 and AAC, with a tone. It is made once.
  void make_film(const std::string& name) const {
    static const Shell shared;
    const std::string film = shared.folder() + "/" + name;
    if (!fs::exists(film)) {
      const Output made = shared.run_line(
          "ffmpeg -v error -y -f lavfi -i testsrc2=size=160x120:rate=25 -f lavfi -i "
          "sine=frequency=9000:sample_rate=48000 -t 25 -c:v libx264 -preset ultrafast -bf 2 "
          "-pix_fmt yuv420p -c:a aac -b:a 96k -metadata title=Film -metadata:s:a:0 "
          "language=eng " +
          name);
      ASSERT_EQ(made.status, 0) << made.err;
    }
    fs::copy_file(film, shell_.folder() + "/" + name);
  }
  /// With the talk's subtitles in it.
  void make_subtitled_film(const std::string& name) const {
    make_film("bare.mp4");
    const bool is_mp4 = name.find(".mp4") != std::string::npos;
    const Output made =
        shell_.run_line("ffmpeg -v error -y -i bare.mp4 -i " + talk + " -c copy -c:s " +
                        (is_mp4 ? "mov_text" : "srt") + " -metadata:s:s:0 language=eng " + name);
    ASSERT_EQ(made.status, 0) << made.err;
  }

  Output dub(const std::string& arguments) const { return shell_.run_line(DUB " " + arguments); }
  void expect_dub(const std::string& arguments) const {
    const Output output = dub(arguments);
    EXPECT_EQ(output.status, 0) << arguments << "\n" << output.out << output.err;
    for (const char* word : {"CRITICAL", "WARNING"})
      EXPECT_FALSE(contains(output.err, word)) << output.err;
  }

  /// "h264 video eng" for each stream.
  Strings streams(const std::string& file) const {
    Strings all;
    const auto found = probe(shell_, "-show_streams " + file);
    for (const auto& stream : found["streams"])
      all.push_back(stream["codec_name"].get<std::string>() + " " +
                    stream["codec_type"].get<std::string>() + " " +
                    stream.value("tags", nlohmann::json::object()).value("language", "und"));
    return all;
  }
  /// A sum of all pictures or packets of the film's picture.
  std::string picture(const std::string& file, const std::string& how = "") const {
    const Output output = shell_.run_line("ffmpeg -v error -i " + file + " -map 0:v:0 " + how +
                                          " -f framemd5 - | grep -v '^#' | sed 's/.*, *//'");
    EXPECT_FALSE(output.out.empty()) << output.err;
    return output.out;
  }
  static bool same(const std::string& a, const std::string& b) { return a == b; }
  Sound sound(const std::string& file, int number) const {
    const Output output =
        shell_.run_line("ffmpeg -v error -y -i " + file + " -map 0:a:" + std::to_string(number) +
                        " -ac 1 -ar 48000 -bitexact -map_metadata -1 -c:a pcm_s16le sound.wav");
    EXPECT_EQ(output.status, 0) << output.err;
    return shell_.sound("sound.wav");
  }
  Strings subtitles(const std::string& file, int number) const {
    const Output output = shell_.run_line("ffmpeg -v error -i " + file +
                                          " -map 0:s:" + std::to_string(number) + " -f srt -");
    Strings texts;
    const Strings all = lines(output.out);
    for (size_t i = 1; i < all.size(); ++i)
      if (all[i - 1].find(" --> ") != std::string::npos) texts.push_back(all[i]);
    return texts;
  }
  bool exists(const std::string& name) const { return fs::exists(shell_.folder() + "/" + name); }
  void expect_nothing_left(const std::string& output) const {
    EXPECT_FALSE(exists(output));
    EXPECT_FALSE(exists(output + ".new"));
  }

  Shell shell_;
};

TEST_F(Dub, WritesMatroska) {
  make_subtitled_film("film.mkv");
  expect_dub("film.mkv --to de,ja --out out.mkv");
  EXPECT_EQ(streams("out.mkv"),
            (Strings{"h264 video eng", "aac audio eng", "opus audio ger", "opus audio jpn",
                     "subrip subtitle eng", "subrip subtitle ger", "subrip subtitle jpn"}));
  EXPECT_TRUE(same(picture("out.mkv", "-c copy"), picture("film.mkv", "-c copy")));
  const std::vector<double> expected = cue_times(shell_, "film.mkv", 0);
  ASSERT_EQ(expected.size(), starts.size());
  for (const int number : {0, 1, 2}) {
    const std::vector<double> times = cue_times(shell_, "out.mkv", number);
    ASSERT_EQ(times.size(), expected.size());
    for (size_t i = 0; i < times.size(); ++i)
      EXPECT_NEAR(times[i], expected[i], 0.0011);
  }
  EXPECT_TRUE(contains(subtitles("out.mkv", 1)[0], "Guten Morgen"));
  const auto tags = probe(shell_, "-show_format -show_streams out.mkv");
  EXPECT_TRUE(contains(tags["format"].dump(), "\"TITLE\":\"Film\"")) << tags["format"];
  EXPECT_TRUE(contains(tags["streams"][2].dump(), "\"TITLE\":\"German\"")) << tags["streams"][2];
  expect_nothing_left("out.mkv.parts");
  EXPECT_FALSE(exists("out.mkv.new"));
}

TEST_F(Dub, WritesMp4) {
  make_subtitled_film("film.mp4");
  expect_dub("film.mp4 --to de,ja --out out.mp4");
  EXPECT_EQ(streams("out.mp4"),
            (Strings{"h264 video eng", "aac audio eng", "aac audio deu", "aac audio jpn",
                     "mov_text subtitle eng", "mov_text subtitle deu", "mov_text subtitle jpn"}));
  EXPECT_TRUE(same(picture("out.mp4", "-c copy"), picture("film.mp4", "-c copy")));
  const std::vector<double> times = cue_times(shell_, "out.mp4", 1);
  ASSERT_EQ(times.size(), starts.size());
  for (size_t i = 0; i < times.size(); ++i)
    EXPECT_NEAR(times[i], starts[i], 0.0011);
}

TEST_F(Dub, WritesTransportStreams) {
  make_film("film.mkv");
  expect_dub("film.mkv --subtitles " + talk + " --to de,ja --out out.ts");
  // mpegtsmux writes the one code of ISO 639-2 for German or, in GStreamer 1.24, the other.
  Strings found = streams("out.ts");
  std::replace(found.begin(), found.end(), std::string("aac audio deu"),
               std::string("aac audio ger"));
  EXPECT_EQ(found, (Strings{"h264 video und", "aac audio eng", "aac audio ger", "aac audio jpn"}));
  EXPECT_TRUE(same(picture("out.ts"), picture("film.mkv")));
  EXPECT_TRUE(
      contains(shell_.contents("out.de.srt"), "1\n00:00:01,000 --> 00:00:03,500\nGuten Morgen"));
  EXPECT_EQ(lines(shell_.contents("out.ja.srt"), "00:00:").size(), starts.size());
}

TEST_F(Dub, MovesBetweenFormats) {
  make_subtitled_film("film.mkv");
  expect_dub("film.mkv --to fr --out a.mp4");
  expect_dub("a.mp4 --to es --out b.mkv");
  EXPECT_EQ(streams("b.mkv").size(), 7u) << "picture, three sounds, three subtitles";
  EXPECT_TRUE(same(picture("b.mkv"), picture("film.mkv")));
  expect_dub("b.mkv --subtitles " + talk + " --to de --out c.ts --original drop");
  expect_dub("c.ts --subtitles " + talk + " --to ja --out d.mp4");
  EXPECT_TRUE(same(picture("d.mp4"), picture("film.mkv")));
}

TEST_F(Dub, SpeaksEachCueAtItsTime) {
  make_film("film.mp4");
  for (const char* output : {"out.mkv", "out.mp4"}) {
    expect_dub("film.mp4 --subtitles " + talk + " --to de --original drop --out " + output);
    EXPECT_EQ(streams(output).size(), 4u) << "there is no other sound";
    const Sound spoken = sound(output, 0);
    EXPECT_LT(spoken.peak(0, 0.94), silence);
    for (const double start : starts) {
      EXPECT_NEAR(spoken.onset(start - 0.05, silence), start, 0.04) << output;
      EXPECT_GT(spoken.peak(start, start + 1), speech) << output;
    }
  }
}

TEST_F(Dub, LowersTheFilmUnderTheSpeech) {
  make_film("film.mp4");
  expect_dub("film.mp4 --subtitles " + talk + " --to de --duck 20 --out out.mkv");
  const Sound mixed = sound("out.mkv", 1);
  const auto level = [&mixed](double at) { return tone(mixed, 9000, at, at + 0.04); };
  const double full = level(0.3);
  EXPECT_GT(full, 0.05);
  EXPECT_NEAR(level(1.3) / full, 0.1, 0.03) << "20 dB";
  EXPECT_NEAR(level(24.5) / full, 1, 0.1) << "it has come back";
  EXPECT_GT(mixed.peak(1, 2), speech) << "and there is speech";
  // It falls before the first word, and in no jump.
  EXPECT_NEAR(level(0.65) / full, 1, 0.1);
  EXPECT_NEAR(level(0.85 - 0.02) / full, 0.55, 0.12);
  EXPECT_LT(level(1.0) / full, 0.15);
  for (int i = 5; i < 610; i++) {
    const double at = i * 0.04;
    EXPECT_LT(std::abs(level(at + 0.04) - level(at)) / full, 0.25) << at;
  }
}

TEST_F(Dub, KeepsTheFilmsSoundAsATrack) {
  make_film("film.mp4");
  expect_dub("film.mp4 --subtitles " + talk + " --to de --original keep --out out.mkv");
  EXPECT_EQ(streams("out.mkv").size(), 5u);
  EXPECT_GT(tone(sound("out.mkv", 0), 9000, 1, 3), 0.05);
  EXPECT_LT(tone(sound("out.mkv", 1), 9000, 0.1, 0.9), 0.001);
  const auto packets = [this](const std::string& file) {
    return shell_
        .run_line("ffmpeg -v error -i " + file +
                  " -map 0:a:0 -c copy -f framemd5 - | grep -v '^#' | sed 's/.*, *//'")
        .out;
  };
  const std::string kept = packets("out.mkv");
  EXPECT_GT(lines(kept).size(), 1000u);
  // MP4 says that the first packet is only there for the decoder to begin with.
  EXPECT_TRUE(contains(packets("film.mp4"), kept)) << "it was encoded anew";
}

/// Into its own language text passes as it is: what is left is what the cues really say.
TEST_F(Dub, SaysNothingOfTheMarkup) {
  make_film("film.mp4");
  shell_.write("film.sub", "{25}{75}Good morning.|Is the train late?\n{100}{150}Thank you.\n");
  shell_.write("latin1.srt", "1\n00:00:01,000 --> 00:00:03,000\nThe caf\xe9 is na\xefve.\n\n");
  const std::string needs[] = {styled + "styled.srt", styled + "styled.vtt", "film.sub",
                               "latin1.srt"};
  for (const std::string& file : needs) {
    expect_dub("film.mp4 --subtitles " + file + " --from en --to en,de --out out.mkv");
    const Strings texts = subtitles("out.mkv", 1);
    EXPECT_FALSE(texts.empty()) << file;
    for (const std::string& text : texts)
      for (const char* markup : {"amp", "&lt", "Bob", "Mary", "an8", "{", "<i", "<b", "c.yellow"})
        EXPECT_FALSE(contains(text, markup)) << file << ": " << text;
    if (file == "latin1.srt") {
      EXPECT_EQ(texts, Strings{"The café is naïve."});
    }
    if (file == "film.sub") {
      EXPECT_EQ(texts, (Strings{"Good morning. Is the train late?", "Thank you."}));
      EXPECT_NEAR(cue_times(shell_, "out.mkv", 1).at(0), 1, 0.0011)
          << "by the film's own frame rate";
    }
  }
}

TEST_F(Dub, FindsSubtitlesBesideTheFilm) {
  make_film("film.mp4");
  fs::copy_file(SOURCE_ROOT "/examples/text/talk.vtt", shell_.folder() + "/film.vtt");
  const Output output = dub("film.mp4 --to de --out out.mkv");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_TRUE(contains(output.out, "film.vtt")) << output.out;
}

/// Sounds that the container does not take are encoded anew; there may be none, or no picture.
TEST_F(Dub, TakesFilmsOfAllKinds) {
  make_film("film.mp4");
  const std::string make = "ffmpeg -v error -y -i film.mp4 -t 6 ";
  const std::string with = " --to de --subtitles " + talk + " --out ";
  ASSERT_EQ(shell_.run_line(make + "-c:v copy -c:a libvorbis vorbis.mkv").status, 0);
  expect_dub("vorbis.mkv" + with + "vorbis.mp4");
  EXPECT_EQ(streams("vorbis.mp4"), (Strings{"h264 video eng", "aac audio eng", "aac audio deu",
                                            "mov_text subtitle eng", "mov_text subtitle deu"}));

  ASSERT_EQ(
      shell_.run_line(make + "-c:v libvpx -b:v 200k -deadline realtime -c:a libopus a.webm").status,
      0);
  expect_dub("a.webm" + with + "b.webm");
  EXPECT_EQ(streams("b.webm").size(), 3u);
  EXPECT_TRUE(same(picture("b.webm", "-c copy"), picture("a.webm", "-c copy")));
  EXPECT_TRUE(exists("b.de.srt"));

  ASSERT_EQ(shell_.run_line(make + "-c:v copy -an silent.mp4").status, 0);
  expect_dub("silent.mp4" + with + "silent.mkv");
  EXPECT_EQ(streams("silent.mkv").size(), 4u);

  ASSERT_EQ(shell_.run_line(make + "-vn -c:a libmp3lame talk.mp3").status, 0);
  expect_dub("talk.mp3" + with + "talk.mkv");
  EXPECT_EQ(streams("talk.mkv"), (Strings{"mp3 audio und", "opus audio ger", "subrip subtitle eng",
                                          "subrip subtitle ger"}));

  ASSERT_EQ(shell_.run_line(make + "-map 0:v -map 0:a -map 0:a -c copy two.mkv").status, 0);
  expect_dub("two.mkv" + with + "two.mp4");
  EXPECT_EQ(streams("two.mp4").size(), 6u) << "both sounds";
}

/// What muxers do not take as demuxers give it, and what demuxers give otherwise than others.
TEST_F(Dub, CopiesStreamsThatNeedAParser) {
  make_film("film.mp4");
  struct Case {
    const char* made;  ///< by ffmpeg
    const char* from;
    const char* to;
    const char* picture;
    const char* sound;
  };
  const Case cases[] = {
      {"-c:v copy -c:a flac", "a.mkv", "b.mkv", "h264 video", "flac audio"},
      {"-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a copy", "c.mkv", "d.mp4", "vp9 video",
       "aac audio"},
      {"-c copy", "e.flv", "f.mkv", "h264 video", "aac audio"},
      {"-c:v copy -c:a ac3", "g.m2ts", "h.mkv", "h264 video", "ac3 audio"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.to);
    const Output made = shell_.run_line("ffmpeg -v error -y -i film.mp4 -t 2 " +
                                        std::string(each.made) + " " + each.from);
    ASSERT_EQ(made.status, 0) << made.err;
    const std::string line =
        std::string(each.from) + " --subtitles " + talk + " --to de --out " + each.to;
    const Output dubbed = shell_.run_line("timeout 60 " DUB " " + line);
    ASSERT_EQ(dubbed.status, 0) << dubbed.err;
    const Strings found = streams(each.to);
    ASSERT_EQ(found.size(), 5u);
    EXPECT_TRUE(contains(found[0], each.picture)) << found[0];
    EXPECT_TRUE(contains(found[1], each.sound)) << found[1];
    EXPECT_TRUE(same(picture(each.to), picture(each.from)));
  }
}

TEST_F(Dub, KeepsChaptersAndAllSubtitles) {
  make_film("film.mp4");
  shell_.write("chapters",
               ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=10\ntitle=The "
               "beginning\n[CHAPTER]\nTIMEBASE=1/1\nSTART=10\nEND=25\ntitle=The end\n");
  shell_.write("font.ttf", "no font");
  shell_.write("fr.srt", "1\n00:00:01,000 --> 00:00:03,000\nBonjour.\n");
  const Output made = shell_.run_line(
      "ffmpeg -v error -y -i film.mp4 -i " + talk +
      " -i fr.srt -i chapters -map 0 -map 1 -map 2 -map_metadata 3 -c copy -c:s srt "
      "-metadata:s:s:0 language=eng -metadata:s:s:1 language=fre -attach font.ttf "
      "-metadata:s:t mimetype=application/x-truetype-font whole.mkv");
  ASSERT_EQ(made.status, 0) << made.err;
  const Output dubbed = dub("whole.mkv --to de --out out.mkv");
  ASSERT_EQ(dubbed.status, 0) << dubbed.err;
  EXPECT_TRUE(contains(dubbed.out, "not taken over into out.mkv: 1 attached file\n")) << dubbed.out;
  EXPECT_EQ(streams("out.mkv"),
            (Strings{"h264 video eng", "aac audio eng", "opus audio ger", "subrip subtitle eng",
                     "subrip subtitle fre", "subrip subtitle ger"}));
  EXPECT_EQ(subtitles("out.mkv", 1), Strings{"Bonjour."});
  const auto chapters = probe(shell_, "-show_chapters out.mkv")["chapters"];
  ASSERT_EQ(chapters.size(), 2u);
  EXPECT_EQ(chapters[0]["tags"]["title"], "The beginning");
  EXPECT_EQ(chapters[1]["start_time"], "10.000000");
  EXPECT_TRUE(contains(dub("whole.mkv --to de --out out.mp4").out, "the chapters"));
}

/// Subtitles of a broadcast or a Blu-ray: a box at 1 s, which goes away at 3 s.
std::string pictures() {
  const auto number = [](unsigned value, int bytes) {
    std::string text;
    while (bytes-- > 0)
      text += static_cast<char>(value >> (8 * bytes));
    return text;
  };
  const auto segment = [&](unsigned second, unsigned kind, const std::string& content) {
    return "PG" + number(second * 90000, 4) + number(0, 4) + number(kind, 1) +
           number(static_cast<unsigned>(content.size()), 2) + content;
  };
  const std::string size = number(40, 2) + number(10, 2), place = number(20, 2) + number(90, 2);
  const std::string screen = number(160, 2) + number(120, 2) + number(0x10, 1);
  std::string box;
  for (int line = 0; line < 10; ++line)
    box += number(0x00A801, 3) + number(0, 2);
  const auto window = [&](unsigned second) {
    return segment(second, 0x17, number(1, 1) + number(0, 1) + place + size);
  };
  return segment(
             1, 0x16,
             screen + number(0, 2) + number(0x800000, 3) + number(1, 1) + number(0, 4) + place) +
         window(1) + segment(1, 0x14, number(0, 2) + number(0x01EB8080, 4) + number(0xFF, 1)) +
         segment(1, 0x15,
                 number(0, 3) + number(0xC0, 1) + number(static_cast<unsigned>(box.size() + 4), 3) +
                     size + box) +
         segment(1, 0x80, "") + segment(3, 0x16, screen + number(1, 2) + number(0, 4)) + window(3) +
         segment(3, 0x80, "");
}

TEST_F(Dub, TakesNamesThatAreNoUtf8) {
  make_film("film.mp4");
  fs::rename(shell_.folder() + "/film.mp4", shell_.folder() + "/caf\xe9.mp4");
  fs::copy_file(talk, shell_.folder() + "/caf\xe9.srt");
  EXPECT_EQ(dub("caf\xe9.mp4 --to de --out \xfc.mkv > said 2>&1").status, 0);
  EXPECT_TRUE(exists("\xfc.mkv"));
}

TEST_F(Dub, NamesSubtitlesThatArePictures) {
  make_film("film.mp4");
  shell_.write("pictures.sup", pictures());
  for (const char* kind : {"copy", "dvdsub", "dvbsub"}) {
    SCOPED_TRACE(kind);
    const Output made = shell_.run_line(
        "ffmpeg -v error -y -i film.mp4 -i pictures.sup -map 0 -map 1 -c copy -c:s " +
        std::string(kind) + " -metadata:s:s language=ger seen.mkv");
    ASSERT_EQ(made.status, 0) << made.err;
    const Output output = dub("seen.mkv --to de --out out.mkv");
    EXPECT_EQ(output.status, 1) << output.out;
    EXPECT_TRUE(contains(output.err, "pictures of text")) << output.err;
  }
  // They say that they last for months.
  const Output named = shell_.run_line("timeout 60 " DUB " seen.mkv --subtitles " + talk +
                                       " --to de --original duck --out out.mkv");
  EXPECT_EQ(named.status, 0) << named.err;
  EXPECT_EQ(streams("out.mkv").size(), 5u) << named.out;
  EXPECT_NEAR(sound("out.mkv", 1).seconds(), 25, 1);
}

TEST_F(Dub, SpeaksNoSoundsAndNoNames) {
  make_film("film.mp4");
  shell_.write("deaf.srt",
               "1\n00:00:01,000 --> 00:00:03,000\nJOHN: Good morning.\n\n"
               "2\n00:00:04,000 --> 00:00:06,000\n[door slams]\n\n"
               "3\n00:00:08,000 --> 00:00:09,000\n(sighs) Thank you.\n");
  const Output output = dub("film.mp4 --subtitles deaf.srt --original drop --to en --out out.mkv");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_TRUE(contains(output.out, "not spoken, since they describe sounds: 1 text")) << output.out;
  EXPECT_EQ(subtitles("out.mkv", 0),
            (Strings{"JOHN: Good morning.", "[door slams]", "(sighs) Thank you."}));
  EXPECT_EQ(subtitles("out.mkv", 1), (Strings{"Good morning.", "Thank you."}));
  EXPECT_LT(sound("out.mkv", 0).peak(4, 7.9), silence);
}

TEST_F(Dub, SaysThatAFilmEndsTooSoon) {
  make_subtitled_film("film.mkv");
  ASSERT_EQ(shell_.run_line("head -c 150000 film.mkv > cut.mkv").status, 0);
  shell_.write("late.srt",
               "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n\n"
               "2\n10:00:00,000 --> 10:00:02,000\nThank you.\n");
  const Output output = shell_.run_line(
      "timeout 60 " DUB " cut.mkv --subtitles late.srt --original keep --to de --out out.mkv");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_TRUE(contains(output.err, "cut.mkv ends at 00:00:0")) << output.err;
  EXPECT_TRUE(contains(output.err, "1 of 2 texts")) << output.err;
}

TEST_F(Dub, ReplacesNothingThatItDoesNotOwn) {
  make_film("film.mp4");
  fs::copy_file(talk, shell_.folder() + "/out.de.srt");
  fs::create_directory(shell_.folder() + "/folder.mkv");
  const std::string read = shell_.contents("out.de.srt");
  for (const char* arguments :
       {"film.mp4 --subtitles out.de.srt --to de --out out.ts", "--out folder.mkv"}) {
    std::string line = arguments;
    if (line.find("film.mp4") == std::string::npos)
      line = "film.mp4 --subtitles " + talk + " --to de " + line;
    const Output output = dub(line);
    EXPECT_EQ(output.status, 2) << line;
    EXPECT_TRUE(contains(output.err,
                         line.find("out.ts") != std::string::npos ? "out.de.srt" : "is a folder"))
        << output.err;
  }
  const Output other = dub("film.mp4 --subtitles " + talk + " --to de --out out.ts");
  EXPECT_EQ(other.status, 2);
  EXPECT_TRUE(contains(other.err, "already")) << other.err;
  EXPECT_EQ(shell_.contents("out.de.srt"), read);
}

TEST_F(Dub, NamesTheDecoderThatIsMissing) {
  make_film("film.mp4");
  const std::string line = "film.mp4 --subtitles " + talk + " --to de --out out.mkv";
  const auto expect_refusal = [&](const std::string& ranks, const Strings& words) {
    shell_.set("GST_PLUGIN_FEATURE_RANK", ranks);
    const Output output = dub(line);
    EXPECT_EQ(output.status, 1);
    for (const std::string& word : words)
      EXPECT_TRUE(contains(output.err, word)) << output.err;
    EXPECT_FALSE(contains(output.out, "spoken")) << output.out;
  };
  expect_refusal("avdec_h264:NONE,openh264dec:NONE,vah264dec:NONE,vaapih264dec:NONE",
                 {"picture is H.264", "gstreamer1.0-libav"});
  expect_refusal("avdec_aac:NONE,avdec_aac_fixed:NONE,avdec_aac_latm:NONE,fdkaacdec:NONE,faad:NONE",
                 {"AAC", "gstreamer1.0-libav", "--original drop"});
  expect_dub(line + " --original drop");
}

TEST_F(Dub, ReadsSubtitlesOfManyKindsInFilms) {
  make_film("film.mp4");
  for (const char* kind : {"ass", "webvtt", "srt"}) {
    SCOPED_TRACE(kind);
    ASSERT_EQ(
        shell_
            .run_line("ffmpeg -v error -y -i film.mp4 -i " + styled + "styled.srt -c copy -c:s " +
                      kind + " -metadata:s:s:0 language=eng kinds.mkv")
            .status,
        0);
    expect_dub("kinds.mkv --to en --out out.mkv");
    const Strings texts = subtitles("out.mkv", 1);
    ASSERT_EQ(texts.size(), 10u);
    EXPECT_EQ(texts[1], "Fish & chips, please.");
    for (const std::string& text : texts)
      for (const char* markup : {"amp", "&lt", "an8", "{", "\\N", "<i", "<b"})
        EXPECT_FALSE(contains(text, markup)) << text;
  }
}

TEST_F(Dub, SpeaksTheSubtitlesOfTheLanguageThatIsNamed) {
  make_film("film.mp4");
  const std::string cue = "1\\n00:00:01,000 --> 00:00:03,000\\n";
  ASSERT_EQ(shell_
                .run_line("printf '" + cue + "Guten Morgen.\\n' > de.srt; printf '" + cue +
                          "Good morning.\\n' > en.srt; ffmpeg -v error -y -i film.mp4 -i de.srt -i "
                          "en.srt -map 0 -map 1 -map 2 -c copy -c:s srt -metadata:s:s:0 "
                          "language=ger -metadata:s:s:1 language=eng two.mkv")
                .status,
            0);
  expect_dub("two.mkv --from en --to fr --out out.mkv");
  EXPECT_EQ(subtitles("out.mkv", 0), Strings{"Good morning."});
  expect_dub("two.mkv --to en --out out.mkv");
  EXPECT_EQ(subtitles("out.mkv", 0), Strings{"Guten Morgen."}) << "the first one";
}

TEST_F(Dub, MakesSentencesAndSetsProperties) {
  make_film("film.mp4");
  shell_.write("halves.srt",
               "1\n00:00:01,000 --> 00:00:02,000\nThe meeting\n\n2\n00:00:02,000 --> "
               "00:00:04,000\nstarts at nine.\n\n");
  const std::string line = "film.mp4 --subtitles halves.srt --original drop --to en --out out.mkv";
  expect_dub(line);
  EXPECT_EQ(subtitles("out.mkv", 1).size(), 2u);
  expect_dub(line + " --sentences");
  EXPECT_EQ(subtitles("out.mkv", 1), Strings{"The meeting starts at nine."});
  expect_dub(line + " --sentences --set ttssynth-en::volume=0 --beams 2 --rate 1.1");
  EXPECT_LT(sound("out.mkv", 0).peak(0, 4), silence);
}

TEST_F(Dub, GoesOnWhereItWasInterrupted) {
  make_film("film.mp4");
  const std::string line = "film.mp4 --subtitles " + talk + " --to de,fr --out out.mkv";
  // In the way of the output.
  fs::create_directory(shell_.folder() + "/out.mkv.new");
  const Output failed = dub(line);
  EXPECT_EQ(failed.status, 1);
  EXPECT_TRUE(contains(failed.err, "out.mkv.parts")) << failed.err;
  EXPECT_TRUE(exists("out.mkv.parts/deu_Latn.json"));
  EXPECT_FALSE(exists("out.mkv"));

  fs::remove(shell_.folder() + "/out.mkv.new");
  fs::remove(shell_.folder() + "/out.mkv.parts/fra_Latn.json");
  const Output resumed = dub(line);
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_TRUE(contains(resumed.out, "German: kept from an earlier run")) << resumed.out;
  EXPECT_TRUE(contains(resumed.out, "French: translated and spoken")) << resumed.out;
  EXPECT_EQ(streams("out.mkv").size(), 7u);
  EXPECT_FALSE(exists("out.mkv.parts"));

  // What was made otherwise is of no use.
  fs::create_directory(shell_.folder() + "/out.mkv.new");
  dub(line);
  fs::remove(shell_.folder() + "/out.mkv.new");
  const Output other = dub(line + " --rate 1.3");
  EXPECT_EQ(other.status, 0) << other.err;
  EXPECT_FALSE(contains(other.out, "kept")) << other.out;
}

TEST_F(Dub, LeavesNoBrokenFilmWhenItIsInterrupted) {
  make_film("film.mp4");
  std::string many;
  for (int i = 0; i < 150; i++) {
    char cue[160];
    std::snprintf(cue, sizeof cue,
                  "%d\n00:%02d:%02d,000 --> 00:%02d:%02d,900\nThe meeting %d starts at nine.\n\n",
                  i + 1, i / 60, i % 60, i / 60, i % 60, i);
    many += cue;
  }
  shell_.write("many.srt", many);
  const Output output = shell_.run_line(
      DUB
      " film.mp4 --subtitles many.srt --to de,fr,es,ja --out out.mkv & "
      "while kill -0 $! && ! test -e out.mkv.parts/deu_Latn.json; do sleep 0.02; done; "
      "kill -INT $!; wait $!");
  EXPECT_EQ(output.status, 1);
  EXPECT_TRUE(contains(output.err, "Interrupted")) << output.err;
  EXPECT_TRUE(contains(output.err, "out.mkv.parts")) << output.err;
  expect_nothing_left("out.mkv");
  EXPECT_TRUE(exists("out.mkv.parts/deu_Latn.json"));
}

TEST_F(Dub, GoesOnBehindNohup) {
  make_film("film.mp4");
  const Output output =
      shell_.run_line("trap '' HUP; " DUB " film.mp4 --subtitles " + talk +
                      " --to de --out out.mkv & "
                      "while kill -0 $! && ! test -e out.mkv.parts; do sleep 0.02; "
                      "done; kill -HUP $!; wait $!");
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_TRUE(exists("out.mkv"));
}

TEST_F(Dub, SaysThatItCannotWrite) {
  make_film("film.mp4");
  const Output output = shell_.run_line("ulimit -f 700; exec " DUB " film.mp4 --subtitles " + talk +
                                        " --to de --out out.mkv");
  EXPECT_EQ(output.status, 1) << output.out;
  EXPECT_TRUE(contains(output.err, "rit")) << output.err;
  expect_nothing_left("out.mkv");
}

TEST_F(Dub, SaysWhatIsWrong) {
  make_film("film.mp4");
  ASSERT_EQ(shell_.run_line("ffmpeg -v error -i film.mp4 -t 2 -c copy film.avi").status, 0);
  shell_.write("text.txt", "This is no film.\n");
  shell_.write("empty.mp4", "");
  shell_.write("empty.srt", "");
  shell_.write("late.srt", "1\n10:00:00,000 --> 10:00:02,000\nGood morning.\n");
  shell_.write("none.srt", "There is nothing here.\n");
  const std::string with = " --subtitles " + talk;
  struct Case {
    std::string arguments;
    int status;
    Strings words;
  };
  const Case cases[] = {
      {"film.mp4 --to de --out out.mkv", 1, {"no subtitles", "film.srt", "--subtitles"}},
      {"film.mp4 --to de --out out.avi" + with, 2, {"out.avi", ".mkv"}},
      {"film.mp4 --to xx --out out.mkv" + with, 2, {"\"xx\"", "ISO 639"}},
      {"film.mp4 --to uk --out out.mkv" + with, 2, {"\"uk\"", "deu_Latn"}},
      {"film.mp4 --to de --out out.webm" + with, 2, {"video/x-h264", "out.webm"}},
      {"film.mp4 --to de --out film.mp4" + with, 2, {"replace the film"}},
      {"film.mp4 --to de --out no/such/out.mkv" + with, 2, {"no/such"}},
      {"film.mp4 --out out.mkv" + with, 2, {"--to"}},
      {"film.mp4 --to de" + with, 2, {"--out"}},
      {"--to de --out out.mkv", 2, {"film is missing"}},
      {"film.avi --to de --out out.mkv" + with, 2, {"AVI", "ffmpeg"}},
      {"nofilm.mp4 --to de --out out.mkv", 1, {"nofilm.mp4", "No such file"}},
      {"text.txt --to de --out out.mkv", 1, {"text.txt", "no film"}},
      {"empty.mp4 --to de --out out.mkv", 1, {"empty.mp4", "empty"}},
      {talk + " --to de --out out.mkv", 2, {"subtitles alone"}},
      {"film.mp4 --to de --out out.mkv --subtitles none.srt", 1, {"none.srt"}},
      {"film.mp4 --to de --out out.mkv --subtitles empty.srt", 1, {"empty.srt", "empty"}},
      {"film.mp4 --to de --out out.mkv --subtitles nofile.srt", 1, {"nofile.srt"}},
      {"film.mp4 --to de --out out.mkv --model /no/model" + with, 1, {"/no/model"}},
      {"film.mp4 --to de --out out.mkv --set ttssynth-de::nothing=1" + with, 2, {"nothing"}},
      {"film.mp4 --to de --out out.mkv --set nonsense" + with, 2, {"--set"}},
      {"film.mp4 --to de --out out.mkv --set ttssynth-de::pitch=low" + with, 2, {"\"low\""}},
      {"film.mp4 --to de --out out.mkv --subtitles late.srt", 2, {"another film", "00:00:25"}},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.arguments);
    const Output output = dub(each.arguments);
    EXPECT_EQ(output.status, each.status) << output.err;
    for (const std::string& word : each.words)
      EXPECT_TRUE(contains(output.err, word)) << output.err;
    EXPECT_FALSE(contains(output.err, "CRITICAL")) << output.err;
    expect_nothing_left("out.mkv");
    EXPECT_FALSE(exists("out.mkv.parts")) << "nothing was finished";
  }
}

}  // namespace
}  // namespace gst_lingua_tests
