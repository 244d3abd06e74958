// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <memory>
#include <vector>

namespace gst_translate::cpu {

/// Leaves new elements as they are, where `std::allocator` sets them to zero.
template <typename T>
struct UnsetAllocator : std::allocator<T> {
  template <typename Other>
  struct rebind {  // NOLINT(readability-identifier-naming): the standard's name
    using other = UnsetAllocator<Other>;
  };
  template <typename Other>
  void construct(Other* /*element*/) noexcept {}
};

/// What is written before it is read. A batch's activations are some hundred MB: to zero them first
/// took a tenth of a second in which nobody could interrupt.
using Floats = std::vector<float, UnsetAllocator<float>>;

}  // namespace gst_translate::cpu
