// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs a fuzz target without a fuzzer, the same each time: on each line of the text files it is
// given, on some lines together and on spoilt ones; on other files whole and spoilt. All stand
// behind a few random bytes, by which a target may choose its settings. After --write FOLDER it
// also writes these inputs there, for a fuzzer to begin with.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

/// Changes some bytes, most of them near the ends: there, files have what is read first.
void spoil(std::string& text, std::mt19937& random) {
  const auto below = [&](size_t n) {
    return std::uniform_int_distribution<size_t>(0, n - 1)(random);
  };
  constexpr size_t edge = 2000, most = 40;
  const size_t changes = 1 + below(1 + std::min(text.size() / 20, most));
  for (size_t i = 0; i < changes; ++i) {
    const size_t near = std::min(edge, text.size());
    const size_t at = text.size() <= edge ? below(text.size())
                      : below(2) == 0     ? below(near)
                                          : text.size() - 1 - below(near);
    const char byte = static_cast<char>(below(256));
    switch (below(5)) {
      case 0:
        text[at] = byte;
        break;
      case 1:
        text.insert(at, 1 + below(3), byte);
        break;
      case 2:
        text.erase(at, 1 + below(3));
        break;
      case 3:
        text[at] = static_cast<char>(text[at] ^ 1 << below(8));
        break;
      default:
        text.insert(below(text.size() + 1), text.substr(at, 1 + below(8)));
    }
    if (text.empty()) text = ".";
  }
}

class Runner {
 public:
  explicit Runner(std::string corpus) : corpus_(std::move(corpus)) {}

  void run_lines(std::istream& file) {
    std::string line, lines;
    while (std::getline(file, line)) {
      if (line.empty()) continue;
      run(line);
      lines += line + '\n';
      if (lines.size() > 500) {
        run(lines);
        lines.clear();
      }
      spoil(line, random_);
      run(line);
    }
  }

  /// Often enough that every setting of a target meets it.
  void run_whole(const std::string& content) {
    constexpr int times = 40;
    for (int i = 0; i < times; ++i) {
      run(content);
      std::string spoilt = content;
      if (i % 8 == 7) spoilt.resize(spoilt.size() * static_cast<size_t>(i) / times);
      if (!spoilt.empty()) spoil(spoilt, random_);
      run(spoilt);
    }
  }

  size_t inputs() const { return inputs_; }

 private:
  void run(const std::string& text) {
    std::string input;
    for (int i = 0; i < 4; ++i)
      input += static_cast<char>(random_() & 0xFF);
    input += text;
    ++inputs_;
    if (!corpus_.empty())
      std::ofstream(corpus_ + "/" + std::to_string(inputs_), std::ios::binary) << input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
  }

  const std::string corpus_;
  std::mt19937 random_{1};
  size_t inputs_ = 0;
};

bool is_text(const std::string& name) {
  const std::string ending = std::filesystem::path(name).extension().string();
  return ending == ".txt" || ending == ".jsonl";
}

}  // namespace

int main(int argc, char** argv) {
  const bool writes = argc > 2 && std::string(argv[1]) == "--write";
  Runner runner(writes ? argv[2] : "");
  for (int i = writes ? 3 : 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "cannot open %s\n", argv[i]);
      return 1;
    }
    if (is_text(argv[i]))
      runner.run_lines(file);
    else
      runner.run_whole({std::istreambuf_iterator<char>(file), {}});
  }
  std::printf("%zu inputs\n", runner.inputs());
  return runner.inputs() > 0 ? 0 : 1;
}
