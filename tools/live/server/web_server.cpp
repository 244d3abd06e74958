// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/server/web_server.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "gst-translate/text/language.h"
#include "tools/live/output/hls_files.h"

namespace gst_lingua_live {

using Json = nlohmann::ordered_json;

namespace {

// Bytes that may wait for one client: some 40 s of speech, and all captions that one who joins
// gets.
constexpr size_t most_speech = size_t{256} * 1024;
constexpr size_t most_captions = size_t{512} * 1024;

// A player of HLS and a browser hold some connections each.
constexpr size_t connections_of_client = 4;
constexpr size_t spare_connections = 16;

// us that a connection may take to ask for something.
constexpr gint64 patience = gint64{20} * G_USEC_PER_SEC;

std::string new_session() {
  g_autofree gchar* id = g_uuid_string_random();
  return std::string(id).substr(0, 8);
}

bool is_loopback(const std::string& address) {
  g_autoptr(GInetAddress) parsed = g_inet_address_new_from_string(address.c_str());
  return g_inet_address_get_is_loopback(parsed) != FALSE;
}

void set_status(SoupServerMessage* message, guint status) {
  soup_server_message_set_status(message, status, nullptr);
}

void set_body(SoupServerMessage* message, const char* type, const std::string& body) {
  set_status(message, SOUP_STATUS_OK);
  soup_server_message_set_response(message, type, SOUP_MEMORY_COPY, body.data(), body.size());
}

/// For what a browser shows and runs.
void add_headers(SoupServerMessage* message) {
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message);
  const std::pair<const char*, const char*> all[] = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
       "media-src 'self' blob:; img-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
  for (const auto& [name, value] : all)
    soup_message_headers_replace(headers, name, value);
}

Json describe(const std::string& code, bool speech) {
  const auto* language = gst_translate::find_language(code);
  const std::string script(language->script);
  const bool right_to_left = script == "Arab" || script == "Hebr";
  return {{"code", code},
          {"name", std::string(language->name)},
          {"direction", right_to_left ? "rtl" : "ltr"},
          {"speech", speech}};
}

/// Splits "de.webm" at its last dot.
std::pair<std::string, std::string> split(const std::string& file) {
  const size_t dot = std::min(file.rfind('.'), file.size());
  return {file.substr(0, dot), file.substr(std::min(file.size(), dot + 1))};
}

}  // namespace

WebServer::WebServer(const Options& options, const Transcript& transcript, WebmOutput& speech,
                     const std::vector<std::string>& spoken, std::function<GstClockTime()> now)
    : options_(options),
      transcript_(transcript),
      speech_(speech),
      spoken_(spoken),
      now_(std::move(now)),
      session_(new_session()),
      access_(options.token, is_loopback(options.address)),
      server_(soup_server_new("server-header", "gst-lingua-live", nullptr)),
      connections_(
          server_.get(), options.address, options.port,
          connections_of_client * static_cast<size_t>(options.max_clients) + spare_connections,
          patience),
      clock_(2000, [this] {
        for (auto& entry : streams_)
          entry.second.send_clock(now_());
      }) {
  for (const std::string& language : options.to)
    streams_.try_emplace(language, language, session_);
  streams_.try_emplace(options.from, options.from, session_);

  const auto on_headers = [](SoupServer*, SoupServerMessage* message, const char*, GHashTable*,
                             gpointer self) { static_cast<WebServer*>(self)->check(message); };
  soup_server_add_early_handler(server_.get(), nullptr, on_headers, this, nullptr);
  const auto on_request = [](SoupServer*, SoupServerMessage* message, const char* path, GHashTable*,
                             gpointer self) {
    static_cast<WebServer*>(self)->answer(message, path);
  };
  soup_server_add_handler(server_.get(), nullptr, on_request, this, nullptr);
}

WebServer::~WebServer() {
  streams_.clear();
  soup_server_disconnect(server_.get());
}

std::string WebServer::address() const {
  std::string host = options_.address;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = '[' + host + ']';
  std::string address = "http://" + host + ':' + std::to_string(connections_.port()) + '/';
  if (!options_.token.empty()) {
    g_autofree gchar* token = g_uri_escape_string(options_.token.c_str(), nullptr, FALSE);
    address += std::string("?token=") + token;
  }
  return address;
}

void WebServer::caption(const Sentence& sentence, const std::string& language) {
  streams_.at(language).send_caption(sentence);
  if (language != options_.from && sentence.translations.count(options_.from) == 0 &&
      std::find(options_.to.begin(), options_.to.end(), options_.from) == options_.to.end())
    streams_.at(options_.from).send_caption(sentence);
}

void WebServer::spoken(const Sentence& sentence, const std::string& language) {
  streams_.at(language).send_speech(sentence);
}

void WebServer::end() {
  ended_ = true;
  for (auto& entry : streams_)
    entry.second.send_end();
}

/// Before the body of the request, which is not read into memory whatever it may be.
void WebServer::check(SoupServerMessage* message) {
  soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
  add_headers(message);
  if (!access_.check(message))
    soup_message_headers_replace(soup_server_message_get_response_headers(message), "Connection",
                                 "close");
}

