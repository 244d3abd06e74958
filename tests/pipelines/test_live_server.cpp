// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// gst-lingua-live as its clients see it, with the bundled model and the real voices.

#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/pipelines/http_client.h"
#include "tests/pipelines/live_program.h"
#include "tests/pipelines/shell.h"

namespace gst_lingua_tests {
namespace {

using Json = nlohmann::json;

struct Event {
  std::string id, name;
  Json data;
};

/// The events of a stream that have come as a whole.
std::vector<Event> events(const std::string& stream, const std::string& name) {
  std::vector<Event> found;
  for (size_t begin = 0, end; (end = stream.find("\n\n", begin)) != std::string::npos;
       begin = end + 2) {
    Event event;
    for (const std::string& line : lines(stream.substr(begin, end - begin))) {
      if (line.rfind("id: ", 0) == 0) event.id = line.substr(4);
      if (line.rfind("event: ", 0) == 0) event.name = line.substr(7);
      if (line.rfind("data: ", 0) == 0) event.data = Json::parse(line.substr(6));
    }
    if (event.name == name) found.push_back(event);
  }
  return found;
}

const std::string caption = "event: caption";

TEST(LivePage, IsServedWithWhatABrowserNeedsAndNoMore) {
  const LiveProgram program({"--to", "de,ar", "--title", "A \"talk\" <b>"});
  const Answer page = get(program.port(), "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(contains(page.header("Content-Type"), "text/html"));
  EXPECT_TRUE(contains(page.header("Content-Security-Policy"), "default-src 'none'"));
  EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
  for (const char* part : {"/page.css", "/page.js", "/captions.js", "/speech.js", "/icon.svg"}) {
    EXPECT_EQ(get(program.port(), part).status, 200) << part;
    EXPECT_FALSE(contains(get(program.port(), part).body, "https:")) << part;
  }
  const Json all = Json::parse(get(program.port(), "/languages").body);
  EXPECT_EQ(all["title"], "A \"talk\" <b>");
  ASSERT_EQ(all["languages"].size(), 3u) << all;
  EXPECT_EQ(all["languages"][0]["code"], "de");
  EXPECT_EQ(all["languages"][0]["speech"], true);
  EXPECT_EQ(all["languages"][1]["direction"], "rtl");
  EXPECT_EQ(all["languages"][2]["code"], "en");
  EXPECT_EQ(all["languages"][2]["speech"], false);
}

TEST(LiveCaptions, ComeInOrderWithIdsAndTimes) {
  const LiveProgram program({"--to", "de,ja"});
  Stream german(program.port(), "/captions/de"), japanese(program.port(), "/captions/ja"),
      english(program.port(), "/captions/en");
  german.read_until("event: hello");
  program.say("Good morning. The meeting ");
  program.say("starts at nine. Thank you very much.\n");
  const std::string text = german.read_until("event: speech", 3);
  const auto captions = events(text, "caption"), speech = events(text, "speech");
  ASSERT_EQ(captions.size(), 3u) << text;
  ASSERT_EQ(speech.size(), 3u) << text;
  const auto others = events(japanese.read_until(caption, 3), "caption");
  const auto originals = events(english.read_until(caption, 3), "caption");
  ASSERT_EQ(others.size(), 3u);
  ASSERT_EQ(originals.size(), 3u);
  EXPECT_TRUE(contains(captions[0].data["text"], "Morgen"));
  EXPECT_EQ(captions[1].data["original"], "The meeting starts at nine.");
  EXPECT_EQ(originals[1].data["text"], "The meeting starts at nine.");
  double last = 0;
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(captions[i].data["id"], i + 1);
    EXPECT_TRUE(contains(captions[i].id, "-" + std::to_string(i + 1))) << captions[i].id;
    EXPECT_EQ(captions[i].id, others[i].id);
    EXPECT_EQ(captions[i].data["time"], others[i].data["time"]);
    EXPECT_EQ(speech[i].data["id"], i + 1);
    EXPECT_GE(speech[i].data["start"], last);
    EXPECT_GT(speech[i].data["duration"], 0.3);
    last = speech[i].data["start"].get<double>() + speech[i].data["duration"].get<double>() - 0.01;
  }
}

TEST(LiveCaptions, GoOnWhereAClientWas) {
  const LiveProgram program({"--to", "de", "--silent"});
  Stream first(program.port(), "/captions/de");
  program.say("Good morning. The meeting starts at nine. Thank you very much.\n");
  const auto seen = events(first.read_until(caption, 3), "caption");
  ASSERT_EQ(seen.size(), 3u);
  Stream late(program.port(), "/captions/de");
  EXPECT_EQ(events(late.read_until(caption, 3), "caption").size(), 3u);
  const std::vector<std::string> from_second = {"Last-Event-ID: " + seen[1].id};
  Stream again(program.port(), "/captions/de", from_second);
  const auto missed = events(again.read_until(caption), "caption");
  ASSERT_EQ(missed.size(), 1u);
  EXPECT_EQ(missed[0].id, seen[2].id);
  // The ids of another run mean nothing.
  Stream stranger(program.port(), "/captions/de?after=00000000-2");
  EXPECT_EQ(events(stranger.read_until(caption, 3), "caption").size(), 3u);
}

/// The sound of a stream as WAV, by GStreamer's own demuxer.
Sound decoded(const Shell& shell, const std::string& webm) {
  shell.write("speech.webm", webm);
  const Output output = shell.run_line(
      "gst-launch-1.0 filesrc location=speech.webm ! matroskademux ! opusdec ! audioconvert ! "
      "audioresample ! audio/x-raw,format=S16LE,channels=1,rate=16000 ! wavenc ! "
      "filesink location=speech.wav");
  EXPECT_EQ(output.status, 0) << output.err;
  return shell.sound("speech.wav");
}

TEST(LiveSpeech, IsWebmThatSpeaksWhereTheEventsSayItDoes) {
  const Shell shell;
  const LiveProgram program({"--to", "de"});
  Stream captions(program.port(), "/captions/de"), speech(program.port(), "/speech/de.webm");
  const std::string cluster = "\x1F\x43\xB6\x75";
  EXPECT_EQ(speech.read_until(cluster, 3).substr(0, 4), "\x1A\x45\xDF\xA3");
  program.say("The meeting starts at nine.\n");
  const auto said = events(captions.read_until("event: speech"), "speech");
  ASSERT_EQ(said.size(), 1u);
  // A listener who comes in the midst gets a whole stream, too.
  Stream late(program.port(), "/speech/de.webm");
  const std::string webm = speech.read_until(cluster, 35);
  // One cluster is 100 ms.
  const size_t first = webm.find(cluster);
  ASSERT_NE(first, std::string::npos);
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(webm[first + at]); };
  const int size = byte(13) & 0x0F;  // of its timestamp, ms
  double begin = 0;
  for (int i = 0; i < size; ++i)
    begin = begin * 256 + byte(14 + static_cast<size_t>(i));
  const double start = said[0].data["start"].get<double>() - begin / 1000;
  const double duration = said[0].data["duration"];
  const Sound sound = decoded(shell, webm);
  EXPECT_LT(sound.peak(0, start - 0.05), silence);
  EXPECT_GT(sound.peak(start, start + duration), gst_lingua_tests::speech);
  EXPECT_NEAR(sound.onset(0, gst_lingua_tests::speech / 2), start, 0.15);
  EXPECT_EQ(late.read_until(cluster, 3).substr(0, 4), "\x1A\x45\xDF\xA3");
}

TEST(LiveSpeech, GoesOnInSilence) {
  const LiveProgram program({"--to", "de"});
  Stream speech(program.port(), "/speech/de.webm");
  const std::string cluster = "\x1F\x43\xB6\x75";
  EXPECT_GE(speech.read_until(cluster, 30).size(), 30u * 20);
}

TEST(LiveTranscript, IsDownloadedInThreeFormats) {
  const LiveProgram program({"--to", "de"});
  Stream captions(program.port(), "/captions/de");
  program.say("Good morning. Tom & I are < 3 years old.\n");
  captions.read_until("event: speech", 2);
  const Answer text = get(program.port(), "/transcript/de.txt");
  EXPECT_EQ(lines(text.body).size(), 2u);
  EXPECT_TRUE(contains(text.header("Content-Disposition"), "transcript.de.txt"));
  const std::string srt = get(program.port(), "/transcript/en.srt").body;
  EXPECT_EQ(srt.rfind("1\n00:00:", 0), 0u) << srt;
  EXPECT_TRUE(contains(srt, "\nTom & I are < 3 years old.\n")) << srt;
  const std::string vtt = get(program.port(), "/transcript/en.vtt").body;
  EXPECT_EQ(vtt.rfind("WEBVTT\n\n00:00:", 0), 0u) << vtt;
  EXPECT_TRUE(contains(vtt, "\nTom &amp; I are &lt; 3 years old.\n")) << vtt;
}

TEST(LiveAccess, TokenIsAskedFor) {
  const LiveProgram program({"--to", "de", "--silent"}, "se cret");
  for (const char* path : {"/", "/page.js", "/languages", "/captions/de", "/transcript/de.txt"})
    EXPECT_EQ(get(program.port(), path).status, 401) << path;
  EXPECT_EQ(get(program.port(), "/languages?token=wrong").status, 401);
  EXPECT_EQ(get(program.port(), "/languages?token=se%20cre").status, 401);
  EXPECT_EQ(get(program.port(), "/languages?token=se%20cret").status, 200);
  EXPECT_EQ(get(program.port(), "/languages", {"Authorization: Bearer se cret"}).status, 200);
  EXPECT_EQ(get(program.port(), "/languages", {"Authorization: Bearer "}).status, 401);
  const Answer page = get(program.port(), "/?token=se%20cret");
  EXPECT_EQ(page.status, 200);
  const std::string cookie = page.header("Set-Cookie");
  EXPECT_TRUE(contains(cookie, "HttpOnly") && contains(cookie, "SameSite=Strict")) << cookie;
  const std::string pair = cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(get(program.port(), "/languages", {"Cookie: other=1; " + pair}).status, 200);
}

TEST(LiveAccess, BadRequestsAreRefusedAndDoNoHarm) {
  const Shell shell;
  const LiveProgram program({"--to", "de", "--hls", shell.folder() + "/hls"});
  const int port = program.port();
  for (const char* path :
       {"/../../etc/passwd", "/..%2f..%2fetc/passwd", "/hls/../../../etc/passwd",
        "/hls/..%2f..%2f..%2fetc%2fpasswd", "/hls/%2fetc%2fpasswd", "/hls//etc/passwd",
        "/hls/de/../../secret.ts", "/transcript/../etc/passwd", "/captions/xx", "/captions/",
        "/speech/de.mp3", "/speech/ja.webm", "/hls/de/speech.m4s", "/transcript/de.exe",
        "/page.html", "/page.js/", "//", "/%00", "/page.js%00.html"}) {
    const int status = get(port, path).status;
    EXPECT_TRUE(status == 404 || status == 400) << path << ": " << status;
  }
  shell.write("secret.ts", "secret");
  EXPECT_EQ(get(port, "/hls/../secret.ts").status, 404);
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"})
    EXPECT_EQ(get(port, "/", {}, method).status, 405) << method;
  EXPECT_EQ(get(port, "/", {}, "HEAD").body, "");
  EXPECT_EQ(get(port, "/captions/de", {}, "HEAD").status, 405);
  Connection with_body(port);
  with_body.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_TRUE(contains(with_body.read_until("\r\n\r\n"), " 413 "));
  Connection posted(port);
  posted.send("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_TRUE(contains(posted.read_until("\r\n\r\n"), " 405 "));

  // Another site's page that has led a browser here.
  Connection foreign(port);
  foreign.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_TRUE(contains(foreign.read_until("\r\n\r\n"), " 421 "));
  Connection named(port);
  named.send("GET /languages HTTP/1.1\r\nHost: localhost:1\r\n\r\n");
  EXPECT_TRUE(contains(named.read_until("\r\n\r\n"), " 200 "));
  Connection garbage(port);
  garbage.send("\x16\x03\x01 this is no HTTP\r\n\r\n");
  EXPECT_TRUE(contains(garbage.read_until("\r\n\r\n"), " 400 "));
  Connection endless(port);
  endless.send("GET / HTTP/1.1\r\nX: ");
  const std::string piece(65536, 'x');
  for (int i = 0; i < 16 && endless.send(piece); ++i) {
  }
  EXPECT_TRUE(endless.is_closed_within(60));
  // All the while it serves.
  Stream captions(port, "/captions/de");
  program.say("Good morning.\n");
  EXPECT_EQ(events(captions.read_until(caption), "caption").size(), 1u);
}

TEST(LiveLimits, TooManyListenersAreToldToComeLater) {
  const LiveProgram program({"--to", "de", "--silent", "--max-clients", "2"});
  auto first = std::make_unique<Stream>(program.port(), "/captions/de");
  Stream second(program.port(), "/captions/en");
  first->read_until("event: hello");
  second.read_until("event: hello");
  const Answer third = get(program.port(), "/captions/de");
  EXPECT_EQ(third.status, 503);
  EXPECT_EQ(third.header("Retry-After"), "5");
  EXPECT_EQ(get(program.port(), "/").status, 200);
  // Whoever goes leaves room, as soon as that is noticed.
  first.reset();
  second.read_until("event: clock", 3);
  Stream fourth(program.port(), "/captions/de");
  EXPECT_TRUE(contains(fourth.read_until("event: hello"), "event: hello"));
}

TEST(LiveLimits, ConnectionsAreLimited) {
  const LiveProgram program({"--to", "de", "--silent", "--max-clients", "1"});
  std::vector<std::unique_ptr<Connection>> idle;
  for (int i = 0; i < 40; ++i)
    idle.push_back(std::make_unique<Connection>(program.port()));
  EXPECT_TRUE(idle.back()->is_closed_within(60));
  EXPECT_FALSE(idle.front()->is_closed_within(0.1));
  idle.clear();
  // As soon as that is noticed.
  int status = 0;
  for (int i = 0; i < 600 && status != 200; ++i, g_usleep(100000))
    status = get(program.port(), "/").status;
  EXPECT_EQ(status, 200);
}

TEST(LiveEnd, InterruptionEndsIt) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    LiveProgram program({"--to", "de,ja"});
    Stream captions(program.port(), "/captions/de"), speech(program.port(), "/speech/de.webm");
    program.say("The meeting starts at nine. ");
    captions.read_until(caption);
    program.say("Thank you very");  // one sentence waits for its end, one is being spoken
    program.signal(number);
    EXPECT_EQ(program.status_within(60), 0);
    EXPECT_TRUE(captions.is_closed_within(60));
  }
}

