// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst-translate/text/markup.h"

using gst_translate::escape_markup;
using gst_translate::PlainText;
using gst_translate::strip_markup;

namespace {

struct Case {
  const char* markup;
  const char* text;
  const char* speaker = "";
};

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    const PlainText plain = strip_markup(c.markup);
    EXPECT_EQ(plain.text, c.text) << "markup: " << c.markup;
    EXPECT_EQ(plain.speaker, c.speaker) << "markup: " << c.markup;
  }
}

// The buffers that `subparse` of GStreamer 1.22 makes of tests/data/subtitles/styled.srt, as
// pango-markup and forced to utf8.
TEST(Markup, SubRipFromSubparse) {
  check({
      {"<i>Good morning.</i>\nIs the <b>train</b> late?", "Good morning. Is the train late?"},
      {"{\\an8}Fish &amp; chips, <u>please</u>.", "Fish & chips, please."},
      {"{\\an8}Fish & chips, please.", "Fish & chips, please."},
      {"3 &lt; 4 &amp; 5 &gt; 2", "3 < 4 & 5 > 2"},
      {"3 < 4 & 5 > 2", "3 < 4 & 5 > 2"},
      {"{b}Careful!{/b} AT&amp;amp;T is open.", "Careful! AT&T is open."},
      {"- Who is there?\n- It&amp;#39;s me &amp;lt;3", "- Who is there? - It's me <3"},
      {"今日は\nいい天気ですね。", "今日はいい天気ですね。"},
      {"First line\\NSecond line{\\i1}slanted{\\i0}", "First line Second lineslanted"},
      {"Old capitals gone <u>kept?</u>", "Old capitals gone kept?"},
      {"An <i>unclosed tag</i>", "An unclosed tag"},
  });
}

// The same for tests/data/subtitles/styled.vtt.
TEST(Markup, WebVttFromSubparse) {
  check({
      {"<v Bob>Good morning, everybody.</v>", "Good morning, everybody.", "Bob"},
      {"<v.loud Bob Smith>Fish &amp;amp; chips, please!</v>", "Fish & chips, please!", "Bob Smith"},
      {"3 &amp;lt; 4 &amp;amp; 5 &amp;gt; 2", "3 < 4 & 5 > 2"},
      {"One &lt;00:00:07.500&gt;word &lt;00:00:08.000&gt;at a time", "One word at a time"},
      {"One <00:00:07.500>word <00:00:08.000>at a time", "One word at a time"},
      {"Non&amp;nbsp;breaking, left&amp;lrm;to right, colour",
       "Non\u00A0breaking, left\u200Eto right, colour"},
      {"<b>Bold</b> <i>italic</i> <u>under</u> <b.loud>class</b>", "Bold italic under class"},
      {"<v Mary>Who is there?\n<v Bob>It&apos;s me.</v></v>", "Who is there? It's me.", "Mary"},
      {"AT&amp;T &amp;#233;t&amp;#xe9; &amp;copy;", "AT&T été ©"},
      // The end tags of this ruby were moved: better the reading twice than the sentence lost.
      {"<ruby>東京<rt>とうきょうへ\n行きます。</rt></ruby>", "東京とうきょうへ行きます。"},
      {"<ruby>東京<rt>Tokyo is large.</rt></ruby>", "東京Tokyo is large."},
  });
}

// What ssaparse leaves of {\p1}...{\p0}.
TEST(Markup, DrawingsOfSubStationAreNoText) {
  for (const char* drawing :
       {"m 0 0 l 100 0 100 100 0 100", "m 0.5 -12 b 1 2 3 4 5 6 l 7 8 c", "m 1 2\nl 3 4"})
    EXPECT_TRUE(gst_translate::read_cue(drawing).empty()) << drawing;
  for (const char* text : {"m 5", "m", "l 5 6", "5 6 7 8", "m 5 6 is a place", "p s"})
    EXPECT_EQ(gst_translate::read_cue(text).size(), 1U) << text;
}

TEST(Markup, WebVttAsWritten) {
  check({
      {"<c.yellow.bg_blue>Yellow</c> <c>plain</c>", "Yellow plain"},
      {"<v Rosa &amp; Ann>Together.", "Together.", "Rosa & Ann"},
      {"<v\tBob>Tab.", "Tab.", "Bob"},
      {"<v>Nobody.", "Nobody."},
      {"<lang en-GB>colour</lang>", "colour"},
      {"<00:07.500>short stamp <100:00:07.500>long", "short stamp long"},
      {"<ruby>東京<rt>とうきょう</rt></ruby>へ行く", "東京へ行く"},
      {"<ruby>東<rt>とう<rt>きょう</ruby>", "東"},
      {"<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>", "東京"},
      {"<ruby.big>北京<rt>běijīng</rt></ruby>", "北京"},
      {"<ruby>日本<rt>ni hon</rt></ruby> is far.", "日本 is far."},
      {"<ruby>東京<rt>とうきょう</rt></ruby>", "東京"},
  });
}

TEST(Markup, PangoAndHtml) {
  check({
      {"<span foreground=\"yellow\" size='large'>Hello</span> <tt>there</tt>", "Hello there"},
      {"<FONT color=#ff0000>Red</FONT>", "Red"},
      {"<b style=\"x\">bold</b>", "bold"},
      {"One<br>two<br/>three<br />four", "One two three four"},
      {"<i/>x<i />y", "xy"},
  });
}

