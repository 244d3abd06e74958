// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The program gst-tts, run as a user runs it. GST_TTS_TOOL names it.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

struct Outcome {
  int status = -1;
  std::string out, err;
};

class Tool : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }

  /// Through the shell: `arguments` is quoted by the caller.
  Outcome run(const std::string& arguments, const std::string& input = "") const {
    write("in", input);
    const char* tool = std::getenv("GST_TTS_TOOL");  // NOLINT(concurrency-mt-unsafe)
    const std::string command = "'" + std::string(tool ? tool : "gst-tts") + "' " + arguments +
                                " <" + path("in") + " >" + path("out") + " 2>" + path("err");
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read("out"), read("err")};
  }

  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return text.str();
  }

 private:
  const fs::path folder_ = fs::temp_directory_path() / ("gst-tts-tool-" + std::to_string(getpid()));
};

uint32_t number_at(const std::string& bytes, size_t offset, size_t count = 4) {
  uint32_t value = 0;
  for (size_t i = count; i-- > 0;)
    value = value << 8 | static_cast<uint8_t>(bytes.at(offset + i));
  return value;
}

std::vector<nlohmann::json> lines_of_json(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty() && line[0] == '{') lines.push_back(nlohmann::json::parse(line));
  return lines;
}

}  // namespace

TEST_F(Tool, WritesAWavFile) {
  const Outcome outcome = run("-l en -o " + path("a.wav") + " 'Hello world.'");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out + outcome.err, "");
  const std::string wav = read("a.wav");
  ASSERT_GT(wav.size(), 20000U);
  EXPECT_EQ(wav.substr(0, 4) + wav.substr(8, 8), "RIFFWAVEfmt ");
  EXPECT_EQ(number_at(wav, 4), wav.size() - 8);
  EXPECT_EQ(number_at(wav, 20, 2), 1U) << "PCM";
  EXPECT_EQ(number_at(wav, 22, 2), 1U) << "mono";
  EXPECT_EQ(number_at(wav, 24), 22050U);
  EXPECT_EQ(number_at(wav, 34, 2), 16U);
  EXPECT_EQ(number_at(wav, 40), wav.size() - 44);
}

TEST_F(Tool, WritesSamplesToStandardOutput) {
  const Outcome outcome = run("-l en", "Hello.\n\nHow are you?\n");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_GT(outcome.out.size(), 40000U);
  EXPECT_EQ(outcome.out.size() % 2, 0U);
  EXPECT_NE(outcome.out.substr(0, 4), "RIFF");
}

TEST_F(Tool, GapsAreAsLongAsSaid) {
  const auto bytes = [this](const std::string& gap) {
    return static_cast<double>(run("-l en --gap " + gap + " Yes. No.").out.size());
  };
  EXPECT_NEAR(bytes("2") - bytes("0"), 2 * 22050 * 2, 2000);
}

TEST_F(Tool, PrintsWords) {
  const Outcome outcome =
      run("-l en --words --gap 1 -o " + path("a.wav"), "Hello world.\nGood \u0F00 morning.\n");
  const auto words = lines_of_json(outcome.out);
  ASSERT_EQ(words.size(), 4U) << outcome.out;
  EXPECT_EQ(words[1]["word"], "world");
  EXPECT_EQ(words[1]["text"], 1);
  EXPECT_EQ(words[1]["offset"], 6);
  EXPECT_EQ(words[1]["length"], 5);
  EXPECT_EQ(words[3]["word"], "morning");
  EXPECT_EQ(words[3]["text"], 2);
  EXPECT_GT(words[2]["time"].get<double>(), words[1]["time"].get<double>() + 1);
  EXPECT_NEAR(words[3]["time"].get<double>(), words[3]["sample"].get<double>() / 22050, 0.001);
  EXPECT_NE(outcome.err.find("line 2: 1 character could not be spoken"), std::string::npos);
}

TEST_F(Tool, PrintsStatistics) {
  const Outcome outcome = run("-l de --stats --gap 0 Hallo Welt");
  const auto stats = lines_of_json(outcome.err);
  ASSERT_EQ(stats.size(), 3U) << outcome.err;
  EXPECT_EQ(stats[0]["voice"], "de");
  EXPECT_GT(stats[0]["first_sound_ms"].get<double>(), 0);
  EXPECT_GE(stats[0]["total_ms"].get<double>(), stats[0]["first_sound_ms"].get<double>());
  EXPECT_EQ(stats[2]["texts"], 2);
  EXPECT_NEAR(stats[2]["audio_s"].get<double>(), static_cast<double>(outcome.out.size()) / 44100,
              0.001);
  EXPECT_EQ(stats[2]["first_text_first_sound_ms"], stats[0]["first_sound_ms"]);
}