TEST(LiveEnd, WhatWasSaidIsServedAfterTheInputsEnd) {
  LiveProgram program({"--to", "de"});
  Stream captions(program.port(), "/captions/de");
  program.say("The meeting starts at nine without");
  program.end_input();
  const std::string text = captions.read_until("event: speech");
  EXPECT_EQ(events(text, "caption").size(), 1u) << text;
  EXPECT_EQ(events(captions.read_until("event: end"), "end").size(), 1u);
  Stream late(program.port(), "/captions/de");
  EXPECT_EQ(events(late.read_until("event: end"), "end").size(), 1u);
  EXPECT_EQ(lines(get(program.port(), "/transcript/de.txt").body).size(), 1u);
  EXPECT_EQ(program.status_within(0), -1);
}

TEST(LiveEnd, EndsWithItsInputWhereThatIsWanted) {
  LiveProgram program({"--to", "de", "--end-with-input"});
  Stream captions(program.port(), "/captions/de");
  captions.read_until("event: hello");
  program.say("The meeting starts at nine.");
  program.end_input();
  EXPECT_EQ(program.status_within(60), 0);
  EXPECT_EQ(events(captions.read_until("event: speech"), "speech").size(), 1u);
}

TEST(LiveInput, LinesAreUtterancesWhereThatIsSaid) {
  const LiveProgram program({"--to", "de", "--silent", "--utterances"});
  Stream captions(program.port(), "/captions/en");
  captions.read_until("event: hello");
  program.say("the meeting starts");
  program.say(" at nine\nthank you\n");
  const auto found = events(captions.read_until(caption, 2), "caption");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].data["text"], "the meeting starts at nine");
  EXPECT_EQ(found[1].data["text"], "thank you");
}

