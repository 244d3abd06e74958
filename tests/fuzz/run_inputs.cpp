// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs a fuzz target without a fuzzer: on each line of the files it is given, on some lines
// together and on spoilt ones, all behind a few random bytes, by which a target may choose its
// settings. The same each time.

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void spoil(std::string& line, std::mt19937& random) {
  const auto below = [&](size_t n) {
    return std::uniform_int_distribution<size_t>(0, n - 1)(random);
  };
  for (size_t i = 0; i < 1 + line.size() / 20; ++i) {
    const size_t at = below(line.size());
    const char byte = static_cast<char>(below(256));
    switch (below(4)) {
      case 0:
        line[at] = byte;
        break;
      case 1:
        line.insert(at, 1 + below(3), byte);
        break;
      case 2:
        line.erase(at, 1 + below(3));
        break;
      default:
        line.insert(below(line.size() + 1), line.substr(at, 1 + below(8)));
    }
    if (line.empty()) line = ".";
  }
}

void run(const std::string& text, std::mt19937& random) {
  std::string input;
  for (int i = 0; i < 4; ++i)
    input += static_cast<char>(random() & 0xFF);
  input += text;
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937 random(1);
  size_t inputs = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i]);
    if (!file) {
      std::fprintf(stderr, "cannot open %s\n", argv[i]);
      return 1;
    }
    std::string line, lines;
    while (std::getline(file, line)) {
      if (line.empty()) continue;
      run(line, random);
      lines += line + '\n';
      if (lines.size() > 500) {
        run(lines, random);
        lines.clear();
      }
      spoil(line, random);
      run(line, random);
      inputs += 2;
    }
  }
  std::printf("%zu inputs\n", inputs);
  return inputs > 0 ? 0 : 1;
}