TEST_F(Tool, FitsASlot) {
  const std::string text = " 'The meeting starts at nine, please bring the report.'";
  const size_t natural = run("-l en" + text).out.size();
  const double seconds = static_cast<double>(natural) / 44100;
  const Outcome fitted = run("-l en --fit " + std::to_string(seconds * 0.8) + text);
  EXPECT_NEAR(static_cast<double>(fitted.out.size()) / static_cast<double>(natural), 0.8, 0.03);
  EXPECT_EQ(fitted.err, "");
  const Outcome squeezed = run("-l en --fit 0.1" + text);
  EXPECT_EQ(squeezed.status, 0);
  EXPECT_NE(squeezed.err.find("too long for its slot"), std::string::npos);
}

TEST_F(Tool, PrintsWhatWouldBeSaid) {
  const Outcome japanese = run("-l ja --readings", "4人で東京へ。\n\nりょうかい\n");
  EXPECT_EQ(japanese.status, 0) << japanese.err;
  EXPECT_EQ(japanese.out, "ヨニンデ トーキョーエ。\n\nリョーカイ\n") << "a line for each text";
  const Outcome english = run("-l en --readings 'Hello world.'");
  EXPECT_EQ(english.out, "həlˈoʊ wˈɜːld\n");
  EXPECT_EQ(run("-l km --readings x").out, "");
  EXPECT_EQ(run("-l km --readings x").status, 1);
}

TEST_F(Tool, SaysWhatALexiconSays) {
  write("words", "# my words\nGStreamer\ten\tgee streamer\nnato\t*\tnorth\n担当\tja\tタントー\n");
  const auto reading = [this](const std::string& language, const std::string& text) {
    return run("-l " + language + " --readings --lexicon " + path("words"), text).out;
  };
  const auto plain = [this](const std::string& language, const std::string& text) {
    return run("-l " + language + " --readings", text).out;
  };
  EXPECT_EQ(reading("en", "I like GStreamer."), plain("en", "I like gee streamer."));
  EXPECT_EQ(reading("en", "NATO and Nato"), plain("en", "north and north")) << "in any case";
  EXPECT_EQ(reading("en", "GStreamers"), plain("en", "GStreamers")) << "another word";
  EXPECT_EQ(reading("de", "GStreamer"), plain("de", "GStreamer")) << "another language";
  EXPECT_EQ(reading("ja", "担当者"), "タントーシャ\n");
  const Outcome words = run("-l en --words -o " + path("a.wav") + " --lexicon " + path("words") +
                            " 'See GStreamer now.'");
  EXPECT_EQ(lines_of_json(words.out)[1]["word"], "GStreamer") << "as it was given";
  write("bad", "one\ten\twon\ntwo en too\n");
  const Outcome bad = run("-l en --readings x --lexicon " + path("bad"));
  EXPECT_NE(bad.status, 0);
  EXPECT_NE(bad.err.find("bad:2:"), std::string::npos) << bad.err;
  EXPECT_NE(run("-l en --readings x --lexicon /nowhere").err.find("/nowhere"), std::string::npos);
  EXPECT_EQ(run("-l en --readings x --lexicon /tmp").status, 1) << "a folder";
}

TEST_F(Tool, ReadsALexiconOfAnyEditor) {
  write("words", "\xef\xbb\xbfnato\t*\tnorth\r\nGIF\ten\tjif\r\n");
  EXPECT_EQ(run("-l en --readings 'nato GIF' --lexicon " + path("words")).out,
            run("-l en --readings 'north jif'").out);
  write("latin1", "one\ten\twon\ncaf\xe9\ten\tcoffee\n");
  const Outcome latin1 = run("-l en --readings x --lexicon " + path("latin1"));
  EXPECT_EQ(latin1.status, 2);
  EXPECT_NE(latin1.err.find("latin1:2: this is not UTF-8"), std::string::npos) << latin1.err;
}