TEST(LiveInput, IsReadInTheEncodingThatIsTold) {
  const LiveProgram program({"--to", "de", "--silent", "--encoding", "iso-8859-2"});
  Stream captions(program.port(), "/captions/en");
  captions.read_until("event: hello");
  program.say("Mr. Nov\xe1\xe8");
  program.say("ek is here.\n");
  const auto found = events(captions.read_until(caption), "caption");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].data["text"], "Mr. Nováček is here.");
}

TEST(LiveInput, CaptionsOfAFileComeAtTheirTimes) {
  const Shell shell;
  shell.write("short.srt",
              "1\n00:00:00,500 --> 00:00:01,000\n<i>Good morning.</i>\n\n"
              "2\n00:00:02,000 --> 00:00:02,500\nThank you.\n");
  const LiveProgram program({"--to", "de", "--silent", "--loop", shell.folder() + "/short.srt"});
  Stream captions(program.port(), "/captions/en");
  const auto found = events(captions.read_until(caption, 3), "caption");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].data["text"], "Good morning.");
  EXPECT_NEAR(found[1].data["time"].get<double>() - found[0].data["time"].get<double>(), 1.5, 1);
  EXPECT_NEAR(found[2].data["time"].get<double>() - found[0].data["time"].get<double>(), 3.5, 1);
}

