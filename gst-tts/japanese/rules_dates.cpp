// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/japanese/rewriter.h"

namespace gst_tts::japanese {

// A month and a day, without leading zeros; what parts them.
#define MONTH u"0?([1-9]|1[0-2])"
#define DAY u"0?([1-9]|[12][0-9]|3[01])"
#define PART u"[./-]"
#define NO_DIGIT_BEFORE u"(?<![0-9./-])"
#define NO_DIGIT_BEHIND u"(?![0-9]|[./-][0-9])"
#define ERA(letter, name)                                                                 \
  {u"(?<![0-9A-Za-z])" letter u"\\.?0?([1-9][0-9]?)" PART MONTH PART DAY NO_DIGIT_BEHIND, \
   name u"$1年$2月$3日"},                                                                 \
  {                                                                                       \
    u"(?<![0-9A-Za-z])" letter u"0?([1-9][0-9]?)(?=年)", name u"$1"                       \
  }
#define WEEKDAY(letter)                                                                         \
  {u"(?<=[日週0-9])\\(" letter u"(?:[・/,] ?(?:祝日?|休日?))\\)", u" " letter u"曜日、祝日"}, { \
    u"(?<=[日週0-9])\\(" letter u"\\)(?!曜)", u" " letter u"曜日"                             \
  }

const Rewriter& date_rules() {
  static const Rewriter rules({
      // Some part digits from Chinese characters with spaces.
      {u"(?<=[0-9]) (?=(?:年|月|日|時|分|秒|円|人|個|本|枚|回|歳|階|週|名|か所|か月|倍|番|度))",
       u""},
      {u"(?<=年|月|日|時|分) (?=[0-9]{1,2}(?:月|日|時|分|秒))", u""},
      // Of an era: H23/11/22, 令和6.4.1.
      ERA(u"M", u"明治"),
      ERA(u"T", u"大正"),
      ERA(u"S", u"昭和"),
      ERA(u"H", u"平成"),
      ERA(u"R", u"令和"),
      {u"(明治|大正|昭和|平成|令和)0?([1-9][0-9]?)" PART MONTH PART DAY NO_DIGIT_BEHIND,
       u"$1$2年$3月$4日"},
      // With a year: 2024.3.20, 07/11/15. Points alone may be a version's, unless a year is whole.
      {NO_DIGIT_BEFORE u"((?:1[6-9]|20)[0-9][0-9])\\." MONTH u"\\." DAY NO_DIGIT_BEHIND,
       u"$1年$2月$3日"},
      {NO_DIGIT_BEFORE u"([0-9]{2})/" MONTH u"/" DAY NO_DIGIT_BEHIND, u"$1年$2月$3日"},
      {u"(?<![0-9])['’]([0-9]{2})(?=年)", u"$1"},
      // A month and a day, where a weekday or a word for a time follows, where there are no so many
      // parts, or where the parts are more than the whole. Otherwise it is a fraction: 3/4.
      {NO_DIGIT_BEFORE MONTH u"/" DAY u"(?=\\([月火水木金土日][・)])", u"$1月$2日"},
      {NO_DIGIT_BEFORE MONTH u"/" DAY u"(?![0-9/])(?= "
                             u"?(?:から|より|まで|以降|以前|頃|ごろ|付|締|〆|発売|開催|"
                             u"開始|公開|放送|現在|"
                             u"[〜~～-] ?[0-9]{1,2}/))",
       u"$1月$2日"},
      {u"(?<=日(?:から|より)|日[〜~～-])" MONTH u"/" DAY u"(?![0-9/])", u"$1月$2日"},
      {NO_DIGIT_BEFORE MONTH u"/0?(1[3-9]|2[0-9]|3[01])(?![0-9/])", u"$1月$2日"},
      {NO_DIGIT_BEFORE u"(?=(?:2/[12]|3/[1-3]|4/[1-4]|5/[1-5]|6/[1-6]|7/[1-7]|8/[1-8]|9/[1-9]|"
                       u"10/(?:[1-9]|10)|11/(?:[1-9]|1[01])|12/(?:[1-9]|1[0-2]))(?![0-9/"
                       u"]))" MONTH u"/" DAY,
       u"$1月$2日"},
      // (水) behind a day, which may be a mere number: 8/3(土)~4(日).
      {u"(?<=[〜~～・、,-][0-9]{1,2})(?=\\([月火水木金土日]\\))", u"日"},
      WEEKDAY(u"月"),
      WEEKDAY(u"火"),
      WEEKDAY(u"水"),
      WEEKDAY(u"木"),
      WEEKDAY(u"金"),
      WEEKDAY(u"土"),
      WEEKDAY(u"日"),
  });
  return rules;
}

}  // namespace gst_tts::japanese
