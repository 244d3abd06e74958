// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// How fast this machine's memory is read, in GB/s: read_bandwidth THREADS. What no translation that
// reads its weights once a token can beat.

#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <thread>
#include <vector>

namespace {

/// The sum of a block, a line of the cache at a time, asking for lines well ahead.
uint64_t sum(const uint64_t* block, size_t count) {
  constexpr size_t line = 8, ahead = 1024;
  uint64_t lanes[line] = {};
  for (size_t i = 0; i < count; i += line) {
    __builtin_prefetch(block + i + ahead);
    for (size_t lane = 0; lane < line; ++lane)
      lanes[lane] += block[i + lane];
  }
  return std::accumulate(lanes, lanes + line, uint64_t{0});
}

}  // namespace

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1;  // NOLINT(cert-err34-c)
  constexpr size_t each = size_t{128} << 20;
  std::vector<uint64_t*> blocks(static_cast<size_t>(threads));
  for (auto& block : blocks) {
    block = static_cast<uint64_t*>(
        mmap(nullptr, each, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (block == MAP_FAILED) return 1;
#ifdef MADV_HUGEPAGE
    madvise(block, each, MADV_HUGEPAGE);
#endif
    std::fill_n(block, each / sizeof(uint64_t), uint64_t{1});
  }
  double best = 0;
  for (int round = 0; round < 50; ++round) {
    std::vector<uint64_t> sums(blocks.size());
    const auto begun = std::chrono::steady_clock::now();
    std::vector<std::thread> readers;
    for (size_t i = 0; i < blocks.size(); ++i)
      readers.emplace_back([&, i] { sums[i] = sum(blocks[i], each / sizeof(uint64_t)); });
    for (auto& reader : readers)
      reader.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
    if (sums.front() != each / sizeof(uint64_t)) return 1;
    best = std::max(best, static_cast<double>(each * blocks.size()) / 1e9 / seconds.count());
  }
  std::printf("%.1f\n", best);
  return 0;
}
