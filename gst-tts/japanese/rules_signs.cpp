// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/rewriter.h"

namespace gst_tts::japanese {

// A laugh stands alone or is quoted; は and へ within it are no particles.
#define ALONE_BEFORE u"(?<![ぁ-ゖァ-ヺー一-鿿])"
#define ALONE_BEHIND \
  u"(?=っ*[ーん~〜～]*(?:$|[^ぁ-ゖ一-鿿ー]|と(?:[、。 ]|[一-鿿]|い[うっい])))"
#define LAUGH(hiragana, katakana)                                                            \
  {ALONE_BEFORE u"((?:[あえいうおわがぐふげてでぬく]|にゃ|ぎゃ|きゃ|む)?)" hiragana hiragana \
       hiragana u"(?:" hiragana u")*" ALONE_BEHIND,                                          \
   LITERALLY u"$1" katakana katakana katakana LITERALLY},                                    \
      {ALONE_BEFORE u"([あえいうおわがぐふげてでぬく]|にゃ|ぎゃ|きゃ|む)" hiragana hiragana  \
           ALONE_BEHIND,                                                                     \
       LITERALLY u"$1" katakana katakana LITERALLY},                                         \
  {                                                                                          \
    ALONE_BEFORE hiragana hiragana ALONE_BEHIND, LITERALLY katakana katakana LITERALLY       \
  }

const Rewriter& sign_rules() {
  static const Rewriter rules({
      // Circles and the like stand for what is not told, or for right and wrong.
      {u"[○〇◯●]月[×✕☓○〇◯●]日", u"マルガツバツニチ"},
      {u"[○〇◯][×✕☓]", u"マルバツ"},
      {u"(?<![0-9一二三四五六七八九十百千][○〇◯●]{0,4})"
       u"(?:[○〇◯●](?=[○〇◯●])|(?<=[○〇◯●])[○〇◯●])"
       u"(?![○〇◯●]{0,4}[0-9一二三四五六七八九十百千年])",
       u"マル"},
      {u"[△▲](?=[△▲])|(?<=[△▲])[△▲]", u"サンカク"},
      {u"[□■](?=[□■])|(?<=[□■])[□■]", u"シカク"},
      {u"(?<![0-9A-Za-z][×✕☓ ]{0,4})(?:[×✕☓](?=[×✕☓])|(?<=[×✕☓])[×✕☓])", u"バツ"},
      {u"[×✕☓](?=印|を|が|で|は|も|の|、|。)(?<![0-9A-Za-z][×✕☓])", u"バツ"},
      {u"◎", u"ニジューマル"},
      {u"[○◯●]", u"マル"},
      {u"〇(?=印|を|が|で|は|も|の|、|。|か)(?<![0-9一二三四五六七八九十百千]〇)", u"マル"},
      {u"[△▲]", u"サンカク"},
      {u"[□■]", u"シカク"},
      {u"(?<=[A-Za-z0-9])[→⇒](?=[A-Za-z0-9])", u"から"},
      {u"(?<=[0-9円人日時分年月個本%])[〜~～](?=$|[ 。、)])", u"から"},
      {u"[※♪♫♬★☆◆◇→⇒←↑↓]", u" "},
      // From one to the other; of a game, of an address.
      {u"(?<=曜日) ?[〜~～] ?(?=[月火水木金土日0-9])", u"から"},
      {u"(?<![0-9-])((?:19|20)[0-9]{2})-(?=(?:19|20)[0-9]{2}(?![0-9-]))", u"$1から"},
      {u"(?<=[0-9])-(?=[0-9]{1,2} ?(?:で|の)(?:勝|敗|負|引|快勝|完勝|逆転|リード))", u"対"},
      {u"(?<=(?<![0-9-]|[0-9]\\))[0-9]{1,2})-"
       u"(?=[0-9]{1,2}(?:日|人|名|時間|分|秒|年|か月|[ヶヵ]月|週間|歳|回|個|本|枚|冊|杯|匹|度|割|"
       u"倍|"
       u"%|[mk]?[mg](?![A-Za-z])|cm))",
       u"から"},
      {u"(?<=(?<![0-9-]|[0-9]\\))[0-9]{1,3})-(?=[0-9]{1,3}(?:-[0-9]{1,3})?(?![0-9-]))", u"の"},
      {u"(?<=(?<![0-9:])[0-9]{1,3}):(?=[0-9](?![0-9:]))", u"対"},
      {u"(?<=(?<![0-9-])[0-9]{1,3}の[0-9]{1,3})-(?=[0-9]{1,3}(?![0-9-]))", u"の"},
      {u"(?<=円)也", u"なり"},
      {u"(?<![^ ・、。])\\(([月火水木金土日])\\)", u"$1曜日"},
      // Companies and the like.
      {u"\\(株\\)", u"株式会社"},
      {u"\\(有\\)", u"有限会社"},
      {u"\\(財\\)", u"財団法人"},
      {u"\\(社\\)", u"社団法人"},
      {u"\\(代\\)", u"代表"},
      {u"\\(祝\\)", u"祝日"},
      // The closing mark of a letter, and what it means elsewhere.
      {u"〆切(?![りるっれろら])", u"締め切り"},
      {u"〆(?=切)", u"締め"},
      {u"〆(?=[るてた])", u"締め"},
      {u"締め(?=る)", u"締"},
      {u"〆", u"シメ"},
      LAUGH(u"は", u"ハ"),
      LAUGH(u"へ", u"ヘ"),
      LAUGH(u"ひ", u"ヒ"),
      LAUGH(u"ふ", u"フ"),
      LAUGH(u"ほ", u"ホ"),
      {u"(?<![ァ-ヺー\uE000]|\uE000[ぁ-ゖ]{1,2})([アエウワガイオグ]?[ハヘヒフホ]{2,})(?![ァ-ヺ])",
       LITERALLY u"$1" LITERALLY},
      {ALONE_BEFORE u"ははあ", LITERALLY u"ハハー" LITERALLY},
      {ALONE_BEFORE u"へへえ", LITERALLY u"ヘヘー" LITERALLY},
      // Sums of money; a shop where all costs a hundred yen.
      {u"(?<![一-鿿])金(?=[一二三四五六七八九十百千万億壱弐参0-9]+円)",
       u"キン"},
      {u"(?<![0-9])100均|百均", LITERALLY u"ヒャッキン" LITERALLY},
      {u"([0-9]+(?:\\.[0-9]+)?)°F", u"華氏$1°"},
      // Numbers that have a name.
      {u"(?<![0-9])110番", u"ヒャクトーバン"},
  });
  return rules;
}

}  // namespace gst_tts::japanese
