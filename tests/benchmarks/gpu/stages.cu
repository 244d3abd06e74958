// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

// How long the kernels of a pass of the decoder, or the encoder, take on an NVIDIA device, each
// kind alone and all together: a table in Markdown, of the 600M shape in bfloat16 with random
// weights. Kernels of one kind run one behind the other, each with the weights of another layer, as
// a graph, so that what overlaps in a pass overlaps here.
//
//   stages [folded] [SLOTS [TOKENS [SOURCE TOKENS]]]   tokens: of the self-attention; folded: all
//                                                      slots are of one sentence
//   stages encode [TOKENS [OF A SENTENCE]]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gst-translate/decode/gpu/cuda_launcher.h"

namespace gst_translate::gpu {
namespace {

constexpr int layers = 12, width = 1024, ffn = 4096, heads = 16, vocabulary = 256206;

__global__ void fill(Bfloat16* numbers, size_t count, float mean, float deviation) {
  for (size_t i = blockIdx.x * size_t{blockDim.x} + threadIdx.x; i < count;
       i += size_t{gridDim.x} * blockDim.x) {
    uint32_t hash = static_cast<uint32_t>(i) * 2654435761U;
    hash ^= hash >> 15;
    hash *= 2246822519U;
    hash ^= hash >> 13;
    numbers[i] =
        from_float<Bfloat16>(mean + deviation * (static_cast<float>(hash & 0xffff) / 32768.0F - 1));
  }
}

/// A row of a matrix in int8, by a warp.
__global__ void screen(const Bfloat16* matrix, int8_t* rounded, ScreenRow* rows) {
  const Bfloat16* row = matrix + size_t{blockIdx.x} * width;
  const auto all = [](float value, auto combine) {
    for (int mask = 16; mask > 0; mask /= 2)
      value = combine(value, __shfl_xor_sync(0xffffffff, value, mask));
    return value;
  };
  const auto plus = [](float a, float b) { return a + b; };
  float most = 0, lost = 0, length = 0;
  for (int k = static_cast<int>(threadIdx.x); k < width; k += 32)
    most = fmaxf(most, fabsf(to_float(row[k])));
  const float scale = all(most, [](float a, float b) { return fmaxf(a, b); }) / 127;
  for (int k = static_cast<int>(threadIdx.x); k < width; k += 32) {
    const float number = to_float(row[k]), nearest = rintf(number / scale);
    rounded[size_t{blockIdx.x} * width + static_cast<size_t>(k)] = static_cast<int8_t>(nearest);
    lost += (number - nearest * scale) * (number - nearest * scale);
    length += nearest * scale * nearest * scale;
  }
  lost = sqrtf(all(lost, plus));
  length = sqrtf(all(length, plus));
  // As `screen_error`, which is the host's.
  if (threadIdx.x == 0)
    rows[blockIdx.x] = {
        scale, 1.0001F * (lost + (sqrtf(float{width}) / (2 * largest_input) + 1e-5F) * length)};
}

template <typename T>
T* allocate(size_t count) {
  void* pointer = nullptr;
  check_cuda(cudaMalloc(&pointer, count * sizeof(T)));
  check_cuda(cudaMemset(pointer, 0, count * sizeof(T)));
  return static_cast<T*>(pointer);
}

const Bfloat16* numbers(size_t count, float mean, float deviation) {
  auto* pointer = allocate<Bfloat16>(count);
  fill<<<1024, 256>>>(pointer, count, mean, deviation);
  return pointer;
}

Matrix matrix(int rows, int depth) {
  const auto* sums = allocate<float>(size_t(rows));
  return {numbers(size_t(rows) * size_t(depth), 0, 0.05F),
          numbers(size_t(rows), 0, 0.05F),
          {sums, sums},
          {},
          sums};
}

Matrix norm() {
  return {numbers(width, 1, 0.1F), numbers(width, 0, 0.1F), {}};
}

struct Launch {
  std::string name;
  double bytes;  // of weights
  std::function<void(CudaLauncher&)> run;
};

/// Collects the launches of a pass.
class Collector {
 public:
  explicit Collector(const CudaDevice& device) : device_(device) {}

  template <typename Kernel>
  void operator()(const Kernel& kernel, const Grid& grid) {
    const auto [name, bytes] = describe(kernel);
    launches.push_back(
        {name, bytes, [kernel, grid](CudaLauncher& launch) { launch(kernel, grid); }});
  }
  template <typename Result>
  void multiply(const Product<Bfloat16, Result>& product) {
    // The head changes places with the slots.
    const int rows = std::max(product.rows, product.slots == vocabulary ? vocabulary : 0);
    launches.push_back(
        {"product " + std::to_string(rows) + " x " + std::to_string(product.depth) + ", library",
         2.0 * rows * product.depth,
         [product](CudaLauncher& launch) { launch.multiply(product); }});
  }
  int processors() const { return device_.processors; }
  size_t shared_limit() const { return device_.shared_limit; }
  bool clusters() const { return device_.clusters; }

