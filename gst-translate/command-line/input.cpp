// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/command-line/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "gst-translate/command-line/program.h"
#include "gst-translate/text/error.h"

namespace gst_translate {

namespace {

constexpr std::string_view text_extensions[] = {"txt", "text", "md", "tsv", "csv", "lrc"};
constexpr std::string_view subtitle_extensions[] = {"srt", "vtt", "ass", "ssa",
                                                    "sub", "sbv", "ttml"};

std::string extension_of(const std::string& name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0 || name.find('/', dot) != std::string::npos) return {};
  std::string extension = name.substr(dot + 1);
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

template <size_t N>
bool is_one_of(const std::string& word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool has_space(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isspace(c) != 0; });
}

std::string message_of(int error) {
  return std::generic_category().message(error);
}

void check_file(const std::string& name) {
  if (name == "-") return;
  struct stat status;
  if (stat(name.c_str(), &status) != 0)
    throw UsageError(
        "there is no file \"" + name + '"' +
        (has_space(name) ? ". To have the words themselves taken as text, pipe them in" : ""));
  if (S_ISDIR(status.st_mode)) throw UsageError("\"" + name + "\" is a folder, not a file");
  if (access(name.c_str(), R_OK) != 0)
    throw Error(Error::Kind::Unreadable, name + ": cannot be read: " + message_of(errno) + ".");
  if (is_one_of(extension_of(name), subtitle_extensions))
    throw UsageError("\"" + name +
                     "\" holds subtitles, whose times would be taken for text. The elements keep "
                     "them: gst-launch-1.0 filesrc location=" +
                     name + " ! subparse ! ... To have it as mere text, pipe it in");
}

/// Whether slashes part folders, not words or numbers: "and/or", "24/7", "12/25/2026".
bool is_path(const std::string& name) {
  const size_t slash = name.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == name.size())
    return slash != std::string::npos;
  if (name.find_first_not_of("0123456789/") == std::string::npos) return false;
  struct stat status;
  return name.find('/', slash + 1) != std::string::npos || name.find('.') != std::string::npos ||
         name[0] == '~' || stat(name.substr(0, slash).c_str(), &status) == 0;
}

/// Characters beyond ASCII; the text is valid UTF-8.
uint64_t count_beyond_ascii(const std::string& text) {
  return static_cast<uint64_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
}

}  // namespace

const OptionSpec file_option = {'f', "file", "FILE", "read this file; - is standard input"};
const OptionSpec encoding_option = {
    'e', "encoding", "NAME",
    "of the text: utf-8, utf-16le, windows-1252, shift_jis, ... (default: auto, which knows UTF-16 "
    "by its mark and tells UTF-8 from Windows-1252)"};

const char* const files_remark =
    "Arguments are files, - is standard input, which is also read where no file is named and it is "
    "no terminal.";
const char* const texts_remark =
    "An argument is a text, unless there is a file of that name; a word that looks like a file's "
    "name (a path, or ending in .txt, .srt and the like) and is none is refused. - is "
    "standard "
    "input, which is also read where there is no argument and it is no terminal.";

void check_encoding(const std::string& name) {
  const TextDecoder decoder(name);
}

