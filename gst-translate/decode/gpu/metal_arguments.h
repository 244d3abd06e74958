// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#pragma once

#include "gst-translate/decode/gpu/attention.h"
#include "gst-translate/decode/gpu/embedding.h"
#include "gst-translate/decode/gpu/folded_attention.h"
#include "gst-translate/decode/gpu/norm.h"
#include "gst-translate/decode/gpu/rescore.h"
#include "gst-translate/decode/gpu/selection.h"

// What Metal hands to a kernel are buffers and numbers, each by its place. Here is the order of
// both, for the host and for the kernel: `visit` calls `fields.pointer`, `fields.number` or, for
// what the host writes anew for each pass, `fields.written_by_host` for each argument in turn.

namespace gst_translate::gpu {

template <typename T, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN NormArguments<T>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.weight);
  fields.pointer(a.bias);
}

template <typename T, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN NormaliseArguments<T>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.residual);
  fields.number(a.depth);
  visit(a.norm, fields);
  fields.pointer(a.output);
}

template <typename T, typename Weight, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN LinearArguments<T, Weight>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.weight);
  fields.pointer(a.scale);
  fields.pointer(a.bias);
  fields.pointer(a.folded.sums);
  fields.pointer(a.folded.offsets);
  fields.number(a.rows);
  fields.number(a.depth);
  fields.number(a.slots);
  fields.pointer(a.input);
  fields.pointer(a.residual);
  visit(a.norm, fields);
  fields.pointer(a.output);
  fields.pointer(a.sum);
  fields.pointer(a.cache);
  fields.pointer(a.destination);
}

template <typename T, typename Weight, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN OutputAndScoresArguments<T, Weight>& a,
                        GST_GPU_OWN Fields& fields) {
  visit(a.output, fields);
  fields.pointer(a.folded);
  fields.pointer(a.tokens);
  fields.pointer(a.scores);
  fields.number(a.heads);
}

template <typename T, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN FoldedAttentionArguments<T>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.sentence.constants);
  fields.pointer(a.sentence.outputs);
  fields.pointer(a.sentence.tokens);
  fields.pointer(a.bias);
  fields.pointer(a.scores);
  fields.pointer(a.before);
  fields.pointer(a.residual);
  fields.number(a.width);
  fields.number(a.heads);
  fields.number(a.slots);
}

template <typename T, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN AttentionArguments<T>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.queries);
  fields.pointer(a.cache);
  fields.number(a.width);
  fields.number(a.size);
  fields.number(a.scale);
  fields.pointer(a.range.first);
  fields.pointer(a.range.count);
  fields.pointer(a.range.made);
  fields.number(a.range.stride);
  fields.pointer(a.range.writer);
  fields.number(a.range.capacity);
  fields.pointer(a.output);
}

template <typename T, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN EmbeddingArguments<T>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.table);
  fields.pointer(a.positions);
  fields.number(a.width);
  fields.number(a.scale);
  fields.number(a.padding);
  fields.written_by_host(a.input);
  fields.written_by_host(a.pass);
  fields.number(a.cache_slots);
  fields.number(a.capacity);
  fields.pointer(a.state.destination);
  fields.pointer(a.state.count);
  fields.pointer(a.state.made);
  fields.pointer(a.state.cross_first);
  fields.pointer(a.state.cross_count);
  fields.pointer(a.state.writer);
  fields.pointer(a.state.kept);
  fields.pointer(a.residual);
}

template <typename T, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN FloorArguments<T>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.rows);
  fields.number(a.vocabulary);
  fields.number(a.depth);
  fields.pointer(a.normalised);
  fields.pointer(a.scores);
  fields.pointer(a.tiles);
  fields.pointer(a.floors);
}

template <typename T, int Count, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN RescoreArguments<T, Count>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.weight);
  fields.number(a.vocabulary);
  fields.number(a.depth);
  fields.pointer(a.normalised);
  fields.pointer(a.tiles);
  fields.pointer(a.floors);
  fields.number(a.floors_of_slot);
  fields.pointer(a.best);
}

template <int Count, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN ScanArguments<Count>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.logits);
  fields.number(a.vocabulary);
  fields.pointer(a.best);
}

template <int Count, typename Fields>
GST_GPU_CODE void visit(GST_GPU_OWN SelectArguments<Count>& a, GST_GPU_OWN Fields& fields) {
  fields.pointer(a.best);
  fields.number(a.parts);
  fields.written_by_host(a.pass);
  fields.pointer(a.selected);
  fields.pointer(a.done);
}

/// The most of each that a kernel has. In front of the numbers there is one more: which of the
/// buffers are there, as bits.
constexpr int most_buffers = 16;
constexpr int most_written_by_host = 2;
constexpr int most_numbers = 5;

/// A kernel's arguments, put together again.
template <typename Numbers>
struct BoundFields {
  GST_GPU_GLOBAL char* buffers[most_buffers];
  GST_GPU_GLOBAL const char* of_host[most_written_by_host];
  Numbers numbers;
  int buffer = 0, next_of_host = 0, next = 1;

  template <typename T>
  GST_GPU_CODE void pointer(GST_GPU_GLOBAL T* GST_GPU_OWN& field) {
    field = nullptr;
    if ((numbers[0] >> buffer & 1) != 0)
      field = reinterpret_cast<GST_GPU_GLOBAL T*>(buffers[buffer]);
    ++buffer;
  }
  template <typename T>
  GST_GPU_CODE void written_by_host(GST_GPU_GLOBAL const T* GST_GPU_OWN& field) {
    field = reinterpret_cast<GST_GPU_GLOBAL const T*>(of_host[next_of_host++]);
  }
  GST_GPU_CODE void number(GST_GPU_OWN int32_t& field) { field = numbers[next++]; }
  GST_GPU_CODE void number(GST_GPU_OWN float& field) { field = bits_as<float>(numbers[next++]); }
};

}  // namespace gst_translate::gpu