TEST_F(Tool, SaysPhonemesOfALexicon) {
  write("words",
        "pecan\ten\t/piːˈkæn/\nGIF\ten\t[[dZ'If]]\nNew York\ten\tthe big apple\n"
        "York\t*\tnowhere\nYork\ten\tNEW\nBad Ems\tde\t/baːtˈɛms/\n東京\tja\t/toːkjoː/\n"
        "東京都\tja\tトート\n");
  const auto reading = [this](const std::string& language, const std::string& text) {
    return run("-l " + language + " --readings --lexicon " + path("words"), text).out;
  };
  const auto plain = [this](const std::string& language, const std::string& text) {
    return run("-l " + language + " --readings", text).out;
  };
  EXPECT_EQ(reading("en", "pecan"), "piːkˈæn\n");
  EXPECT_EQ(reading("en", "A Pecan, please."), "ɐ piːkˈæn plˈiːz\n") << "in any case";
  EXPECT_EQ(reading("en", "pecans"), plain("en", "pecans"));
  EXPECT_EQ(reading("en", "GIF"), "dʒˈɪf\n");
  EXPECT_EQ(reading("de", "Bad  Ems"), "baːtˈɛms\n") << "any white space";
  EXPECT_EQ(reading("en", "New York"), plain("en", "the big apple")) << "the longest first";
  EXPECT_EQ(reading("en", "York"), plain("en", "NEW")) << "the language's own first";
  EXPECT_EQ(reading("de", "York"), plain("de", "nowhere"));
  EXPECT_EQ(reading("ja", "東京は"), "/toːkjoː/ワ\n");
  EXPECT_EQ(reading("ja", "東京都"), plain("ja", "トート"));
  const Outcome words = run("-l en --words -o " + path("a.wav") + " --lexicon " + path("words") +
                            " 'See pecan pie.'");
  ASSERT_EQ(lines_of_json(words.out).size(), 3U);
  EXPECT_EQ(lines_of_json(words.out)[1]["word"], "pecan") << "as it was given";
  for (const auto& [line, problem] :
       {std::pair("x\ten\t/pi%/", "U+0025 (%)"), {"x\ten\t[[a b]]", "no space"}}) {
    write("bad", "one\ten\twon\n"s + line + "\n");
    const Outcome bad = run("-l en --readings x --lexicon " + path("bad"));
    EXPECT_EQ(bad.status, 2);
    EXPECT_NE(bad.err.find("bad:2:"), std::string::npos) << bad.err;
    EXPECT_NE(bad.err.find(problem), std::string::npos) << bad.err;
  }
}

TEST_F(Tool, ReadsDocumentsOfSsml) {
  const std::string document =
      "<speak xml:lang='de'>\n  Guten <sub alias='Morgen'>M.</sub>\n</speak>\n";
  const std::string said = run("-l de --readings 'Guten Morgen'").out;
  write("good.ssml", document);
  write("other.xml", document);
  EXPECT_EQ(run("--readings " + path("good.ssml")).out, said) << "by its name";
  EXPECT_EQ(run("-m --readings -f " + path("other.xml")).out, said);
  EXPECT_EQ(run("--ssml --readings", document).out, said) << "standard input";
  EXPECT_EQ(run("--ssml --readings \"" + document + "\"").out, said);
  const Outcome marks = run("--ssml --words -o " + path("a.wav"),
                            "<speak xml:lang='en'>one <mark name='here'/>two</speak>");
  ASSERT_EQ(lines_of_json(marks.out).size(), 3U) << marks.err;
  EXPECT_EQ(lines_of_json(marks.out)[2]["mark"], "here");
  const Outcome damaged = run("-l en --ssml --readings", "<speak>\none <b>two</speak>");
  EXPECT_EQ(damaged.out, run("-l en --readings 'one two'").out);
  EXPECT_NE(damaged.err.find("line 2"), std::string::npos) << damaged.err;
  EXPECT_EQ(damaged.status, 1);
  EXPECT_EQ(run("--ssml -l en --readings "
                "'<speak>one</speak>'")
                .out,
            run("-l en --readings one").out)
      << "a text though it has a stroke";
  EXPECT_NE(run("--ssml --readings", "<speak>one</speak>").status, 0) << "in no language";
}

TEST_F(Tool, ListsVoices) {
  const Outcome outcome = run("--list-voices");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "") << "not whose dictionary is a small one";
  EXPECT_NE(outcome.out.find("jpn_Jpan\tja\tgood\tJapanese\n"), std::string::npos);
  EXPECT_NE(outcome.out.find("glg_Latn\tes\tnear\tGalician"), std::string::npos);
}

TEST_F(Tool, ListsTheVoicesOfALanguage) {
  EXPECT_EQ(run("--list-voices --language de").out, "deu_Latn\tde\tgood\tGerman\n");
  EXPECT_EQ(run("-l glg --list-voices").out, "glg_Latn\tes\tnear\tGalician (Spanish's voice)\n");
  EXPECT_EQ(run("--list-voices -l fr").out,
            "fra_Latn\tfr\tgood\tFrench\nfra_Latn\tfr-be\tgood\tFrench (BE)\n"
            "fra_Latn\tfr-ch\tgood\tFrench (CH)\n");
  EXPECT_EQ(run("--list-voices -l km").status, 1) << "there is none";
  EXPECT_EQ(run("--list-voices -l xx").status, 2);
  EXPECT_EQ(run("--list-voices de").status, 2) << "rather than all voices";
}