TEST(LiveInput, TextTrackOfAFilmIsTranslated) {
  const Shell shell;
  shell.write("short.srt",
              "1\n00:00:00,500 --> 00:00:01,000\nGood morning.\n\n"
              "2\n00:00:02,000 --> 00:00:02,500\nThank you.\n");
  const Output made = shell.run_line(
      "gst-launch-1.0 matroskamux name=m ! filesink location=film.mkv "
      "videotestsrc num-buffers=75 ! video/x-raw,width=64,height=64,framerate=25/1 ! vp8enc ! "
      "queue max-size-time=0 max-size-buffers=0 ! m. "
      "filesrc location=short.srt ! subparse ! queue max-size-time=0 ! m.");
  ASSERT_EQ(made.status, 0) << made.err;
  const LiveProgram program({"--to", "de", "--silent", shell.folder() + "/film.mkv"});
  Stream captions(program.port(), "/captions/en");
  const std::string text = captions.read_until("event: end");
  const auto found = events(text, "caption");
  ASSERT_EQ(found.size(), 2u) << text;
  EXPECT_EQ(found[1].data["text"], "Thank you.");
  EXPECT_NEAR(found[1].data["time"].get<double>() - found[0].data["time"].get<double>(), 1.5, 1);
}

TEST(LiveInput, TranscriberGetsTheSoundAndGivesTheText) {
  const Shell shell;
  const Output made = shell.run_line(
      "gst-launch-1.0 audiotestsrc num-buffers=100 ! audio/x-raw,rate=44100,channels=2 ! wavenc ! "
      "filesink location=sound.wav");
  ASSERT_EQ(made.status, 0) << made.err;
  // 2.3 s of 16 kHz, 16 bit, mono: a line in the midst, and one with the number of bytes.
  const std::string transcriber = "head -c 32000 | wc -c > " + shell.folder() +
                                  "/first; echo good morning; cat | wc -c > " + shell.folder() +
                                  "/second; echo thank you";
  LiveProgram program({"--to", "de", "--silent", "--end-with-input", "--transcriber", transcriber,
                       shell.folder() + "/sound.wav"});
  Stream captions(program.port(), "/captions/en");
  const auto found = events(captions.read_until(caption, 2), "caption");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].data["text"], "good morning");
  EXPECT_EQ(found[1].data["text"], "thank you");
  EXPECT_EQ(program.status_within(60), 0);
  EXPECT_EQ(std::atoi(shell.contents("first").c_str()), 32000);
  EXPECT_NEAR(std::atoi(shell.contents("second").c_str()), 42300, 3000);
}

