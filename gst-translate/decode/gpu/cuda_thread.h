// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/numbers.h"

namespace gst_translate::gpu {

/// See thread.h.
class Thread {
 public:
  GST_GPU_CODE int block_x() const { return static_cast<int>(blockIdx.x); }
  GST_GPU_CODE int block_y() const { return static_cast<int>(blockIdx.y); }
  GST_GPU_CODE int blocks() const { return static_cast<int>(gridDim.x); }
  GST_GPU_CODE int index() const { return static_cast<int>(threadIdx.x); }
  GST_GPU_CODE int count() const { return static_cast<int>(blockDim.x); }
  GST_GPU_CODE int lane() const { return index() & 31; }
  GST_GPU_CODE int warp() const { return index() >> 5; }
  GST_GPU_CODE void barrier() const { __syncthreads(); }
  GST_GPU_CODE void meet() const { __syncwarp(); }
  GST_GPU_CODE void cluster_barrier() const {
#if __CUDA_ARCH__ >= 900
    asm volatile(
        "barrier.cluster.arrive.release.aligned;\n"
        "barrier.cluster.wait.acquire.aligned;" ::
            : "memory");
#endif
  }

  GST_GPU_CODE float shuffle(float value, int mask) const {
    return __shfl_xor_sync(0xffffffff, value, mask);
  }
  GST_GPU_CODE int32_t shuffle(int32_t value, int mask) const {
    return __shfl_xor_sync(0xffffffff, value, mask);
  }

  GST_GPU_CODE float shuffle_from(float value, int lane) const {
    return __shfl_sync(0xffffffff, value, lane);
  }

  GST_GPU_CODE uint32_t ballot(bool value) const {
    return __ballot_sync(0xffffffff, value);
  }

  template <typename T>
  GST_GPU_CODE void multiply(float (&sum)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) const;

  GST_GPU_CODE void multiply_bytes(int32_t (&sum)[4], const uint32_t (&a)[4],
                                   const uint32_t (&b)[2]) const {
    asm volatile(
        "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
        "{%8, %9}, {%0, %1, %2, %3};"
        : "+r"(sum[0]), "+r"(sum[1]), "+r"(sum[2]), "+r"(sum[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
  }

  /// The compiler may not move it behind the wait for the previous kernel.
  template <typename T>
  GST_GPU_CODE Quad load_once(const T* from) const {
    Quad quad;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(quad.word[0]), "=r"(quad.word[1]), "=r"(quad.word[2]), "=r"(quad.word[3])
                 : "l"(from)
                 : "memory");
    return quad;
  }

  GST_GPU_CODE void copy_ahead(Quad* shared, const void* from) const {
    const auto to = static_cast<uint32_t>(__cvta_generic_to_shared(shared));
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to), "l"(from) : "memory");
  }
  GST_GPU_CODE void wait_for_copies() const {
    asm volatile("cp.async.wait_all;" ::: "memory");
  }

  GST_GPU_CODE void end_group() const {
    asm volatile("cp.async.commit_group;" ::: "memory");
  }
  template <int Later>
  GST_GPU_CODE void wait_for_groups() const {
    asm volatile("cp.async.wait_group %0;" ::"n"(Later) : "memory");
  }

  GST_GPU_CODE void let_next_begin() const {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
  }
  GST_GPU_CODE void wait_for_previous() const {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
  }
  GST_GPU_CODE void publish() const {
    __threadfence_system();
  }
};

#define GST_GPU_MULTIPLY(TYPE, NAME)                                                    \
  template <>                                                                           \
  GST_GPU_CODE void Thread::multiply<TYPE>(float(&sum)[4], const uint32_t(&a)[4],       \
                                           const uint32_t(&b)[2]) const {               \
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32." NAME "." NAME                 \
                 ".f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};" \
                 : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])               \
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));   \
  }
GST_GPU_MULTIPLY(Bfloat16, "bf16")
GST_GPU_MULTIPLY(Float16, "f16")
#undef GST_GPU_MULTIPLY

}  // namespace gst_translate::gpu
