// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/metal_arguments.h"

// The kernels that Metal compiles: each a name, the most bytes that its threads share, which Metal
// has to know, and its type. To be expanded with a GST_METAL_KERNEL(NAME, SHARED_BYTES, ...).

// A product of one tile's rows, and one of a tile of each third, by up to 16 warps.
#define GST_METAL_PRODUCT_BYTES (16 * 8 * (8 * 4 + 8))
#define GST_METAL_THIRDS_BYTES (16 * 8 * (3 * 8 * 4 + 8))
// Of 16 warps, and of the largest head that there is.
#define GST_METAL_ATTENTION_BYTES (16 * (256 + 2) * 4)

// Of slots that attend to a folded sentence: 16 heads of 32 tokens each, and 8 warps.
#define GST_METAL_FOLDED_OF(SLOTS, SUFFIX, ...)                                        \
  GST_METAL_KERNEL(add_and_score_##SLOTS##_##SUFFIX, GST_METAL_PRODUCT_BYTES,          \
                   OutputAndScores<__VA_ARGS__, SLOTS>)                                \
  GST_METAL_KERNEL(folded_attention_##SLOTS##_##SUFFIX, (SLOTS * 16 * 32 + 8 * 2) * 4, \
                   FoldedAttention<__VA_ARGS__, SLOTS>)

#define GST_METAL_KERNELS_OF(SUFFIX, ...)                                                 \
  GST_METAL_KERNEL(embedding_##SUFFIX, 16, Embedding<__VA_ARGS__>)                        \
  GST_METAL_KERNEL(normalise_##SUFFIX, 16384, Normalise<__VA_ARGS__>)                     \
  GST_METAL_KERNEL(attention_##SUFFIX, GST_METAL_ATTENTION_BYTES, Attention<__VA_ARGS__>) \
  GST_METAL_KERNEL(add_##SUFFIX, GST_METAL_PRODUCT_BYTES,                                 \
                   Linear<__VA_ARGS__, 8, false, Output::Add>)                            \
  GST_METAL_KERNEL(logits_##SUFFIX, GST_METAL_PRODUCT_BYTES,                              \
                   Linear<__VA_ARGS__, 8, false, Output::Logits>)                         \
  GST_METAL_FOLDED_OF(1, SUFFIX, __VA_ARGS__)                                             \
  GST_METAL_FOLDED_OF(4, SUFFIX, __VA_ARGS__)

// Of products behind a norm, with it or without.
#define GST_METAL_PRODUCTS_OF(SUFFIX, NORM, ...)                  \
  GST_METAL_KERNEL(scatter_##SUFFIX, GST_METAL_THIRDS_BYTES,      \
                   Linear<__VA_ARGS__, 8, NORM, Output::Scatter>) \
  GST_METAL_KERNEL(store_##SUFFIX, GST_METAL_PRODUCT_BYTES,       \
                   Linear<__VA_ARGS__, 8, NORM, Output::Store>)   \
  GST_METAL_KERNEL(relu_##SUFFIX, GST_METAL_PRODUCT_BYTES,        \
                   Linear<__VA_ARGS__, 8, NORM, Output::Relu>)

// Of matrices in int8, and what follows on a head in int8.
#define GST_METAL_INT8_OF(SUFFIX, ...)                                           \
  GST_METAL_KERNEL(scatter_int8_##SUFFIX, GST_METAL_THIRDS_BYTES,                \
                   Linear<__VA_ARGS__, 8, true, Output::Scatter, int8_t>)        \
  GST_METAL_KERNEL(store_int8_##SUFFIX, GST_METAL_PRODUCT_BYTES,                 \
                   Linear<__VA_ARGS__, 8, true, Output::Store, int8_t>)          \
  GST_METAL_KERNEL(relu_int8_##SUFFIX, GST_METAL_PRODUCT_BYTES,                  \
                   Linear<__VA_ARGS__, 8, true, Output::Relu, int8_t>)           \
  GST_METAL_KERNEL(add_int8_##SUFFIX, GST_METAL_PRODUCT_BYTES,                   \
                   Linear<__VA_ARGS__, 8, false, Output::Add, int8_t>)           \
  GST_METAL_KERNEL(logits_int8_##SUFFIX, GST_METAL_PRODUCT_BYTES,                \
                   Linear<__VA_ARGS__, 8, false, Output::Logits, int8_t>)        \
  GST_METAL_KERNEL(add_and_score_1_int8_##SUFFIX, GST_METAL_PRODUCT_BYTES,       \
                   OutputAndScores<__VA_ARGS__, 1, int8_t>)                      \
  GST_METAL_KERNEL(add_and_score_4_int8_##SUFFIX, GST_METAL_PRODUCT_BYTES,       \
                   OutputAndScores<__VA_ARGS__, 4, int8_t>)                      \
  GST_METAL_KERNEL(floor_##SUFFIX, 32, Floor<__VA_ARGS__>)                       \
  GST_METAL_KERNEL(rescore_1_##SUFFIX, 8 * (1 * 8 + 8), Rescore<__VA_ARGS__, 1>) \
  GST_METAL_KERNEL(rescore_8_##SUFFIX, 8 * (8 * 8 + 8), Rescore<__VA_ARGS__, 8>) \
  GST_METAL_KERNEL(rescore_16_##SUFFIX, 8 * (16 * 8 + 8), Rescore<__VA_ARGS__, 16>)

#define GST_METAL_SELECTIONS_OF(COUNT)                             \
  GST_METAL_KERNEL(scan_##COUNT, 8 * (COUNT * 8 + 8), Scan<COUNT>) \
  GST_METAL_KERNEL(select_##COUNT, 16, Select<COUNT>)

#define GST_METAL_KERNELS                                  \
  GST_METAL_KERNELS_OF(bfloat16, Untiled<Bfloat16>)        \
  GST_METAL_PRODUCTS_OF(bfloat16, true, Untiled<Bfloat16>) \
  GST_METAL_INT8_OF(bfloat16, Untiled<Bfloat16>)           \
  GST_METAL_KERNELS_OF(float16, Untiled<Float16>)          \
  GST_METAL_PRODUCTS_OF(float16, true, Untiled<Float16>)   \
  GST_METAL_INT8_OF(float16, Untiled<Float16>)             \
  GST_METAL_KERNELS_OF(float32, float)                     \
  GST_METAL_PRODUCTS_OF(float32, false, float)             \
  GST_METAL_SELECTIONS_OF(1)                               \
  GST_METAL_SELECTIONS_OF(8)                               \
  GST_METAL_SELECTIONS_OF(16)
