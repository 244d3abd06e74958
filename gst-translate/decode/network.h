// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gst-translate/decode/interrupt.h"

namespace gst_translate {

/// Encoded sentences, for decoders to attend to. What it holds is the backend's own.
class EncoderMemory {
 public:
  virtual ~EncoderMemory() = default;

  /// The encoder's output [sentences, length, width], so that backends can be compared.
  virtual std::vector<float> output() const = 0;
};

/// What a decoder step selects, the same for all rows. The rules change the row's scores in this
/// order: repetition penalty, banned tokens (transformers, generation/logits_process.py).
struct Selection {
  /// What the rules work on: greedy search uses the logits, beam search their log-softmax.
  enum class Domain { Logits, LogProbabilities };

  Domain domain = Domain::Logits;
  int candidates = 1;                        ///< best tokens wanted of each row
  bool scores = false;                       ///< log-probabilities of the candidates are wanted
  float repetition_penalty = 1;              ///< of the tokens in `seen`
  std::vector<std::vector<int32_t>> seen;    ///< [rows], or empty for no penalty
  std::vector<std::vector<int32_t>> banned;  ///< [rows], or empty for none
};

/// The best tokens of each row, best first: [rows, candidates].
struct Candidates {
  std::vector<int32_t> tokens;  ///< -1 where the vocabulary is smaller than `candidates`
  std::vector<float> scores;    ///< log-probabilities after the rules; unset unless asked for
};

/// What a row of a decoder begins with.
struct DecoderRow {
  int32_t sentence = 0;    ///< of the memory, to attend to
  std::string language;    ///< FLORES-200, of what it writes
  bool shortlist = false;  ///< tokens in other scripts need not be scored
};

/// One running batch of target rows with its KV cache. From one thread at a time.
class Decoder {
 public:
  virtual ~Decoder() = default;

  /// Appends `tokens` [rows, length] to the rows and selects what may follow the last of them.
  /// Throws `Error`: Cancelled, after which the decoder is of no use any more, Memory, Failed.
  virtual void step(const std::vector<int32_t>& tokens, const Selection& selection,
                    const Interrupt& interrupt, Candidates& candidates) = 0;

  /// Row i goes on from what row `rows[i]` is now; rows that nothing goes on from are dropped.
  virtual void reorder(const std::vector<int32_t>& rows) = 0;
};

/// Where a network runs, and how: what is asked for, then what was chosen.
struct NetworkPlace {
  std::string device = "auto";     ///< auto, cpu, cuda, cuda:N, mps
  std::string precision = "auto";  ///< auto, float32, float16, bfloat16, int8
  int threads = 0;                 ///< of the CPU, 0: chosen
  bool reference = false;          ///< libtorch's plain operators, though there is something faster
};

/// The encoder-decoder network of one model on one device. Backends derive from it; nothing above
/// sees a tensor. From one thread at a time.
class Network {
 public:
  virtual ~Network() = default;

  /// One memory for a batch of sentences, given as the encoder's input ids. Throws `Error`:
  /// Cancelled, Memory, Failed.
  virtual std::shared_ptr<const EncoderMemory> encode(
      const std::vector<std::vector<int32_t>>& sentences, const Interrupt& interrupt) = 0;

  /// A decoder with these rows; `max_length` bounds the tokens of each.
  virtual std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                          const std::vector<DecoderRow>& rows, int max_length) = 0;

  /// The share of the vocabulary that is scored for such a row, 0 to 1.
  virtual double scored_share(const DecoderRow& /*row*/) const { return 1; }

  /// Bytes of the weights as they are held.
  virtual int64_t bytes() const = 0;
};

}  // namespace gst_translate
