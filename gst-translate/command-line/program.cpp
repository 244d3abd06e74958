// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/command-line/program.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <vector>

#include "gst-translate/command-line/input.h"
#include "gst-translate/command-line/suggestion.h"
#include "gst-translate/text/error.h"

namespace gst_translate {

namespace {

const char* program_name = "";

constexpr size_t line_width = 80;
constexpr size_t help_column = 27;

const OptionSpec common_options[] = {{'h', "help", nullptr, "print this"},
                                     {'V', "version", nullptr, "print the version"}};

/// `text`, broken between words. It begins at the column `at`, its other lines at `indent`.
std::string wrapped(const std::string& text, size_t indent, size_t at) {
  std::string result;
  size_t column = at;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (column > indent && column + 1 + (end - begin) > line_width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (begin > 0) {
      result += ' ';
      ++column;
    }
    result += text.substr(begin, end - begin);
    column += end - begin;
    begin = end + 1;
  }
  return result + '\n';
}

/// Paragraphs; those that begin with a space are left as they are.
std::string paragraphs(const std::string& text) {
  std::string result;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find("\n\n", begin), text.size());
    const std::string paragraph = text.substr(begin, end - begin);
    result += '\n' + (paragraph[0] == ' ' ? paragraph + '\n' : wrapped(paragraph, 0, 0));
    begin = end + 2;
  }
  return result;
}

std::string help_of(const OptionSpec& spec) {
  std::string line =
      spec.key <= 0x7F ? std::string("  -") + static_cast<char>(spec.key) + ", " : "      ";
  line += std::string("--") + spec.name;
  if (spec.value != nullptr) line += std::string(" ") + spec.value;
  if (line.size() + 2 > help_column)
    line += '\n' + std::string(help_column, ' ');
  else
    line.resize(help_column, ' ');
  return line + wrapped(spec.help, help_column, help_column);
}

std::string full_name(const Program& program, const Command& command) {
  return command.name[0] == '\0' ? program.name : std::string(program.name) + ' ' + command.name;
}

std::string help(const Program& program, const Command& command, bool of_program) {
  std::string name = full_name(program, command);
  if (of_program && program.commands.size() > 1)
    name = std::string(program.name) + " [" + command.name + "]";
  std::string text = "Usage: " + name + ' ' + command.arguments + '\n';
  text += paragraphs(command.description);
  text += "\nOptions:\n";
  for (const OptionSpec& spec : command.options)
    text += help_of(spec);
  for (const OptionSpec& spec : common_options)
    text += help_of(spec);
  if (of_program && program.commands.size() > 1) {
    text += "\nCommands:\n";
    for (const Command& each : program.commands) {
      std::string line = std::string("  ") + each.name;
      line.resize(help_column, ' ');
      text += line + wrapped(each.summary, help_column, help_column);
    }
    text += paragraphs(std::string(program.name) + " COMMAND --help tells more of each.");
  }
  return text + paragraphs(command.remarks) +
         paragraphs(
             "Exit status: 0 if all was done, 1 if some of it failed or could not be read, 2 for a "
             "command line or a setting that makes no sense.");
}

