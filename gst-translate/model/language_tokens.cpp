// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/language_tokens.h"

#include <algorithm>
#include <map>

#include "gst-translate/model/json.h"
#include "gst-translate/model/mapped_file.h"
#include "gst-translate/text/language.h"
#include "gst-translate/text/language_name.h"

namespace gst_translate {
namespace {

using Tokens = std::map<int32_t, std::string>;

bool all_of(std::string_view text, char first, char last) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

/// The code in a language token: "jpn_Jpan" itself, "ja" of "__ja__"; empty for other tokens.
std::string_view code_of(std::string_view token) {
  if (token.size() == 8 && token[3] == '_' && all_of(token.substr(0, 3), 'a', 'z') &&
      token[4] >= 'A' && token[4] <= 'Z' && all_of(token.substr(5), 'a', 'z'))
    return token;
  if (token.size() > 4 && token.substr(0, 2) == "__" && token.substr(token.size() - 2) == "__")
    return token.substr(2, token.size() - 4);
  return {};
}

Tokens from_tokenizer_json(const std::string& path) {
  Tokens tokens;
  const Json json = read_json(path);
  const auto added = json.find("added_tokens");
  if (added == json.end() || !added->is_array()) return tokens;
  for (const auto& token : *added) {
    if (!token.is_object() || !token.contains("content") || !token["content"].is_string())
      throw Error(Error::Kind::Corrupt, path + ": an added token has no content");
    tokens[json_int(token, "id", -1, 0, 1 << 24, path)] = token["content"].get<std::string>();
  }
  return tokens;
}

Tokens from_tokenizer_config(const std::string& path) {
  Tokens tokens;
  const Json json = read_json(path);
  const auto added = json.find("added_tokens_decoder");
  if (added == json.end() || !added->is_object()) return tokens;
  for (const auto& [id, token] : added->items()) {
    if (!token.is_object() || !token.contains("content") || !token["content"].is_string() ||
        id.empty() || id.size() > 8 || !all_of(id, '0', '9'))
      throw Error(Error::Kind::Corrupt, path + ": \"added_tokens_decoder\" is no table of tokens");
    tokens[static_cast<int32_t>(std::stol(id))] = token["content"].get<std::string>();
  }
  return tokens;
}

Tokens from_added_tokens(const std::string& path) {
  Tokens tokens;
  const Json json = read_json(path);
  for (const auto& [token, id] : json.items())
    tokens[json_int(json, token.c_str(), -1, 0, 1 << 24, path)] = token;
  return tokens;
}

/// The order of the published checkpoints, which is not alphabetical: it follows an older set of
/// names (transformers, models/nllb/tokenization_nllb.py, FAIRSEQ_LANGUAGE_CODES).
constexpr std::string_view nllb_order =
    "ace_Arab ace_Latn acm_Arab acq_Arab aeb_Arab afr_Latn ajp_Arab aka_Latn amh_Ethi apc_Arab "
    "arb_Arab ars_Arab ary_Arab arz_Arab asm_Beng ast_Latn awa_Deva ayr_Latn azb_Arab azj_Latn "
    "bak_Cyrl bam_Latn ban_Latn bel_Cyrl bem_Latn ben_Beng bho_Deva bjn_Arab bjn_Latn bod_Tibt "
    "bos_Latn bug_Latn bul_Cyrl cat_Latn ceb_Latn ces_Latn cjk_Latn ckb_Arab crh_Latn cym_Latn "
    "dan_Latn deu_Latn dik_Latn dyu_Latn dzo_Tibt ell_Grek eng_Latn epo_Latn est_Latn eus_Latn "
    "ewe_Latn fao_Latn pes_Arab fij_Latn fin_Latn fon_Latn fra_Latn fur_Latn fuv_Latn gla_Latn "
    "gle_Latn glg_Latn grn_Latn guj_Gujr hat_Latn hau_Latn heb_Hebr hin_Deva hne_Deva hrv_Latn "
    "hun_Latn hye_Armn ibo_Latn ilo_Latn ind_Latn isl_Latn ita_Latn jav_Latn jpn_Jpan kab_Latn "
    "kac_Latn kam_Latn kan_Knda kas_Arab kas_Deva kat_Geor knc_Arab knc_Latn kaz_Cyrl kbp_Latn "
    "kea_Latn khm_Khmr kik_Latn kin_Latn kir_Cyrl kmb_Latn kon_Latn kor_Hang kmr_Latn lao_Laoo "
    "lvs_Latn lij_Latn lim_Latn lin_Latn lit_Latn lmo_Latn ltg_Latn ltz_Latn lua_Latn lug_Latn "
    "luo_Latn lus_Latn mag_Deva mai_Deva mal_Mlym mar_Deva min_Latn mkd_Cyrl plt_Latn mlt_Latn "
    "mni_Beng khk_Cyrl mos_Latn mri_Latn zsm_Latn mya_Mymr nld_Latn nno_Latn nob_Latn npi_Deva "
    "nso_Latn nus_Latn nya_Latn oci_Latn gaz_Latn ory_Orya pag_Latn pan_Guru pap_Latn pol_Latn "
    "por_Latn prs_Arab pbt_Arab quy_Latn ron_Latn run_Latn rus_Cyrl sag_Latn san_Deva sat_Beng "
    "scn_Latn shn_Mymr sin_Sinh slk_Latn slv_Latn smo_Latn sna_Latn snd_Arab som_Latn sot_Latn "
    "spa_Latn als_Latn srd_Latn srp_Cyrl ssw_Latn sun_Latn swe_Latn swh_Latn szl_Latn tam_Taml "
    "tat_Cyrl tel_Telu tgk_Cyrl tgl_Latn tha_Thai tir_Ethi taq_Latn taq_Tfng tpi_Latn tsn_Latn "
    "tso_Latn tuk_Latn tum_Latn tur_Latn twi_Latn tzm_Tfng uig_Arab ukr_Cyrl umb_Latn urd_Arab "
    "uzn_Latn vec_Latn vie_Latn war_Latn wol_Latn xho_Latn ydd_Hebr yor_Latn yue_Hant zho_Hans "
    "zho_Hant zul_Latn";

/// Likewise of M2M100 and SMaLL-100 (transformers, models/m2m_100/tokenization_m2m_100.py,
/// FAIRSEQ_LANGUAGE_CODES).
constexpr std::string_view m2m100_order =
    "af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu "
    "ha he hi hr ht hu hy id ig ilo is it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr "
    "ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su sv sw ta th tl tn tr uk "
    "ur uz vi wo xh yi yo zh zu";

Tokens from_published_order(ModelKind kind, int pieces) {
  Tokens tokens;
  std::string_view list = kind == ModelKind::Nllb ? nllb_order : m2m100_order;
  for (int32_t id = pieces; !list.empty(); ++id) {
    const auto end = std::min(list.find(' '), list.size());
    const std::string code(list.substr(0, end));
    tokens[id] = kind == ModelKind::Nllb ? code : "__" + code + "__";
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return tokens;
}

bool has_language(const Tokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(),
                     [](const auto& token) { return !code_of(token.second).empty(); });
}

/// The first source that names languages, and its name.
Tokens read_tokens(const std::string& folder, const ModelConfig& config, int pieces) {
  using Reader = Tokens (*)(const std::string&);
  const std::pair<const char*, Reader> sources[] = {
      {"/tokenizer.json", from_tokenizer_json},
      {"/tokenizer_config.json", from_tokenizer_config},
      {"/added_tokens.json", from_added_tokens},
  };
  for (const auto& [file, read] : sources) {
    if (!file_exists(folder + file)) continue;
    Tokens tokens = read(folder + file);
    if (has_language(tokens)) return tokens;
  }
  // M2M100's languages stand behind its whole table, which is longer than its pieces.
  if (config.kind != ModelKind::Nllb && file_exists(folder + "/vocab.json"))
    pieces = static_cast<int>(read_json(folder + "/vocab.json").size());
  return from_published_order(config.kind, pieces);
}

}  // namespace

LanguageTokens LanguageTokens::read(const std::string& folder, const ModelConfig& config,
                                    int pieces) {
  LanguageTokens result;
  for (const auto& [id, token] : read_tokens(folder, config, pieces)) {
    const std::string_view code = code_of(token);
    if (code.empty()) continue;
    if (id >= config.vocabulary)
      throw Error(Error::Kind::Corrupt, folder + ": the tokenizer gives " + token + " the id " +
                                            std::to_string(id) + ", but the model has only " +
                                            std::to_string(config.vocabulary) + " tokens");
    const Language* language = find_language(code);
    const std::string name(language != nullptr ? language->flores : code);
    result.ids_.emplace(name, id);
    result.ids_.emplace(code, id);
    result.names_.emplace(id, name);
    result.tokens_.emplace(id, token);
    result.ordered_.push_back(name);
  }
  if (result.ordered_.empty())
    throw Error(Error::Kind::Corrupt, folder + ": the tokenizer names no language");
  return result;
}

int32_t LanguageTokens::id(std::string_view code) const {
  const Language* language = find_language(code);
  auto found = ids_.find(std::string(language != nullptr ? language->flores : code));
  if (found == ids_.end()) found = ids_.find(std::string(code));
  if (found != ids_.end()) return found->second;

  constexpr size_t most_named = 12;
  std::string list;
  for (size_t i = 0; i < std::min(ordered_.size(), most_named); ++i)
    list += (i == 0 ? "" : ", ") + ordered_[i];
  if (ordered_.size() > most_named)
    list += " and " + std::to_string(ordered_.size() - most_named) + " more";
  throw Error(Error::Kind::Settings,
              (language != nullptr ? "The model does not know the language \""
                                   : "There is no language \"") +
                  std::string(code) + '"' + (language != nullptr ? "" : code_of_name(code)) +
                  ". The model knows " + list + ".");
}

std::string LanguageTokens::name(int32_t id) const {
  const auto found = names_.find(id);
  return found == names_.end() ? std::string() : found->second;
}

}  // namespace gst_translate