TEST(Markup, Entities) {
  check({
      {"&amp;", "&"},
      {"&amp;amp;amp;", "&"},
      {"&amp;amp;lt;b&amp;amp;gt;", "<b>"},
      {"&quot;Yes&quot;, she said&hellip;", "\"Yes\", she said…"},
      {"caf&#233; &#xE9;&#XE9; &#128512;", "café éé 😀"},
      {"&#0; &#55296; &#x110000; &#99999999999;", "\uFFFD \uFFFD \uFFFD \uFFFD"},
      {"AT&T, R&D, &; &#; &#x; &#xZZ; &unknown; &amp",
       "AT&T, R&D, &; &#; &#x; &#xZZ; &unknown; &amp"},
      {"a &amp; b", "a & b"},
  });
}

TEST(Markup, NeverEatsWhatIsNoMarkup) {
  check({
      {"", ""},
      {"3 < 4 & 5", "3 < 4 & 5"},
      {"a <b and c> d", "a <b and c> d"},
      {"if (i<n && n>0)", "if (i<n && n>0)"},
      {"<3 you", "<3 you"},
      {"I <3 you > all", "I <3 you > all"},
      {"<unknown>tag</unknown>", "<unknown>tag</unknown>"},
      {"<font of knowledge>", "<font of knowledge>"},
      {"mail <bob@example.org>", "mail <bob@example.org>"},
      {"<12:30>", "<12:30>"},
      {"<i", "<i"},
      {"a < b <i>c</i>", "a < b c"},
      {"{curly} {x\\y} {", "{curly} {x\\y} {"},
      {"{\\an8 not closed", "{\\an8 not closed"},
      {"C:\\Names\\home", "C:\\Names\\home"},
      {"\\\\host\\Names", "\\\\host\\Names"},
      {"He said:\\NHello", "He said: Hello"},
      {"back\\slash \\", "back\\slash \\"},
      {"&", "&"},
      {"<", "<"},
      {"<v a <i>b</i>", "<v a b"},
      {"</i and b>", "</i and b>"},
      {"<>", "<>"},
      {"</>", "</>"},
  });
}

TEST(Markup, AllNamedEntitiesOfHtml) {
  check({
      {"&amp;Eacute;t&eacute; &szlig; &hearts; &rarr; &nbsp;&CounterClockwiseContourIntegral;",
       "Été ß ♥ → \u00A0∳"},
      {"&NotEqualTilde; &fjlig; &frac12;", "≂̸ fj ½"},
      {"&Nonsense; &eacute", "&Nonsense; &eacute"},
  });
}

TEST(Markup, ACueIsATextAVoice) {
  const auto parts = [](const char* markup) {
    std::vector<std::string> result;
    for (const PlainText& part : gst_translate::read_cue(markup))
      result.push_back(part.speaker + ": " + part.text);
    return result;
  };
  using Strings = std::vector<std::string>;
  EXPECT_EQ(parts("<v Ann>Who is there?</v>\n<v Ben>It&apos;s\nme.</v>"),
            (Strings{"Ann: Who is there?", "Ben: It's\nme."}));
  EXPECT_EQ(parts("<v Ann>Who is there?\n<v Ben>Me.</v></v>"),
            (Strings{"Ann: Who is there?", "Ben: Me."}));
  EXPECT_EQ(parts("<v Ann>Yes.</v> A door <i>slams</i>."),
            (Strings{"Ann: Yes.", ": A door slams."}));
  EXPECT_EQ(parts("two\\nlines <br> three\r\n"), Strings{": two\nlines\nthree"});
  EXPECT_EQ(parts("<v Ann> </v>{\\an8}"), Strings{});
}

TEST(Markup, SubStation) {
  check({
      {"{\\pos(10,20)\\b1}Bold{\\b0} text", "Bold text"},
      {"Line one\\NLine two", "Line one Line two"},
      {"Line one\\nLine two", "Line one Line two"},
      {"C:\\new and \\\\host\\new", "C:\\new and \\\\host\\new"},
      {"日本\\N語", "日本語"},
      {"hard\\hspace", "hard space"},
      {"{B}Old{/B} {u}x{/U}", "Old x"},
  });
}

TEST(Markup, LineBreaks) {
  check({
      {"two\nlines", "two lines"},
      {"two\r\nlines ", "two lines"},
      {"  padded \n\n  twice  ", "padded twice"},
      {"日本\n語", "日本語"},
      {"これは、\n「本」", "これは、「本」"},
      {"カー\nド！\nはい", "カード！はい"},
      {"日本\nABC\n語", "日本 ABC 語"},
      {"日本 語", "日本 語"},
      {"한국\n어", "한국 어"},
      {"你好，\n世界", "你好，世界"},
  });
}

TEST(Markup, ControlCharactersAreWindows1252) {
  EXPECT_EQ(strip_markup("It\u0092s \u0093really\u0094 5 \u0080\u0085").text, "It’s “really” 5 €…");
  EXPECT_EQ(strip_markup("one &#150; two").text, "one – two");
}

TEST(Markup, InvalidUtf8IsReplaced) {
  EXPECT_EQ(strip_markup("<i>caf\xE9</i>").text, "caf\uFFFD");
}

TEST(Markup, EscapedTextComesBack) {
  EXPECT_EQ(escape_markup("a < b & c > d"), "a &lt; b &amp; c &gt; d");
  for (const char* text : {"a < b & c > d", "AT&T", "<i>not a tag</i>", "&amp;", "日本"})
    EXPECT_EQ(strip_markup(escape_markup(text)).text, std::string(text) == "&amp;" ? "&" : text);
}

TEST(Markup, LongInputTakesLinearTime) {
  // Each of these made a quadratic parser take minutes.
  for (const char* piece : {"<", "<i", "{\\", "&amp;", "\\N", "<rt>", "&", "C:\\N"}) {
    std::string text;
    while (text.size() < 2000000)
      text += piece;
    strip_markup(text);
  }
}

}  // namespace
