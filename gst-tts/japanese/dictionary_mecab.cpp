// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mecab.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "gst-translate/text/error.h"
#include "gst-translate/text/log.h"
#include "gst-translate/text/utf8.h"
#include "gst-tts/japanese/dictionary.h"
#include "gst-tts/japanese/kana.h"

namespace gst_tts::japanese {

namespace {

using gst_translate::Error;

/// Where distributions put Open JTalk's dictionary, which reads more words than ipadic, and some
/// better.
constexpr std::array folders_of_open_jtalk = {
    "/var/lib/mecab/dic/open-jtalk/naist-jdic",  // Debian, Ubuntu
    "/usr/share/open-jtalk/dic",
    "/usr/local/share/open_jtalk/open_jtalk_dic_utf_8-1.11",
    "/opt/homebrew/opt/open-jtalk/dic",
};

/// And ipadic in UTF-8.
constexpr std::array folders = {
    "/var/lib/mecab/dic/ipadic-utf8",   // Debian, Ubuntu
    "/usr/lib64/mecab/dic/ipadic",      // Fedora
    "/usr/lib/mecab/dic/mecab-ipadic",  // Arch
    "/usr/lib/mecab/dic/ipadic",
    "/usr/local/lib/mecab/dic/ipadic",     // from source, Homebrew on Intel
    "/opt/homebrew/lib/mecab/dic/ipadic",  // Homebrew on Apple silicon
};

/// The comma-separated fields of a word: four of its part of speech, conjugation type and form,
/// base form, reading, pronunciation.
class Features {
 public:
  explicit Features(std::string_view text) {
    for (std::string_view& field : fields_) {
      const size_t length = std::min(text.find(','), text.size());
      field = text.substr(0, length);
      text.remove_prefix(std::min(length + 1, text.size()));
    }
  }
  std::string_view part() const { return fields_[0]; }
  std::string_view subpart() const { return fields_[1]; }
  std::string_view subsubpart() const { return fields_[2]; }
  std::string_view pronunciation() const { return fields_[8]; }

 private:
  std::array<std::string_view, 9> fields_;
};

Role role_of(const Features& word) {
  if (word.part() == "助詞" || word.part() == "助動詞") return Role::Attached;
  if (word.part() == "接頭詞") return Role::Prefix;
  if (word.part() == "記号") return Role::Symbol;
  if (word.subpart() == "数") return Role::Numeral;
  if (word.subsubpart() == "助数詞") return Role::Counter;
  if (word.subpart() == "接尾" || word.subpart() == "非自立") return Role::Attached;
  return word.part() == "名詞" ? Role::Noun : Role::Content;
}

/// Open JTalk's dictionary marks vowels that are not voiced and the parts of compounds.
std::u32string katakana_or_nothing(std::string_view utf8) {
  std::u32string text;
  for (size_t position = 0; position < utf8.size();) {
    const char32_t c = gst_translate::next_character(utf8, position);
    if (c != U'’' && c != U'\'' && c != U':') text += c;
  }
  return std::all_of(text.begin(), text.end(), is_kana) ? to_katakana(text) : std::u32string();
}

/// Open JTalk reads MeCab's dictionaries with a MeCab of its own, which asks for no dicrc; the one
/// of everybody does. A folder with one, and with links to the rest, as long as MeCab opens it.
class FolderWithDicrc {
 public:
  explicit FolderWithDicrc(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path temporary = fs::temp_directory_path(error);
    if (error) return;
    std::string name = (temporary / "gst-lingua-XXXXXX").string();
    if (!mkdtemp(name.data())) return;
    path_ = name;
    for (const char* file : {"char.bin", "matrix.bin", "sys.dic", "unk.dic"})
      fs::create_symlink(fs::path(folder) / file, fs::path(path_) / file, error);
    std::ofstream(path_ + "/dicrc") << "cost-factor = 800\n"
                                       "bos-feature = BOS/EOS,*,*,*,*,*,*,*,*\n"
                                       "eval-size = 8\nunk-eval-size = 4\n"
                                       "config-charset = UTF-8\n";
  }
  ~FolderWithDicrc() {
    std::error_code error;
    if (!path_.empty()) std::filesystem::remove_all(path_, error);
  }
  FolderWithDicrc(const FolderWithDicrc&) = delete;
  FolderWithDicrc& operator=(const FolderWithDicrc&) = delete;

  /// Empty if it could not be made.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class MecabDictionary final : public Dictionary {
 public:
  /// An empty folder: as mecabrc says. Null, with MeCab's reason, if it cannot be used.
  static std::shared_ptr<const Dictionary> open(const std::string& folder, std::string& reason) {
    if (!folder.empty() && is_file(folder + "/sys.dic") && !is_file(folder + "/dicrc")) {
      const FolderWithDicrc completed(folder);
      return completed.path().empty() ? nullptr : open(completed.path(), reason);
    }
    std::vector<std::string> words = {"mecab"};
    if (!folder.empty()) words.insert(words.end(), {"-r", "/dev/null", "-d", folder});
    std::vector<char*> arguments;
    arguments.reserve(words.size());
    for (std::string& word : words)
      arguments.push_back(word.data());
    std::unique_ptr<MeCab::Model> model(
        MeCab::createModel(static_cast<int>(arguments.size()), arguments.data()));
    if (!model) {
      reason = MeCab::getLastError();
      return nullptr;
    }
    const char* charset = model->dictionary_info()->charset;
    const std::string_view name = charset ? charset : "";
    if (name != "UTF-8" && name != "utf-8" && name != "utf8" && name != "UTF8") {
      reason = "its character set is " + std::string(name) + ", not UTF-8";
      return nullptr;
    }
    auto dictionary = std::make_shared<const MecabDictionary>(std::move(model));
    if (!dictionary->has_pronunciations()) {
      reason = "its entries have no pronunciation in ipadic's place";
      return nullptr;
    }
    gst_translate::log(gst_translate::LogLevel::Info, "voice", [&] {
      return std::string("Japanese is read with MeCab's dictionary ") +
             dictionary->model_->dictionary_info()->filename + '.';
    });
    return dictionary;
  }

