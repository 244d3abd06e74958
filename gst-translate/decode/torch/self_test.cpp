// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/self_test.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

#include "gst-translate/text/error.h"

namespace gst_translate::torch_backend {
namespace {

constexpr int64_t most_tokens = 512;  // of an excerpt's vocabulary
constexpr size_t sentence_tokens = 9;
constexpr int candidates_compared = 5;

at::Tensor moved(const at::Tensor& tensor, const at::TensorOptions& options) {
  return tensor.to(options).contiguous();
}

Linear moved(const Linear& linear, const at::TensorOptions& options) {
  Int8Rows int8;
  if (linear.int8.defined())
    int8 = {moved(linear.int8.numbers, options.dtype(at::kChar)),
            moved(linear.int8.scale, options.dtype(at::kFloat))};
  return {moved(linear.weight, options), moved(linear.bias, options), int8};
}

LayerNorm moved(const LayerNorm& norm, const at::TensorOptions& options) {
  return {moved(norm.weight, options), moved(norm.bias, options)};
}

/// A token of the excerpt's vocabulary, never one of the first, which have their own meaning.
int32_t token(const ModelConfig& config, size_t i) {
  return static_cast<int32_t>(4 + i * 37 % static_cast<size_t>(config.vocabulary - 4));
}

std::string in_words(const char* what, double apart, double allowed) {
  char text[160];
  std::snprintf(text, sizeof text, "%s, of a fixed sentence, differ by %.3g, where %.3g is allowed",
                what, apart, allowed);
  return text;
}

/// The best tokens of two rows after each step, and of one after the last, of `candidates` each.
std::vector<Candidates> steps(Network& network, std::shared_ptr<const EncoderMemory> memory,
                              const ModelConfig& config, int candidates) {
  Selection selection;
  selection.domain = Selection::Domain::LogProbabilities;
  selection.candidates = candidates;
  selection.scores = true;
  const auto decoder = network.decode(std::move(memory), {{0, "", false}, {0, "", false}}, 8);
  std::vector<Candidates> found(4);
  decoder->step({2, token(config, 1), token(config, 7), 2, token(config, 2), token(config, 8)},
                selection, {}, found[0]);
  decoder->reorder({1, 0});
  decoder->step({token(config, 3), token(config, 4)}, selection, {}, found[1]);
  decoder->reorder({0, 0});
  decoder->step({token(config, 5), token(config, 6)}, selection, {}, found[2]);
  decoder->reorder({1});
  decoder->step({token(config, 9)}, selection, {}, found[3]);
  return found;
}

}  // namespace

std::unique_ptr<TorchNetwork> excerpt(const TorchNetwork& network, const at::Device& device,
                                      at::ScalarType precision) {
  const c10::InferenceMode guard;
  const at::TensorOptions options = at::TensorOptions().device(device).dtype(precision);
  const Parameters& all = network.parameters();
  ModelConfig config = network.config();
  config.vocabulary = static_cast<int>(std::min<int64_t>(config.vocabulary, most_tokens));
  config.encoder_layers = config.decoder_layers = 1;
  const auto tokens = [&](const at::Tensor& table) {
    return moved(table.narrow(0, 0, config.vocabulary), options);
  };
  Parameters some;
  some.encoder_embedding = tokens(all.encoder_embedding);
  some.decoder_embedding = tokens(all.decoder_embedding);
  some.head = tokens(all.head);
  const EncoderLayer& encoder = all.encoder.front();
  some.encoder.push_back({moved(encoder.self_norm, options), moved(encoder.ffn_norm, options),
                          moved(encoder.self_qkv, options), moved(encoder.self_out, options),
                          moved(encoder.fc1, options), moved(encoder.fc2, options)});
  const DecoderLayer& decoder = all.decoder.front();
  some.decoder.push_back({moved(decoder.self_norm, options), moved(decoder.cross_norm, options),
                          moved(decoder.ffn_norm, options), moved(decoder.self_qkv, options),
                          moved(decoder.self_out, options), moved(decoder.cross_query, options),
                          moved(decoder.cross_out, options), moved(decoder.fc1, options),
                          moved(decoder.fc2, options), moved(decoder.cross_kv, options)});
  some.encoder_norm = moved(all.encoder_norm, options);
  some.decoder_norm = moved(all.decoder_norm, options);
  return std::make_unique<TorchNetwork>(std::move(some), config, options, network.threads());
}

std::string difference(Network& tried, Network& trusted, const ModelConfig& config,
                       at::ScalarType precision) try {
  const bool exact = precision == at::kFloat;
  const double encoder_limit = exact ? 1e-3 : 0.05, score_limit = exact ? 5e-3 : 0.3;
  std::vector<int32_t> sentence;
  for (size_t i = 0; i + 1 < sentence_tokens; ++i)
    sentence.push_back(token(config, i));
  sentence.push_back(2);
  const auto memory = tried.encode({sentence}, {}), wanted_memory = trusted.encode({sentence}, {});
  const std::vector<float> output = memory->output(), wanted = wanted_memory->output();
  double apart = 0, length = 0;
  const size_t numbers = sentence_tokens * static_cast<size_t>(config.width);
  for (size_t i = 0; i < numbers; ++i) {
    apart += std::pow(static_cast<double>(output.at(i)) - static_cast<double>(wanted.at(i)), 2);
    length += std::pow(static_cast<double>(wanted[i]), 2);
  }
  apart = std::sqrt(apart / length);
  if (!(apart <= encoder_limit)) return in_words("the encoder's states", apart, encoder_limit);

  const auto found = steps(tried, memory, config, candidates_compared);
  const auto all = steps(trusted, wanted_memory, config, config.vocabulary);
  const auto vocabulary = static_cast<size_t>(config.vocabulary);
  constexpr auto compared = static_cast<size_t>(candidates_compared);
  double most = 0;
  for (size_t step = 0; step < all.size(); ++step) {
    for (size_t row = 0; row < all[step].tokens.size() / vocabulary; ++row) {
      std::vector<float> scores(vocabulary);
      for (size_t i = row * vocabulary; i < (row + 1) * vocabulary; ++i)
        scores[static_cast<size_t>(all[step].tokens[i])] = all[step].scores[i];
      for (size_t i = 0; i < compared; ++i) {
        const int32_t its_token = found[step].tokens.at(row * compared + i);
        if (its_token < 0 || its_token >= config.vocabulary)
          return "the best tokens of a fixed sentence are none";
        // Tokens that are as good may change places; so it is the score of each place.
        const double score = static_cast<double>(found[step].scores.at(row * compared + i));
        const double of_place = static_cast<double>(all[step].scores[row * vocabulary + i]);
        const auto of_token = static_cast<double>(scores[static_cast<size_t>(its_token)]);
        for (const double other : {of_place, of_token}) {
          const double distance = std::abs(score - other);
          if (!(distance <= most)) most = distance;
        }
      }
    }
  }
  return most <= score_limit ? std::string()
                             : in_words("the scores of the best tokens", most, score_limit);
} catch (const Error& error) {
  return std::string("a fixed sentence fails (") + error.what() + " " + error.detail() + ")";
} catch (const std::exception& error) {
  return std::string("a fixed sentence fails (") + error.what() + ")";
}

std::string wrong_on_its_device(const TorchNetwork& network) try {
  const at::ScalarType precision = network.parameters().head.scalar_type();
  const auto tried = excerpt(network, network.options().device(), precision);
  const auto trusted = excerpt(network, at::kCPU, at::kFloat);
  return difference(*tried, *trusted, trusted->config(), precision);
} catch (const c10::Error& error) {
  return std::string("a part of the model cannot be copied (") + error.what_without_backtrace() +
         ")";
}

}  // namespace gst_translate::torch_backend