TEST_F(Tool, HelpAndVersion) {
  EXPECT_EQ(run("--help").status, 0);
  for (const char* option :
       {"--language", "--voice", "--near-voice", "--rate", "--pitch", "--volume", "--fit", "--gap",
        "--file", "--encoding", "--output", "--words", "--stats", "--readings", "--lexicon",
        "--ssml", "--list-voices", "--help", "--version"})
    EXPECT_NE(run("--help").out.find(option), std::string::npos) << option;
  EXPECT_EQ(run("--version").out.substr(0, 8), "gst-tts ");
}

TEST_F(Tool, ACommandLineThatMakesNoSense) {
  for (const char* arguments :
       {"-l en --nonsense x", "-l en --rate fast x", "--language", "-l en --gap -1 x",
        "-l en --output '' x", "-x", "x", "-l en nosuchfile.txt", "-l en no/such/file",
        "-l en -f nosuchfile", "-l en -f /"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_NE(outcome.err.find("--help"), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST_F(Tool, ReadsAFileWhereThereIsOne) {
  write("hello.txt", "Hello.\r\nGood morning.\r\n");
  write("utf16", "\xFF\xFEH\0i\0"s);
  const Outcome outcome = run("-l en --words -o " + path("a.wav") + " Yes " + path("hello.txt") +
                                  " -f " + path("utf16") + " -",
                              "Bye.");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::string words;
  for (const auto& word : lines_of_json(outcome.out))
    words += word["word"].get<std::string>() + ' ';
  EXPECT_EQ(words, "Hi Yes Hello Good morning Bye ");
}

TEST_F(Tool, WritesAWavFileToStandardOutput) {
  const Outcome outcome = run("-l en --words -o - 'Hello world.'");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.substr(0, 4), "RIFF");
  EXPECT_EQ(number_at(outcome.out, 40), outcome.out.size() - 44);
  EXPECT_EQ(lines_of_json(outcome.err).size(), 2U) << outcome.err;
}

// Who ends it with Ctrl-C, has what was spoken until then.
TEST_F(Tool, HasAWholeFileAfterEachText) {
  const std::string line =
      "(echo One.; while [ ! -s stats ]; do sleep 0.05; done; cp a.wav first.wav; echo Two.) | "
      "\"$GST_TTS_TOOL\" -l en --stats -o a.wav > stats";
  ASSERT_EQ(std::system(("cd '" + path("") + "' && " + line).c_str()),  // NOLINT
            0);
  const std::string first = read("first.wav");
  ASSERT_GT(first.size(), 10000U);
  EXPECT_EQ(number_at(first, 40), first.size() - 44);
  const std::string both = read("a.wav");
  EXPECT_GT(both.size(), first.size() + 10000);
  EXPECT_EQ(number_at(both, 40), both.size() - 44);
  EXPECT_EQ(both.substr(44, first.size() - 44), first.substr(44));
}

// What is appended to a file is a stream as in a pipe.
TEST_F(Tool, AppendsToStandardOutput) {
  write("all.wav", "before");
  EXPECT_EQ(run("-l en -o - One. Two. >>" + path("all.wav") + " #").status, 0);
  const std::string all = read("all.wav");
  EXPECT_EQ(all.substr(0, 10), "beforeRIFF");
  EXPECT_EQ(all.find("RIFF", 10), std::string::npos);
}

TEST_F(Tool, KeepsAFileThatItReads) {
  write("text.wav", "Hello\ten\tGood day\n");
  const std::string name = path("text.wav");
  fs::create_hard_link(name, path("other.wav"));
  for (const std::string& arguments :
       {name + " -o " + name, "-f " + name + " -o " + path("other.wav"), "-o " + name + " <" + name,
        "--lexicon " + name + " -o " + name}) {
    const Outcome outcome = run("-l en " + arguments + " 2>" + path("said") + " #");
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_NE(read("said").find("is read, so that it cannot be written"), std::string::npos)
        << read("said");
    EXPECT_EQ(read("text.wav"), "Hello\ten\tGood day\n");
  }
}

TEST_F(Tool, WritesNoOtherFormatThanItsNameSays) {
  for (const char* name : {"a.mp3", "a.OGG"}) {
    const Outcome outcome = run("-l en Hello. -o " + path(name));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find("--output writes WAV"), std::string::npos) << outcome.err;
    EXPECT_FALSE(fs::exists(path(name)));
  }
}

TEST_F(Tool, SaysWhichLineOfWhichFile) {
  write("mixed.txt", "Hello.\nGood \u0F00 morning.\n");
  const Outcome outcome = run("-l en " + path("mixed.txt"));
  EXPECT_NE(outcome.err.find("mixed.txt: line 2: 1 character could not be spoken"),
            std::string::npos)
      << outcome.err;
}

TEST_F(Tool, FailsBeforeItMakesAFile) {
  const Outcome outcome = run("-l km -o " + path("a.wav") + " hello");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("Khmer"), std::string::npos) << outcome.err;
  EXPECT_EQ(run("-l xx -o " + path("a.wav") + " hello").status, 2);
  const Outcome rate = run("-l en --rate 0 -o " + path("a.wav") + " hello");
  EXPECT_EQ(rate.status, 2);
  EXPECT_NE(rate.err.find("The speech's rate is 0; it must be greater than 0.\n"),
            std::string::npos)
      << rate.err;
  EXPECT_FALSE(fs::exists(path("a.wav")));
}

TEST_F(Tool, SaysWhatItCannotWrite) {
  const Outcome outcome = run("-l en -o /dev/null/a.wav hello");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("/dev/null/a.wav"), std::string::npos) << outcome.err;
  const Outcome full = run("-l en -o /dev/full hello");
  EXPECT_EQ(full.status, 1);
  EXPECT_NE(full.err.find("/dev/full"), std::string::npos) << full.err;
  // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
  const char* tool = std::getenv("GST_TTS_TOOL");
  for (const char* arguments : {"--list-voices", "-l en --readings hello"}) {
    const std::string command = "'" + std::string(tool ? tool : "gst-tts") + "' " + arguments +
                                " >/dev/full 2>" + path("err");
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c)
    EXPECT_EQ(WEXITSTATUS(status), 1) << arguments;
    EXPECT_EQ(read("err"), "gst-tts: The output cannot be written.\n") << arguments;
  }
  // NOLINTEND(concurrency-mt-unsafe)
}

