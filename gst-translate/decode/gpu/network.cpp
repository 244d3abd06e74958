// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/gpu/network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gst-translate/decode/gpu/device_model.h"
#include "gst-translate/decode/gpu/sentence_folding.h"
#include "gst-translate/decode/gpu/workspace.h"
#include "gst-translate/decode/torch/selection.h"
#include "gst-translate/decode/torch/self_test.h"
#include "gst-translate/text/log.h"

namespace gst_translate::gpu {
namespace {

using torch_backend::Session;
using torch_backend::TorchMemory;
using torch_backend::TorchNetwork;

// Tokens of sentences that are encoded together; in float32, which has no tiles, fewer.
constexpr std::array encoded = {32,   64,   128,  256,  512,  768,  1024, 1536,
                                2048, 3072, 4096, 5120, 6144, 7168, 8192};
constexpr int most_encoded_without_tiles = 512;
// Rows that are decoded together; in float32 the first.
constexpr std::array decoded = {most_slots, 64, 128, 256, 512, 1024};
constexpr std::array capacities = {64, 256, 1024};
constexpr int most_positions_of_many = 256 * 256;  // of all rows, else the cache would be large
constexpr int least_memory_tokens = 64;

struct GpuMemory : EncoderMemory {
  std::vector<float> output() const override {
    const c10::InferenceMode guard;
    const at::Tensor host = encoded.to(at::kCPU).contiguous();
    return {host.const_data_ptr<float>(), host.const_data_ptr<float>() + host.numel()};
  }

  std::vector<std::vector<int32_t>> sentences;
  std::vector<int32_t> first, count;  ///< rows of `keys_and_values` of each sentence
  at::Tensor keys_and_values;         ///< [decoder layers, rows, 2 width]
  at::Tensor encoded;                 ///< [rows, width]
};

/// The workspaces that nobody uses at the moment, for who needs one of that size next.
class WorkspacePool {
 public:
  std::unique_ptr<Workspace> take(const Workspace::Size& size) {
    auto& free = free_[size];
    if (free.empty()) return nullptr;
    auto workspace = std::move(free.back());
    free.pop_back();
    return workspace;
  }
  void give_back(std::unique_ptr<Workspace> workspace) {
    const Workspace::Size size = workspace->size();
    if (is_large(size)) {
      for (auto it = free_.begin(); it != free_.end();)
        it = is_large(it->first) && encodes(it->first) == encodes(size) ? free_.erase(it)
                                                                        : std::next(it);
    }
    free_[size].push_back(std::move(workspace));
  }

 private:
  /// Of those only the last one is kept, as each holds much memory.
  static bool is_large(const Workspace::Size& size) {
    return size.slots > (encodes(size) ? 1024 : most_slots);
  }
  static bool encodes(const Workspace::Size& size) { return size.capacity == 0; }

  std::map<Workspace::Size, std::vector<std::unique_ptr<Workspace>>> free_;
};

class GpuNetwork : public Network {
 public:
  GpuNetwork(std::unique_ptr<TorchNetwork> torch, std::unique_ptr<Runtime> runtime)
      : torch_(std::move(torch)), runtime_(std::move(runtime)), model_(*torch_, *runtime_) {
    torch_backend::Positions positions(view().width, capacities.back() + 2,
                                       torch_->options().dtype(at::kFloat));
    positions_ = positions.tokens(0, capacities.back()).contiguous();
    if (SentenceFolding::can(view())) folding_.emplace(torch_->parameters(), view().decoder_heads);
  }
  GpuNetwork(const GpuNetwork&) = delete;
  GpuNetwork& operator=(const GpuNetwork&) = delete;
  /// In whichever thread: what gives something back to CUDA begins the thread's current device.
  ~GpuNetwork() override {
    c10::OptionalDeviceGuard device;
    try {
      device.reset_device(torch_->options().device());
    } catch (const c10::Error&) {
      // It has failed: of what it had, nothing is left to give back.
    }
    pool_ = {};
    runtime_.reset();
  }

  std::shared_ptr<const EncoderMemory> encode(const std::vector<std::vector<int32_t>>& sentences,
                                              const Interrupt& interrupt) override;
  std::unique_ptr<Decoder> decode(std::shared_ptr<const EncoderMemory> memory,
                                  const std::vector<DecoderRow>& rows, int max_length) override;
  int64_t bytes() const override { return torch_->bytes(); }

