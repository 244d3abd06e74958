// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/queuetask.h"

#include <utility>

#include "plugins/common/debug.h"
#include "plugins/common/error.h"
#include "plugins/common/push.h"

#define GST_CAT_DEFAULT gst_lingua_debug

namespace gst_lingua {
namespace {

bool
is_fatal (GstFlowReturn flow)
{
  return flow == GST_FLOW_NOT_LINKED || flow < GST_FLOW_EOS;
}

QueueTask *
self_of (GstPad *pad)
{
  return static_cast<QueueTask *> (gst_pad_get_element_private (pad));
}

/// Null for a pad that the element has given up: whoever calls with a parent holds it.
QueueTask *
self_of (GstPad *pad, GstObject *parent)
{
  return parent ? self_of (pad) : nullptr;
}

} // namespace

bool
QueueTask::Worker::answer (GstPad *sink, GstQuery *query)
{
  GstObject *element = GST_OBJECT_PARENT (sink);
  return gst_pad_query_default (sink, element, query);
}

QueueTask::QueueTask (GstElement *element, GstPad *sink, GstPad *src, Worker &worker,
                      Latency &latency, Limits limits)
    : element_ (element), sink_ (sink), src_ (src), worker_ (worker), latency_ (latency),
      self_ (std::make_shared<Self> ()), limits_ (limits), clock_ (element)
{
  self_->queue = this;
  gst_pad_set_element_private (sink, this);
  gst_pad_set_chain_function (sink, GST_DEBUG_FUNCPTR (chain));
  gst_pad_set_event_full_function (sink, GST_DEBUG_FUNCPTR (sink_event));
  gst_pad_set_query_function (sink, GST_DEBUG_FUNCPTR (sink_query));
  gst_pad_set_activatemode_function (sink, GST_DEBUG_FUNCPTR (activate_sink));
  adopt_src (src);
  gst_pad_set_activatemode_function (src, GST_DEBUG_FUNCPTR (activate_src));
}

QueueTask::~QueueTask ()
{
  std::lock_guard<std::mutex> lock (self_->mutex);
  self_->queue = nullptr;
}

void
QueueTask::adopt_src (GstPad *pad)
{
  gst_pad_set_element_private (pad, this);
  gst_pad_set_event_function (pad, GST_DEBUG_FUNCPTR (src_event));
  gst_pad_set_query_function (pad, GST_DEBUG_FUNCPTR (src_query));
}

// The pads' functions.

GstFlowReturn
QueueTask::chain (GstPad *pad, GstObject *, GstBuffer *buffer)
{
  GstFlowReturn flow = self_of (pad)->enqueue (Ref<GstBuffer> (buffer));
  if (flow != GST_FLOW_OK)
    GST_DEBUG_OBJECT (pad, "upstream gets %s", gst_flow_get_name (flow));
  return flow;
}

GstFlowReturn
QueueTask::sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  QueueTask *self = self_of (pad);
  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_FLUSH_START:
    return self->flush_start (event);
  case GST_EVENT_FLUSH_STOP:
    return self->flush_stop (event);
  default:
    if (GST_EVENT_IS_SERIALIZED (event))
      return self->enqueue (Ref<GstEvent> (event));
    return gst_pad_event_default (pad, parent, event) ? GST_FLOW_OK : GST_FLOW_ERROR;
  }
}

gboolean
QueueTask::sink_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_IS_SERIALIZED (query))
    return self_of (pad)->enqueue_and_wait (query);
  return gst_pad_query_default (pad, parent, query);
}

gboolean
QueueTask::activate_sink (GstPad *pad, GstObject *, GstPadMode mode, gboolean active)
{
  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;

  QueueTask *self = self_of (pad);
  if (active) {
    Lock lock (self->mutex_);
    self->begin (lock);
    return TRUE;
  }
  // This comes after the source pad's: with upstream's thread gone too, nobody is at work.
  self->interrupt ();
  GST_PAD_STREAM_LOCK (pad);
  gst_pad_pause_task (self->src_);
  Lock lock (self->mutex_);
  self->clear (lock, false);
  self->clock_.reset ();
  lock.unlock ();
  self->worker_.reset (true);
  GST_PAD_STREAM_UNLOCK (pad);
  return TRUE;
}

gboolean
QueueTask::activate_src (GstPad *pad, GstObject *, GstPadMode mode, gboolean active)
{
  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;

  QueueTask *self = self_of (pad);
  if (active) {
    Lock lock (self->mutex_);
    self->begin (lock);
    self->start_task ();
    return TRUE;
  }
  self->interrupt ();
  gboolean stopped = gst_pad_stop_task (pad);
  Lock lock (self->mutex_);
  self->clear (lock, false);
  return stopped;
}

