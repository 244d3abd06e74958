// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/ssml/ssml.h"

#include <glib.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/markup.h"
#include "gst-translate/text/script.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/ssml/attributes.h"
#include "gst-tts/ssml/say_as.h"
#include "gst-tts/voice/phonetic_alphabet.h"

namespace gst_tts {

namespace {

constexpr size_t npos = std::string::npos;
constexpr size_t most_flaws = 10;

// Seconds between sentences and paragraphs, where no marks say it.
constexpr double sentence_pause = 0.35, paragraph_pause = 0.7;

using Attributes = std::map<std::string_view, std::string_view>;

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// A mark that belongs to the word before it.
bool is_closing_mark(char32_t c) {
  const uint32_t type = U_GET_GC_MASK(static_cast<UChar32>(c));
  return (type & (U_GC_PO_MASK | U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PD_MASK)) != 0;
}

/// A mark at which a voice makes the pause of a sentence itself.
bool ends_sentence(char32_t c) {
  return c == U'…' || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_S_TERM);
}

/// How what is in an element is spoken.
struct Manner {
  std::string language, voice;
  VoiceGender gender = VoiceGender::Any;
  double rate = 1, pitch = 0, volume = 1;
  size_t duration = 0;

  /// However often: within what an engine takes for a number.
  void scale(double rate_factor, double semitones, double volume_factor) {
    rate = std::clamp(rate * rate_factor, 0.1, 10.0);
    pitch = std::clamp(pitch + semitones, -24.0, 24.0);
    volume = std::clamp(volume * volume_factor, 0.0, 10.0);
  }