/// The words that a help text begins with, where it lists some: "auto, cpu, torch: what computes".
std::string listed_words(const std::string& text) {
  std::string words;
  size_t items = 0;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = text.find_first_of(",( ", begin);
    end = std::min(end, text.find(": ", begin));
    const std::string item = text.substr(begin, end - begin);
    ++items;
    // "cuda:N" stands for many.
    if (std::none_of(item.begin(), item.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
      words += (words.empty() ? "" : " ") + item;
    if (end >= text.size() || text.compare(end, 2, ", ") != 0) break;
    begin = end + 2;
  }
  return items > 1 ? words : "";
}

/// For the shells' completion: a line a command and option, with tabs between its parts and - for
/// one that is not there.
std::string table(const Program& program, const Command& command, bool of_program) {
  std::string text;
  if (of_program && program.commands.size() > 1)
    for (const Command& each : program.commands)
      text += std::string("command\t") + each.name + '\t' + each.summary + '\n';
  const auto add = [&text](const OptionSpec& spec) {
    const std::string words = spec.value != nullptr ? listed_words(spec.help) : "";
    text += std::string("option\t") + spec.name + '\t' +
            (spec.key <= 0x7F ? static_cast<char>(spec.key) : '-') + '\t' +
            (spec.value != nullptr ? spec.value : "-") + '\t' + (words.empty() ? "-" : words) +
            '\t' + spec.help + '\n';
  };
  for (const OptionSpec& spec : command.options)
    add(spec);
  for (const OptionSpec& spec : common_options)
    add(spec);
  return text;
}

bool asks_for(const OptionSpec& option, int argc, char** argv) {
  const std::string name = std::string("--") + option.name;
  const std::string letter = std::string("-") + static_cast<char>(option.key);
  for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i)
    if (argv[i] == name || argv[i] == letter) return true;
  return false;
}

/// Words that are neither a command nor a file are a command with a slip, more likely than a text.
void check_first_word(const Program& program, const char* word) {
  if (word[0] == '-' || is_file(word) || looks_like_file(word) ||
      std::strpbrk(word, " \t\n") != nullptr)
    return;
  std::string list;
  std::vector<std::string> names;
  for (const Command& command : program.commands) {
    list += (list.empty() ? "" : ", ") + std::string(command.name);
    names.emplace_back(command.name);
  }
  throw UsageError("\"" + std::string(word) + "\" is neither a command (" + list + ") nor a file" +
                   suggestion(word, names));
}

int run(const Program& program, int argc, char** argv) {
  const Command* named = nullptr;
  for (const Command& candidate : program.commands) {
    if (argc < 2 || std::strcmp(argv[1], candidate.name) != 0) continue;
    named = &candidate;
    ++argv;
    --argc;
    break;
  }
  const Command& command = named != nullptr ? *named : program.commands.front();
  if (asks_for(common_options[0], argc, argv)) {
    std::fputs(help(program, command, named == nullptr).c_str(), stdout);
    return 0;
  }
  if (asks_for(common_options[1], argc, argv)) {
    std::printf("%s %s\n", program.name, program.version);
    return 0;
  }
  if (argc == 2 && std::strcmp(argv[1], "--list-options") == 0) {
    std::fputs(table(program, command, named == nullptr).c_str(), stdout);
    return 0;
  }
  try {
    if (program.commands.size() > 1 && named == nullptr && argc > 1)
      check_first_word(program, argv[1]);
    return command.run(argc, argv, command.options);
  } catch (const UsageError& error) {
    const std::string what = error.what();
    const bool asks = !what.empty() && what.back() == '?';
    warn(what + (asks ? "" : ".") + "\nTry: " + full_name(program, command) + " --help");
    return 2;
  } catch (const Error& error) {
    warn(error.what());
    return error.kind() == Error::Kind::Settings ? 2 : 1;
  } catch (const std::exception& error) {
    warn(error.what());
    return 1;
  }
}

/// Who starts a program without standard input or output (a service, `<&-`) is told that it cannot
/// be read or written. Nothing else may get their numbers: a connection to a process of ours would
/// be read and written for them.
void reserve_standard_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(number, F_GETFD) < 0)
      open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // the lowest that is free
}

}  // namespace

int run_program(const Program& program, int argc, char** argv) {
  program_name = program.name;
  reserve_standard_descriptors();
  const int status = run(program, argc, argv);
  // A disk that is full says so last.
  try {
    if (status == 0) flush_output();
    return status;
  } catch (const Error& error) {
    warn(error.what());
    return 1;
  }
}

void flush_output() {
  if (!std::cout.flush() || std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw Error(Error::Kind::Failed, "The output cannot be written.");
}

void warn(const std::string& message) {
  std::fprintf(stderr, "%s: %s\n", program_name, message.c_str());
}

}  // namespace gst_translate
