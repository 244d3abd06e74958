// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <string>
#include <vector>

#include "gst-translate/command-line/options.h"

namespace gst_translate {

/// One thing that a program does, and all that its `--help` says.
struct Command {
  const char* name;         ///< "bench"; empty where the program has no commands
  const char* arguments;    ///< "[OPTION...] FILE"
  const char* summary;      ///< a line without a full stop, for the program's list of commands
  const char* description;  ///< paragraphs with blank lines between them
  std::vector<OptionSpec> options;  ///< without --help and --version, which all have
  int (*run)(int argc, char** argv, const std::vector<OptionSpec>& options);  ///< the exit status
  std::string remarks = "";  ///< more paragraphs, after the options
};

/// A program with its commands; the first is meant where none is named.
struct Program {
  const char* name;
  const char* version;
  std::vector<Command> commands;
};

/// Runs the command that the command line names, and answers --help, --version and, for the shells'
/// completion (docs/completions), --list-options. Errors become a
/// line on standard error. Returns the exit status: 2 for a command line or settings that make no
/// sense, 1 for what fails.
int run_program(const Program& program, int argc, char** argv);

/// Hands what was printed to whoever reads standard output. Throws `Error` where nobody does or the
/// disk is full: what is printed after that is in vain.
void flush_output();

/// A line on standard error, behind the program's name.
void warn(const std::string& message);

}  // namespace gst_translate