// No matter how much there is to read.
TEST_F(Tool, EndsWhereItsOutputCannotBeWritten) {
  // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
  const char* tool = std::getenv("GST_TTS_TOOL");
  for (const std::string& arguments :
       {"--readings"s, "--words -o " + path("a.wav"), "--stats -o " + path("a.wav")}) {
    const std::string command = "yes Hello. | timeout 60 '" + std::string(tool ? tool : "gst-tts") +
                                "' -l en " + arguments + " >/dev/full 2>" + path("err");
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c)
    EXPECT_EQ(WEXITSTATUS(status), 1) << arguments;
    EXPECT_NE(read("err").find("gst-tts: The output cannot be written.\n"), std::string::npos)
        << arguments << ": " << read("err");
  }
  // NOLINTEND(concurrency-mt-unsafe)
}

TEST_F(Tool, GoesOnAfterALineThatFails) {
  // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
  setenv("GST_LINGUA_MECAB_DICTIONARY", "/nonexistent", 1);
  const Outcome partly = run("-l ja -o " + path("b.wav"), "はい\n今日\nええ\n");
  unsetenv("GST_LINGUA_MECAB_DICTIONARY");
  // NOLINTEND(concurrency-mt-unsafe)
  EXPECT_EQ(partly.status, 1);
  EXPECT_NE(partly.err.find("line 2: "), std::string::npos) << partly.err;
  EXPECT_NE(partly.err.find("1 of 3 texts could not be spoken"), std::string::npos) << partly.err;
  EXPECT_GT(read("b.wav").size(), 20000U) << "the others are there";
}

// The connection to the process that speaks is neither.
TEST_F(Tool, FailsWithoutStandardInputOrOutput) {
  const auto run_without = [this](const std::string& arguments) {
    return run(arguments + " 2>" + path("said") + " #").status;
  };
  EXPECT_EQ(run_without("-l en -o " + path("a.wav") + " <&-"), 1);
  EXPECT_NE(read("said").find("standard input: cannot be read"), std::string::npos) << read("said");
  EXPECT_EQ(run_without("-l en 'Hello world.' >&-"), 1);
  EXPECT_NE(read("said").find("Cannot write standard output"), std::string::npos) << read("said");
}

TEST_F(Tool, SpeaksWordsAndNumbersWithASlash) {
  for (const char* text : {"and/or", "24/7", "12/25/2026"}) {
    const Outcome outcome = run("-l en --readings "s + text);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out, "\n") << text;
  }
  EXPECT_EQ(run("-l en --readings " + path("nothing")).status, 2);
}