  /// How many rows a workspace has room for that takes so many; 0: there is none.
  int room_for(size_t rows, int capacity) const {
    if (!runtime_->has_tiles()) return rows <= most_untiled_rows ? most_untiled_rows : 0;
    for (const int room : decoded)
      if (rows <= static_cast<size_t>(room) &&
          (room == decoded.front() || (takes_many() && room * capacity <= most_positions_of_many)))
        return room;
    return 0;
  }
  TorchNetwork& torch() { return *torch_; }
  const ModelView& view() const { return model_.view(); }

  std::unique_ptr<Workspace> take_workspace(const Workspace::Size& size) {
    if (auto workspace = pool_.take(size)) return workspace;
    return std::make_unique<Workspace>(*runtime_, view(), torch_->options(), positions_, size);
  }
  void give_back(std::unique_ptr<Workspace> workspace) { pool_.give_back(std::move(workspace)); }
  /// nullptr: the model has a shape that is not folded.
  const SentenceFolding* folding() const { return folding_ ? &*folding_ : nullptr; }

 private:
  bool takes_many() const { return view().precision != Precision::Float32; }
  bool encodes_here(const std::vector<std::vector<int32_t>>& sentences) const;
  size_t most_encoded() const {
    return static_cast<size_t>(takes_many() ? encoded.back() : most_encoded_without_tiles);
  }
  void encode_here(const std::vector<std::vector<int32_t>>& sentences, const Interrupt& interrupt,
                   GpuMemory& memory);
  void encode_pass(const std::vector<SlotInput>& inputs, int64_t first, Workspace& workspace,
                   GpuMemory& memory);
  void encode_there(const std::vector<std::vector<int32_t>>& sentences, const Interrupt& interrupt,
                    GpuMemory& memory);

  std::unique_ptr<TorchNetwork> torch_;
  std::unique_ptr<Runtime> runtime_;
  const DeviceModel model_;
  std::optional<SentenceFolding> folding_;
  at::Tensor positions_;  // [capacity, width]
  WorkspacePool pool_;
};

class GpuDecoder : public Decoder {
 public:
  GpuDecoder(GpuNetwork& network, std::shared_ptr<const GpuMemory> memory,
             const std::vector<DecoderRow>& rows, int max_length);
  GpuDecoder(const GpuDecoder&) = delete;
  GpuDecoder& operator=(const GpuDecoder&) = delete;
  ~GpuDecoder() override {
    if (workspace_) network_.give_back(std::move(workspace_));
  }

  void step(const std::vector<int32_t>& tokens, const Selection& selection,
            const Interrupt& interrupt, Candidates& candidates) override;
  void reorder(const std::vector<int32_t>& rows) override;

 private:
  struct Row {
    DecoderRow start;
    std::vector<int32_t> ids;
    int32_t slot = 0;  // of its last token, in the last pass
  };

  void settle();
  void fold();
  void move(const Interrupt& interrupt);
  bool fits(size_t more) const;
  void hand_over(const Interrupt& interrupt);
  void run_passes(size_t first, size_t count, int wanted, const Interrupt& interrupt);
  void run_pass(size_t first, size_t count, int wanted, const Interrupt& interrupt);
  void select(const Selection& selection, Candidates& candidates) const;
  void select_there(const Selection& selection, Candidates& candidates) const;

