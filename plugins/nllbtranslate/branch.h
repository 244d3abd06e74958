// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>
#include <string_view>

#include "plugins/common/ref.h"
#include "plugins/common/tags.h"
#include "plugins/common/textoutput.h"

namespace gst_lingua {

/// The stream of one source pad: a stream-id, caps and a language of its own.
class Branch
{
public:
  explicit Branch (GstPad *pad) : pad_ (GST_PAD (gst_object_ref (pad))), output_ (pad)
  {
  }

  GstPad *
  pad () const
  {
    return pad_.get ();
  }

  /// The code that goes into TAG events from now on; empty: upstream's stays in them.
  void
  set_language (const std::string &language)
  {
    language_ = language;
  }

  /// An event of upstream's, in this pad's own words.
  void push (GstEvent *event);

  /// A text, with caps and tag before it as needed; `stamp` completes the buffer. `language` as in
  /// `set_language()`.
  GstFlowReturn push (std::string_view text, const std::string &language,
                      const std::function<void (GstBuffer *)> &stamp);

private:
  bool negotiate ();
  void tell_language (const std::string &language);

  Ref<GstPad> pad_;
  TextOutput output_;
  std::string language_;
  StreamTags tags_;
};

} // namespace gst_lingua
