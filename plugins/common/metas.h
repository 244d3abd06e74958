// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

/// The details that gst-lingua's elements attach to their buffers, as GstCustomMeta: read them with
/// `gst_buffer_get_custom_meta (buffer, NAME)` and `gst_custom_meta_get_structure ()`, from any
/// language that GStreamer is bound to, without linking anything of gst-lingua.

#pragma once

/// On every sentence of `textsegmenter`. It is the meta of `textaccumulate`
/// (gst-plugins-rs:text/accumulate), so that what reads the one reads the other: the field `words`
/// is theirs, the others are ours. Fields:
///
/// - `reason`, string: why it ends where it does: "terminator" (the text says so), "pause"
///   (between timed words), "deadline" (of `latency` or `max-wait`), "length" (`max-chars`),
///   "boundary" (change of speaker, language or stream), "end" (of the text).
/// - `complete`, boolean: false where it was cut before the sentence's end.
/// - `words`, GstBufferList, on timed text: the pieces that it is made of, each with its own PTS
///   and duration; GST_BUFFER_OFFSET is where it starts in the sentence, in bytes.
/// - `speaker`, string, where the source names one.
///
/// Since: 0.1
#define GST_TEXT_ACCUMULATE_SENTENCE_META "TextAccumulateSentenceMeta"

/// On every text of `nllbtranslate`, in place of one that it came with. Fields:
///
/// - `source`, string: the text that was translated.
/// - `language-code`, `source-language-code`, strings: the languages of both sides, BCP 47.
/// - `flores-code`, `source-flores-code`, strings: the same in FLORES-200, or as the model has it.
/// - `flaws`, string: what the guards found wrong with it, "none" or names joined by "+": "loop",
///   "empty", "copied", "wrong-script", "length", "truncated", "altered".
/// - `retried`, boolean: a guard had it translated twice.
/// - `fragment`, uint: with the property `fragments`, which part of the translation this is, from
///   0; `flaws` and `retried` are not known yet.
/// - `speaker`, string, where the source names one.
///
/// Since: 0.1
#define GST_NLLB_TRANSLATE_META "NllbTranslateMeta"

/// On the buffers of `ttssynth` in which words begin. Field:
///
/// - `words`, GstValueArray of GstStructures "word", each with `text` (string), `pts` (guint64,
/// where
///   its sound begins) and `offset` (guint, bytes from the start of the spoken text).
/// - `marks`, GstValueArray of GstStructures "mark", each with `name` (string) and `pts` (guint64):
///   the marks of SSML that are reached in this buffer, where there are some.
///
/// Since: 0.1
#define GST_TTS_SYNTH_WORDS_META "TtsSynthWordsMeta"