  GpuNetwork& network_;
  std::shared_ptr<const GpuMemory> memory_;
  const int max_length_;
  std::vector<Row> rows_;
  size_t length_ = 0;  // tokens in the cache
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<Decoder> torch_;  // what goes on, once there is too much for the kernels
};

// Encoder ---------------------------------------------------------------------------------------

std::shared_ptr<const EncoderMemory> GpuNetwork::encode(
    const std::vector<std::vector<int32_t>>& sentences, const Interrupt& interrupt) try {
  const Session session(torch_->options().device(), torch_->threads());
  check(interrupt);
  auto memory = std::make_shared<GpuMemory>();
  memory->sentences = sentences;
  if (encodes_here(sentences))
    encode_here(sentences, interrupt, *memory);
  else
    encode_there(sentences, interrupt, *memory);
  check(interrupt);
  return memory;
} catch (const c10::Error& error) {
  throw torch_backend::failure(error, torch_->options().device());
}

bool GpuNetwork::encodes_here(const std::vector<std::vector<int32_t>>& sentences) const {
  if (!runtime_->has_tiles()) return false;
  size_t tokens = 0, longest = 0;
  for (const auto& ids : sentences) {
    longest = std::max(longest, ids.size());
    tokens += ids.size();
  }
  return (takes_many() || tokens <= most_encoded()) &&
         longest <= static_cast<size_t>(capacities.back());
}

/// In as many passes as it takes.
void GpuNetwork::encode_here(const std::vector<std::vector<int32_t>>& sentences,
                             const Interrupt& interrupt, GpuMemory& memory) {
  int32_t tokens = 0;
  for (const auto& ids : sentences) {
    memory.first.push_back(tokens);
    memory.count.push_back(static_cast<int32_t>(ids.size()));
    tokens += memory.count.back();
  }
  const int64_t width = view().width;
  memory.keys_and_values = at::empty(
      {static_cast<int64_t>(view().decoder.size()), tokens, 2 * width}, torch_->options());
  memory.encoded = at::empty({tokens, width}, torch_->options().dtype(at::kFloat));
  const int slots = *std::lower_bound(encoded.begin(), encoded.end(),
                                      std::min(tokens, static_cast<int32_t>(most_encoded())));
  auto workspace = take_workspace({slots, 0, slots});
  std::vector<SlotInput> inputs;
  int64_t done = 0;
  const auto run_pass = [&] {
    check(interrupt);
    encode_pass(inputs, done, *workspace, memory);
    done += static_cast<int64_t>(inputs.size());
    inputs.clear();
  };
  for (const auto& ids : sentences) {
    if (inputs.size() + ids.size() > most_encoded()) run_pass();
    const auto first = static_cast<int32_t>(inputs.size());
    const auto count = static_cast<int32_t>(ids.size());
    for (int32_t i = 0; i < count; ++i)
      inputs.push_back({ids[static_cast<size_t>(i)], i, 0, 0, first, count});
  }
  if (!inputs.empty()) run_pass();
  give_back(std::move(workspace));
}

/// `first`: the row of the memory where the tokens of the pass begin.
void GpuNetwork::encode_pass(const std::vector<SlotInput>& inputs, int64_t first,
                             Workspace& workspace, GpuMemory& memory) {
  const auto tokens = static_cast<int64_t>(inputs.size());
  workspace.encode(inputs);
  memory.keys_and_values.narrow(1, first, tokens).copy_(workspace.memory().narrow(1, 0, tokens));
  const auto& norm = torch_->parameters().encoder_norm;
  memory.encoded.narrow(0, first, tokens)
      .copy_(at::layer_norm(workspace.residual().narrow(0, 0, tokens), {view().width},
                            norm.weight.to(at::kFloat), norm.bias.to(at::kFloat)));
}

void GpuNetwork::encode_there(const std::vector<std::vector<int32_t>>& sentences,
                              const Interrupt& interrupt, GpuMemory& memory) {
  const auto there =
      std::static_pointer_cast<const TorchMemory>(torch_->encode(sentences, interrupt));
  const int64_t length = there->encoded.size(1);
  const int64_t rows = there->sentences * length;
  for (size_t i = 0; i < sentences.size(); ++i) {
    memory.first.push_back(static_cast<int32_t>(static_cast<int64_t>(i) * length));
    memory.count.push_back(static_cast<int32_t>(sentences[i].size()));
  }
  const auto layers = static_cast<int64_t>(view().decoder.size());
  memory.keys_and_values =
      at::empty({layers, rows, 2 * static_cast<int64_t>(view().width)}, torch_->options());
  const at::Tensor split =
      memory.keys_and_values.view({layers, there->sentences, length, 2, view().decoder_heads,
                                   view().width / view().decoder_heads});
  for (int64_t i = 0; i < layers; ++i) {
    split.select(0, i).select(2, 0).copy_(there->keys[static_cast<size_t>(i)].transpose(1, 2));
    split.select(0, i).select(2, 1).copy_(there->values[static_cast<size_t>(i)].transpose(1, 2));
  }
  memory.encoded = there->encoded.view({rows, -1}).to(at::kFloat);
}

// Decoder ---------------------------------------------------------------------------------------

std::unique_ptr<Decoder> GpuNetwork::decode(std::shared_ptr<const EncoderMemory> memory,
                                            const std::vector<DecoderRow>& rows,
                                            int max_length) try {
  const Session session(torch_->options().device(), torch_->threads());
  return std::make_unique<GpuDecoder>(
      *this, std::static_pointer_cast<const GpuMemory>(std::move(memory)), rows, max_length);
} catch (const c10::Error& error) {
  throw torch_backend::failure(error, torch_->options().device());
}

GpuDecoder::GpuDecoder(GpuNetwork& network, std::shared_ptr<const GpuMemory> memory,
                       const std::vector<DecoderRow>& rows, int max_length)
    : network_(network), memory_(std::move(memory)), max_length_(max_length) {
  for (const auto& row : rows)
    rows_.push_back({row, {}, 0});
  settle();
}

/// Takes a workspace for its rows, if there is one.
void GpuDecoder::settle() {
  Workspace::Size size{0, capacities.back(), least_memory_tokens};
  for (const int capacity : capacities) {
    if (capacity < max_length_) continue;
    size.capacity = capacity;
    break;
  }
  size.slots = network_.room_for(rows_.size(), size.capacity);
  if (size.slots == 0) return;
  const int64_t tokens = memory_->keys_and_values.size(1);
  while (size.memory_tokens < tokens)
    size.memory_tokens *= 2;
  workspace_ = network_.take_workspace(size);
  workspace_->wait_until_idle();
  workspace_->memory().narrow(1, 0, tokens).copy_(memory_->keys_and_values);
  fold();
}

/// The sentence, if few rows are translations of one, and it is not long.
void GpuDecoder::fold() {
  workspace_->unfold();
  if (!network_.folding() || rows_.empty() || rows_.size() > most_folded_slots) return;
  const int32_t sentence = rows_.front().start.sentence;
  const bool is_one = std::all_of(rows_.begin(), rows_.end(),
                                  [&](const Row& row) { return row.start.sentence == sentence; });
  const auto at = static_cast<size_t>(sentence);
  const int32_t count = memory_->count[at];
  if (!is_one || count < 1 || count > most_folded_tokens) return;
  workspace_->fold(*network_.folding(),
                   memory_->keys_and_values.narrow(1, memory_->first[at], count));
}

/// Goes on where there is room for more rows, where their tokens are read once more.
void GpuDecoder::move(const Interrupt& interrupt) {
  network_.give_back(std::move(workspace_));
  settle();
  if (workspace_) run_passes(0, length_, 1, interrupt);
}

bool GpuDecoder::fits(size_t more) const {
  return workspace_ && rows_.size() <= static_cast<size_t>(workspace_->size().slots) &&
         length_ + more <= static_cast<size_t>(workspace_->size().capacity);
}

/// Libtorch reads the rows' tokens once more and goes on.
void GpuDecoder::hand_over(const Interrupt& interrupt) {
  if (workspace_) network_.give_back(std::move(workspace_));
  workspace_.reset();
  std::vector<DecoderRow> starts;
  std::vector<int32_t> tokens;
  for (const Row& row : rows_) {
    starts.push_back(row.start);
    tokens.insert(tokens.end(), row.ids.begin(), row.ids.end());
  }
  TorchNetwork& torch = network_.torch();
  torch_ = torch.decode(torch.encode(memory_->sentences, interrupt), starts, max_length_);
  if (tokens.empty()) return;
  Candidates nobodys;
  torch_->step(tokens, {}, interrupt, nobodys);
}

void GpuDecoder::step(const std::vector<int32_t>& tokens, const Selection& selection,
                      const Interrupt& interrupt, Candidates& candidates) try {
  const Session session(network_.torch().options().device(), network_.torch().threads());
  const size_t length = tokens.size() / rows_.size();
  if (workspace_ && rows_.size() > static_cast<size_t>(workspace_->size().slots)) move(interrupt);
  if (!torch_ && !fits(length)) hand_over(interrupt);
  if (torch_) return torch_->step(tokens, selection, interrupt, candidates);

  for (size_t row = 0; row < rows_.size(); ++row) {
    const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(row * length);
    rows_[row].ids.insert(rows_[row].ids.end(), first, first + static_cast<std::ptrdiff_t>(length));
  }
  const bool ruled = !selection.seen.empty() || !selection.banned.empty();
  const int wanted = ruled || selection.candidates > network_.view().vocabulary
                         ? 0
                         : candidates_for(selection.candidates);
  run_passes(length_, length, wanted, interrupt);
  length_ += length;
  if (wanted > 0)
    select(selection, candidates);
  else
    select_there(selection, candidates);
} catch (const c10::Error& error) {
  throw torch_backend::failure(error, network_.torch().options().device());
}

/// Computes the positions `first` to `first` + `count` of all rows.
void GpuDecoder::run_passes(size_t first, size_t count, int wanted, const Interrupt& interrupt) {
  const size_t together = static_cast<size_t>(workspace_->size().slots) / rows_.size();
  for (size_t done = 0; done < count; done += together)
    run_pass(first + done, std::min(together, count - done), wanted, interrupt);
}

void GpuDecoder::run_pass(size_t first, size_t count, int wanted, const Interrupt& interrupt) {
  std::vector<SlotInput> inputs;
  for (Row& row : rows_) {
    const auto sentence = static_cast<size_t>(row.start.sentence);
    for (size_t i = first; i < first + count; ++i)
      inputs.push_back({row.ids[i], static_cast<int32_t>(i), static_cast<int32_t>(first), row.slot,
                        memory_->first[sentence], memory_->count[sentence]});
    row.slot = static_cast<int32_t>(inputs.size()) - 1;
  }
  workspace_->decode(inputs, wanted, interrupt);
}

void GpuDecoder::select(const Selection& selection, Candidates& candidates) const {
  const auto wanted = static_cast<size_t>(selection.candidates);
  candidates.tokens.assign(rows_.size() * wanted, -1);
  candidates.scores.assign(candidates.tokens.size(), 0);
  for (size_t row = 0; row < rows_.size(); ++row) {
    const int slot = rows_[row].slot;
    const float normaliser = workspace_->normaliser(slot);
    if (std::isnan(normaliser)) continue;  // nothing is the best of what is no number
    for (size_t i = 0; i < wanted; ++i) {
      const auto [token, logit] = workspace_->candidate(slot, static_cast<int>(i));
      candidates.tokens[row * wanted + i] = token;
      candidates.scores[row * wanted + i] = logit - normaliser;
    }
  }
}

/// Rules, and more candidates than the kernels look for.
void GpuDecoder::select_there(const Selection& selection, Candidates& candidates) const {
  std::vector<int64_t> slots;
  for (const Row& row : rows_)
    slots.push_back(row.slot);
  const at::Tensor index = at::tensor(slots, at::kLong).to(workspace_->logits().device());
  torch_backend::select(workspace_->logits().index_select(0, index), selection, candidates);
}

void GpuDecoder::reorder(const std::vector<int32_t>& rows) {
  std::vector<Row> kept;
  kept.reserve(rows.size());
  for (const int32_t row : rows)
    kept.push_back(rows_[static_cast<size_t>(row)]);
  rows_ = std::move(kept);
  if (torch_) torch_->reorder(rows);
}

}  // namespace

std::unique_ptr<Network> with_kernels(std::unique_ptr<TorchNetwork> network,
                                      std::unique_ptr<Runtime> runtime) {
  const Session session(network->options().device(), network->threads());
  const Precision precision = precision_of(network->parameters().head.scalar_type());
  if (takes(network->config(), precision, *runtime))
    return std::make_unique<GpuNetwork>(std::move(network), std::move(runtime));
  log(LogLevel::Info, "gpu", [] {
    return std::string("The kernels do not take a model of this shape: libtorch runs it.");
  });
  return network;
}

std::unique_ptr<Network> with_checked_kernels(
    std::unique_ptr<TorchNetwork> network, const std::function<std::unique_ptr<Runtime>()>& open) {
  const c10::DeviceGuard device(network->options().device());
  auto runtime = open();
  if (!runtime) return network;
  const at::ScalarType precision = network->parameters().head.scalar_type();
  const auto trusted = torch_backend::excerpt(*network, at::kCPU, at::kFloat);
  const auto tried = with_kernels(
      torch_backend::excerpt(*network, network->options().device(), precision), open());
  const std::string wrong =
      torch_backend::difference(*tried, *trusted, trusted->config(), precision);
  if (wrong.empty()) return with_kernels(std::move(network), std::move(runtime));
  log(LogLevel::Warning, "gpu", [&] {
    return "The kernels compute something else than the processor; libtorch is used instead: " +
           wrong + '.';
  });
  return network;
}

}  // namespace gst_translate::gpu