gboolean
QueueTask::src_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  QueueTask *self = self_of (pad, parent);
  if (self && GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE) {
    Lock lock (self->mutex_);
    if (self->result_ == GST_FLOW_NOT_LINKED) {
      GST_DEBUG_OBJECT (pad, "linked again");
      self->result_ = GST_FLOW_OK;
      self->start_task ();
    } else if (self->eos_) {
      GST_DEBUG_OBJECT (pad, "linked after the end");
      self->replan_ = true;
      if (self->result_ == GST_FLOW_EOS && GST_PAD_MODE (self->src_) == GST_PAD_MODE_PUSH) {
        self->result_ = GST_FLOW_OK;
        self->start_task ();
      }
      self->signal (lock);
    }
  } else if (self && GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    GST_DEBUG_OBJECT (pad, "the pipeline's latency changes");
    self->latency_.forget ();
    self->replan ();
  }
  return gst_pad_event_default (pad, parent, event);
}

gboolean
QueueTask::src_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  QueueTask *self = self_of (pad, parent);
  if (self && GST_QUERY_TYPE (query) == GST_QUERY_LATENCY)
    return self->latency_.answer (query);
  return gst_pad_query_default (pad, parent, query);
}

// Into the queue.

GstFlowReturn
QueueTask::enqueue (Ref<GstBuffer> buffer)
{
  ItemQueue::Entry entry;
  entry.item.buffer = std::move (buffer);

  Lock lock (mutex_);
  auto full = [this] {
    return result_ == GST_FLOW_OK && !eos_ && !unexpected_ &&
           (entries_.buffers () >= limits_.buffers || entries_.bytes () >= limits_.bytes);
  };
  if (full ()) {
    GST_DEBUG_OBJECT (
        sink_, "full with %" G_GSIZE_FORMAT " buffers of %" G_GSIZE_FORMAT " bytes, upstream waits",
        entries_.buffers (), entries_.bytes ());
    changed_.wait (lock, [&full] { return !full (); });
    GST_DEBUG_OBJECT (sink_, "upstream goes on");
  }
  if (result_ != GST_FLOW_OK)
    return result_;
  if (eos_ || unexpected_)
    return GST_FLOW_EOS;

  entry.item.arrival = clock_.running_time ();
  lock.unlock ();
  GstFlowReturn prepared = guarded ([this, &entry] { return worker_.prepare (entry.item); });
  if (prepared != GST_FLOW_OK)
    return prepared;
  lock.lock ();
  if (result_ != GST_FLOW_OK)
    return result_;
  GST_LOG_OBJECT (sink_, "queueing %" GST_PTR_FORMAT, entry.item.buffer.get ());
  entries_.push (std::move (entry));
  signal (lock);
  return GST_FLOW_OK;
}

GstFlowReturn
QueueTask::enqueue (Ref<GstEvent> event)
{
  ItemQueue::Entry entry;
  entry.item.event = std::move (event);
  bool eos = is_eos (entry.item);
  bool revives_stream = revives (entry.item);
  bool sticky = GST_EVENT_IS_STICKY (entry.item.event.get ());
  GstFlowReturn prepared = guarded ([this, &entry] { return worker_.prepare (entry.item); });
  if (prepared != GST_FLOW_OK)
    return prepared;

  Lock lock (mutex_);
  if (revives_stream) {
    if (result_ == GST_FLOW_EOS)
      result_ = GST_FLOW_OK;
    unexpected_ = false;
  }

  GstFlowReturn result = result_;
  if (result != GST_FLOW_OK && eos) {
    // No data comes after this to tell upstream of the fault, nor to end what waits downstream.
    bool fatal = is_fatal (result);
    bool post = fatal && !error_posted_;
    error_posted_ = error_posted_ || post;
    lock.unlock ();
    if (post)
      GST_ELEMENT_FLOW_ERROR (element_, result);
    if (fatal)
      push_to_all (element_, entry.item.event.get ());
    return result;
  }
  // Sticky events are welcome even now.
  if (result != GST_FLOW_OK && !sticky)
    return result;

  if (eos_ && !revives_stream)
    return GST_FLOW_EOS;
  if (eos_ && GST_PAD_MODE (src_) == GST_PAD_MODE_PUSH && result == GST_FLOW_OK)
    start_task ();
  eos_ = eos;
  entry.item.arrival = clock_.running_time ();
  GST_LOG_OBJECT (sink_, "queueing %" GST_PTR_FORMAT, entry.item.event.get ());
  entries_.push (std::move (entry));
  signal (lock);
  return GST_FLOW_OK;
}

