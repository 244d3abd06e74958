// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Products of 8 bits with AVX2, with and without AVX-VNNI.

// NOLINT(llvm-header-guard): kernels_avx2.cpp includes it once, inside its unnamed namespace

/// Adds products of 8 bits to eight sums, four to each. AVX2 alone adds up two of them in 16 bits
/// first, where they saturate.
inline __m256i add_products_of_8(__m256i sums, __m256i with_sign, __m256i without_sign) {
#if defined(__AVXVNNI__)
  return _mm256_dpbusd_avx_epi32(sums, without_sign, with_sign);
#else
  return _mm256_add_epi32(
      sums, _mm256_madd_epi16(_mm256_maddubs_epi16(without_sign, with_sign), _mm256_set1_epi16(1)));
#endif
}

// 8-bit activations of AVX-VNNI have no sign and carry `narrow_zero` too much. With AVX2 it is the
// weights that have none, and carry `weight_zero` too much: then what each pair of activations has
// too much can be taken from it, when the row is made.
#if defined(__AVXVNNI__)
inline __m256i load_weights_of_8(const int8_t* from) {
  return load_integers(from);
}
inline __m256i add_products(__m256i sums, __m256i weights, __m256i activations) {
  return add_products_of_8(sums, weights, activations);
}
#else
constexpr int weight_zero = 128;
// What two activations of the same sign may be together.
constexpr int most_of_pair = 0x7fff / (weight_zero + 127);

inline __m256i load_weights_of_8(const int8_t* from) {
  return _mm256_xor_si256(load_integers(from), _mm256_set1_epi8(static_cast<char>(weight_zero)));
}
inline __m256i add_products(__m256i sums, __m256i weights, __m256i activations) {
  return add_products_of_8(sums, activations, weights);
}

/// Halves the pairs whose products could saturate, so that neither half can.
Excess take_excess(uint8_t* row, int count, Four* fours) {
  auto* steps = reinterpret_cast<int8_t*>(row);
  Excess excess;
  excess.fours = fours;
  const auto take_from = [&](int first) {
    Four four;
    four.first = first;
    for (int i = 0; i < 4; i += 2) {
      int8_t* pair = steps + first + i;
      if (pair[0] + pair[1] <= most_of_pair && pair[0] + pair[1] >= -most_of_pair) continue;
      for (int j = 0; j < 2; ++j) {
        four.steps[i + j] = static_cast<int8_t>(pair[j] / 2);
        pair[j] = static_cast<int8_t>(pair[j] - four.steps[i + j]);
      }
    }
    fours[excess.count++] = four;
  };
  __m256i sums = _mm256_setzero_si256();
  const auto look_at = [&](int first, const void* numbers) {
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_set1_epi8(1), load_integers(numbers));
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, ones));
    const __m256i too_large =
        _mm256_cmpgt_epi16(_mm256_abs_epi16(pairs), _mm256_set1_epi16(most_of_pair));
    auto mask = static_cast<uint32_t>(_mm256_movemask_epi8(too_large));  // a bit a number
    while (mask != 0) {
      const int in_four = __builtin_ctz(mask) / 4 * 4;
      take_from(first + in_four);
      mask &= ~(0xfU << in_four);
    }
  };
  constexpr int together = 32;
  int i = 0;
  for (; i + together <= count; i += together)
    look_at(i, steps + i);
  if (i < count) {
    int8_t last[together] = {};
    __builtin_memcpy(last, steps + i, static_cast<size_t>(count - i));
    look_at(i, last);
  }
  int32_t each[vector_width];
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(each), sums);
  for (const int32_t sum : each)
    excess.sum += sum;
  return excess;
}
#endif

/// 8-bit activations of some rows with a whole panel: what comes before the products ...
template <size_t Rows>
inline void begin_sums([[maybe_unused]] const PackedWeights& weights,
                       [[maybe_unused]] const Activations& x, Place place,
                       __m256i (&sums)[Rows][2]) {
#if defined(__AVXVNNI__)
  repeat<2>([&](size_t half) {
    const int output = (place.half + static_cast<int>(half)) * half_panel;
    const __m256i too_much =
        _mm256_mullo_epi32(load_integers(weights.sum + output), _mm256_set1_epi32(-narrow_zero));
    repeat<Rows>([&](size_t r) { sums[r][half] = too_much; });
  });
#else
  repeat<Rows>([&](size_t r) {
    const int32_t sum = x.excess[static_cast<size_t>(place.row) + r].sum;
    sums[r][0] = sums[r][1] = _mm256_set1_epi32(-weight_zero * sum);
  });
#endif
}