  std::vector<Launch> launches;

 private:
  using Description = std::pair<std::string, double>;

  template <int Slots, bool Norm, Output What>
  static Description describe(const Linear<Bfloat16, Slots, Norm, What>& kernel) {
    const auto& a = kernel.arguments;
    return {"product " + std::to_string(a.rows) + " x " + std::to_string(a.depth) +
                (Norm ? ", norm" : ""),
            2.0 * a.rows * a.depth};
  }
  static Description describe(const KeepKeysAndValues<Bfloat16>&) {
    return {"keys and values into the cache", 0};
  }
  template <Output What>
  static Description describe(const AttendedProduct<Bfloat16, What>& kernel) {
    const auto& a = kernel.product.arguments;
    return {
        "product " + std::to_string(a.rows) + " x " + std::to_string(a.depth) + ", norm, attention",
        2.0 * a.rows * a.depth};
  }
  template <int Slots>
  static Description describe(const Head<Bfloat16, Slots>&) {
    return {"head", 2.0 * vocabulary * width};
  }
  template <int Slots>
  static Description describe(const Screen<Bfloat16, Slots>&) {
    return {"head in int8", 1.0 * vocabulary * width};
  }
  template <int Count, int Blocks>
  static Description describe(const Rescore<Bfloat16, Count, Blocks>&) {
    return {"scores of the best", 0};
  }
  template <int Slots>
  static Description describe(const OutputAndScores<Bfloat16, Slots>&) {
    return {"output of the self-attention, folded scores", 2.0 * width * width};
  }
  template <int Slots>
  static Description describe(const FoldedAttention<Bfloat16, Slots>&) {
    return {"folded cross-attention, with its output", 0};
  }
  static Description describe(const AttentionArguments<Bfloat16>& a) {
    return {a.range.writer != nullptr ? "self-attention" : "cross-attention", 0};
  }
  static Description describe(const Attention<Bfloat16>& kernel) {
    return describe(kernel.arguments);
  }
  template <int Slots, int Together>
  static Description describe(const SlotAttention<Bfloat16, Slots, Together>& kernel) {
    return describe(kernel.arguments.of);
  }
  static Description describe(const Embedding<Bfloat16>&) { return {"embedding", 0}; }
  static Description describe(const Normalise<Bfloat16>&) { return {"norm", 0}; }
  template <int Count>
  static Description describe(const Scan<Count>&) {
    return {"scan", 0};
  }
  template <int Count>
  static Description describe(const SlotScan<Count>&) {
    return {"scan", 0};
  }
  template <int Count>
  static Description describe(const Select<Count>&) {
    return {"select", 0};
  }

