// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/common/itemqueue.h"

#include <utility>

namespace gst_lingua {
namespace {

/// A flush throws away what belongs to its position; caps, tags and the stream's start stay true.
bool
outlives_flush (const Item &item)
{
  return item.event && GST_EVENT_IS_STICKY (item.event.get ()) && !is_eos (item) &&
         GST_EVENT_TYPE (item.event.get ()) != GST_EVENT_SEGMENT;
}

} // namespace

bool
revives (const Item &item)
{
  if (!item.event)
    return false;
  GstEventType type = GST_EVENT_TYPE (item.event.get ());
  return type == GST_EVENT_STREAM_START || type == GST_EVENT_SEGMENT;
}

bool
is_eos (const Item &item)
{
  return item.event && GST_EVENT_TYPE (item.event.get ()) == GST_EVENT_EOS;
}

void
ItemQueue::push (Entry entry)
{
  if (entry.item.buffer) {
    buffers_++;
    bytes_ += gst_buffer_get_size (entry.item.buffer.get ());
  }
  entries_.push_back (std::move (entry));
}

ItemQueue::Entry
ItemQueue::pop ()
{
  Entry entry = std::move (entries_.front ());
  entries_.pop_front ();
  if (entry.item.buffer) {
    buffers_--;
    bytes_ -= gst_buffer_get_size (entry.item.buffer.get ());
  }
  return entry;
}

void
ItemQueue::fail_queries ()
{
  for (auto entry = entries_.begin (); entry != entries_.end ();) {
    if (entry->query) {
      entry->query->done = true;
      entry = entries_.erase (entry);
    } else {
      ++entry;
    }
  }
}

void
ItemQueue::clear (bool keep_sticky)
{
  fail_queries ();
  std::deque<Entry> kept;
  if (keep_sticky) {
    for (Entry &entry : entries_) {
      if (outlives_flush (entry.item))
        kept.push_back (std::move (entry));
    }
  }
  entries_ = std::move (kept);
  buffers_ = bytes_ = 0;
}

void
ItemQueue::drop_stream ()
{
  while (!empty () && !revives (entries_.front ().item) && !is_eos (entries_.front ().item)) {
    Entry dropped = pop ();
    if (dropped.query)
      dropped.query->done = true;
  }
}

} // namespace gst_lingua