bool
QueueTask::enqueue_and_wait (GstQuery *query)
{
  ItemQueue::PendingQuery pending{query};
  Lock lock (mutex_);
  if (result_ != GST_FLOW_OK)
    return false;
  ItemQueue::Entry entry;
  entry.query = &pending;
  entries_.push (std::move (entry));
  signal (lock);
  // Whoever stops the task also fails the queries, after the task has come to rest: the query
  // belongs to the caller once this returns.
  changed_.wait (lock, [&pending] { return pending.done; });
  return pending.answer;
}

// Flushes.

GstFlowReturn
QueueTask::flush_start (GstEvent *event)
{
  GST_DEBUG_OBJECT (sink_, "flush begins");
  bool forwarded = gst_pad_event_default (sink_, GST_OBJECT (element_), event);
  interrupt ();
  gst_pad_pause_task (src_);
  Lock lock (mutex_);
  fail_queries (lock);
  return forwarded ? GST_FLOW_OK : GST_FLOW_ERROR;
}

GstFlowReturn
QueueTask::flush_stop (GstEvent *event)
{
  bool forwarded = gst_pad_event_default (sink_, GST_OBJECT (element_), event);
  // Not every flush has a start.
  interrupt ();
  gst_pad_pause_task (src_);
  Lock lock (mutex_);
  clear (lock, true);
  lock.unlock ();
  worker_.reset (false);
  lock.lock ();
  GST_DEBUG_OBJECT (sink_, "flushed");
  if (GST_PAD_MODE (src_) == GST_PAD_MODE_PUSH) {
    begin (lock);
    start_task ();
  }
  return forwarded ? GST_FLOW_OK : GST_FLOW_ERROR;
}

// The task.

void
QueueTask::start_task ()
{
  GST_DEBUG_OBJECT (src_, "task starts");
  interrupted_ = false;
  gst_pad_start_task (src_, loop, this, nullptr);
}

void
QueueTask::loop (gpointer self)
{
  static_cast<QueueTask *> (self)->run_once ();
}

void
QueueTask::run_once ()
{
  Lock lock (mutex_);
  if (wait_for_entry (lock))
    handle (lock, pop (lock));
  else if (result_ == GST_FLOW_OK)
    run_idle (lock);
  if (result_ != GST_FLOW_OK)
    stop (lock);
}

/// Has the worker do what is to be done though nothing came.
void
QueueTask::run_idle (Lock &lock)
{
  bool replan = std::exchange (replan_, false);
  bool ended = eos_;
  lock.unlock ();
  GstFlowReturn flow = guarded ([this, replan, ended] {
    if (!replan)
      return worker_.wake ();
    worker_.replan ();
    if (ended)
      push_pending_sticky_events (element_);
    return GST_FLOW_OK;
  });
  lock.lock ();
  settle (lock, flow, eos_ && entries_.empty ());
}

/// False when there is none: the time to wake has come or what was planned is to be planned anew,
/// or the task is to rest.
bool
QueueTask::wait_for_entry (Lock &lock)
{
  while (result_ == GST_FLOW_OK && entries_.empty ()) {
    if (replan_)
      return false;
    if (clock_.wait (lock, changed_) && result_ == GST_FLOW_OK && entries_.empty ())
      return false;
  }
  return result_ == GST_FLOW_OK;
}

/// No exception leaves: the user gets its text as an error message, unless it only says that work
/// was given up that nobody waits for.
GstFlowReturn
QueueTask::guarded (const std::function<GstFlowReturn ()> &work)
{
  GstFlowReturn flow = GST_FLOW_ERROR;
  bool fine = post_exceptions (element_, [&] {
    try {
      flow = work ();
    } catch (const gst_translate::Error &error) {
      if (error.kind () != gst_translate::Error::Kind::Cancelled || !interrupted_)
        throw;
      flow = GST_FLOW_FLUSHING;
    }
  });
  if (!fine)
    error_was_posted ();
  return flow;
}

void
QueueTask::handle (Lock &lock, ItemQueue::Entry entry)
{
  if (entry.query) {
    GstQuery *query = entry.query->query;
    lock.unlock ();
    bool answer = false;
    GstFlowReturn flow = guarded ([&] {
      answer = worker_.answer (sink_, query);
      return GST_FLOW_OK;
    });
    lock.lock ();
    entry.query->answer = answer;
    entry.query->done = true;
    signal (lock);
    settle (lock, flow, false);
    return;
  }
  bool eos = is_eos (entry.item);
  bool revives_stream = revives (entry.item);
  lock.unlock ();
  GstFlowReturn flow =
      guarded ([this, &entry] { return worker_.process (std::move (entry.item)); });
  lock.lock ();
  // What was left of the stream before is not wanted; the new one may be.
  if (flow == GST_FLOW_EOS && revives_stream)
    flow = GST_FLOW_OK;
  settle (lock, flow, eos);
}

