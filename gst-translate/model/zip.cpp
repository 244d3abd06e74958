// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/zip.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "gst-translate/text/error.h"

namespace gst_translate {
namespace {

constexpr uint32_t end_signature = 0x06054b50;
constexpr uint32_t end64_signature = 0x06064b50;
constexpr uint32_t locator64_signature = 0x07064b50;
constexpr uint32_t entry_signature = 0x02014b50;
constexpr uint32_t local_signature = 0x04034b50;
constexpr size_t end_size = 22, end64_size = 56, locator64_size = 20, entry_size = 46,
                 local_size = 30;
constexpr uint64_t in_extra_field = 0xffffffff;
constexpr uint64_t most_entries = 1'000'000;

/// Reads fields at offsets that are checked against the file.
class Reader {
 public:
  explicit Reader(const MappedFile& file) : file_(file), text_(file.text()) {}

  [[noreturn]] void corrupt(const char* fault) const {
    throw Error(Error::Kind::Corrupt, file_.path() + ": " + fault);
  }

  std::string_view bytes(uint64_t offset, uint64_t length) const {
    if (offset > text_.size() || length > text_.size() - offset)
      corrupt("is cut short: its table of contents leads past its end");
    return text_.substr(offset, length);
  }

  template <typename T>
  T read(uint64_t offset) const {
    T value = 0;
    std::memcpy(&value, bytes(offset, sizeof value).data(), sizeof value);
    return value;
  }

  uint64_t size() const { return text_.size(); }

 private:
  const MappedFile& file_;
  std::string_view text_;
};

struct Directory {
  uint64_t entries = 0, offset = 0;
};

Directory find_directory(const Reader& reader) {
  if (reader.size() < end_size) reader.corrupt("is too short for a checkpoint");
  constexpr uint64_t longest_comment = 0xffff;
  const uint64_t last = reader.size() - end_size;
  uint64_t end = last;
  while (reader.read<uint32_t>(end) != end_signature) {
    if (end == 0 || last - end == longest_comment)
      reader.corrupt("is cut short or is no checkpoint: the end of a zip file is missing");
    --end;
  }
  Directory directory{reader.read<uint16_t>(end + 10), reader.read<uint32_t>(end + 16)};
  if (end >= locator64_size && reader.read<uint32_t>(end - locator64_size) == locator64_signature) {
    const auto end64 = reader.read<uint64_t>(end - locator64_size + 8);
    if (reader.bytes(end64, end64_size).empty() || reader.read<uint32_t>(end64) != end64_signature)
      reader.corrupt("has a broken zip64 table of contents");
    directory = {reader.read<uint64_t>(end64 + 32), reader.read<uint64_t>(end64 + 48)};
  }
  if (directory.entries > most_entries) reader.corrupt("claims too many entries");
  return directory;
}

struct Entry {
  uint64_t size = 0, stored = 0, local = 0;
};

/// Values that do not fit in 32 bits stand in the extra field 1, in a fixed order.
void read_zip64(const Reader& reader, uint64_t extra, uint64_t extra_end, Entry& entry) {
  while (extra + 4 <= extra_end) {
    const auto id = reader.read<uint16_t>(extra);
    const uint64_t next = extra + 4 + reader.read<uint16_t>(extra + 2);
    if (id == 1) {
      uint64_t field = extra + 4;
      for (uint64_t* value : {&entry.size, &entry.stored, &entry.local}) {
        if (*value != in_extra_field) continue;
        *value = reader.read<uint64_t>(field);
        field += 8;
      }
      return;
    }
    extra = next;
  }
}

}  // namespace

std::map<std::string, std::string_view> read_zip(const MappedFile& file) {
  const Reader reader(file);
  const Directory directory = find_directory(reader);
  std::map<std::string, std::string_view> entries;
  uint64_t at = directory.offset;
  for (uint64_t i = 0; i < directory.entries; ++i) {
    if (reader.read<uint32_t>(at) != entry_signature)
      reader.corrupt("has a broken table of contents");
    const auto method = reader.read<uint16_t>(at + 10);
    Entry entry{reader.read<uint32_t>(at + 24), reader.read<uint32_t>(at + 20),
                reader.read<uint32_t>(at + 42)};
    const auto name_length = reader.read<uint16_t>(at + 28);
    const auto extra_length = reader.read<uint16_t>(at + 30);
    const auto comment_length = reader.read<uint16_t>(at + 32);
    const std::string name(reader.bytes(at + entry_size, name_length));
    const uint64_t extra = at + entry_size + name_length;
    read_zip64(reader, extra, extra + extra_length, entry);
    at = extra + extra_length + comment_length;

    if (method != 0 || entry.size != entry.stored)
      reader.corrupt("has compressed entries, which no checkpoint has");
    if (reader.read<uint32_t>(entry.local) != local_signature) reader.corrupt("has a broken entry");
    const uint64_t data = entry.local + local_size + reader.read<uint16_t>(entry.local + 26) +
                          reader.read<uint16_t>(entry.local + 28);
    entries[name] = reader.bytes(data, entry.size);
  }
  return entries;
}

}  // namespace gst_translate
