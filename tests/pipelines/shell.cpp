// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pipelines/shell.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace gst_lingua_tests {

double Sound::seconds() const {
  return rate > 0 ? static_cast<double>(samples.size()) / rate : 0;
}

int Sound::peak(double from, double to) const {
  int loudest = 0;
  const auto first = static_cast<size_t>(from * rate);
  const auto last = std::min(samples.size(), static_cast<size_t>(to * rate));
  for (size_t i = first; i < last; ++i)
    loudest = std::max(loudest, std::abs(int{samples[i]}));
  return loudest;
}

double Sound::onset(double from, int level) const {
  auto i = static_cast<size_t>(from * rate);
  while (i < samples.size() && std::abs(int{samples[i]}) <= level)
    ++i;
  return static_cast<double>(i) / rate;
}

Shell::Shell() {
  char* folder = g_dir_make_tmp("gst-lingua-XXXXXX", nullptr);
  folder_ = folder;
  g_free(folder);
  // No model of the user's own, and no sound from the loudspeakers.
  set("HF_HOME", folder_ + "/hub");
  set("GST_PLUGIN_FEATURE_RANK",
      "pulsesink:NONE,pipewiresink:NONE,alsasink:NONE,jackaudiosink:NONE,openalsink:NONE,"
      "osssink:NONE,oss4sink:NONE,osxaudiosink:NONE");

  std::signal(SIGPIPE, SIG_IGN);  // a program may end before it has read its input

  // Leaks of programs that are not ours are theirs.
  if (*SANITIZER_RUNTIME != '\0') {
    set("LD_PRELOAD", SANITIZER_RUNTIME);
    set("ASAN_OPTIONS", "detect_leaks=0");
  }
}

Shell::~Shell() {
  run({"rm", "-r", folder_});
}

Output Shell::run(const std::vector<std::string>& command, const std::string& input) const {
  std::vector<const char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command)
    arguments.push_back(argument.c_str());
  arguments.push_back(nullptr);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(static_cast<GSubprocessFlags>(
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE));
  g_subprocess_launcher_set_cwd(launcher, folder_.c_str());
  for (const std::string& variable : unset_)
    g_subprocess_launcher_unsetenv(launcher, variable.c_str());
  for (const auto& [variable, value] : environment_)
    g_subprocess_launcher_setenv(launcher, variable.c_str(), value.c_str(), TRUE);
  g_autoptr(GError) error = nullptr;
  Output output;
  int pipe[2];
  if (g_unix_open_pipe(pipe, FD_CLOEXEC, &error) == 0) {
    ADD_FAILURE() << error->message;
    return output;
  }
  g_subprocess_launcher_take_stdin_fd(launcher, pipe[0]);
  g_autoptr(GSubprocess) process = g_subprocess_launcher_spawnv(launcher, arguments.data(), &error);
  g_subprocess_launcher_close(launcher);
  // By hand, since GLib takes it for a fault when a program ends before it has read all.
  std::thread writer([&input, end = pipe[1]] {
    for (size_t done = 0; done < input.size();) {
      const ssize_t written = ::write(end, input.data() + done, input.size() - done);
      if (written < 0) break;
      done += static_cast<size_t>(written);
    }
    close(end);
  });
  g_autofree char* out = nullptr;
  g_autofree char* err = nullptr;
  const bool ended = process != nullptr && g_subprocess_communicate_utf8(process, nullptr, nullptr,
                                                                         &out, &err, &error) != 0;
  writer.join();
  if (!ended) {
    ADD_FAILURE() << command[0] << ": " << error->message;
    return output;
  }
  if (g_subprocess_get_if_exited(process) != 0)
    output.status = g_subprocess_get_exit_status(process);
  output.out = out;
  output.err = err;
  return output;
}

Output Shell::run_line(const std::string& line, const std::string& input) const {
  return run({"sh", "-c", line}, input);
}

void Shell::write(const std::string& name, const std::string& content) const {
  std::ofstream(folder_ + "/" + name, std::ios::binary) << content;
}

std::string Shell::contents(const std::string& name) const {
  return read_file(folder_ + "/" + name);
}

Sound Shell::sound(const std::string& name) const {
  const std::string wav = contents(name);
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(wav[i]); };
  Sound sound;
  // 44 bytes of header, samples, tags.
  if (wav.size() < 44 || wav.substr(0, 4) != "RIFF" || wav.substr(36, 4) != "data") return sound;
  const auto number = [&](size_t i) -> size_t {
    return byte(i) | size_t{byte(i + 1)} << 8 | size_t{byte(i + 2)} << 16 |
           size_t{byte(i + 3)} << 24;
  };
  sound.rate = static_cast<int>(number(24));
  const size_t end = std::min(wav.size(), 44 + number(40));
  for (size_t i = 44; i + 1 < end; i += 2)
    sound.samples.push_back(static_cast<int16_t>(byte(i) | byte(i + 1) << 8));
  return sound;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines(const std::string& text, const std::string& start) {
  std::vector<std::string> found;
  size_t position = 0;
  while (position < text.size()) {
    const size_t end = std::min(text.find('\n', position), text.size());
    const std::string line = text.substr(position, end - position);
    if (line.rfind(start, 0) == 0) found.push_back(line.substr(start.size()));
    position = end + 1;
  }
  return found;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace gst_lingua_tests