void
QueueTask::settle (Lock &lock, GstFlowReturn flow, bool was_eos)
{
  if (result_ != GST_FLOW_OK)
    return;
  if (flow != GST_FLOW_OK)
    GST_DEBUG_OBJECT (src_, "came to %s", gst_flow_get_name (flow));
  if (flow == GST_FLOW_EOS && !was_eos) {
    // Downstream wants no more of this, but may want what comes after.
    entries_.drop_stream ();
    unexpected_ = entries_.empty ();
    flow = GST_FLOW_OK;
    signal (lock);
  }
  // A new stream may be waiting already behind the end of the old one, or a pad for that.
  bool ended = was_eos && flow == GST_FLOW_OK && entries_.empty () && !replan_;
  result_ = ended ? GST_FLOW_EOS : flow;
}

void
QueueTask::stop (Lock &lock)
{
  GstFlowReturn result = result_;
  GST_DEBUG_OBJECT (src_, "task rests: %s", gst_flow_get_name (result));
  gst_pad_pause_task (src_);
  // What waits behind NOT_LINKED goes out once linked; behind EOS there may be a new stream.
  if (result == GST_FLOW_NOT_LINKED || result == GST_FLOW_EOS)
    fail_queries (lock);
  else
    clear (lock, true);
  bool post = eos_ && is_fatal (result);
  bool posted = error_posted_;
  error_posted_ = error_posted_ || post;
  lock.unlock ();
  if (post) {
    if (!posted)
      GST_ELEMENT_FLOW_ERROR (element_, result);
    Ref<GstEvent> eos (gst_event_new_eos ());
    push_to_all (element_, eos.get ());
  }
}

/// Has upstream's thread and the task come to rest soon.
void
QueueTask::interrupt ()
{
  {
    Lock lock (mutex_);
    result_ = GST_FLOW_FLUSHING;
    interrupted_ = true;
    signal (lock);
  }
  worker_.interrupt ();
}

// Small parts, called with the lock held.

void
QueueTask::begin (Lock &)
{
  result_ = GST_FLOW_OK;
  eos_ = unexpected_ = error_posted_ = false;
}

void
QueueTask::fail_queries (Lock &lock)
{
  entries_.fail_queries ();
  signal (lock);
}

void
QueueTask::clear (Lock &lock, bool keep_sticky)
{
  entries_.clear (keep_sticky);
  clock_.wake_at (GST_CLOCK_TIME_NONE, false);
  signal (lock);
}

ItemQueue::Entry
QueueTask::pop (Lock &lock)
{
  ItemQueue::Entry entry = entries_.pop ();
  signal (lock);
  return entry;
}

void
QueueTask::signal (Lock &)
{
  changed_.notify_all ();
  clock_.interrupt ();
}

// For the element and its worker.

void
QueueTask::set_playing (bool playing)
{
  Lock lock (mutex_);
  clock_.set_playing (playing);
  signal (lock);
}

void
QueueTask::set_max_buffers (size_t max_buffers)
{
  Lock lock (mutex_);
  limits_.buffers = max_buffers;
  signal (lock);
}

void
QueueTask::replan ()
{
  Lock lock (mutex_);
  replan_ = true;
  signal (lock);
}

GstStructure *
QueueTask::stats () const
{
  GstStructure *stats = worker_.stats ();
  Lock lock (mutex_);
  gst_structure_set (stats, "queued", G_TYPE_UINT64, static_cast<guint64> (entries_.buffers ()),
                     nullptr);
  return stats;
}

GstClockTime
QueueTask::running_time () const
{
  Lock lock (mutex_);
  return clock_.running_time ();
}

bool
QueueTask::peek (bool wait, const std::function<bool (const Item &)> &look)
{
  Lock lock (mutex_);
  for (size_t next = 0;; next++) {
    while (wait && !interrupted_ && entries_.size () <= next)
      changed_.wait (lock);
    if (interrupted_)
      return false;
    if (entries_.size () <= next || entries_[next].query || !look (entries_[next].item))
      return true;
  }
}

bool
QueueTask::wait (const std::function<bool ()> &ready)
{
  Lock lock (mutex_);
  changed_.wait (lock, [&] { return interrupted_ || ready (); });
  return !interrupted_;
}

void
QueueTask::notify ()
{
  Lock lock (mutex_);
  signal (lock);
}

std::function<void ()>
QueueTask::notifier () const
{
  return [self = self_] {
    std::lock_guard<std::mutex> lock (self->mutex);
    if (self->queue)
      self->queue->notify ();
  };
}

void
QueueTask::error_was_posted ()
{
  Lock lock (mutex_);
  error_posted_ = true;
}

void
QueueTask::wake_at (GstClockTime running_time, bool prerolls)
{
  Lock lock (mutex_);
  clock_.wake_at (running_time, prerolls);
}

} // namespace gst_lingua
