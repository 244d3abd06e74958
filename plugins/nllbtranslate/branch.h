// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>
#include <string_view>

#include "plugins/common/queuetask.h"
#include "plugins/common/ref.h"
#include "plugins/common/textoutput.h"

namespace gst_lingua {

/// The stream of one source pad: a stream-id, caps and a language of its own.
class Branch
{
public:
  Branch (GstPad *pad, QueueTask &queue)
      : pad_ (GST_PAD (gst_object_ref (pad))), output_ (pad), queue_ (&queue)
  {
  }

  GstPad *
  pad () const
  {
    return pad_.get ();
  }

  /// The FLORES-200 code that goes into TAG events from now on.
  void
  set_language (const std::string &language)
  {
    language_ = language;
  }

  /// For a pad that comes into a running stream: what `other` was told about it.
  void join (GstPad *other);

  /// An event of upstream's, in this pad's own words.
  void push (GstEvent *event);

  /// A text, with caps and tag before it as needed; `stamp` completes the buffer.
  GstFlowReturn push (std::string_view text, const std::string &language,
                      const std::function<void (GstBuffer *)> &stamp);

private:
  void tell_language (GstEvent *tags, const std::string &language);

  Ref<GstPad> pad_;
  TextOutput output_;
  QueueTask *queue_;
  std::string language_;
  std::string told_; ///< the language of the last TAG event
};

} // namespace gst_lingua
