// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

// A kernel is a struct: its arguments, and a method that every thread of every block runs:
//
//   GST_GPU_CODE void run(const Thread& thread, char* shared) const;
//
// `Thread` is the one thing that differs from device to device. It has
//
// - block_x(), block_y(), blocks(), index(), count(): this block in the grid, how many there are in
//   a row of it, this thread in its block, how many it has. lane() and warp(): 32 threads run
//   together.
// - barrier(): all threads of the block have come here. meet(): all of the warp. cluster_barrier():
//   all of the blocks that run together, which see then what the others have written.
// - shuffle(value, mask): the value of the lane whose number differs in these bits.
//   shuffle_from(value, lane): the value of this lane.
// - multiply<T>(sum, a, b): sum[16 x 8] += a[16 x 16] b[16 x 8], by all lanes of a warp. Lane
//   4 i + j holds of `a` the rows i and i + 8, of `b` the column i, of `sum` the rows i and i + 8
//   and the columns 2 j and 2 j + 1 (mma.m16n8k16 of PTX, whose order of the depth is of no matter
//   where both factors have the same). multiply_bytes: likewise sum[16 x 8] += a[16 x 32] b[32 x 8]
//   of bytes with a sign (m16n8k32). ballot(bit): the bits of all lanes of the warp.
// - load_once(pointer): 16 bytes that nobody writes and no other block reads. copy_ahead(shared,
//   pointer): the same, into shared memory, where this thread has them after wait_for_copies().
//   end_group(): the copies since the last call are a group; after wait_for_groups<N>() this thread
//   has all groups but the last N.
// - let_next_begin(): the next kernel may start, and read what no kernel writes.
//   wait_for_previous(): until all kernels before this one are over. No earlier may a kernel read
//   what another writes, or write; but for what `Embedding` leaves, as it lets nobody begin before.
// - publish(): what was written is seen by the host before what is written next.
//
// On NVIDIA's devices these are an instruction or two each (cuda_thread.h). Everywhere else tests
// run kernels line by line with a fiber a thread (emulated_thread.h), so that a wrong index or a
// missing barrier is found without a device.

#if defined(__CUDACC__)
#include "gst-translate/decode/gpu/cuda_thread.h"
#elif defined(__METAL_VERSION__)
#include "gst-translate/decode/gpu/metal_thread.h"
#else
#include "gst-translate/decode/gpu/emulated_thread.h"
#endif
