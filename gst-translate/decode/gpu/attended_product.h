// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/attention.h"
#include "gst-translate/decode/gpu/linear.h"

namespace gst_translate::gpu {

/// Queries, or queries, keys and values, and the attention that needs them, of up to 8 slots: the
/// blocks that make those of a head run together, and attend when all of them are there, each block
/// for some of the slots. Of 16 bits with tiles. Grid: as that of the product, in clusters of
/// `blocks_of_head`.
template <typename T, Output What, typename Weight = T>
struct AttendedProduct {
  using Product = Linear<T, 8, true, What, Weight>;

  Product product;
  Attention<T> attention;

  static constexpr int most_threads = Product::most_threads,
                       blocks_together = Product::blocks_together;

  static int blocks_of_head(int size) { return size / rows_of_tile; }
  /// Heads of a power of two of 8 numbers, and no more of them than devices run together.
  static bool can(int size) {
    constexpr int most = 8;
    return size % rows_of_tile == 0 && blocks_of_head(size) <= most && Attention<T>::can(size) &&
           Product::rows_of_block == Product::row_tiles * rows_of_tile &&
           (What == Output::Scatter || Product::row_tiles == 1);
  }
  static size_t shared_bytes(int threads, int depth, int size) {
    const size_t of_product = Product::shared_bytes(threads, depth);
    const size_t of_attention = Attention<T>::shared_bytes(threads, size);
    return of_product > of_attention ? of_product : of_attention;
  }

  GST_GPU_CODE void run(Thread thread, GST_GPU_SHARED char* shared) const {
    using Tokens = typename Attention<T>::FirstTokens;
    const int blocks = attention.arguments.size / rows_of_tile, slots = product.arguments.slots;
    const int head = thread.block_x() / blocks, first = thread.block_x() % blocks;
    // Who has no slot asks for another's, which is of no matter.
    Tokens tokens(attention, thread, head, first < slots ? first : 0);
    product.run(thread, shared, tokens);
    thread.cluster_barrier();
    if (first < slots) attention.attend(thread, shared, head, first, tokens);
    for (int slot = first + blocks; slot < slots; slot += blocks) {
      thread.barrier();
      Tokens others(attention, thread, head, slot);
      others.fetch(thread);
      attention.attend(thread, shared, head, slot, others);
    }
  }
};

}  // namespace gst_translate::gpu