/// ... and what is done with them.
template <size_t Rows>
inline void finish_sums(const PackedWeights& weights, const Activations& x, Place place,
                        const __m256i (&sums)[Rows][2], Epilogue epilogue, float* out,
                        size_t stride) {
  const auto first = static_cast<size_t>(place.row);
  repeat<2>([&](size_t half) {
    const int output = (place.half + static_cast<int>(half)) * half_panel;
    const __m256 scale = _mm256_loadu_ps(weights.scale + output);
    repeat<Rows>([&](size_t r) {
      const __m256 factor = _mm256_mul_ps(scale, _mm256_set1_ps(x.scale[first + r]));
      finish(_mm256_mul_ps(_mm256_cvtepi32_ps(sums[r][half]), factor), weights, output, epilogue,
             out + (first + r) * stride);
    });
  });
}

inline __m256i four_at(const void* from) {
  int32_t four = 0;
  __builtin_memcpy(&four, from, sizeof four);
  return _mm256_set1_epi32(four);
}

/// Where the weights of the panel begin.
inline const int8_t* panel_at(const PackedWeights& weights, const Activations& x, Place place) {
  return static_cast<const int8_t*>(weights.data) +
         static_cast<size_t>(place.half / 2) * panel * static_cast<size_t>(x.inputs);
}

/// Adds the products of four inputs of one row.
inline void add_four(__m256i (&sums)[2], const int8_t* weights, const void* four) {
  const __m256i activation = four_at(four);
  sums[0] = add_products(sums[0], load_weights_of_8(weights), activation);
  sums[1] = add_products(sums[1], load_weights_of_8(weights + 32), activation);
}

#if !defined(__AVXVNNI__)
/// Adds what was taken out of a row.
inline void add_excess(__m256i (&sums)[2], const int8_t* weights, const Excess& excess) {
  for (const Four* four = excess.fours; four != excess.fours + excess.count; ++four)
    add_four(sums, weights + static_cast<std::ptrdiff_t>(four->first) * panel, four->steps);
}
#endif

/// `Rows` rows with a whole panel, in sums of 32 bits.
template <size_t Rows>
FLATTEN void narrow_tile(const PackedWeights& weights, const Activations& x, Place place,
                         Epilogue epilogue, float* out, size_t stride) {
  const size_t inputs = static_cast<size_t>(x.inputs), first = static_cast<size_t>(place.row);
  const int8_t* begin = panel_at(weights, x, place);
  const uint8_t* a = x.narrow + first * inputs;
  __m256i sums[Rows][2];
  begin_sums<Rows>(weights, x, place, sums);
  const int8_t* data = begin;
  for (size_t k = 0; k < inputs; k += 4, data += std::ptrdiff_t{4} * panel) {
    _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
    const __m256i low = load_weights_of_8(data), high = load_weights_of_8(data + 32);
    repeat<Rows>([&](size_t r) {
      const __m256i activation = four_at(a + r * inputs + k);
      sums[r][0] = add_products(sums[r][0], low, activation);
      sums[r][1] = add_products(sums[r][1], high, activation);
    });
  }
#if !defined(__AVXVNNI__)
  repeat<Rows>([&](size_t r) { add_excess(sums[r], begin, x.excess[first + r]); });
#endif
  finish_sums<Rows>(weights, x, place, sums, epilogue, out, stride);
}

#if !defined(__AVXVNNI__)
/// Sums of 16 bits, which are far too small for what they add up: beside their lowest bits the sum
/// of the upper bytes is kept, and what the lower bytes add to that is less than 2^16 for as many
/// steps. Shifts and additions begin in all four units of Zen 1, products in one, half a vector in
/// a cycle: a step takes 2.0 cycles at best, where `vpmaddwd` would make it 4.
class LongSums {
 public:
  static constexpr size_t most_steps = 256;

  /// A step: products of two inputs each.
  void add(__m256i products) {
    lowest_ = _mm256_add_epi16(lowest_, products);
    upper_ = _mm256_add_epi16(upper_, _mm256_srai_epi16(products, 8));
  }

  /// Neighbours added up, as `vpmaddwd` does.
  __m256i pairs() const {
    // What the lower bytes added up to, from 0 to 255 * most_steps.
    const __m256i lower = _mm256_sub_epi16(lowest_, _mm256_slli_epi16(upper_, 8));
    const __m256i lower_pairs = _mm256_add_epi32(_mm256_and_si256(lower, _mm256_set1_epi32(0xffff)),
                                                 _mm256_srli_epi32(lower, 16));
    const __m256i upper_pairs = _mm256_madd_epi16(upper_, _mm256_set1_epi16(256));
    return _mm256_add_epi32(upper_pairs, lower_pairs);
  }

 private:
  __m256i lowest_ = _mm256_setzero_si256(), upper_ = _mm256_setzero_si256();
};

