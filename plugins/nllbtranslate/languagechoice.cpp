// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/nllbtranslate/languagechoice.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

#include "gst-translate/text/language.h"
#include "gst-translate/text/language_name.h"
#include "plugins/common/error.h"
#include "plugins/common/tags.h"
#include "plugins/nllbtranslate/gstnllbtranslatepad.h"

namespace gst_lingua {

using gst_translate::Error;
using gst_translate::find_language;
using gst_translate::Language;
using gst_translate::ModelInfo;

namespace {

constexpr const char *default_source = "eng_Latn";

bool
speaks (const ModelInfo &model, const std::string &language)
{
  return std::find (model.languages.begin (), model.languages.end (), language) !=
         model.languages.end ();
}

/// FLORES-200 where there is one; models may have languages of their own.
std::string
model_code (const std::string &code)
{
  const Language *language = find_language (code);
  return language ? std::string (language->flores) : code;
}

std::string
own_language (GstPad *pad)
{
  Ref<gchar> code (gst_nllb_translate_pad_dup_language_code (GST_NLLB_TRANSLATE_PAD (pad)));
  return code ? code.get () : "";
}

/// "The model in FOLDER does not know the language "tlh". It knows deu_Latn, ... and 12 more."
std::string
is_unknown (const std::string &code, const ModelInfo &model)
{
  constexpr size_t most_named = 12;
  const std::vector<std::string> &known = model.languages;
  std::string text =
      find_language (code)
          ? "The model in " + model.folder + " does not know the language \"" + code + "\"."
          : "There is no language \"" + code + '"' + gst_translate::code_of_name (code) + ".";
  text += " The model knows ";
  for (size_t i = 0; i < std::min (known.size (), most_named); i++)
    text += (i ? ", " : "") + known[i];
  if (known.size () > most_named)
    text += " and " + std::to_string (known.size () - most_named) + " more";
  return text + ".";
}

} // namespace

const LanguageChoice::Pad *
LanguageChoice::find (GstPad *pad) const
{
  auto found = std::find_if (pads.begin (), pads.end (),
                             [pad] (const Pad &each) { return each.pad.get () == pad; });
  return found == pads.end () ? nullptr : &*found;
}

bool
may_be_of_model (const std::string &code)
{
  size_t letters = std::min (code.find ('_'), code.size ());
  size_t script = code.size () - letters;
  return (letters == 2 || letters == 3) && (script == 0 || script == strlen ("_Cyrl")) &&
         std::all_of (code.begin (), code.end (),
                      [] (char c) { return c == '_' || g_ascii_isalpha (c); });
}

std::string
language_of (GstPad *pad, const TranslationSettings &settings)
{
  std::string own = own_language (pad);
  return model_code (own.empty () ? settings.output_language : own);
}

std::vector<Ref<GstPad>>
source_pads (GstElement *element)
{
  std::vector<Ref<GstPad>> pads;
  GST_OBJECT_LOCK (element);
  for (GList *pad = element->srcpads; pad; pad = pad->next) {
    if (gst_pad_is_active (GST_PAD (pad->data)))
      pads.emplace_back (GST_PAD (gst_object_ref (pad->data)));
  }
  GST_OBJECT_UNLOCK (element);
  return pads;
}

void
LanguageChooser::reset ()
{
  tag_language_.clear ();
  refused_.clear ();
  warned_of_unset_ = false;
}

void
LanguageChooser::read (GstEvent *tag_event)
{
  std::string language = gst_lingua::language_of (tag_event);
  if (language.empty ())
    return;
  tag_language_ = find_language (language) ? language : "";
  if (tag_language_.empty ())
    post_warning (element_, Error (Error::Kind::Settings,
                                   "The stream's language tag \"" + language +
                                       "\" is unknown: set the property input-language-code."));
}

LanguageChoice
LanguageChooser::choose (const TranslationSettings &settings, const ModelInfo &model)
{
  LanguageChoice choice;
  std::string source = !settings.input_language.empty () ? settings.input_language
                       : !tag_language_.empty ()         ? tag_language_
                                                         : default_source;
  choice.source = model_code (source);

  for (Ref<GstPad> &pad : source_pads (element_)) {
    if (!gst_pad_is_linked (pad.get ()))
      continue;
    std::string language = language_of (pad.get (), settings);
    bool refused = false;
    if (language.empty ()) {
      warn_of_unset (pad.get ());
    } else if (language != choice.source && !speaks (model, language)) {
      std::string own = own_language (pad.get ());
      if (own.empty ())
        throw Error (Error::Kind::Settings, "The property output-language-code: " +
                                                is_unknown (settings.output_language, model));
      // One pad's mistake must not stop the others.
      warn_of_pad (pad.get (), own, model);
      refused = true;
    } else if (language != choice.source &&
               std::find (choice.targets.begin (), choice.targets.end (), language) ==
                   choice.targets.end ()) {
      choice.targets.push_back (language);
    }
    choice.pads.push_back ({std::move (pad), language, refused});
  }

  if (!choice.targets.empty () && !speaks (model, choice.source))
    throw Error (Error::Kind::Settings,
                 "The source's language: " + is_unknown (source, model) +
                     " Set the property input-language-code if the text is in another language.");
  return choice;
}

void
LanguageChooser::warn_of_pad (GstPad *pad, const std::string &code, const ModelInfo &model)
{
  std::string name = GST_OBJECT_NAME (pad);
  if (refused_.insert (name + "\n" + code).second)
    post_warning (element_,
                  Error (Error::Kind::Settings, "The property language-code of the pad " + name +
                                                    ": " + is_unknown (code, model) +
                                                    " The pad gets no text until it is set."));
}

void
LanguageChooser::warn_of_unset (GstPad *pad)
{
  if (warned_of_unset_)
    return;
  warned_of_unset_ = true;
  post_warning (element_,
                Error (Error::Kind::Settings,
                       std::string ("Nobody says which language to translate into, so text passes "
                                    "as it is: set the property output-language-code of ") +
                           GST_OBJECT_NAME (element_) + ", or language-code of its pad " +
                           GST_OBJECT_NAME (pad) + "."));
}

} // namespace gst_lingua
