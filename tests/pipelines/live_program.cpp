// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pipelines/live_program.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdlib>

namespace gst_lingua_tests {

LiveProgram::LiveProgram(const std::vector<std::string>& arguments, const std::string& token) {
  std::vector<const char*> words = {"gst-lingua-live", "--listen", "0"};
  for (const std::string& argument : arguments)
    words.push_back(argument.c_str());
  words.push_back(nullptr);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
      static_cast<GSubprocessFlags>(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                    G_SUBPROCESS_FLAGS_STDERR_PIPE));
  if (!token.empty())
    g_subprocess_launcher_setenv(launcher, "GST_LINGUA_TOKEN", token.c_str(), TRUE);
  g_autoptr(GError) error = nullptr;
  process_ = g_subprocess_launcher_spawnv(launcher, words.data(), &error);
  if (process_ == nullptr) {
    ADD_FAILURE() << error->message;
    return;
  }
  // The page is at http://127.0.0.1:PORT/
  std::string line;
  GInputStream* out = g_subprocess_get_stdout_pipe(process_);
  for (char c = 0; c != '\n' && g_input_stream_read(out, &c, 1, nullptr, nullptr) == 1;)
    line += c;
  const size_t colon = line.rfind(':');
  if (colon != std::string::npos) port_ = std::atoi(line.c_str() + colon + 1);
}

LiveProgram::~LiveProgram() {
  if (process_ == nullptr) return;
  if (status_within(0) < 0) {
    signal(SIGINT);
    EXPECT_GE(status_within(60), 0) << "it does not end";
    g_subprocess_force_exit(process_);
  }
  EXPECT_EQ(errors().find("CRITICAL"), std::string::npos);
  g_object_unref(process_);
}

void LiveProgram::say(const std::string& text) const {
  g_output_stream_write_all(g_subprocess_get_stdin_pipe(process_), text.data(), text.size(),
                            nullptr, nullptr, nullptr);
  g_output_stream_flush(g_subprocess_get_stdin_pipe(process_), nullptr, nullptr);
}

void LiveProgram::end_input() const {
  g_output_stream_close(g_subprocess_get_stdin_pipe(process_), nullptr, nullptr);
}

void LiveProgram::signal(int number) const {
  g_subprocess_send_signal(process_, number);
}

int LiveProgram::status_within(double seconds) {
  for (double waited = 0;; waited += 0.02) {
    if (g_subprocess_get_identifier(process_) == nullptr)
      return g_subprocess_get_if_exited(process_) != FALSE ? g_subprocess_get_exit_status(process_)
                                                           : -1;
    if (waited >= seconds) return -1;
    g_usleep(20000);
  }
}

bool LiveProgram::complains_of(const std::string& text) {
  while (errors_.find(text) == std::string::npos)
    if (!read_errors()) return false;
  return true;
}

const std::string& LiveProgram::errors() {
  while (read_errors()) {
  }
  return errors_;
}

/// Some of them; false at their end.
bool LiveProgram::read_errors() {
  std::array<char, 4096> buffer;
  const gssize count = g_input_stream_read(g_subprocess_get_stderr_pipe(process_), buffer.data(),
                                           buffer.size(), nullptr, nullptr);
  if (count <= 0) return false;
  errors_.append(buffer.data(), static_cast<size_t>(count));
  return true;
}

}  // namespace gst_lingua_tests