bool is_file(const std::string& name) {
  struct stat status;
  return stat(name.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

bool looks_like_file(const std::string& name) {
  if (has_space(name) || name[0] == '<') return false;  // or markup
  const std::string extension = extension_of(name);
  return is_path(name) || is_one_of(extension, text_extensions) ||
         is_one_of(extension, subtitle_extensions);
}

std::string path_of(const std::string& name) {
  return name == "-" ? "/dev/stdin" : name;
}

std::vector<Input> find_inputs(Arguments meaning, const std::vector<std::string>& files,
                               const std::vector<std::string>& arguments) {
  std::vector<Input> inputs;
  for (const std::string& file : files) {
    check_file(file);
    inputs.push_back({Input::Kind::File, file});
  }
  for (const std::string& argument : arguments) {
    const bool is_text = meaning == Arguments::Texts && argument != "-" && !is_file(argument);
    if (!is_text) {
      check_file(argument);
    } else if (looks_like_file(argument)) {
      throw UsageError("\"" + argument +
                       "\" looks like a file's name, and there is no such file. To have the name "
                       "itself taken as text, pipe it in");
    }
    inputs.push_back({is_text ? Input::Kind::Text : Input::Kind::File, argument});
  }
  if (!inputs.empty()) return inputs;
  if (isatty(STDIN_FILENO) != 0)
    throw UsageError(std::string("there is nothing to read: name ") +
                     (meaning == Arguments::Texts ? "a text or a file" : "a file") +
                     ", or pipe a text in; - reads what is typed");
  return {{Input::Kind::File, "-"}};
}

TextReader::TextReader(const std::string& file, const std::string& encoding)
    : name_(file == "-" ? "standard input" : file), found_(encoding == "auto"), decoder_(encoding) {
  descriptor_ = file == "-" ? STDIN_FILENO : open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0)
    throw Error(errno == ENOENT ? Error::Kind::NotFound : Error::Kind::Unreadable,
                name_ + ": cannot be read: " + message_of(errno) + ".");
  struct stat status;
  whole_ = fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
}

TextReader::~TextReader() {
  if (descriptor_ > STDIN_FILENO) close(descriptor_);
}

bool TextReader::read_bytes(std::string& bytes) {
  std::array<char, 65536> buffer;
  ssize_t size = -1;
  do
    size = ::read(descriptor_, buffer.data(), buffer.size());
  while (size < 0 && errno == EINTR);
  if (size < 0)
    throw Error(Error::Kind::Unreadable, name_ + ": cannot be read: " + message_of(errno) + ".");
  bytes.append(buffer.data(), static_cast<size_t>(size));
  return size > 0;
}

std::string TextReader::read_whole() {
  std::string bytes;
  while (read_bytes(bytes))
    continue;
  std::string text = decoder_.push(bytes);
  text += decoder_.finish();
  const uint64_t invalid = decoder_.invalid_sequences();
  if (found_ && 2 * invalid > count_beyond_ascii(text))
    throw Error(Error::Kind::Corrupt,
                name_ +
                    ": is no text in UTF-8, UTF-16 or Windows-1252. If it is one in another "
                    "encoding, name that with --encoding.");
  return text;
}

std::string TextReader::read() {
  std::string text;
  while (text.empty() && !ended_) {
    if (whole_) {
      text = read_whole();
      ended_ = true;
    } else {
      std::string bytes;
      ended_ = !read_bytes(bytes);
      text = ended_ ? decoder_.finish() : decoder_.push(bytes);
    }
    warn_of_encoding();
  }
  return text;
}

bool TextReader::read_line(std::string& line) {
  size_t end = lines_.find('\n', line_);
  while (end == std::string::npos) {
    lines_.erase(0, line_);
    line_ = 0;
    const size_t known = lines_.size();
    lines_ += read();
    if (lines_.size() == known) break;
    end = lines_.find('\n', known);
  }
  if (end == std::string::npos) {  // the last line, which need not have an end
    if (lines_.empty()) return false;
    line = std::exchange(lines_, {});
  } else {
    line.assign(lines_, line_, end - line_);
    line_ = end + 1;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

void TextReader::warn_of_encoding() {
  if (decoder_.guessed() && !warned_) {
    warn(name_ + ": is taken for " + decoder_.encoding() + "; --encoding says what it is.");
    warned_ = true;
  }
  const uint64_t invalid = decoder_.invalid_sequences();
  if (ended_ && invalid > 0)
    warn(name_ + ": " + std::to_string(invalid) +
         (invalid == 1 ? " sequence is" : " sequences are") + " no " + decoder_.encoding() +
         " and became U+FFFD.");
}

}  // namespace gst_translate
