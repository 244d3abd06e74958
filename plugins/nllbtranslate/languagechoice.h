// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include <gst/gst.h>

#include <set>
#include <string>
#include <vector>

#include "gst-translate/api/translator.h"
#include "plugins/common/ref.h"
#include "plugins/nllbtranslate/settings.h"

namespace gst_lingua {

/// Who gets a text in which language. Codes are FLORES-200, or the model's own where there is none.
struct LanguageChoice
{
  /// What one source pad gets.
  struct Pad
  {
    Ref<GstPad> pad;
    std::string language; ///< empty: the text as it is
    bool refused = false; ///< nothing: the model does not speak what the pad asks for
  };

  std::string source;
  std::vector<Pad> pads;            ///< those that were linked when the text came
  std::vector<std::string> targets; ///< what has to be translated into: each once, not the source

  /// What a pad gets; null where it was not there or unlinked.
  const Pad *find (GstPad *pad) const;
};

/// Chooses languages for the texts of a stream, in upstream's thread. Warns once a stream of what a
/// user should set.
class LanguageChooser
{
public:
  explicit LanguageChooser (GstElement *element) : element_ (element)
  {
  }

  /// A new stream begins.
  void reset ();

  /// A TAG event of upstream's may name the source's language.
  void read (GstEvent *tag_event);

  /// Throws `Error` Settings where the properties of the element ask for what the model does not
  /// speak. Where a pad's own do, the pad is refused.
  LanguageChoice choose (const TranslationSettings &settings,
                         const gst_translate::ModelInfo &model);

private:
  void warn_of_pad (GstPad *pad, const std::string &code, const gst_translate::ModelInfo &model);
  void warn_of_unset (GstPad *pad);

  GstElement *const element_;
  std::string tag_language_;
  std::set<std::string> refused_; ///< pad and code, that a warning named
  bool warned_of_unset_ = false;
};

/// Whether a code has the shape of those that models have for languages of their own, beyond
/// FLORES-200 ("tyv_Cyrl", "fy"): only the model can tell, once it is open.
bool may_be_of_model (const std::string &code);

/// What a source pad is to speak from now on, in the model's code; empty where nobody says.
std::string language_of (GstPad *pad, const TranslationSettings &settings);

/// The element's source pads that are active now; request pads come and go.
std::vector<Ref<GstPad>> source_pads (GstElement *element);

} // namespace gst_lingua
