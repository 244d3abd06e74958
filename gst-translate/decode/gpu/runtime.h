// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstddef>
#include <memory>

#include "gst-translate/decode/gpu/passes.h"

namespace at {
class Tensor;
}

namespace gst_translate::gpu {

/// A pass that was recorded. Running it again costs the host next to nothing.
class RecordedPass {
 public:
  virtual ~RecordedPass() = default;
  /// Begins it, behind all that was begun before on the device by libtorch or by us. Throws
  /// `Error`.
  virtual void run() = 0;
};

/// Memory of the host that the device reads and writes, too.
struct SharedMemory {
  std::shared_ptr<void> host;
  void* device = nullptr;
};

/// What runs kernels, on the current device of the thread where there are several: as in a
/// `Session`.
class Runtime {
 public:
  virtual ~Runtime() = default;
  /// Whether its kernels multiply tiles. Without them it decodes few rows, and encodes nothing.
  virtual bool has_tiles() const { return true; }
  /// Where a tensor of the device lies for its kernels, who may keep it.
  virtual void* address_of(const at::Tensor& tensor);
  /// Filled with zeros. Throws `Error` Memory.
  virtual SharedMemory share(size_t bytes) = 0;
  virtual std::unique_ptr<RecordedPass> record(const DecoderPass& pass) = 0;
  virtual std::unique_ptr<RecordedPass> record(const EncoderPass& pass) = 0;
  /// The most bytes that the threads of a block can share.
  virtual size_t shared_limit() const = 0;
  /// Throws `Error` where the device has failed; asked while the host waits.
  virtual void check() = 0;
  /// Until all that was begun is over. Throws `Error`.
  virtual void wait() = 0;
};

/// On the NVIDIA device of this number, which is the thread's current one; nullptr where it is
/// older than the kernels are compiled for, or there is no cuBLAS. Throws `Error`.
std::unique_ptr<Runtime> open_cuda_runtime(int device);

/// The most rows that a device without tiles decodes: with more, it would read the weights twice.
constexpr int most_untiled_rows = 8;

}  // namespace gst_translate::gpu
