// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "gst-translate/text/language.h"
#include "gst-translate/text/language_name.h"

using gst_translate::find_language;
using gst_translate::Language;
using gst_translate::languages;

namespace {

struct Case {
  const char* code;
  const char* flores;  ///< empty: no such language
};

std::string flores(std::string_view code) {
  const Language* language = find_language(code);
  return language ? std::string(language->flores) : "";
}

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases)
    EXPECT_EQ(flores(c.code), c.flores) << "code: " << c.code;
}

TEST(Language, TableHasAll202InOrder) {
  const auto& all = languages();
  ASSERT_EQ(all.size(), 202u);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const Language& a, const Language& b) {
    return a.flores < b.flores;
  }));
  std::set<std::string_view> names, tags;
  for (const Language& language : all) {
    names.insert(language.name);
    tags.insert(language.bcp47);
    EXPECT_EQ(language.flores.size(), 8u) << language.flores;
    EXPECT_EQ(language.flores.substr(0, 3), language.iso639_3);
    EXPECT_EQ(language.script.size(), 4u) << language.flores;
    EXPECT_FALSE(language.name.empty()) << language.flores;
  }
  EXPECT_EQ(names.size(), 202u);
  EXPECT_EQ(tags.size(), 202u);
}

TEST(Language, ItsOwnCodesFindEachLanguage) {
  for (const Language& language : languages()) {
    EXPECT_EQ(find_language(language.flores), &language) << language.flores;
    EXPECT_EQ(find_language(language.bcp47), &language) << language.bcp47;
    // Codes without a script mean one of the languages that share them.
    const Language* by_iso = find_language(language.iso639_3);
    ASSERT_TRUE(by_iso) << language.iso639_3;
    EXPECT_EQ(by_iso->iso639_3, language.iso639_3);
    for (std::string_view code : {language.iso639_1, language.iso639_2}) {
      if (!code.empty()) {
        EXPECT_EQ(find_language(code), by_iso) << code;
      }
    }
  }
}

TEST(Language, HasAllItsNames) {
  const Language* japanese = find_language("ja");
  ASSERT_TRUE(japanese);
  EXPECT_EQ(japanese->flores, "jpn_Jpan");
  EXPECT_EQ(japanese->iso639_1, "ja");
  EXPECT_EQ(japanese->iso639_2, "jpn");
  EXPECT_EQ(japanese->iso639_3, "jpn");
  EXPECT_EQ(japanese->bcp47, "ja");
  EXPECT_EQ(japanese->script, "Jpan");
  EXPECT_EQ(japanese->name, "Japanese");
  const Language* arabic = find_language("arb_Arab");
  ASSERT_TRUE(arabic);
  EXPECT_EQ(arabic->iso639_1, "ar");
  EXPECT_EQ(arabic->iso639_2, "ara");
  EXPECT_EQ(arabic->iso639_3, "arb");
  const Language* traditional = find_language("zho_Hant");
  ASSERT_TRUE(traditional);
  EXPECT_EQ(traditional->bcp47, "zh-Hant");
}

TEST(Language, Iso639) {
  check({{"en", "eng_Latn"},  {"de", "deu_Latn"},  {"fr", "fra_Latn"},  {"es", "spa_Latn"},
         {"deu", "deu_Latn"}, {"ger", "deu_Latn"}, {"fre", "fra_Latn"}, {"fra", "fra_Latn"},
         {"cze", "ces_Latn"}, {"dut", "nld_Latn"}, {"wel", "cym_Latn"}, {"tib", "bod_Tibt"},
         {"nn", "nno_Latn"},  {"nb", "nob_Latn"},  {"tl", "tgl_Latn"},  {"fil", "tgl_Latn"},
         {"yue", "yue_Hant"}, {"kmr", "kmr_Latn"}, {"ckb", "ckb_Arab"}, {"tw", "twi_Latn"},
         {"prs", "prs_Arab"}, {"ltg", "ltg_Latn"}, {"uk", "ukr_Cyrl"},  {"sat", "sat_Beng"}});
}

TEST(Language, Macrolanguages) {
  check({{"ar", "arb_Arab"},  {"ara", "arb_Arab"}, {"zh", "zho_Hans"},  {"zho", "zho_Hans"},
         {"chi", "zho_Hans"}, {"cmn", "zho_Hans"}, {"fa", "pes_Arab"},  {"per", "pes_Arab"},
         {"ms", "zsm_Latn"},  {"may", "zsm_Latn"}, {"sw", "swh_Latn"},  {"sq", "als_Latn"},
         {"alb", "als_Latn"}, {"no", "nob_Latn"},  {"nor", "nob_Latn"}, {"lv", "lvs_Latn"},
         {"et", "est_Latn"},  {"ekk", "est_Latn"}, {"ku", "kmr_Latn"},  {"az", "azj_Latn"},
         {"uz", "uzn_Latn"},  {"ps", "pbt_Arab"},  {"om", "gaz_Latn"},  {"mn", "khk_Cyrl"},
         {"ne", "npi_Deva"},  {"or", "ory_Orya"},  {"yi", "ydd_Hebr"},  {"mg", "plt_Latn"},
         {"qu", "quy_Latn"},  {"ay", "ayr_Latn"},  {"ff", "fuv_Latn"},  {"kr", "knc_Latn"},
         {"din", "dik_Latn"}, {"tmh", "taq_Latn"}, {"sh", "srp_Cyrl"}});
}

TEST(Language, WithdrawnCodes) {
  check({{"iw", "heb_Hebr"},
         {"he", "heb_Hebr"},
         {"in", "ind_Latn"},
         {"ji", "ydd_Hebr"},
         {"jw", "jav_Latn"},
         {"mo", "ron_Latn"},
         {"scr", "hrv_Latn"}});
}