/// `narrow_tile` with long sums. There are two rows, or two steps of one: four products, of which
/// each is added up while the next three are under way. From the caches 9.2 multiplications a cycle
/// instead of 7.1, without the overlap 8.0.
template <size_t Rows>
FLATTEN void long_sum_tile(const PackedWeights& weights, const Activations& x, Place place,
                           Epilogue epilogue, float* out, size_t stride) {
  constexpr size_t steps = 2 / Rows, together = 4 * steps;
  const size_t inputs = static_cast<size_t>(x.inputs), first = static_cast<size_t>(place.row);
  const int8_t* begin = panel_at(weights, x, place);
  const uint8_t* a = x.narrow + first * inputs;
  __m256i sums[Rows][2];
  begin_sums<Rows>(weights, x, place, sums);
  const size_t whole = inputs / together * together;
  const int8_t* data = begin;
  for (size_t k = 0; k < whole;) {
    LongSums parts[2 * Rows];
    __m256i products[4];
    repeat<4>([&](size_t i) { products[i] = _mm256_setzero_si256(); });
    constexpr size_t most = 4 * LongSums::most_steps;
    const size_t end = whole - k < most ? whole : k + most;
    for (; k < end; k += together, data += together * panel) {
      _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
      __m256i weight[2], activation;
      repeat<4>([&](size_t i) {
        const size_t row = i / 2 % Rows, step = i / 2 / Rows;
        if (i % 2 == 0) activation = four_at(a + row * inputs + k + 4 * step);
        if (i % 2 == 0 && row == 0) {
          weight[0] = load_weights_of_8(data + step * 4 * panel);
          weight[1] = load_weights_of_8(data + step * 4 * panel + 32);
        }
        products[i] = _mm256_maddubs_epi16(weight[i % 2], activation);
        const size_t due = (i + 1) % 4;
        parts[due % (2 * Rows)].add(products[due]);
      });
    }
    repeat<3>([&](size_t i) { parts[(i + 1) % (2 * Rows)].add(products[i + 1]); });
    repeat<2 * Rows>([&](size_t i) {
      sums[i / 2][i % 2] = _mm256_add_epi32(sums[i / 2][i % 2], parts[i].pairs());
    });
  }
  repeat<Rows>([&](size_t r) {
    add_excess(sums[r], begin, x.excess[first + r]);
    if (inputs % together != 0)
      add_four(sums[r], begin + (inputs - 4) * panel, a + (r + 1) * inputs - 4);
  });
  finish_sums<Rows>(weights, x, place, sums, epilogue, out, stride);
}
#endif

/// Sums of products of 8 bits with numbers from 0 to 15, of `most_steps` at most. AVX2 alone adds
/// up in 16 bits first, which with the steps of a row of 384 takes 0.78 times as long as in 32 on
/// Zen 1.
struct NibbleSums {
  __m256i sums = _mm256_setzero_si256();

#if defined(__AVXVNNI__)
  static constexpr size_t most_steps = 0x7fffffff / (4 * 127 * 15);
  void add(__m256i with_sign, __m256i nibbles) {
    sums = add_products_of_8(sums, with_sign, nibbles);
  }
  __m256i fours() const {
    return sums;
  }
#else
  static constexpr size_t most_steps = 0x7fff / (2 * 127 * 15);
  void add(__m256i with_sign, __m256i nibbles) {
    sums = _mm256_add_epi16(sums, _mm256_maddubs_epi16(nibbles, with_sign));
  }
  __m256i fours() const {
    return _mm256_madd_epi16(sums, _mm256_set1_epi16(1));
  }
#endif
};

void multiply_nibbles(const uint8_t* data, uint8_t turned, const int8_t* x, int inputs, int panels,
                      int32_t* sums) {
  const auto half = static_cast<size_t>(inputs) / 2;
  const __m256i low_bits = _mm256_set1_epi8(15);
  const __m256i turn = _mm256_set1_epi8(static_cast<char>(turned));
  for (int p = 0; p < panels; ++p, sums += panel) {
    __m256i totals[2];  // of both halves of the panel
    repeat<2>([&](size_t i) { totals[i] = _mm256_setzero_si256(); });
    for (size_t k = 0; k < half;) {
      NibbleSums above[2], below[2];  // with the upper and the lower bits
      constexpr size_t most = 4 * NibbleSums::most_steps;
      const size_t end = half - k < most ? half : k + most;
      for (; k < end; k += 4, data += std::ptrdiff_t{4} * panel) {
        _mm_prefetch(reinterpret_cast<const char*>(data + 2048), _MM_HINT_T0);
        const __m256i first_half = four_at(x + k), second_half = four_at(x + half + k);
        repeat<2>([&](size_t i) {
          const __m256i both = _mm256_xor_si256(load_integers(data + 32 * i), turn);
          above[i].add(first_half, _mm256_and_si256(_mm256_srli_epi16(both, 4), low_bits));
          below[i].add(second_half, _mm256_and_si256(both, low_bits));
        });
      }
      repeat<2>([&](size_t i) {
        totals[i] =
            _mm256_add_epi32(totals[i], _mm256_add_epi32(above[i].fours(), below[i].fours()));
      });
    }
    repeat<2>([&](size_t i) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + 8 * i), totals[i]);
    });
  }
}
