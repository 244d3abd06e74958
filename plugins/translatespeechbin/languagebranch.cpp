// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "plugins/translatespeechbin/languagebranch.h"

#include <algorithm>
#include <utility>

#include "plugins/common/error.h"

namespace gst_lingua {
namespace {

using gst_translate::Error;

/// The chain function of what is inside a source pad of the bin's. Nobody may listen there: not
/// linked, or an element that was shut down. That is no reason for the other outputs to stop.
GstFlowReturn
chain_if_heard (GstPad *inside, GstObject *pad, GstBuffer *buffer)
{
  GstFlowReturn flow = gst_proxy_pad_chain_default (inside, pad, buffer);
  bool unheard = flow == GST_FLOW_NOT_LINKED ||
                 (flow == GST_FLOW_FLUSHING && pad && !GST_PAD_IS_FLUSHING (GST_PAD (pad)));
  return unheard ? GST_FLOW_OK : flow;
}

/// A pad of the bin's through which goes what the element makes.
GstPad *
make_pad (GstPadTemplate *templ, const std::string &name, GstElement *last)
{
  Ref<GstPad> target (gst_element_get_static_pad (last, "src"));
  GstPad *pad = gst_ghost_pad_new_from_template (name.c_str (), target.get (), templ);
  GstProxyPad *inside = gst_proxy_pad_get_internal (GST_PROXY_PAD (pad));
  gst_pad_set_chain_function (GST_PAD (inside), GST_DEBUG_FUNCPTR (chain_if_heard));
  gst_object_unref (inside);
  return pad;
}

/// What was taken out of a bin, in the order of the stream.
struct Retired
{
  std::vector<GstElement *> elements; ///< a reference of each
  Ref<GstPad> pad;                    ///< of the bin, behind them

  /// Waits until all has come to rest, the last one first.
  ~Retired ()
  {
    for (auto element = elements.rbegin (); element != elements.rend (); ++element) {
      gst_element_set_state (*element, GST_STATE_NULL);
      gst_object_unref (*element);
    }
    if (pad)
      gst_pad_set_active (pad.get (), FALSE);
  }
};

/// Takes elements, in the order of the stream, out of the bin and shuts them down with the pad of
/// the bin behind them. What is on its way there may wait downstream, as in a sink that is PAUSED,
/// and whoever releases a pad is not to wait with it: another thread does.
void
retire (GstBin *bin, const std::vector<GstElement *> &elements, GstPad *pad = nullptr)
{
  auto *retired = new Retired;
  if (pad)
    retired->pad.reset (GST_PAD (gst_object_ref (pad)));
  // Who is pushing into the first one gets away here.
  Ref<GstPad> first (gst_element_get_static_pad (elements.front (), "sink"));
  gst_pad_set_active (first.get (), FALSE);
  for (GstElement *element : elements) {
    retired->elements.push_back (GST_ELEMENT (gst_object_ref (element)));
    gst_bin_remove (bin, element);
  }
  gst_element_call_async (
      elements.back (), [] (GstElement *, gpointer) {}, retired,
      [] (gpointer data) { delete static_cast<Retired *> (data); });
}

} // namespace

LanguageBranch::LanguageBranch (GstBin *bin, GstElement *translator, const std::string &code)
    : bin_ (bin), translator_ (translator),
      translator_pad_ (gst_element_request_pad_simple (translator, "src_%u")),
      tee_ (gst_element_factory_make_full ("tee", "name", ("tee-" + code).c_str (),
                                           "allow-not-linked", TRUE, nullptr))
{
  g_object_set (translator_pad_.get (), "language-code", code.c_str (), nullptr);
  gst_bin_add (bin_, tee_);
  gst_element_sync_state_with_parent (tee_);
  Ref<GstPad> sink (gst_element_get_static_pad (tee_, "sink"));
  gst_pad_link_full (translator_pad_.get (), sink.get (), GST_PAD_LINK_CHECK_NOTHING);
}

LanguageBranch::~LanguageBranch ()
{
  // A pad that is gone is no fault to who is pushing into it.
  gst_element_release_request_pad (translator_, translator_pad_.get ());
  for (Output &output : outputs_)
    discard (output);
  retire (bin_, {tee_});
}

LanguageBranch::Elements
LanguageBranch::start_elements (GstBin *bin, const std::string &pad_name, const std::string &code,
                                bool spoken)
{
  GstElement *voice =
      spoken ? gst_element_factory_make ("ttssynth", ("ttssynth-" + code).c_str ()) : nullptr;
  if (spoken && !voice) {
    post_error (
        GST_ELEMENT (bin),
        Error (Error::Kind::NotFound,
               "There is no element ttssynth, which speaks: install the plugin of that name, or do "
               "without the pad " +
                   pad_name + "."));
    return {};
  }

  GstElement *queue = gst_element_factory_make ("queue", ("queue-" + pad_name).c_str ());
  g_object_set (queue, "max-size-buffers", most_waiting_texts, "max-size-bytes", 0, "max-size-time",
                G_GUINT64_CONSTANT (0), nullptr);
  gst_bin_add (bin, queue);
  Elements elements{queue};
  if (voice) {
    g_object_set (voice, "language-code", code.c_str (), nullptr);
    gst_bin_add (bin, voice);
    gst_element_link_pads_full (queue, "src", voice, "sink", GST_PAD_LINK_CHECK_NOTHING);
    elements.push_back (voice);
  }
  // The last one first, so that each is ready for what the one before it sends.
  if (!std::all_of (elements.rbegin (), elements.rend (), gst_element_sync_state_with_parent)) {
    retire (bin, elements);
    elements.clear ();
  }
  return elements;
}

GstPad *
LanguageBranch::add_output (GstPadTemplate *templ, const std::string &pad_name, Elements elements)
{
  GstPad *pad = make_pad (templ, pad_name, elements.back ());
  gst_pad_set_active (pad, TRUE);
  Ref<GstPad> tee_pad (gst_element_request_pad_simple (tee_, "src_%u"));
  Ref<GstPad> first (gst_element_get_static_pad (elements.front (), "sink"));
  gst_pad_link_full (tee_pad.get (), first.get (), GST_PAD_LINK_CHECK_NOTHING);
  outputs_.push_back ({pad, std::move (tee_pad), std::move (elements)});
  return pad;
}

bool
LanguageBranch::remove_output (GstPad *pad)
{
  auto output = std::find_if (outputs_.begin (), outputs_.end (),
                              [pad] (const Output &each) { return each.pad == pad; });
  if (output == outputs_.end ())
    return false;
  discard (*output);
  outputs_.erase (output);
  return true;
}

void
LanguageBranch::discard (Output &output)
{
  gst_element_release_request_pad (tee_, output.tee_pad.get ());
  retire (bin_, output.elements, output.pad);
}

} // namespace gst_lingua
