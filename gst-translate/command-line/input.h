// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

#include "gst-translate/command-line/options.h"
#include "gst-translate/text/encoding.h"

namespace gst_translate {

/// The options that every command with texts has: `--file` and `--encoding`.
extern const OptionSpec file_option;
extern const OptionSpec encoding_option;

/// What `remarks` of a command say of the rule below.
extern const char* const files_remark;
extern const char* const texts_remark;

/// Something to read: a file, standard input, or a text that stands in the command line.
struct Input {
  enum class Kind { File, Text };
  Kind kind = Kind::File;
  std::string value;  ///< the file's name, "-" for standard input; or the text
};

/// How a command takes the arguments that are not options.
enum class Arguments {
  Files,  ///< every one is a file
  Texts,  ///< one is a text, unless there is a file of that name
};

/// What a command is to read: the files that `--file` named, then its arguments, else standard
/// input. Throws `UsageError` before anything is read: for what is no file and should be one; for a
/// text that looks like a file's name and is none; for subtitles, whose times would be taken for
/// text; where there is nothing to read and standard input is a terminal.
std::vector<Input> find_inputs(Arguments meaning, const std::vector<std::string>& files,
                               const std::vector<std::string>& arguments);

/// Throws `Error` Settings for an encoding that there is not.
void check_encoding(const std::string& name);

/// True if there is something to read by that name.
bool is_file(const std::string& name);

/// True for one word that is a path, or has the extension of a text or of subtitles. "and/or" and
/// "24/7" are none.
bool looks_like_file(const std::string& name);

/// The path that an option's value means: "-" is standard input.
std::string path_of(const std::string& name);

/// Text from a file or standard input, as UTF-8. A file is read as a whole and its encoding judged
/// by all of it; a pipe's or terminal's text comes as it arrives. Warns on standard error of an
/// encoding that had to be guessed, and of what was no text.
class TextReader {
 public:
  /// Throws `Error`: what cannot be opened; Settings for an unknown encoding.
  TextReader(const std::string& file, const std::string& encoding);
  ~TextReader();
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  /// The next piece; empty at the end. Throws `Error` where it cannot be read, or is a file that is
  /// no text.
  std::string read();

  /// The next line without its end; false at the end of the text.
  bool read_line(std::string& line);

  /// True if some of it was replaced by U+FFFD: a command should say so with its exit status.
  bool damaged() const { return decoder_.invalid_sequences() > 0; }

 private:
  bool read_bytes(std::string& bytes);
  std::string read_whole();
  void warn_of_encoding();

  std::string name_;
  int descriptor_ = -1;
  bool whole_ = false;  ///< a file on a disk
  bool found_;          ///< its encoding is to be found
  bool ended_ = false, warned_ = false;
  TextDecoder decoder_;
  std::string lines_;  ///< read, and not yet given as lines
  size_t line_ = 0;    ///< where the next begins
};

}  // namespace gst_translate
