// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/queuetask.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace gst_lingua_tests {
namespace {

/// Does nothing.
class Idler final : public gst_lingua::QueueTask::Worker {
 public:
  GstFlowReturn process(gst_lingua::Item) override { return GST_FLOW_OK; }
  void reset(bool) override {}
  GstStructure* stats() const override { return gst_structure_new_empty("stats"); }
};

TEST(QueueTask, LeavesANotifierThatOutlivesIt) {
  // An engine that other elements share goes on when this one is finalised.
  for (int i = 0; i < 200; i++) {
    GstElement* element = gst_bin_new(nullptr);
    GstPad* sink = gst_pad_new("sink", GST_PAD_SINK);
    GstPad* src = gst_pad_new("src", GST_PAD_SRC);
    Idler worker;
    gst_lingua::Latency latency(element, sink, 0);
    auto queue = std::make_unique<gst_lingua::QueueTask>(element, sink, src, worker, latency,
                                                         gst_lingua::QueueTask::Limits{1});
    std::atomic<int> notified{0};
    std::thread engine([notify = queue->notifier(), &notified] {
      for (; notified < 1000; ++notified)
        notify();
    });
    while (notified < 1)
      std::this_thread::yield();
    std::thread([&queue] { queue.reset(); }).join();  // not where suppressions hide races
    engine.join();
    gst_object_unref(sink);
    gst_object_unref(src);
    gst_object_unref(element);
  }
}

}  // namespace
}  // namespace gst_lingua_tests
