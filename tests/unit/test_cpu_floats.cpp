// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// Norms, attention and what the choice of tokens takes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/unit/cpu_kernels_test.h"

namespace gst_translate::cpu {
namespace {

class FloatsTest : public KernelsTest {};

TEST_P(FloatsTest, FindsTheLargest) {
  for (size_t count = 0; count <= most_numbers; ++count)
    for (size_t place = 0; place < std::max<size_t>(count, 1); ++place)
      for (const float most : {9.0F, -9.0F}) {
        std::vector<float> x = numbers(count);
        if (count > 0) x[place] = most;
        ASSERT_EQ(kernels.largest(x.data(), static_cast<int>(count)), count > 0 ? 9 : 0);
        if (count > 0) {
          ASSERT_EQ(kernels.maximum(x.data(), static_cast<int>(count)),
                    *std::max_element(x.begin(), x.end()));
        }
      }
}

TEST_P(FloatsTest, FindsWhatIsAbove) {
  for (size_t count = 0; count <= most_numbers; ++count)
    for (const float least : {-4.0F, 0.0F, 2.0F, 4.0F}) {
      std::vector<float> x = numbers(count);
      if (count > 2) x[count / 2] = least;  // it counts itself
      std::vector<int32_t> wanted;
      for (size_t i = 0; i < count; ++i)
        if (x[i] >= least) wanted.push_back(static_cast<int32_t>(i));
      Guarded<int32_t> places(count);
      const int found = kernels.find_above(x.data(), static_cast<int>(count), least, places.data());
      ASSERT_EQ(std::vector(places.data(), places.data() + found), wanted);
    }
}

TEST_P(FloatsTest, Normalises) {
  for (size_t width = 1; width <= most_numbers; ++width) {
    const std::vector<float> x = numbers(width, -2, 9), weight = numbers(width),
                             bias = numbers(width);
    Guarded<float> out(width);
    kernels.layer_norm(x.data(), static_cast<int>(width), weight.data(), bias.data(), out.data());
    const auto count = static_cast<double>(width);
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / count;
    double variance = 0;
    for (const float value : x)
      variance += (value - mean) * (value - mean) / count;
    for (size_t i = 0; i < width; ++i)
      ASSERT_NEAR(out[i], (x[i] - mean) / std::sqrt(variance + 1e-5) * weight[i] + bias[i], 1e-5)
          << width;
  }
}

TEST_P(FloatsTest, MultipliesTwoVectors) {
  for (size_t count = 0; count <= most_numbers; ++count) {
    const std::vector<float> a = numbers(count), b = numbers(count);
    const double wanted = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    ASSERT_NEAR(kernels.dot(a.data(), b.data(), static_cast<int>(count)), wanted, 1e-4);
  }
}

TEST_P(FloatsTest, SumsExponentials) {
  for (size_t count = 1; count <= most_numbers; ++count)
    for (const float range : {1.0F, 20.0F, 200.0F}) {
      std::vector<float> x = numbers(count, -range, 0);
      x[count / 2] = 0;
      if (count > 4) x[0] = -1e30F;  // what a row without a token has
      double wanted = 0;
      for (const float value : x)
        wanted += std::exp(static_cast<double>(value) - 0.5);
      ASSERT_NEAR(kernels.sum_of_exponentials(x.data(), static_cast<int>(count), 0.5F) / wanted, 1,
                  1e-6);
    }
}

TEST_P(FloatsTest, Attends) {
  for (const int size : {1, 6, 8, 16, 37, 64, 100})
    for (int length = 1; length <= 40; length += 3) {
      constexpr int offset = 5;
      const size_t width = size_t{offset} + static_cast<size_t>(size);
      const float scale = 0.3F;
      const std::vector<float> query = numbers(width, -1, 1);
      std::vector<std::vector<float>> keys, values;
      std::vector<const float*> key_rows, value_rows;
      std::vector<double> shares;
      for (int t = 0; t < length; ++t) {
        keys.push_back(numbers(width));
        values.push_back(numbers(width));
        key_rows.push_back(keys.back().data());
        value_rows.push_back(values.back().data());
        shares.push_back(std::exp(scale * std::inner_product(query.begin() + offset, query.end(),
                                                             keys.back().begin() + offset, 0.0)));
      }
      const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
      Guarded<float> out(width), scores(static_cast<size_t>(length));
      kernels.attend({query.data(), key_rows.data(), value_rows.data(), length}, offset, size,
                     scale, scores.data(), out.data());
      for (size_t i = 0; i < width; ++i) {
        double wanted = 0;
        for (size_t t = 0; t < shares.size(); ++t)
          wanted += shares[t] / total * values[t][i];
        ASSERT_NEAR(out[i], i < offset ? 77 : wanted, 1e-5) << size << " " << length << " " << i;
      }
    }
}

/// But for the portable ones, which have no fused multiply-add on x86.
TEST(Kernels, WiderVectorsAddUpAsNarrowerOnes) {
  std::vector<const Kernels*> all = available_kernels();
  all.erase(all.begin());
  for (const int count : {16, 32, 64, 96, 1024, 1027}) {
    const auto width = static_cast<size_t>(count);
    const std::vector<float> a = numbers(width), b = numbers(width), c = numbers(width);
    std::vector<float> below(width);
    std::transform(a.begin(), a.end(), below.begin(), [](float x) { return -std::fabs(x); });
    const std::vector<const float*> rows = {b.data(), c.data(), a.data()};
    std::vector<std::vector<float>> results;
    for (const Kernels* kernels : all) {
      std::vector<float> norm(width), scores(rows.size()), attended(width);
      kernels->layer_norm(a.data(), count, b.data(), c.data(), norm.data());
      kernels->attend({a.data(), rows.data(), rows.data(), static_cast<int>(rows.size())}, 0, count,
                      0.125F, scores.data(), attended.data());
      norm.insert(norm.end(), attended.begin(), attended.end());
      norm.push_back(kernels->dot(a.data(), b.data(), count));
      norm.push_back(kernels->sum_of_exponentials(below.data(), count, 0.5F));
      results.push_back(std::move(norm));
    }
    for (size_t i = 1; i < results.size(); ++i)
      EXPECT_EQ(results[i], results[0]) << all[i]->name << ", " << count;
  }
}

INSTANTIATE_TEST_SUITE_P(Cpu, FloatsTest, testing::ValuesIn(available_kernels()), name_of);

}  // namespace
}  // namespace gst_translate::cpu
