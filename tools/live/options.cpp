// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/options.h"

#include <gio/gio.h>

#include <algorithm>

#include "gst-translate/command-line/input.h"
#include "gst-translate/text/language.h"
#include "tools/common/language_option.h"
#include "tools/common/subtitle_file.h"

namespace gst_lingua_live {

using gst_lingua_tools::add_languages;
using gst_lingua_tools::check_language;
using gst_lingua_tools::is_subtitle_file;
using gst_translate::OptionReader;
using gst_translate::OptionSpec;
using gst_translate::parse_int;
using gst_translate::UsageError;

namespace {

enum Option {
  kFrom = 256,
  kTo = 't',
  kModel = 'm',
  kEncoding = 'e',
  kDevice = 257,
  kMicrophone,
  kTranscriber,
  kUtterances,
  kLoop,
  kMaxWait,
  kMaxLag,
  kSilent,
  kTitle,
  kListen,
  kToken,
  kMaxClients,
  kTranscript,
  kOpen,
  kEndWithInput,
  kHls,
  kSrt,
  kIcecast
};

/// As BCP 47 has it.
std::string language(const std::string& code) {
  return std::string(gst_translate::find_language(code)->bcp47);
}

void set_listen(Options& options, const std::string& value) {
  const size_t colon = value.rfind(':');
  const bool only_port = value.find_first_not_of("0123456789") == std::string::npos;
  std::string address = only_port ? "" : value.substr(0, colon);
  const std::string port = only_port ? value : value.substr(std::min(value.size(), colon + 1));
  if (!only_port && colon == std::string::npos)
    throw UsageError("--listen needs ADDRESS:PORT or PORT, not \"" + value + "\"");
  if (address.size() > 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  if (address.empty()) address = "127.0.0.1";
  if (!g_hostname_is_ip_address(address.c_str()))
    throw UsageError("--listen needs a numeric address, as 0.0.0.0 or [::], not \"" + address +
                     "\"");
  options.address = address;
  options.port = parse_int("listen", port.c_str(), 0, 65535);
}

void check_input(const Options& options) {
  const std::string& input = options.input;
  const bool uri = gst_uri_is_valid(input.c_str());
  if (!options.microphone && g_file_test(input.c_str(), G_FILE_TEST_IS_DIR))
    throw UsageError("\"" + input + "\" is a folder: name a file in it");
  if (input != "-" && !uri && !options.microphone && !gst_translate::is_file(input))
    throw UsageError("there is no file \"" + input + "\"");
  if (options.microphone && options.transcriber.empty())
    throw UsageError("--microphone needs --transcriber, a command that makes text of sound");
  if (input == "-" && !options.microphone && !options.transcriber.empty())
    throw UsageError("--transcriber needs an input with sound, a file, URI or --microphone");
  if (options.loop && !is_subtitle_file(input))
    throw UsageError("--loop needs a file of captions, .srt, .vtt, .sub or .ass");
}

}  // namespace

std::vector<OptionSpec> option_specs() {
  return {
      {kFrom, "from", "CODE", "language of the input (default: en)"},
      {kTo, "to", "CODE,...", "languages to translate into; the input's own may be among them"},
      {kModel, "model", "NAME",
       "a folder, or a hub name that was fetched (default: the bundled one)"},
      {kDevice, "device", "NAME", "auto, cpu, cuda, cuda:N, mps: what the model runs on"},
      gst_translate::encoding_option,
      {kMicrophone, "microphone", nullptr, "the input is the microphone"},
      {kTranscriber, "transcriber", "COMMAND",
       "gets the input's sound on its standard input (16 kHz, mono, 16 bit, little endian) and "
       "prints its text, a line an utterance"},
      {kUtterances, "utterances", nullptr,
       "each line of standard input is an utterance, which ends with it"},
      {kLoop, "loop", nullptr, "plays a file of captions again and again"},
      {kMaxWait, "max-wait", "SECONDS",
       "how long an unfinished sentence may wait for its end (default: 10)"},
      {kMaxLag, "max-lag", "SECONDS",
       "how far speech may lag behind its caption, -1: any lag (default: 5)"},
      {kSilent, "silent", nullptr, "captions only, no speech"},
      {kTitle, "title", "TEXT", "the page's heading"},
      {kListen, "listen", "ADDRESS:PORT",
       "where the page is served (default: 127.0.0.1:8080; port 0: one that is free)"},
      {kToken, "token", "TEXT",
       "who has it not is refused; GST_LINGUA_TOKEN in the environment sets it, too"},
      {kMaxClients, "max-clients", "NUMBER", "most listeners at a time (default: 100)"},
      {kTranscript, "transcript", "NUMBER", "sentences that are kept (default: 10000)"},
      {kOpen, "open", nullptr, "open the page in a browser"},
      {kEndWithInput, "end-with-input", nullptr, "end when the input has ended and is spoken"},
      {kHls, "hls", "FOLDER",
       "write HLS there: speech and captions, a playlist a language; the page serves it, too"},
      {kSrt, "srt", "URI",
       "send MPEG-TS over SRT, a sound track a language: srt://HOST:PORT, or "
       "srt://:PORT?mode=listener to be called"},
      {kIcecast, "icecast", "URI",
       "send Ogg to an Icecast server, a mount point a language: "
       "http://source:PASSWORD@HOST:PORT/NAME-{language}.ogg"},
  };
}

Options parse_options(int argc, char** argv, const std::vector<OptionSpec>& specs) {
  Options options;
  if (const gchar* token = g_getenv("GST_LINGUA_TOKEN")) options.token = token;
  OptionReader reader(argc, argv, specs);
  for (int found = reader.next(); found != OptionReader::end; found = reader.next()) {
    const char* value = reader.value();
    switch (found) {
      case kFrom:
        check_language("from", value);
        options.from = language(value);
        break;
      case kTo:
        add_languages(options.to, "to", value);
        break;
      case kEncoding:
        options.encoding = value;
        break;
      case kModel:
        options.model = value;
        break;
      case kDevice:
        options.device = value;
        break;
      case kMicrophone:
        options.microphone = true;
        options.input.clear();
        break;
      case kTranscriber:
        options.transcriber = value;
        break;
      case kUtterances:
        options.utterances = true;
        break;
      case kLoop:
        options.loop = true;
        break;
      case kMaxWait:
        options.max_wait = gst_translate::parse_number("max-wait", value, 0.5, 3600);
        break;
      case kMaxLag:
        options.max_lag = gst_translate::parse_number("max-lag", value, -1, 86400);
        break;
      case kSilent:
        options.silent = true;
        break;
      case kTitle:
        options.title = value;
        break;
      case kListen:
        set_listen(options, value);
        break;
      case kToken:
        options.token = value;
        break;
      case kMaxClients:
        options.max_clients = parse_int("max-clients", value, 1, 10000);
        break;
      case kTranscript:
        options.transcript = parse_int("transcript", value, 1, 1000000);
        break;
      case kOpen:
        options.open = true;
        break;
      case kEndWithInput:
        options.end_with_input = true;
        break;
      case kHls:
        options.hls = value;
        break;
      case kSrt:
        options.srt = value;
        break;
      case kIcecast:
        options.icecast = value;
        break;
      default:
        break;
    }
  }
  const std::vector<std::string> arguments = reader.arguments();
  if (arguments.size() > 1 || (arguments.size() == 1 && options.microphone))
    throw UsageError("one input at a time: \"" + arguments.back() + "\" is too many");
  if (arguments.size() == 1) options.input = arguments[0];
  if (options.to.empty())
    throw UsageError("--to is missing: it says which languages to translate into");
  std::transform(options.to.begin(), options.to.end(), options.to.begin(), language);
  check_input(options);
  gst_translate::check_encoding(options.encoding);
  return options;
}

}  // namespace gst_lingua_live