TEST(LiveInput, TranscriberThatFailsIsNamed) {
  const Shell shell;
  shell.run_line(
      "gst-launch-1.0 audiotestsrc num-buffers=10 ! wavenc ! filesink location=sound.wav");
  LiveProgram program({"--to", "de", "--silent", "--end-with-input", "--transcriber",
                       "echo hello there; exit 3", shell.folder() + "/sound.wav"});
  EXPECT_EQ(program.status_within(60), 1);
  EXPECT_TRUE(contains(program.errors(), "status 3"));
}

// It may speak on, and says itself how it ended.
TEST(LiveInput, TranscriberThatReadsNoMoreIsHeardToItsEnd) {
  const Shell shell;
  shell.run_line(
      "gst-launch-1.0 audiotestsrc num-buffers=400 ! wavenc ! filesink location=sound.wav");
  LiveProgram program({"--to", "de", "--silent", "--end-with-input", "--transcriber",
                       "exec <&-; sleep 2; echo thank you; exit 3", shell.folder() + "/sound.wav"});
  Stream captions(program.port(), "/captions/en");
  const auto found = events(captions.read_until(caption, 1), "caption");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].data["text"], "thank you");
  EXPECT_EQ(program.status_within(60), 1);
  EXPECT_TRUE(contains(program.errors(), "status 3"));
  EXPECT_FALSE(contains(program.errors(), "write"));
}