void WebServer::answer(SoupServerMessage* message, const std::string& path) {
  if (soup_server_message_get_status(message) != SOUP_STATUS_NONE) return;  // refused
  connections_.extend(message);
  const auto below = [&path](const char* folder) { return path.rfind(folder, 0) == 0; };
  const auto rest = [&path] { return path.substr(path.find('/', 1) + 1); };
  if (answer_page(message, path)) return;
  if (path == "/languages") return answer_languages(message);
  if (below("/transcript/")) return answer_transcript(message, rest());
  if (below("/hls/")) return answer_hls(message, rest());
  if (!below("/captions/") && !below("/speech/")) return set_status(message, SOUP_STATUS_NOT_FOUND);
  if (std::string(soup_server_message_get_method(message)) != "GET")
    return set_status(message, SOUP_STATUS_METHOD_NOT_ALLOWED);
  if (below("/captions/")) return answer_captions(message, rest());
  answer_speech(message, rest());
}

/// The files of the page, which are part of the program.
bool WebServer::answer_page(SoupServerMessage* message, const std::string& path) {
  static const std::map<std::string, std::pair<const char*, const char*>> files = {
      {"/", {"page.html", "text/html; charset=utf-8"}},
      {"/page.css", {"page.css", "text/css; charset=utf-8"}},
      {"/page.js", {"page.js", "text/javascript; charset=utf-8"}},
      {"/captions.js", {"captions.js", "text/javascript; charset=utf-8"}},
      {"/speech.js", {"speech.js", "text/javascript; charset=utf-8"}},
      {"/icon.svg", {"icon.svg", "image/svg+xml"}},
  };
  const auto file = files.find(path);
  if (file == files.end()) return false;
  const std::string resource = std::string("/gst-lingua-live/") + file->second.first;
  g_autoptr(GBytes) bytes =
      g_resources_lookup_data(resource.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr);
  g_assert_nonnull(bytes);
  gsize size = 0;
  const auto* data = static_cast<const char*>(g_bytes_get_data(bytes, &size));
  set_body(message, file->second.second, std::string(data, size));
  access_.remember(message);
  return true;
}

void WebServer::answer_languages(SoupServerMessage* message) {
  Json list = Json::array();
  const auto has_speech = [this](const std::string& code) {
    return std::find(spoken_.begin(), spoken_.end(), code) != spoken_.end();
  };
  for (const std::string& code : options_.to)
    list.push_back(describe(code, has_speech(code)));
  if (std::find(options_.to.begin(), options_.to.end(), options_.from) == options_.to.end())
    list.push_back(describe(options_.from, false));
  const Json all = {{"title", options_.title},      {"session", session_},
                    {"source", options_.from},      {"languages", list},
                    {"hls", !options_.hls.empty()}, {"ended", ended_}};
  set_body(message, "application/json", all.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void WebServer::answer_captions(SoupServerMessage* message, const std::string& language) {
  const auto stream = streams_.find(language);
  if (stream == streams_.end()) return set_status(message, SOUP_STATUS_NOT_FOUND);
  if (is_full(message, listeners())) return;
  const char* header = soup_message_headers_get_one(
      soup_server_message_get_request_headers(message), "Last-Event-ID");
  const std::string last = header != nullptr ? header : parameter(message, "after");
  stream->second.add(
      std::make_unique<ClientStream>(connections_, message, "text/event-stream", most_captions),
      last, transcript_, now_());
}

void WebServer::answer_speech(SoupServerMessage* message, const std::string& file) {
  const auto [language, type] = split(file);
  if (ended_ || type != "webm" ||
      std::find(spoken_.begin(), spoken_.end(), language) == spoken_.end())
    return set_status(message, SOUP_STATUS_NOT_FOUND);
  if (is_full(message, speech_.clients())) return;
  speech_.add(language,
              std::make_unique<ClientStream>(connections_, message, "audio/webm", most_speech));
}

void WebServer::answer_transcript(SoupServerMessage* message, const std::string& file) {
  const auto [language, type] = split(file);
  if (streams_.count(language) == 0) return set_status(message, SOUP_STATUS_NOT_FOUND);
  if (type == "txt")
    set_body(message, "text/plain; charset=utf-8", transcript_.as_text(language));
  else if (type == "srt")
    set_body(message, "application/x-subrip; charset=utf-8", transcript_.as_srt(language));
  else if (type == "vtt")
    set_body(message, "text/vtt; charset=utf-8", transcript_.as_webvtt(language));
  else
    return set_status(message, SOUP_STATUS_NOT_FOUND);
  const std::string disposition = "attachment; filename=\"transcript." + file + '"';
  soup_message_headers_replace(soup_server_message_get_response_headers(message),
                               "Content-Disposition", disposition.c_str());
}

void WebServer::answer_hls(SoupServerMessage* message, const std::string& file) {
  const char* type = options_.hls.empty() ? nullptr : hls_type(file);
  if (type == nullptr) return set_status(message, SOUP_STATUS_NOT_FOUND);
  g_autofree gchar* contents = nullptr;
  gsize size = 0;
  const std::string path = options_.hls + '/' + file;
  if (g_file_get_contents(path.c_str(), &contents, &size, nullptr) == FALSE)
    return set_status(message, SOUP_STATUS_NOT_FOUND);
  set_body(message, type, std::string(contents, size));
}

bool WebServer::is_full(SoupServerMessage* message, size_t clients) {
  if (clients < static_cast<size_t>(options_.max_clients)) return false;
  set_status(message, SOUP_STATUS_SERVICE_UNAVAILABLE);
  soup_message_headers_replace(soup_server_message_get_response_headers(message), "Retry-After",
                               "5");
  return true;
}

size_t WebServer::listeners() const {
  size_t count = 0;
  for (const auto& entry : streams_)
    count += entry.second.clients();
  return count;
}

}  // namespace gst_lingua_live