  CudaDevice device_;
};

/// Microseconds of a run of these kernels, the median of many.
double time_of(const std::vector<const Launch*>& launches, const CudaDevice& device,
               const CudaLibrary& library) {
  cudaStream_t stream = nullptr;
  check_cuda(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  check_cuda(cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed));
  CudaLauncher launcher(stream, device, library);
  for (const Launch* launch : launches)
    launch->run(launcher);
  cudaGraph_t graph = nullptr;
  check_cuda(cudaStreamEndCapture(stream, &graph));
  cudaGraphExec_t exec = nullptr;
  check_cuda(cudaGraphInstantiate(&exec, graph, 0));
  cudaEvent_t begin = nullptr, end = nullptr;
  check_cuda(cudaEventCreate(&begin));
  check_cuda(cudaEventCreate(&end));
  std::vector<float> times;
  for (int i = 0; i < 60; ++i) {
    check_cuda(cudaEventRecord(begin, stream));
    check_cuda(cudaGraphLaunch(exec, stream));
    check_cuda(cudaEventRecord(end, stream));
    check_cuda(cudaEventSynchronize(end));
    float milliseconds = 0;
    check_cuda(cudaEventElapsedTime(&milliseconds, begin, end));
    if (i >= 10) times.push_back(milliseconds);
  }
  check_cuda(cudaGraphExecDestroy(exec));
  check_cuda(cudaGraphDestroy(graph));
  check_cuda(cudaStreamDestroy(stream));
  std::sort(times.begin(), times.end());
  return 1000.0 * static_cast<double>(times[times.size() / 2]);
}

ModelView empty_model() {
  ModelView model;
  model.precision = Precision::Bfloat16;
  model.vocabulary = vocabulary;
  model.width = width;
  model.encoder_heads = model.decoder_heads = heads;
  model.encoder_ffn = model.decoder_ffn = ffn;
  model.embedding_scale = 32;
  return model;
}

/// Those that passes of the decoder and of the encoder have.
void allocate_buffers(Buffers& buffers, int slots) {
  const auto count = size_t(slots);
  buffers.residual = allocate<float>(count * width);
  buffers.normalised = allocate<Bfloat16>(count * width);
  buffers.queries = allocate<Bfloat16>(count * width);
  buffers.attended = allocate<Bfloat16>(count * width);
  buffers.inner = allocate<Bfloat16>(count * std::max(ffn, 3 * width));
  buffers.state.destination = allocate<int32_t>(count);
  buffers.state.cross_first = allocate<int32_t>(count);
  buffers.state.cross_count = allocate<int32_t>(count);
}

/// The host's memory, as it is when texts are translated.
void write_inputs(Buffers& buffers, const std::vector<SlotInput>& inputs) {
  void *host = nullptr, *number = nullptr;
  check_cuda(cudaHostAlloc(&host, inputs.size() * sizeof(SlotInput), cudaHostAllocMapped));
  check_cuda(cudaHostAlloc(&number, sizeof(int32_t), cudaHostAllocMapped));
  std::copy(inputs.begin(), inputs.end(), static_cast<SlotInput*>(host));
  *static_cast<int32_t*>(number) = 1;
  buffers.input = static_cast<const SlotInput*>(host);
  buffers.pass = static_cast<const int32_t*>(number);
}

template <typename Pass>
void print_table(const Pass& pass, const CudaDevice& device) {
  const auto library = CudaLibrary::open();
  if (!library) {
    std::fprintf(stderr, "There is no cuBLAS: LD_LIBRARY_PATH says where it is.\n");
    return;
  }
  Collector collector(device);
  launch_pass<Bfloat16>(collector, pass);
  std::vector<const Launch*> all;
  std::map<std::string, std::vector<const Launch*>> kinds;
  std::vector<std::string> order;
  for (const Launch& launch : collector.launches) {
    all.push_back(&launch);
    if (kinds[launch.name].empty()) order.push_back(launch.name);
    kinds[launch.name].push_back(&launch);
  }
  std::printf(
      "| kernel | times | us each | us a pass | GB/s of weights |\n|---|---|---|---|---|\n");
  double sum = 0, bytes = 0;
  for (const std::string& name : order) {
    const auto& kind = kinds[name];
    std::vector<const Launch*> chain;
    const int repeats = std::max<int>(1, 96 / static_cast<int>(kind.size()));
    for (int i = 0; i < repeats; ++i)
      chain.insert(chain.end(), kind.begin(), kind.end());
    const double each = time_of(chain, device, *library) / static_cast<double>(chain.size());
    sum += each * static_cast<double>(kind.size());
    bytes += kind.front()->bytes * static_cast<double>(kind.size());
    std::printf("| %s | %zu | %.2f | %.1f | %.0f |\n", name.c_str(), kind.size(), each,
                each * static_cast<double>(kind.size()), kind.front()->bytes / each / 1000);
  }
  const double overlapped = time_of(all, device, *library);
  std::printf("| sum | %zu | | %.1f | |\n", all.size(), sum);
  std::printf("| a pass | | | %.1f | %.0f |\n", overlapped, bytes / overlapped / 1000);
  CudaDevice in_turn = device;
  in_turn.overlaps = false;
  std::printf("| without overlap | | | %.1f | |\n\n", time_of(all, in_turn, *library));
}

int run(bool folded, int slots, int tokens, int source) {
  CudaDevice device = CudaDevice::find(0);
  const int cache_slots = std::max(32, slots);
  const int capacity = tokens <= 64 ? 64 : tokens <= 256 ? 256 : 1024;

  ModelView model = empty_model();
  model.head = model.decoder_embedding = numbers(size_t{vocabulary} * width, 0, 0.03F);
  auto* rounded = allocate<int8_t>(size_t{vocabulary} * width);
  auto* rows = allocate<ScreenRow>(vocabulary);
  screen<<<vocabulary, 32>>>(static_cast<const Bfloat16*>(model.head), rounded, rows);
  model.screen = {rounded, rows, nullptr};
  for (int i = 0; i < layers; ++i)
    model.decoder.push_back({norm(),
                             matrix(3 * width, width),
                             matrix(width, width),
                             norm(),
                             matrix(width, width),
                             {},
                             matrix(width, width),
                             norm(),
                             matrix(ffn, width),
                             matrix(width, ffn)});
  model.decoder_norm = norm();

  DecoderPass pass;
  pass.model = &model;
  pass.slots = slots;
  pass.cache_slots = cache_slots;
  pass.capacity = capacity;
  pass.memory_tokens = std::max(64, slots * source);
  Buffers& buffers = pass.buffers;
  allocate_buffers(buffers, cache_slots);
  buffers.positions = allocate<float>(size_t(capacity) * width);
  buffers.state.count = allocate<int32_t>(size_t(cache_slots));
  buffers.state.made = allocate<int32_t>(size_t(cache_slots));
  buffers.state.writer = allocate<uint16_t>(size_t(cache_slots) * size_t(capacity));
  buffers.state.kept = allocate<uint16_t>(size_t{2} * size_t(cache_slots) * size_t(capacity));
  buffers.tiles = allocate<ScreenTile>(size_t(most_slots) * size_t(tiles_of_slot(vocabulary)));
  buffers.floors = allocate<float>(size_t(cache_slots) * most_blocks);
  const size_t row = 2 * width;
  pass.cache =
      allocate<Bfloat16>(size_t{layers} * size_t(capacity + 1) * size_t(cache_slots) * row);
  pass.memory =
      const_cast<Bfloat16*>(numbers(size_t{layers} * size_t(pass.memory_tokens) * row, 0, 1));
  pass.logits = allocate<float>(size_t(cache_slots) * size_t{vocabulary});
  pass.candidates = 1;
  if (folded) {
    constexpr size_t columns = size_t{heads} * most_folded_tokens;
    pass.folded = {allocate<float>(layers * columns * 2 * width),
                   allocate<float>(layers * columns * 2), allocate<float>(layers * columns * width),
                   nullptr};
    buffers.between = allocate<float>(size_t{most_folded_slots} * width);
    buffers.scores = allocate<float>(size_t{2} * most_folded_slots * columns);
  }
  pass.best = allocate<Best<16>>(size_t(cache_slots) * most_vocabulary_parts);
  std::vector<SlotInput> inputs;
  for (int i = 0; i < cache_slots; ++i)
    inputs.push_back({1000 + i, tokens - 1, tokens - 1, i, i < slots ? i * source : 0, source});
  write_inputs(buffers, inputs);
  void *selected = nullptr, *done = nullptr;
  check_cuda(cudaHostAlloc(&selected, size_t(cache_slots) * sizeof(Best<16>), cudaHostAllocMapped));
  check_cuda(cudaHostAlloc(&done, size_t(cache_slots) * sizeof(int32_t), cudaHostAllocMapped));
  pass.selected = selected;
  pass.done = static_cast<int32_t*>(done);

  std::printf("%d slots, %d tokens, %d source tokens%s, %d multiprocessors\n\n", slots, tokens,
              source, folded ? ", folded" : "", device.processors);
  print_table(pass, device);
  return 0;
}

/// `sentence`: tokens of each.
int run_encoder(int tokens, int sentence) {
  const CudaDevice device = CudaDevice::find(0);
  ModelView model = empty_model();
  model.encoder_embedding = numbers(size_t{vocabulary} * width, 0, 0.03F);
  for (int i = 0; i < layers; ++i) {
    model.encoder.push_back({norm(), matrix(3 * width, width), matrix(width, width), norm(),
                             matrix(ffn, width), matrix(width, ffn)});
    model.decoder.push_back({});
    model.decoder.back().cross_kv = matrix(2 * width, width);
  }
  model.encoder_norm = norm();
  EncoderPass pass;
  pass.model = &model;
  pass.slots = pass.memory_tokens = tokens;
  allocate_buffers(pass.buffers, tokens);
  pass.buffers.positions = allocate<float>(size_t(sentence) * width);
  pass.cache = allocate<Bfloat16>(size_t(tokens) * 2 * width);
  pass.memory = allocate<Bfloat16>(size_t{layers} * size_t(tokens) * 2 * width);
  std::vector<SlotInput> inputs;
  for (int i = 0; i < tokens; ++i) {
    const int first = i / sentence * sentence;
    inputs.push_back({1000 + i, i - first, 0, 0, first, std::min(sentence, tokens - first)});
  }
  write_inputs(pass.buffers, inputs);
  std::printf("encoder, %d tokens in sentences of %d\n\n", tokens, sentence);
  print_table(pass, device);
  return 0;
}

}  // namespace
}  // namespace gst_translate::gpu

int main(int argc, char** argv) {
  const auto number = [&](int i, int otherwise) {
    return argc > i ? std::atoi(argv[i]) : otherwise;
  };
  if (argc > 1 && std::string(argv[1]) == "encode")
    return gst_translate::gpu::run_encoder(number(2, 20), number(3, 20));
  const int folded = argc > 1 && std::string(argv[1]) == "folded" ? 1 : 0;
  return gst_translate::gpu::run(folded == 1, number(folded + 1, 1), number(folded + 2, 15),
                                 number(folded + 3, 20));
}