  long cost(std::u32string_view text) const override {
    std::string utf8;
    for (const char32_t c : text)
      gst_translate::append_utf8(utf8, c);
    const std::unique_ptr<MeCab::Lattice> lattice(model_->createLattice());
    lattice->set_sentence(utf8.data(), utf8.size());
    if (!tagger_->parse(lattice.get()))
      throw Error(Error::Kind::Failed, std::string("MeCab failed: ") + lattice->what());
    return lattice->eos_node()->cost;
  }

  explicit MecabDictionary(std::unique_ptr<MeCab::Model> model)
      : model_(std::move(model)), tagger_(model_->createTagger()) {}

  std::vector<Morpheme> parse(std::u32string_view text) const override {
    std::string utf8;
    std::vector<size_t> offsets;  // of each character
    for (const char32_t c : text) {
      offsets.push_back(utf8.size());
      gst_translate::append_utf8(utf8, c);
    }
    const auto character_at = [&offsets](ptrdiff_t byte) {
      return static_cast<size_t>(
          std::lower_bound(offsets.begin(), offsets.end(), static_cast<size_t>(byte)) -
          offsets.begin());
    };

    const std::unique_ptr<MeCab::Lattice> lattice(model_->createLattice());
    lattice->set_sentence(utf8.data(), utf8.size());
    if (!tagger_->parse(lattice.get()))
      throw Error(Error::Kind::Failed, std::string("MeCab failed: ") + lattice->what());
    std::vector<Morpheme> morphemes;
    for (const MeCab::Node* node = lattice->bos_node(); node; node = node->next) {
      if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE) continue;
      const Features features(node->feature);
      const ptrdiff_t begin = node->surface - lattice->sentence();
      morphemes.push_back({character_at(begin), character_at(begin + node->length),
                           role_of(features), katakana_or_nothing(features.pronunciation())});
    }
    return morphemes;
  }

 private:
  static bool is_file(const std::string& path) {
    std::error_code error;
    return std::filesystem::exists(path, error);
  }

  bool has_pronunciations() const {
    const std::vector<Morpheme> morphemes = parse(U"今日は");
    return morphemes.size() == 2 && morphemes[0].pronunciation == U"キョー" &&
           morphemes[1].pronunciation == U"ワ";
  }

  std::unique_ptr<MeCab::Model> model_;
  std::unique_ptr<MeCab::Tagger> tagger_;
};

std::shared_ptr<const Dictionary> find_dictionary() {
  std::string reason;
  const char* chosen = std::getenv("GST_LINGUA_MECAB_DICTIONARY");  // NOLINT(concurrency-mt-unsafe)
  if (chosen && *chosen) {
    if (auto dictionary = MecabDictionary::open(chosen, reason)) return dictionary;
    throw Error(Error::Kind::NotFound,
                "The Japanese dictionary " + std::string(chosen) +
                    " of GST_LINGUA_MECAB_DICTIONARY cannot be used: " + reason +
                    ". Set it to a folder with MeCab's ipadic in UTF-8 or Open JTalk's dictionary "
                    "(packages "
                    "mecab-ipadic-utf8, open-jtalk-mecab-naist-jdic), or unset it.");
  }
  const auto try_folder = [&](const char* folder) {
    auto dictionary = MecabDictionary::open(folder, reason);
    if (!dictionary)
      gst_translate::log(gst_translate::LogLevel::Debug, "voice", [&] {
        return "No dictionary for Japanese in " +
               std::string(*folder ? folder : "the place that mecabrc names") + ": " + reason;
      });
    return dictionary;
  };
  for (const char* folder : folders_of_open_jtalk)
    if (auto dictionary = try_folder(folder)) return dictionary;
  if (auto dictionary = try_folder("")) return dictionary;
  for (const char* folder : folders)
    if (auto dictionary = try_folder(folder)) return dictionary;
  throw Error(Error::Kind::NotFound,
              "Reading Chinese characters in Japanese needs a dictionary for MeCab: install the "
              "package open-jtalk-mecab-naist-jdic or mecab-ipadic-utf8, or set "
              "GST_LINGUA_MECAB_DICTIONARY to the folder of one.");
}

}  // namespace

std::shared_ptr<const Dictionary> open_dictionary() {
  static std::mutex mutex;
  static std::shared_ptr<const Dictionary> opened;
  const std::lock_guard lock(mutex);
  if (!opened) opened = find_dictionary();
  return opened;
}

}  // namespace gst_tts::japanese
