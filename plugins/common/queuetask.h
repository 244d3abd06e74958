// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "plugins/common/itemqueue.h"
#include "plugins/common/latency.h"
#include "plugins/common/pipelineclock.h"
#include "plugins/common/ref.h"

namespace gst_lingua {

/// The queue and the task between an element's sink pad and its source pads, with the behaviour
/// of GStreamer's own `queue` (gstreamer:plugins/elements/gstqueue.c):
///
/// - buffers and serialized events wait in one bounded queue; upstream waits while it is full;
/// - a task on the source pad takes them out and has the worker handle them, with no lock held;
/// - what the worker returns reaches upstream with its next buffer;
/// - a serialized query waits for its turn;
/// - FLUSH_START and FLUSH_STOP are forwarded first; a flush interrupts the worker;
/// - STREAM_START and SEGMENT revive a stream that had ended.
///
/// - a LATENCY query at a source pad is answered at once, without data or caps;
/// - RECONFIGURE restarts what rests because nothing was linked; after the end it has the worker
///   plan anew, since a pad may have come, and whoever is linked now gets the sticky events.
///
/// The worker may ask to be woken at a time of the pipeline's clock while the queue is empty.
class QueueTask
{
public:
  /// What the element does. Exceptions become ERROR messages.
  class Worker
  {
  public:
    virtual ~Worker () = default;

    /// From upstream's thread: begin what can be begun before the item's turn. Anything but OK goes
    /// back to upstream, and the item goes away.
    virtual GstFlowReturn
    prepare (Item &)
    {
      return GST_FLOW_OK;
    }

    /// From the task: a buffer or a serialized event whose turn has come.
    virtual GstFlowReturn process (Item item) = 0;

    /// From the task: a serialized query whose turn has come; by default downstream answers.
    virtual bool answer (GstPad *sink, GstQuery *query);

    /// From the task: the time given to `wake_at()` has come, and the queue is empty.
    virtual GstFlowReturn
    wake ()
    {
      return GST_FLOW_OK;
    }

    /// From any thread: return from what you do soon, a flush or the end has come.
    virtual void
    interrupt ()
    {
    }

    /// From the task: what has been planned is to be planned anew, since the pipeline's latency is
    /// another now, upstream's or this element's, or somebody called `QueueTask::replan()`.
    virtual void
    replan ()
    {
    }

    /// While neither upstream's thread nor the task is at work: forget the stream, after a flush;
    /// or everything, with `full`, on the way to READY.
    virtual void reset (bool full) = 0;

    /// From any thread: the value of the property `stats`, but for what waits in the queue.
    virtual GstStructure *stats () const = 0;
  };

  /// What waits at most before upstream does.
  struct Limits
  {
    size_t buffers;
    size_t bytes = SIZE_MAX;
  };

  /// Takes over both pads: their chain, event, query and activatemode functions.
  QueueTask (GstElement *element, GstPad *sink, GstPad *src, Worker &worker, Latency &latency,
             Limits limits);
  ~QueueTask ();
  QueueTask (const QueueTask &) = delete;
  QueueTask &operator= (const QueueTask &) = delete;

  /// Takes over the event and query functions of another source pad, before the element gets it.
  /// Once the element has given the pad up they do nothing of ours.
  void adopt_src (GstPad *pad);

  /// For the element's change_state: the clock counts while PLAYING.
  void set_playing (bool playing);

  Latency &
  latency ()
  {
    return latency_;
  }
  const Latency &
  latency () const
  {
    return latency_;
  }

  /// The worker's, and how many buffers are "queued" now.
  GstStructure *stats () const;

  void set_max_buffers (size_t max_buffers);

  /// Has the worker plan anew, from any thread: a property counts at once by which it has planned.
  void replan ();

  /// The running time now; NONE unless PLAYING with a clock.
  GstClockTime running_time () const;

  // For the worker.

  /// Shows what comes next without taking it, item by item while `look` asks for more, up to a
  /// query; waits for those that are not there yet if asked to. False when interrupted meanwhile.
  /// `look` is called with the queue's lock held: it must not come back here.
  bool peek (bool wait, const std::function<bool (const Item &)> &look);

  /// Waits until `ready` says so; `notify()` makes it look again. False when interrupted. `ready`
  /// is called with the queue's lock held, so nobody may call `notify()` with a lock that it takes.
  bool wait (const std::function<bool ()> &ready);
  void notify ();

  /// Calls `notify()`, from any thread, and nothing once this object is gone.
  std::function<void ()> notifier () const;

  /// The fault that the worker is about to return has been posted already.
  void error_was_posted ();

  /// True once a flush or the way down to READY wants the task to rest.
  bool
  interrupted () const
  {
    return interrupted_;
  }

  /// Calls `Worker::wake()` once at this running time; NONE: never. With `prerolls`, a pipeline
  /// that has not played yet gets there too, as if it played from now on: a pipe's first text may
  /// be what it waits for.
  void wake_at (GstClockTime running_time, bool prerolls = false);

private:
  using Lock = std::unique_lock<std::mutex>;

  static GstFlowReturn chain (GstPad *pad, GstObject *parent, GstBuffer *buffer);
  static GstFlowReturn sink_event (GstPad *pad, GstObject *parent, GstEvent *event);
  static gboolean sink_query (GstPad *pad, GstObject *parent, GstQuery *query);
  static gboolean src_event (GstPad *pad, GstObject *parent, GstEvent *event);
  static gboolean src_query (GstPad *pad, GstObject *parent, GstQuery *query);
  static gboolean activate_sink (GstPad *pad, GstObject *parent, GstPadMode mode, gboolean active);
  static gboolean activate_src (GstPad *pad, GstObject *parent, GstPadMode mode, gboolean active);
  static void loop (gpointer self);

  GstFlowReturn enqueue (Ref<GstBuffer> buffer);
  GstFlowReturn enqueue (Ref<GstEvent> event);
  bool enqueue_and_wait (GstQuery *query);
  GstFlowReturn flush_start (GstEvent *event);
  GstFlowReturn flush_stop (GstEvent *event);
  void start_task ();
  void run_once ();
  void run_idle (Lock &lock);
  bool wait_for_entry (Lock &lock);
  GstFlowReturn guarded (const std::function<GstFlowReturn ()> &work);
  void handle (Lock &lock, ItemQueue::Entry entry);
  void settle (Lock &lock, GstFlowReturn flow, bool was_eos);
  void stop (Lock &lock);
  void begin (Lock &lock);
  void interrupt ();
  void fail_queries (Lock &lock);
  void clear (Lock &lock, bool keep_sticky);
  ItemQueue::Entry pop (Lock &lock);
  void signal (Lock &lock);

  GstElement *const element_;
  GstPad *const sink_;
  GstPad *const src_;
  Worker &worker_;
  Latency &latency_;

  /// What outlives this object, for notifiers.
  struct Self
  {
    std::mutex mutex;
    QueueTask *queue;
  };
  const std::shared_ptr<Self> self_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  ItemQueue entries_;
  Limits limits_;
  GstFlowReturn result_ = GST_FLOW_FLUSHING; ///< what upstream gets
  bool eos_ = false;                         ///< upstream said EOS
  bool unexpected_ = false;                  ///< downstream said EOS
  bool error_posted_ = false;
  bool replan_ = false; ///< and the worker does not know yet
  std::atomic<bool> interrupted_{true};
  PipelineClock clock_;
};

} // namespace gst_lingua
