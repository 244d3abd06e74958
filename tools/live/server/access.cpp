// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/live/server/access.h"

#include <gio/gio.h>

#include <utility>

namespace gst_lingua_live {

namespace {

constexpr const char* cookie_name = "gst-lingua-token";

/// Takes as long wherever they differ.
bool same(const std::string& one, const std::string& other) {
  unsigned difference = one.size() == other.size() ? 0 : 1;
  for (size_t i = 0; i < other.size(); ++i)
    difference |= static_cast<unsigned>(one[i % (one.size() + 1)] ^ other[i]);
  return difference == 0;
}

std::string header(SoupServerMessage* message, const char* name) {
  const char* value =
      soup_message_headers_get_one(soup_server_message_get_request_headers(message), name);
  return value != nullptr ? value : "";
}

/// Without the port and an address's brackets.
std::string host_of(const std::string& value) {
  if (!value.empty() && value[0] == '[') return value.substr(1, value.find(']') - 1);
  return value.substr(0, value.find(':'));
}

bool is_loopback(const std::string& host) {
  if (g_ascii_strcasecmp(host.c_str(), "localhost") == 0) return true;
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host.c_str());
  return address != nullptr && g_inet_address_get_is_loopback(address) != FALSE;
}

std::string cookie(SoupServerMessage* message) {
  g_auto(GStrv) pairs = g_strsplit(header(message, "Cookie").c_str(), ";", -1);
  const std::string start = std::string(cookie_name) + '=';
  for (gchar** pair = pairs; *pair != nullptr; ++pair)
    if (g_str_has_prefix(g_strstrip(*pair), start.c_str())) return *pair + start.size();
  return {};
}

}  // namespace

std::string parameter(SoupServerMessage* message, const char* name) {
  const char* query = g_uri_get_query(soup_server_message_get_uri(message));
  if (query == nullptr) return {};
  g_autoptr(GHashTable) form = soup_form_decode(query);
  const auto* value = static_cast<const char*>(g_hash_table_lookup(form, name));
  return value != nullptr ? value : "";
}

Access::Access(std::string token, bool loopback) : token_(std::move(token)), loopback_(loopback) {
  g_autofree gchar* escaped = g_uri_escape_string(token_.c_str(), nullptr, FALSE);
  escaped_ = escaped;
}

bool Access::check(SoupServerMessage* message) const {
  SoupMessageHeaders* answer = soup_server_message_get_response_headers(message);
  const std::string method = soup_server_message_get_method(message);
  guint status = 0;
  if (method != "GET" && method != "HEAD") {
    status = SOUP_STATUS_METHOD_NOT_ALLOWED;
    soup_message_headers_replace(answer, "Allow", "GET, HEAD");
  } else if (!header(message, "Content-Length").empty() ||
             !header(message, "Transfer-Encoding").empty()) {
    status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;  // nobody is to send us anything
  } else if (loopback_ && !is_loopback(host_of(header(message, "Host")))) {
    status = SOUP_STATUS_MISDIRECTED_REQUEST;
  } else if (!has_token(message)) {
    status = SOUP_STATUS_UNAUTHORIZED;
    soup_message_headers_replace(answer, "WWW-Authenticate", "Bearer");
  }
  if (status == 0) return true;
  soup_server_message_set_status(message, status, nullptr);
  return false;
}

bool Access::has_token(SoupServerMessage* message) const {
  if (token_.empty()) return true;
  const std::string bearer = "Bearer ";
  const std::string authorization = header(message, "Authorization");
  return (authorization.rfind(bearer, 0) == 0 &&
          same(authorization.substr(bearer.size()), token_)) ||
         same(cookie(message), escaped_) || same(parameter(message, "token"), token_);
}

void Access::remember(SoupServerMessage* message) const {
  if (token_.empty() || !same(parameter(message, "token"), token_)) return;
  const std::string line =
      std::string(cookie_name) + '=' + escaped_ + "; Path=/; HttpOnly; SameSite=Strict";
  soup_message_headers_append(soup_server_message_get_response_headers(message), "Set-Cookie",
                              line.c_str());
}

}  // namespace gst_lingua_live
