// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <list>
#include <string>
#include <vector>

#include "plugins/common/ref.h"

namespace gst_lingua {

/// One language of the bin: a source pad of nllbtranslate, a tee behind it, and behind that the
/// outputs in this language, each with a queue of its own:
///
///     nllbtranslate.src_N ! tee name=tee-L
///     tee-L. ! queue name=queue-text_L ! (text_L)
///     tee-L. ! queue name=queue-audio_L ! ttssynth name=ttssynth-L ! (audio_L)
///
/// An output that is not linked, or whose downstream takes nothing any more, loses what it would
/// have got, and the others go on. Not safe for threads: the bin's lock guards it. Streaming
/// threads may run meanwhile.
class LanguageBranch
{
public:
  /// The elements of one output, in the order of the stream.
  using Elements = std::vector<GstElement *>;

  /// Those of an output that has no branch yet: in the bin and in its state. Empty after an ERROR
  /// message, and nothing is left of them. With `spoken` it is the sound of the text. Whoever hears
  /// such a message may come back at once: no lock is to be held here.
  static Elements start_elements (GstBin *bin, const std::string &pad_name, const std::string &code,
                                  bool spoken);

  /// So many texts wait for an output that is slow; then the others wait, too.
  static constexpr guint most_waiting_texts = 200;

  /// The elements of a branch are named by `code`, a language code as the user wrote it.
  LanguageBranch (GstBin *bin, GstElement *translator, const std::string &code);
  ~LanguageBranch ();
  LanguageBranch (const LanguageBranch &) = delete;
  LanguageBranch &operator= (const LanguageBranch &) = delete;

  /// A new source pad of the bin's behind the elements, not added to it yet and without a reference
  /// of its own.
  GstPad *add_output (GstPadTemplate *templ, const std::string &pad_name, Elements elements);

  /// True if the pad was one of these outputs. What was behind it is gone then; the pad is still
  /// the bin's.
  bool remove_output (GstPad *pad);

  bool
  empty () const
  {
    return outputs_.empty ();
  }

private:
  struct Output
  {
    GstPad *pad; ///< of the bin
    Ref<GstPad> tee_pad;
    Elements elements; ///< of the bin
  };

  void discard (Output &output);

  GstBin *const bin_;
  GstElement *const translator_;
  Ref<GstPad> translator_pad_;
  GstElement *tee_;
  std::list<Output> outputs_;
};

} // namespace gst_lingua
