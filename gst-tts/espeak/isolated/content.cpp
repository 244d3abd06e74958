// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/isolated/content.h"

#include <cstring>
#include <type_traits>
#include <vector>

namespace gst_tts::espeak {

namespace {

class Writer {
 public:
  template <typename Value>
  Writer& value(const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }

  /// A string or a vector of plain values, with its length.
  template <typename List>
  Writer& list(const List& list) {
    using Value = std::remove_const_t<std::remove_pointer_t<decltype(list.data())>>;
    static_assert(std::is_trivially_copyable_v<Value>);
    value(static_cast<uint32_t>(list.size()));
    bytes_.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(Value));
    return *this;
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename Value>
  Reader& value(Value& value) {
    read(&value, sizeof value);
    return *this;
  }

  template <typename List>
  Reader& list(List& list) {
    using Value = std::remove_pointer_t<decltype(list.data())>;
    uint32_t count = 0;
    value(count);
    whole_ = whole_ && count <= bytes_.size() / sizeof(Value);
    list.resize(whole_ ? count : 0);
    read(list.data(), list.size() * sizeof(Value));
    return *this;
  }

  /// Everything that was asked for was there, and nothing else is.
  bool whole() const { return whole_ && bytes_.empty(); }

 private:
  void read(void* to, size_t size) {
    whole_ = whole_ && size <= bytes_.size();
    if (!whole_ || size == 0) return;
    std::memcpy(to, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }

  std::string_view bytes_;
  bool whole_ = true;
};

}  // namespace

std::string write_greeting(const Greeting& greeting) {
  return Writer()
      .list(greeting.build)
      .value(greeting.sample_rate)
      .list(greeting.version)
      .list(greeting.data_folder)
      .take();
}

std::optional<Greeting> read_greeting(std::string_view bytes) {
  Greeting greeting;
  const bool whole = Reader(bytes)
                         .list(greeting.build)
                         .value(greeting.sample_rate)
                         .list(greeting.version)
                         .list(greeting.data_folder)
                         .whole();
  if (!whole) return std::nullopt;
  return greeting;
}

std::string write_clause(const Clause& clause, const Manner& manner) {
  return Writer()
      .list(clause.text)
      .value(clause.characters)
      .value(clause.pause)
      .value(manner.words_per_minute)
      .value(manner.pitch)
      .take();
}

bool read_clause(std::string_view bytes, Clause& clause, Manner& manner) {
  return Reader(bytes)
      .list(clause.text)
      .value(clause.characters)
      .value(clause.pause)
      .value(manner.words_per_minute)
      .value(manner.pitch)
      .whole();
}

std::string write_names(const std::set<std::string>& names) {
  std::string lines;
  for (const std::string& name : names)
    lines += name + '\n';
  return lines;
}

std::set<std::string> read_names(std::string_view bytes) {
  std::set<std::string> names;
  for (size_t end; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1))
    names.emplace(bytes.substr(0, end));
  return names;
}

std::string write_sound(const ClauseSound& sound) {
  return Writer().list(sound.samples).list(sound.events).take();
}

std::optional<ClauseSound> read_sound(std::string_view bytes) {
  ClauseSound sound;
  if (!Reader(bytes).list(sound.samples).list(sound.events).whole()) return std::nullopt;
  return sound;
}

std::string write_error(const Error& error) {
  return Writer().value(error.kind()).list(std::string(error.what())).list(error.detail()).take();
}

Error read_error(std::string_view bytes) {
  Error::Kind kind{};
  std::string message, detail;
  if (!Reader(bytes).value(kind).list(message).list(detail).whole())
    return Error(Error::Kind::Failed, "A process that speaks said nothing that makes sense.");
  return Error(kind, message, detail);
}

}  // namespace gst_tts::espeak