  bool operator==(const Manner& other) const {
    return language == other.language && voice == other.voice && gender == other.gender &&
           rate == other.rate && pitch == other.pitch && volume == other.volume &&
           duration == other.duration;
  }
};

/// An element that is open.
struct Element {
  std::string name;
  Manner manner;
  bool silent = false;  ///< its text is not spoken
};

/// An element whose text is said otherwise.
struct Replaced {
  size_t depth = 0;     ///< of open elements, with it
  size_t begin = npos;  ///< of its text, once there is some
  std::optional<Reading> reading;
  std::string interpret_as, format;
};

/// The language of names such as "de-DE-KatjaNeural".
std::string language_of_voice(std::string_view name) {
  const size_t first = name.find('-');
  const size_t second = first == npos ? npos : name.find('-', first + 1);
  if (second == npos || first < 2 || second != first + 3) return {};
  const std::string code(name.substr(0, second));
  const bool region =
      std::all_of(code.end() - 2, code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return region && gst_translate::find_language(code) ? code : std::string();
}

class SsmlReader {
 public:
  explicit SsmlReader(SpeechRequest& request) : request_(request) {
    request_.text.clear();
    request_.readings.clear();
    request_.runs.clear();
    request_.marks.clear();
    request_.durations.clear();
  }

  /// False if the document is not well-formed.
  bool parse(std::string_view document);
  void finish();

  std::vector<Error> take_flaws() { return std::move(flaws_); }

 private:
  static void on_start(GMarkupParseContext* context, const gchar* name, const gchar** names,
                       const gchar** values, gpointer self, GError** error);
  static void on_end(GMarkupParseContext* context, const gchar* name, gpointer self,
                     GError** error);
  static void on_text(GMarkupParseContext* context, const gchar* text, gsize length, gpointer self,
                      GError** error);

  void start(std::string_view name, const Attributes& attributes);
  void end();
  void add_text(std::string_view text);

  void start_break(const Attributes& attributes);
  void start_replaced(std::string_view name, const Attributes& attributes);
  void end_replaced();
  void start_voice(const Attributes& attributes, Manner& manner);
  void start_prosody(const Attributes& attributes, Manner& manner);
  static void emphasize(std::string_view level, Manner& manner);
  void set_language(std::string_view code, Manner& manner);
  void add_mark(const Attributes& attributes);
  void part(double pause);
  void append(char32_t c);
  void open_run(std::optional<double> pause);
  void flaw(const std::string& what);
  std::string place() const;

  SpeechRequest& request_;
  GMarkupParseContext* context_ = nullptr;
  std::vector<Element> open_;
  std::optional<Replaced> replaced_;
  std::vector<Error> flaws_;

  bool white_ = false, line_break_ = false;  ///< stand before what comes next
  std::optional<double> pause_;              ///< likewise, that was asked for
  double parting_ = 0;                       ///< likewise, of a sentence or paragraph
  char32_t last_ = 0;                        ///< of the text
};

bool SsmlReader::parse(std::string_view document) {
  constexpr GMarkupParser parser = {on_start, on_end, on_text, nullptr, nullptr};
  const std::unique_ptr<GMarkupParseContext, decltype(&g_markup_parse_context_free)> context(
      g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, this, nullptr),
      g_markup_parse_context_free);
  context_ = context.get();
  GError* error = nullptr;
  if (g_markup_parse_context_parse(context_, document.data(), static_cast<gssize>(document.size()),
                                   &error) &&
      g_markup_parse_context_end_parse(context_, &error))
    return true;
  const std::string reason = error->message;
  g_error_free(error);
  flaws_.assign(1, Error(Error::Kind::Corrupt,
                         "The SSML is not well-formed, at " + place() +
                             ": its text is spoken without the tags.",
                         reason));
  return false;
}

std::string SsmlReader::place() const {
  gint line = 0, column = 0;
  g_markup_parse_context_get_position(context_, &line, &column);
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

void SsmlReader::flaw(const std::string& what) {
  if (flaws_.size() < most_flaws)
    flaws_.emplace_back(Error::Kind::Corrupt, "The SSML at " + place() + ": " + what);
}

void SsmlReader::on_start(GMarkupParseContext* /*context*/, const gchar* name, const gchar** names,
                          const gchar** values, gpointer self, GError** /*error*/) {
  Attributes attributes;
  for (; *names; ++names, ++values)
    attributes[*names] = *values;
  static_cast<SsmlReader*>(self)->start(name, attributes);
}

void SsmlReader::on_end(GMarkupParseContext* /*context*/, const gchar* /*name*/, gpointer self,
                        GError** /*error*/) {
  static_cast<SsmlReader*>(self)->end();
}

void SsmlReader::on_text(GMarkupParseContext* /*context*/, const gchar* text, gsize length,
                         gpointer self, GError** /*error*/) {
  static_cast<SsmlReader*>(self)->add_text({text, length});
}

std::string_view value_of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view() : found->second;
}

void SsmlReader::start(std::string_view name, const Attributes& attributes) {
  Element element{std::string(name), open_.empty() ? Manner() : open_.back().manner,
                  !open_.empty() && open_.back().silent};
  const bool plain = element.silent || replaced_;
  if (name == "desc" || name == "metadata") {
    element.silent = true;
  } else if (!plain) {
    if (name == "break") start_break(attributes);
    if (name == "p" || name == "paragraph") part(paragraph_pause);
    if (name == "s" || name == "sentence") part(sentence_pause);
    if (name == "mark") add_mark(attributes);
    if (name == "voice") start_voice(attributes, element.manner);
    if (name == "prosody") start_prosody(attributes, element.manner);
    if (name == "emphasis") emphasize(value_of(attributes, "level"), element.manner);
    set_language(value_of(attributes, "xml:lang"), element.manner);
  }
  open_.push_back(std::move(element));
  if (!plain && (name == "sub" || name == "phoneme" || name == "say-as"))
    start_replaced(name, attributes);
}

void SsmlReader::end() {
  if (replaced_ && replaced_->depth == open_.size()) end_replaced();
  const Element element = std::move(open_.back());
  open_.pop_back();
  if (element.silent || replaced_) return;
  if (element.name == "p" || element.name == "paragraph") part(paragraph_pause);
  if (element.name == "s" || element.name == "sentence") part(sentence_pause);
}

/// What follows is another sentence or paragraph.
void SsmlReader::part(double pause) {
  white_ = line_break_ = true;
  if (!request_.runs.empty()) parting_ = std::max(parting_, pause);
}

void SsmlReader::start_break(const Attributes& attributes) {
  const std::string_view time = value_of(attributes, "time");
  const std::string_view strength = value_of(attributes, "strength");
  std::optional<double> pause;
  if (!time.empty()) {
    pause = ssml::parse_time(time);
    if (!pause)
      flaw("a break has the time \"" + std::string(time) +
           "\", which is none; it is as \"500ms\".");
  }
  if (!pause && !strength.empty()) {
    pause = ssml::parse_strength(strength);
    if (!pause)
      flaw("a break has the strength \"" + std::string(strength) +
           "\"; there are none, x-weak, weak, medium, strong, x-strong.");
  }
  if (!pause) pause = ssml::parse_strength("medium");
  constexpr double longest = 3600;
  pause_ = std::min(pause_.value_or(0) + *pause, longest);
  white_ = true;
}

void SsmlReader::start_replaced(std::string_view name, const Attributes& attributes) {
  Replaced replaced;
  replaced.depth = open_.size();
  if (name == "sub") {
    const auto alias = attributes.find("alias");
    if (alias == attributes.end()) {
      flaw("sub has no alias.");
    } else {
      replaced.reading.emplace();
      replaced.reading->said = alias->second;
    }
  } else if (name == "phoneme") {
    const std::string alphabet(value_of(attributes, "alphabet"));
    const std::string said(gst_translate::trim(value_of(attributes, "ph")));
    std::optional<std::string> ipa;
    bool espeak = false;
    if (alphabet.empty() || alphabet == "ipa") {
      ipa = said;
    } else if (alphabet == "x-sampa" || alphabet == "xsampa" || alphabet == "X-SAMPA") {
      ipa = ipa_of_x_sampa(said);
    } else if (alphabet == "x-espeak") {
      espeak = are_espeak_names(said);
    } else {
      flaw("the alphabet \"" + alphabet +
           "\" of phonemes is unknown; known are ipa, x-sampa and x-espeak.");
      replaced_ = std::move(replaced);
      return;
    }
    const bool is_ipa = ipa && !ipa->empty() && find_foreign_sign(*ipa) == 0;
    if (!is_ipa && !espeak) {
      flaw("\"" + said + "\" are no phonemes in the alphabet " +
           (alphabet.empty() ? "ipa" : alphabet) + ": the word is spoken as it is written.");
    } else {
      replaced.reading.emplace();
      replaced.reading->kind = espeak ? Reading::Kind::Espeak : Reading::Kind::Ipa;
      replaced.reading->said = espeak ? said : *ipa;
    }
  } else {
    replaced.interpret_as = value_of(attributes, "interpret-as");
    replaced.format = value_of(attributes, "format");
  }
  replaced_ = std::move(replaced);
}

void SsmlReader::end_replaced() {
  const Replaced replaced = *std::exchange(replaced_, std::nullopt);
  std::optional<Reading> reading = replaced.reading;
  if (replaced.begin == npos) {
    // Nothing is written there: what is said is the text.
    if (!reading) return;
    replaced_.emplace();
    replaced_->depth = npos;
    add_text(reading->said);
    const size_t begin = replaced_->begin;
    replaced_.reset();
    if (begin == npos || reading->kind == Reading::Kind::Text) return;
    reading->begin = begin;
  } else {
    reading = replaced.reading;
    if (!reading) {
      const std::string& language = open_.back().manner.language;
      reading = ssml::say_as(replaced.interpret_as, replaced.format,
                             std::string_view(request_.text).substr(replaced.begin),
                             language.empty() ? request_.language : language);
    }
    if (!reading) return;
    reading->begin = replaced.begin;
  }
  reading->end = request_.text.size();
  request_.readings.push_back(std::move(*reading));
}

void SsmlReader::start_voice(const Attributes& attributes, Manner& manner) {
  const std::string_view names = gst_translate::trim(value_of(attributes, "name"));
  if (!names.empty()) {
    manner.voice = names.substr(0, names.find(' '));
    set_language(language_of_voice(manner.voice), manner);
  }
  for (const char* name : {"language", "languages"})
    set_language(value_of(attributes, name).substr(0, value_of(attributes, name).find(' ')),
                 manner);
  const std::string_view gender = value_of(attributes, "gender");
  if (gender == "female") manner.gender = VoiceGender::Female;
  if (gender == "male") manner.gender = VoiceGender::Male;
  if (gender == "neutral") manner.gender = VoiceGender::Any;
}

void SsmlReader::start_prosody(const Attributes& attributes, Manner& manner) {
  const auto read = [&](const char* name, auto number_of, auto apply) {
    const std::string_view value = value_of(attributes, name);
    if (value.empty()) return;
    if (const std::optional<double> number = number_of(value))
      apply(*number);
    else
      flaw("the " + std::string(name) + " \"" + std::string(value) + "\" of prosody is none.");
  };
  read("rate", ssml::parse_rate, [&](double factor) { manner.scale(factor, 0, 1); });
  read("pitch", ssml::parse_pitch, [&](double semitones) { manner.scale(1, semitones, 1); });
  read("volume", ssml::parse_volume, [&](double factor) { manner.scale(1, 0, factor); });
  read("duration", ssml::parse_time, [&](double seconds) {
    if (manner.duration != 0) return;  // it is within one that takes its time
    request_.durations.push_back(seconds);
    manner.duration = request_.durations.size();
  });
}

void SsmlReader::emphasize(std::string_view level, Manner& manner) {
  const auto change = [&manner](double rate, double pitch, double volume) {
    manner.scale(rate, pitch, volume);
  };
  if (level == "strong")
    change(0.85, 2, 1.3);
  else if (level == "reduced")
    change(1.1, -1, 0.8);
  else if (level != "none")
    change(0.92, 1, 1.15);
}

/// Another language has another voice.
void SsmlReader::set_language(std::string_view code, Manner& manner) {
  if (code.empty()) return;
  if (!gst_translate::find_language(code)) {
    flaw("\"" + std::string(code) + "\" is no language that is known.");
    return;
  }
  const auto* now =
      gst_translate::find_language(manner.language.empty() ? request_.language : manner.language);
  const bool other = now != gst_translate::find_language(code);
  if (open_.empty()) {
    // Of the whole document.
    if (other) request_.voice.clear();
    request_.language = code;
    return;
  }
  const bool voice_is_new = manner.voice != open_.back().manner.voice;
  if (other && !voice_is_new) manner.voice.clear();
  manner.language = code;
}

void SsmlReader::add_mark(const Attributes& attributes) {
  const auto& runs = request_.runs;
  const bool before_run = runs.empty() || pause_ || parting_ > 0;
  request_.marks.push_back({std::string(value_of(attributes, "name")),
                            before_run ? runs.size() : runs.size() - 1, request_.text.size()});
}

void SsmlReader::add_text(std::string_view text) {
  if (open_.empty() || open_.back().silent) return;
  for (size_t position = 0; position < text.size();) {
    const char32_t c = gst_translate::next_character(text, position);
    if (is_space(c)) {
      white_ = true;
      line_break_ = line_break_ || c == '\n';
    } else {
      append(c);
    }
  }
}

void SsmlReader::append(char32_t c) {
  std::string& text = request_.text;
  const bool joined =
      line_break_ && gst_translate::is_cjk(last_) && gst_translate::is_cjk(c) && parting_ == 0;
  const bool white = white_ && !text.empty() && !joined;
  // A mark asks for the pause of a sentence itself.
  const bool parted = parting_ > 0 && (parting_ == paragraph_pause || !ends_sentence(last_));
  std::optional<double> pause = pause_;
  if (parted) pause = std::max(pause.value_or(0), parting_ / open_.back().manner.rate);

  const Manner& manner = open_.back().manner;
  bool same = !request_.runs.empty() && !pause;
  if (same) {
    const SpokenRun& run = request_.runs.back();
    const bool alike = manner == Manner{run.language, run.voice,  run.gender,  run.rate,
                                        run.pitch,    run.volume, run.duration};
    // A mark that touches a word is said with it.
    same = alike || (!white && is_closing_mark(c));
  }
  if (white) text += ' ';
  if (!same) open_run(pause);
  white_ = line_break_ = false;
  pause_.reset();
  parting_ = 0;
  if (replaced_ && replaced_->begin == npos) replaced_->begin = text.size();
  gst_translate::append_utf8(text, c);
  request_.runs.back().end = text.size();
  last_ = c;
}

void SsmlReader::open_run(std::optional<double> pause) {
  const Manner manner = open_.empty() ? Manner() : open_.back().manner;
  const size_t begin = request_.text.size();
  request_.runs.push_back({begin, begin, pause, manner.language, manner.voice, manner.gender,
                           manner.rate, manner.pitch, manner.volume, manner.duration});
}

/// A pause at the end, and marks behind it.
void SsmlReader::finish() {
  const auto& marks = request_.marks;
  if (pause_ || (!marks.empty() && marks.back().run == request_.runs.size())) open_run(pause_);
}

/// What is between the tags, for a document that is damaged.
std::string text_between_tags(std::string_view document) {
  std::string text;
  for (size_t at = 0; at < document.size();) {
    const std::string_view rest = document.substr(at);
    size_t end = npos;
    if (rest.substr(0, 9) == "<![CDATA[") {
      const size_t close = rest.find("]]>");
      for (const char c : rest.substr(9, close == npos ? npos : close - 9)) {
        if (c == '<')
          text += "&lt;";
        else if (c == '&')
          text += "&amp;";
        else
          text += c;
      }
      at += close == npos ? rest.size() : close + 3;
      continue;
    }
    if (rest.substr(0, 4) == "<!--") {
      end = rest.find("-->");
      end = end == npos ? rest.size() : end + 3;
    } else if (rest.size() > 1 && rest[0] == '<' &&
               (g_ascii_isalpha(rest[1]) || rest[1] == '/' || rest[1] == '?' || rest[1] == '!')) {
      end = rest.find_first_of("<>", 1);
      if (end != npos) end += rest[end] == '>';
      // A tag that the end of the text has cut off.
      if (end == npos && rest.find_first_of(" \t\n") == npos) end = rest.size();
    }
    if (end == npos) {
      text += rest[0];
      ++at;
    } else {
      text += rest[1] == '!' || rest[1] == '?' ? "" : " ";
      at += end;
    }
  }
  return text;
}

}  // namespace

std::vector<Error> read_ssml(std::string_view document, SpeechRequest& request) {
  SsmlReader reader(request);
  if (reader.parse(document)) {
    reader.finish();
  } else {
    request.runs.clear();
    request.readings.clear();
    request.marks.clear();
    request.durations.clear();
    request.text = gst_translate::strip_markup(text_between_tags(document)).text;
  }
  return reader.take_flaws();
}

}  // namespace gst_tts
