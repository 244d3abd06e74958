// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/decode/torch/checked.h"

#include <string>

#include "gst-translate/decode/torch/self_test.h"
#include "gst-translate/text/log.h"

namespace gst_translate::torch_backend {

std::unique_ptr<TorchNetwork> load_checked_network(const Weights& weights,
                                                   const ModelConfig& config, NetworkPlace& place,
                                                   const Progress& progress) {
  NetworkPlace on_cpu = place;
  auto network = load_torch_network(weights, config, place, progress);
  if (network->options().device().is_cpu()) return network;
  const std::string wrong = wrong_on_its_device(*network);
  if (wrong.empty()) return network;
  log(LogLevel::Warning, "torch", [&] {
    return "libtorch on " + place.device + " in " + place.precision +
           " computes something else than on the processor, which is used instead: " + wrong + '.';
  });
  network.reset();
  on_cpu.device = "cpu";
  if (on_cpu.precision == "float16") on_cpu.precision = "auto";  // libtorch has none there
  place = on_cpu;
  return load_torch_network(weights, config, place, progress);
}

}  // namespace gst_translate::torch_backend