TEST(LiveInput, TranscriberThatSaysNoMoreEndsWithTheProgram) {
  const Shell shell;
  shell.run_line(
      "gst-launch-1.0 audiotestsrc num-buffers=10 ! wavenc ! filesink location=sound.wav");
  LiveProgram program({"--to", "de", "--silent", "--transcriber",
                       "echo hello there; exec >&-; exec sleep 1000",
                       shell.folder() + "/sound.wav"});
  Stream captions(program.port(), "/captions/en");
  EXPECT_EQ(events(captions.read_until(caption, 1), "caption").size(), 1u);
  program.signal(SIGINT);
  EXPECT_EQ(program.status_within(60), 0);
}

/// There is nothing to serve, so it does not wait for Ctrl-C.
TEST(LiveInput, ThatCannotBeReadEndsTheProgram) {
  const Shell shell;
  const Output made = shell.run_line(
      "gst-launch-1.0 videotestsrc num-buffers=5 ! video/x-raw,width=64,height=64 ! vp8enc ! "
      "matroskamux ! filesink location=silent.mkv");
  ASSERT_EQ(made.status, 0) << made.err;
  shell.write("noise.mkv", "This is no film.");
  const std::pair<std::vector<std::string>, const char*> inputs[] = {
      {{"silent.mkv"}, "silent.mkv has no text track"},
      {{"silent.mkv", "--transcriber", "cat > sound"}, "silent.mkv has no sound"},
      {{"noise.mkv"}, "noise.mkv: "},
  };
  for (const auto& [arguments, message] : inputs) {
    std::vector<std::string> command = {"gst-lingua-live", "--to",     "de",
                                        "--silent",        "--listen", "0"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Output output = shell.run(command);
    EXPECT_EQ(output.status, 1) << message;
    EXPECT_TRUE(contains(output.err, message)) << output.err;
  }
}

TEST(LiveOutput, ThatFailsIsNamedOnceAndTriedAgain) {
  LiveProgram program({"--to", "de", "--icecast", "http://source:x@127.0.0.1:1/a.ogg", "--srt",
                       "srt://127.0.0.1:1"});
  Stream captions(program.port(), "/captions/de");
  const char* outputs[] = {"Icecast 127.0.0.1:1/a.ogg: ", "srt://127.0.0.1:1: "};
  for (const char* output : outputs)
    EXPECT_TRUE(program.complains_of(output)) << program.errors();
  captions.read_until("event: clock", 3);  // 4 s and more: another attempt
  program.signal(SIGINT);
  EXPECT_EQ(program.status_within(60), 0);
  const std::string& errors = program.errors();
  for (const char* output : outputs)
    EXPECT_EQ(errors.find(output), errors.rfind(output)) << errors;
}

TEST(LiveUsage, WhatMakesNoSenseIsNamed) {
  const Shell shell;
  shell.write("talk.srt", "1\n00:00:00,500 --> 00:00:01,000\nHello.\n");
  shell.write("empty.srt", "");
  const std::pair<std::vector<std::string>, const char*> senseless[] = {
      {{}, "--to is missing"},
      {{"--to", "xx"}, "\"xx\" is no language code"},
      {{"--to", "de", "nosuch.srt"}, "no file \"nosuch.srt\""},
      {{"--to", "de", "/tmp"}, "\"/tmp\" is a folder: name a file in it"},
      {{"--to", "de", "--listen", "nowhere"}, "--listen"},
      {{"--to", "de", "--listen", "1.2.3.4:99999"}, "65535"},
      {{"--to", "de", "--loop"}, "--loop"},
      {{"--to", "de", "--microphone"}, "--transcriber"},
      {{"--to", "de", "--transcriber", "cat"}, "--transcriber"},
      {{"--to", "de", "talk.srt", "talk.srt"}, "one input"},
      {{"--to", "de", "--max-wait", "0"}, "--max-wait"},
      {{"--to", "de", "--encoding", "nonsense"}, "\"nonsense\""},
      {{"--to", "de", "--silent", "--hls", "hls", "--listen", "0"}, "Nobody speaks"},
      {{"--to", "de", "--srt", "udp://1.2.3.4:5", "--listen", "0"}, "srt://"},
      {{"--to", "de", "--srt", "srt://localhost:99999", "--listen", "0"}, "99999"},
      {{"--to", "de", "--icecast", "http://localhost/", "--listen", "0"}, "--icecast"},
      {{"--to", "de,ja", "--icecast", "http://source:x@localhost/a.ogg", "--listen", "0"},
       "{language}"},
      {{"--to", "uk", "--listen", "0", "talk.srt"}, "\"uk\""},  // not the bundled model's
  };
  for (const auto& [arguments, message] : senseless) {
    std::vector<std::string> command = {"gst-lingua-live"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Output output = shell.run(command);
    EXPECT_EQ(output.status, 2) << message << output.err;
    EXPECT_TRUE(contains(output.err, message)) << output.err;
  }
  EXPECT_EQ(shell.run({"gst-lingua-live", "--to", "de", "empty.srt"}).status, 1);
  const LiveProgram program({"--to", "de", "--silent"});
  const Output taken =
      shell.run({"gst-lingua-live", "--to", "de", "--listen", std::to_string(program.port())});
  EXPECT_EQ(taken.status, 1);
  EXPECT_TRUE(contains(taken.err, "--listen")) << taken.err;
}

}  // namespace
}  // namespace gst_lingua_tests