TEST(Language, LocalesOfPosix) {
  check({{"de_DE.UTF-8", "deu_Latn"},
         {"en_GB.utf8", "eng_Latn"},
         {"zh_TW.Big5", "zho_Hant"},
         {"de_DE@euro", "deu_Latn"},
         {"de_DE.ISO-8859-15@euro", "deu_Latn"},
         {"ja.UTF-8", "jpn_Jpan"},
         {"sr_RS@latin", ""},
         {"sr_RS.UTF-8@latin", ""},
         {"C", ""},
         {"C.UTF-8", ""},
         {"POSIX", ""},
         {".UTF-8", ""},
         {"@euro", ""}});
}

TEST(Language, ANameIsToldItsCode) {
  const auto is = [](const char* word, const char* hint) {
    EXPECT_EQ(gst_translate::code_of_name(word), hint) << word;
  };
  is("german", "; German is deu_Latn");
  is("Chinese", "; Chinese (simplified) is zho_Hans");
  is("ARABIC", "; Modern Standard Arabic is arb_Arab");
  is("norwegian bokmål", "; Norwegian Bokmål is nob_Latn");
  for (const char* word : {"", "xx", "an", "Ger", "erman", "Germany", "Klingon"})
    is(word, "");
}

TEST(Language, LetterCaseAndSeparators) {
  check({{"JPN_JPAN", "jpn_Jpan"},
         {"jpn-jpan", "jpn_Jpan"},
         {"EN", "eng_Latn"},
         {"pt_BR", "por_Latn"},
         {"pt-br", "por_Latn"},
         {"ZH_hant", "zho_Hant"}});
}

TEST(Language, ARegionIsPartOfACode) {
  for (const auto& [code, region] :
       std::map<std::string_view, std::string_view>{{"en-GB", "GB"},
                                                    {"en_GB.UTF-8", "GB"},
                                                    {"de_AT@euro", "AT"},
                                                    {"es-419", "419"},
                                                    {"zh-Hant-TW", "TW"},
                                                    {"en", ""},
                                                    {"eng_Latn", ""},
                                                    {"zh-yue", ""},
                                                    {"en-u-nu-latn-ca-GB", ""},
                                                    {"", ""},
                                                    {"-", ""}})
    EXPECT_EQ(gst_translate::region_of(code), region) << code;
}

TEST(Language, Regions) {
  check({{"ja-JP", "jpn_Jpan"},
         {"en-US", "eng_Latn"},
         {"es-419", "spa_Latn"},
         {"zh-CN", "zho_Hans"},
         {"zh-SG", "zho_Hans"},
         {"zh-TW", "zho_Hant"},
         {"zh-HK", "zho_Hant"},
         {"zh_MO", "zho_Hant"},
         {"zh-Hans-TW", "zho_Hans"},
         {"zh-Hant-CN", "zho_Hant"},
         {"zh-Hant-HK", "zho_Hant"},
         {"fa-AF", "prs_Arab"},
         {"ku-IQ", "ckb_Arab"},
         {"ku-TR", "kmr_Latn"},
         {"az-IR", "azb_Arab"},
         {"ar-EG", "arb_Arab"},
         {"yue-HK", "yue_Hant"},
         {"ro-MD", "ron_Latn"}});
}

TEST(Language, Scripts) {
  check({{"zh-Hant", "zho_Hant"},
         {"zh-Hans", "zho_Hans"},
         {"cmn-Hant", "zho_Hant"},
         {"ks-Deva", "kas_Deva"},
         {"ks", "kas_Arab"},
         {"ace", "ace_Latn"},
         {"ace-Arab", "ace_Arab"},
         {"kr-Arab", "knc_Arab"},
         {"taq-Tfng", "taq_Tfng"},
         {"az-Arab", "azb_Arab"},
         {"ku-Arab", "ckb_Arab"},
         {"ku-Latn", "kmr_Latn"},
         {"sr-Cyrl", "srp_Cyrl"},
         {"ko-Kore", "kor_Hang"},
         {"sat_Olck", "sat_Beng"},
         {"fil_Latn", "tgl_Latn"},
         {"ekk_Latn", "est_Latn"},
         {"zgh_Tfng", "tzm_Tfng"}});
}

TEST(Language, NeverAnotherScriptThanAskedFor) {
  check({{"sr-Latn", ""}, {"pa-Arab", ""}, {"ru-Latn", ""}, {"en-Cyrl", ""}, {"yue-Hans", ""}});
}

TEST(Language, ExtendedLanguagesVariantsExtensions) {
  check({{"zh-yue", "yue_Hant"},
         {"zh-cmn-Hant-TW", "zho_Hant"},
         {"ar-arz", "arz_Arab"},
         {"de-1996", "deu_Latn"},
         {"de-CH-1901", "deu_Latn"},
         {"ca-valencia", "cat_Latn"},
         {"ja-JP-u-ca-japanese", "jpn_Jpan"},
         {"en-x-private", "eng_Latn"}});
}

TEST(Language, WhatIsNoLanguage) {
  check({{"", ""},          {"x", ""},         {"xx", ""},
         {"xxx", ""},       {"qaa", ""},       {"tlh", ""},
         {"und", ""},       {"english", ""},   {"jpn_", ""},
         {"_Jpan", ""},     {"jpn__Jpan", ""}, {"jpn_Jpan_", ""},
         {"jpn_Japan", ""}, {"zho_Hantt", ""}, {"zho_Han", ""},
         {"jpn Jpan", ""},  {" ja", ""},       {"en-USA", ""},
         {"en-u", ""},      {"日本語", ""},    {"en-verylongsubtag", ""}});
  EXPECT_FALSE(find_language(std::string_view("en\0", 3)));
}

}  // namespace
