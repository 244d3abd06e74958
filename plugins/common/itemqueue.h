// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <cstddef>
#include <deque>
#include <memory>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// Work on an item that goes on while the item waits; given up with the item.
struct Work
{
  virtual ~Work () = default;
};

/// A buffer or a serialized event on its way through the element; one of the two is set.
struct Item
{
  Ref<GstBuffer> buffer;
  Ref<GstEvent> event;
  GstClockTime arrival = GST_CLOCK_TIME_NONE; ///< running time; NONE in PAUSED
  std::unique_ptr<Work> work;
};

/// True for STREAM_START and SEGMENT, which begin anew what had ended.
bool revives (const Item &item);

bool is_eos (const Item &item);

/// What waits between an element's pads, in order: items and serialized queries. Not thread-safe.
class ItemQueue
{
public:
  /// Of who waits until it is done; it is his again then.
  struct PendingQuery
  {
    GstQuery *query;
    bool done = false;
    bool answer = false;
  };

  /// An item, or a query.
  struct Entry
  {
    Item item;
    PendingQuery *query = nullptr;
  };

  void push (Entry entry);

  /// The first; there is one.
  Entry pop ();

  bool
  empty () const
  {
    return entries_.empty ();
  }
  size_t
  size () const
  {
    return entries_.size ();
  }
  const Entry &
  operator[] (size_t index) const
  {
    return entries_[index];
  }

  /// How many buffers are among them, and how many bytes in these.
  size_t
  buffers () const
  {
    return buffers_;
  }
  size_t
  bytes () const
  {
    return bytes_;
  }

  /// Queries leave the queue unanswered.
  void fail_queries ();

  /// Everything leaves; with `keep_sticky` all but events that stay true across a flush.
  void clear (bool keep_sticky);

  /// What belongs to the stream that is going on leaves, up to its end or what revives it.
  void drop_stream ();

private:
  std::deque<Entry> entries_;
  size_t buffers_ = 0;
  size_t bytes_ = 0;
};

} // namespace gst_lingua
