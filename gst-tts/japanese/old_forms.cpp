// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <string_view>

#include "gst-tts/japanese/spelling.h"

namespace gst_tts::japanese {

namespace {

/// Old forms of the characters that were simplified in 1946 and later (the tables of 当用漢字 and
/// 常用漢字), and forms that names and print are fond of; below each what is usual today.
constexpr std::u32string_view old_forms =
    U"亞惡壓圍醫爲壹隱榮營衞驛圓鹽緣艷應歐毆櫻奧橫溫穩假價畫會壞懷繪槪擴殼覺學嶽樂渴勸卷寬歡罐觀"
    U"關陷顏旣歸氣龜僞戲犧舊據擧虛峽挾狹鄕曉區驅勳薰徑惠揭溪經繼莖螢輕鷄藝擊縣儉劍圈檢權獻硏險顯"
    U"驗嚴效廣恆鑛號國黑碎濟齋劑雜參慘棧蠶贊殘絲齒兒辭濕實寫釋壽收從澁獸縱肅處緖敍將稱涉燒證奬條"
    U"狀乘淨剩疊孃讓釀觸囑眞寢愼盡圖粹醉隨髓數樞瀨聲靜齊攝竊專戰淺潛纖踐錢禪雙壯搜插巢爭瘦總莊裝"
    U"騷增藏臟卽屬續墮體對帶滯臺瀧擇澤單擔膽團彈斷癡遲晝蟲鑄廳徵聽敕鎭遞鐵轉點傳黨盜燈當鬭德獨讀"
    U"屆繩惱腦霸廢拜賣麥發髮拔晚蠻祕濱甁拂佛倂竝變邊辨瓣辯舖步穗寶襃豐沒飜每萬滿麵默餠彌藥譯豫餘"
    U"與譽搖樣謠來賴亂覽龍兩獵綠淚壘勵禮隸靈齡曆歷戀鍊爐勞樓郞祿錄灣髙﨑𠮷濵邉嶋噓頰剝塡摑繫鷗屛"
    U"幷桒舘埜槇凜煕曻冨醬蠟顚嚙攪搔曾潑瀆簞麴鶯俠囊焰禱穎萊蟬軀醱頸內戶說稅銳閱脫悅敎靑淸黃產彥絕"
    U"歲飮姬册强尙吳娛閒";
constexpr std::u32string_view new_forms =
    U"亜悪圧囲医為壱隠栄営衛駅円塩縁艶応欧殴桜奥横温穏仮価画会壊懐絵概拡殻覚学岳楽渇勧巻寛歓缶観"
    U"関陥顔既帰気亀偽戯犠旧拠挙虚峡挟狭郷暁区駆勲薫径恵掲渓経継茎蛍軽鶏芸撃県倹剣圏検権献研険顕"
    U"験厳効広恒鉱号国黒砕済斎剤雑参惨桟蚕賛残糸歯児辞湿実写釈寿収従渋獣縦粛処緒叙将称渉焼証奨条"
    U"状乗浄剰畳嬢譲醸触嘱真寝慎尽図粋酔随髄数枢瀬声静斉摂窃専戦浅潜繊践銭禅双壮捜挿巣争痩総荘装"
    U"騒増蔵臓即属続堕体対帯滞台滝択沢単担胆団弾断痴遅昼虫鋳庁徴聴勅鎮逓鉄転点伝党盗灯当闘徳独読"
    U"届縄悩脳覇廃拝売麦発髪抜晩蛮秘浜瓶払仏併並変辺弁弁弁舗歩穂宝褒豊没翻毎万満麺黙餅弥薬訳予余"
    U"与誉揺様謡来頼乱覧竜両猟緑涙塁励礼隷霊齢暦歴恋錬炉労楼郎禄録湾高崎吉浜辺島嘘頬剥填掴繋鴎屏"
    U"并桑館野槙凛熙昇富醤蝋顛噛撹掻曽溌涜箪麹鴬侠嚢焔祷頴莱蝉躯醗頚内戸説税鋭閲脱悦教青清黄産彦絶"
    U"歳飲姫冊強尚呉娯間";
static_assert(old_forms.size() == new_forms.size());

}  // namespace

char32_t usual_form(char32_t c) {
  const size_t at = old_forms.find(c);
  return at == std::u32string_view::npos ? c : new_forms[at];
}

}  // namespace gst_tts::japanese
