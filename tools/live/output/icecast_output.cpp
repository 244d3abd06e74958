// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/text/error.h"
#include "gst-translate/text/language.h"
#include "tools/common/element.h"
#include "tools/live/output/stream_output.h"

namespace gst_lingua_live {

using gst_lingua_tools::child;
using gst_lingua_tools::parse_pipeline;

namespace {

constexpr const char* placeholder = "{language}";

struct Mount {
  std::string host, user, password, name;
  int port;
};

Mount parse(std::string uri, const std::string& language) {
  using gst_translate::Error;
  if (const size_t at = uri.find(placeholder); at != std::string::npos)
    uri.replace(at, std::string(placeholder).size(), language);
  g_autofree gchar *user = nullptr, *password = nullptr, *host = nullptr, *path = nullptr;
  gint port = 0;
  const bool valid =
      g_uri_split_with_user(uri.c_str(), G_URI_FLAGS_HAS_PASSWORD, nullptr, &user, &password,
                            nullptr, &host, &port, &path, nullptr, nullptr, nullptr) != FALSE;
  if (!valid || uri.rfind("http://", 0) != 0 || host == nullptr || password == nullptr ||
      path == nullptr || path[0] != '/' || path[1] == '\0')
    throw Error(Error::Kind::Settings,
                "--icecast needs http://source:PASSWORD@HOST:PORT/MOUNT-{language}.ogg.");
  return {host, user, password, path, port > 0 ? port : 8000};
}

}  // namespace

std::unique_ptr<Output> make_icecast_output(const std::string& uri, const std::string& language) {
  const Mount mount = parse(uri, language);
  const std::string line =
      SoundPipeline::source(language) +
      "! queue ! clocksync ! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1"
      " ! opusenc bitrate=48000 audio-type=voice ! oggmux max-delay=0 max-page-delay=200000000"
      " ! shout2send name=server sync=false async=false";
  return std::make_unique<StreamOutput>(
      "Icecast " + mount.host + ':' + std::to_string(mount.port) + mount.name,
      [mount, line, language] {
        Object<GstElement> pipeline = parse_pipeline(line);
        const std::string name(gst_translate::find_language(language)->name);
        g_object_set(child(pipeline.get(), "server").get(), "ip", mount.host.c_str(), "port",
                     mount.port, "username", mount.user.c_str(), "password", mount.password.c_str(),
                     "mount", mount.name.c_str(), "streamname", name.c_str(), nullptr);
        return pipeline;
      });
}

}  // namespace gst_lingua_live
