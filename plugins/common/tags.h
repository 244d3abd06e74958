// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <string>
#include <string_view>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// The language code in a TAG event, empty if it holds none.
std::string language_of (GstEvent *tag_event);

/// What GST_TAG_LANGUAGE_CODE should say for a language in any code: ISO 639-1 ("ja"), where there
/// is none ISO 639-2 or -3; a code that nobody knows stays as it is.
std::string tag_code (std::string_view language);

/// What metas and messages call a language in any code: BCP 47 ("ja", "zh-Hant"), the shortest tag;
/// a code that nobody knows stays as it is.
std::string bcp47 (std::string_view language);

/// True if both codes mean the same language.
bool same_language (std::string_view a, std::string_view b);

/// The tags of one source pad's stream: all that upstream has said so far, with the language that
/// the element knows better. Each TAG event replaces the one before on its pad, so each has to say
/// everything: a muxer that is linked later sees the last one alone.
class StreamTags
{
public:
  /// Takes a TAG event of upstream's; gives the one to send on. Tags of the whole medium ("global")
  /// pass as they are. `language`: the one that the element knows the stream to be in, whatever
  /// upstream's tags say; empty: what they say.
  Ref<GstEvent> merge (GstEvent *event, const std::string &language);

  /// The stream is in this language from now on. Gives the TAG event to send, null if downstream
  /// has been told already.
  Ref<GstEvent> tell (const std::string &language);

  /// A new stream begins: no tags.
  void reset ();

private:
  std::string told () const;
  Ref<GstEvent> event () const;

  Ref<GstTagList> tags_;
  std::string language_;
};

} // namespace gst_lingua
