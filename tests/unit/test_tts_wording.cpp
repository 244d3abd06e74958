// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is said for abbreviations, money and units. The names of units and currencies are those of
// ICU's data, and have been the same from ICU 72 to 78.

#include <gtest/gtest.h>
#include <unicode/locid.h>

#include <initializer_list>
#include <string>

#include "gst-tts/ssml/say_as.h"
#include "gst-tts/wording/spell_out.h"
#include "gst-tts/wording/unit_names.h"

using namespace gst_tts;

namespace {

SourcedText spelled(const char* language, const std::string& text) {
  return spell_out(normalize(decode(text)), *gst_translate::find_language(language));
}

struct Case {
  const char *written, *said;
};

void expect_all(const char* language, std::initializer_list<Case> cases) {
  for (const auto& [written, said] : cases) {
    const SourcedText text = spelled(language, written);
    EXPECT_EQ(encode(text, 0, text.size()), said) << written;
  }
}

}  // namespace

TEST(Wording, AbbreviationsAreReadOut) {
  expect_all("deu", {{"Z. B. heute, d.h. morgen", "zum Beispiel heute, das heißt morgen"},
                     {"Dr. Weiß, Nr.5, usw.", "Doktor Weiß, Nummer 5, und so weiter."},
                     {"Hauptstr. 5, S. 12", "Hauptstraße 5, Seite 12"},
                     {"Äpfel usw. Das reicht.", "Äpfel und so weiter. Das reicht."},
                     {"max. 5", "maximal 5"},
                     {"§§ 3–5, § 3, CO₂-Ausstoß", "Paragrafen 3 bis 5, § 3, C O 2-Ausstoß"},
                     {"(ca. 3 Mio. Menschen, u. a. in Bonn)",
                      "(circa 3 Millionen Menschen, unter anderem in Bonn)"}});
  expect_all("eng", {{"No. 5 vs. Ms. Lee", "number 5 versus Miz Lee"},
                     {"on Jan. 5 at Acme Inc.", "on January 5 at Acme Incorporated."},
                     {"\"See fig. 3 approx.\"", "\"See figure 3 approximately.\""}});
  expect_all("fra", {{"M. Petit, p. ex. n° 5", "monsieur Petit, par exemple numéro 5"}});
  expect_all("spa", {{"EE. UU., pág. 3, etc.", "Estados Unidos, página 3, etcétera."}});
}

TEST(Wording, AbbreviationsAreReadOutInMoreLanguages) {
  expect_all("eng", {{"a Ph.D. on Jan 5, 2 Feb", "a P H D on January 5, 2 February"},
                     {"2 tbsp. oil, Mar. 3", "2 tablespoons oil, March 3"},
                     {"Jan Smith, Mars 5", "Jan Smith, Mars 5"},
                     {"He has a Ph.D. We do not.", "He has a P H D. We do not."},
                     {"5 oz. of it, 5 oz. We", "5 ounces of it, 5 ounces. We"}});
  expect_all("fra", {{"J. M. G. Le Clézio", "J. M. G. Le Clézio"}});
  expect_all("ell", {{"Ο Κ. Π. Καβάφης, ο κ. Παππάς", "Ο Κ. Π. Καβάφης, ο κύριος Παππάς"}});
  expect_all("deu", {{"S. 5 ff., H. 2", "Seite 5 folgende, Heft 2"},
                     {"20 Min. kochen.", "20 Minuten kochen."}});
  expect_all("spa", {{"en el s. XIX", "en el siglo 19"}});
  expect_all("ita", {{"Il sig. Neri, pag. 5, ecc.", "Il signor Neri, pagina 5, eccetera."}});
  expect_all("por", {{"A Sra. Reis, pág. 5", "A senhora Reis, página 5"}});
  expect_all("nld",
             {{"dhr. Bos, blz. 5, d.w.z. nu", "de heer Bos, bladzijde 5, dat wil zeggen nu"}});
  expect_all("pol", {{"W 1990 r. m.in. na ul. Nowej 5 r.",
                      "W 1990 roku między innymi na ulica Nowej 5 r."}});
  expect_all("rus", {{"В 1990 г. и т. д. 5 г.", "В 1990 года и так далее 5 г."}});
  expect_all("ukr", {{"див. с. 5", "дивись сторінка 5"}});
  expect_all("ces", {{"např. obr. 5, atd.", "například obrázek 5, a tak dále."}});
  expect_all("swe", {{"t.ex. kl. 10", "till exempel klockan 10"}});
  expect_all("dan", {{"f.eks. s. 5", "for eksempel side 5"}});
  expect_all("nob", {{"bl.a. nr. 5", "blant annet nummer 5"}});
  expect_all("tur", {{"örn. No. 5", "örneğin numara 5"}});
  expect_all("fin", {{"esim. s. 5, 3 mm.", "esimerkiksi sivu 5, 3 millimetriä."}});
  expect_all("hun", {{"pl. Anna, stb.", "például Anna, satöbbi."}});
  expect_all("ell", {{"π.χ. το 50 π.Χ.", "παραδείγματος χάρη το 50 προ Χριστού."}});
}

TEST(Wording, WhatIsNoAbbreviationStays) {
  expect_all("eng", {{"No. That is no.", "No. That is no."},
                     {"He is Jan.", "He is Jan."},
                     {"wash. 3 of them", "wash. 3 of them"},
                     {"a.b.p. 3", "a.b.p. 3"}});
  expect_all("deu", {{"Er heißt Jan. Das war S. mit Max.", "Er heißt Jan. Das war S. mit Max."}});
  expect_all("fra", {{"Il est M.", "Il est M."}});
  expect_all("epo", {{"Dr. Rossi", "Dr. Rossi"}});
}

TEST(Wording, DashesAreReadOut) {
  expect_all(
      "eng",
      {{"pages 5–7, 2–3 km, 50%–60%", "pages 5 to 7, 2 to 3 kilometers, 50 percent to 60 percent"},
       {"$5–$10 (–5 °C)", "5 dollars to 10 dollars (minus 5 degrees Celsius)"},
       {"0800–123–45, Mon–Fri, no – 5", "0800–123–45, Mon–Fri, no – 5"},
       {"A–7, 3-2, 737-800 jets", "A–7, 3-2, 737-800 jets"},
       {"2-3 days, 5-7%, 9-11.", "2 to 3 days, 5 to 7 percent, 9-11."},
       {"pp. 112-115, 10:30-11:45, 3:16-18", "pages 112 to 115, 10:30 to 11:45, 3:16 to 18"}});
  expect_all("deu", {{"5–7 km bei –5 Grad", "5 bis 7 Kilometer bei minus 5 Grad"}});
  expect_all("jpn", {{"5–7", "5–7"}});
}

TEST(Wording, DatesAndYearsAreReadOut) {
  expect_all("deu", {{"der 1. Januar, am 3. Mai", "der erste Januar, am dritten Mai"},
                     {"3. Oktober 1990", "dritter Oktober neunzehnhundertneunzig"},
                     {"in der 3. Klasse, die 2. Runde", "in der dritten Klasse, die zweite Runde"},
                     {"am 25.12.2026.", "am fünfundzwanzigsten Dezember 2026."},
                     {"Ich habe 3. Maier auch.", "Ich habe 3. Maier auch."},
                     {"1990 1995 1999, 1234/5, 2005", "1990 1995 1999, 1234/5, 2005"}});
  expect_all("eng", {{"in 1990 or 1995, 1990", "in nineteen ninety or nineteen ninety-five, 1990"},
                     {"on 2026-12-25, 5/6/1990",
                      "on December 25, twenty twenty-six, May 6, nineteen ninety"},
                     {"25/12/2005, 10/10, 1/2/3", "December 25, 2005, 10/10, 1/2/3"},
                     {"2026-13-25, 1.2.2026, 1990", "2026-13-25, 1.2.2026, 1990"},
                     {"i.e. this, e.g., that", "that is this, for example, that"}});
  expect_all("deu", {{"1500 km, €1500, 1500 €",
                      "fünfzehnhundert Kilometer, fünfzehnhundert Euro, fünfzehnhundert Euro"}});
  expect_all("eng", {{"of 1500 km", "of fifteen hundred kilometers"},
                     {"of $1500", "of fifteen hundred dollars"}});
  expect_all("fra", {{"le 05/06/1990, le 1/1/2026", "le 5 juin 1990, le premier janvier 2026"}});
  expect_all("spa", {{"el 2026-01-02", "el 2 de enero de 2026"}});
}

TEST(Wording, DecadesAreReadOut) {
  expect_all("eng",
             {{"the 1980s and '90s, 2000s", "the nineteen eighties and 'nineties, two thousands"},
              {"1900s, 20s.", "nineteen hundreds, twenties."},
              {"1985s, 5s, A20s, $20s", "1985s, 5s, A20s, $20s"}});
  expect_all("deu", {{"die 1980er Jahre, 80er", "die neunzehnhundertachtziger Jahre, 80er"}});
}

TEST(Wording, GermanResultsRangesAndLawAreReadOut) {
  expect_all("deu",
             {{"Es steht 3:1 (0:0), 1:1000", "Es steht 3 zu 1 (0 zu 0), 1 zu 1000"},
              {"10:30, 2:03:45, 3:1.5", "10:30, 2:03:45, 3:1.5"},
              {"vom 1.–3. Mai", "vom ersten bis dritten Mai"},
              {"1. bis 3. Juni", "erster bis dritten Juni"},
              {"am 24.12. und 3.2. Methoden", "am vierundzwanzigsten Dezember und 3.2. Methoden"},
              {"§ 3 Abs. 2 S. 1, S. 1", "§ 3 Absatz 2 Satz 1, Seite 1"},
              {"Ludwigs XIV. Hof", "Ludwigs des vierzehnten Hof"},
              {"das Leben Ludwigs XIV. Er war", "das Leben Ludwigs des vierzehnten. Er war"}});
}

TEST(Wording, MoneyIsNamedBehindItsNumber) {
  expect_all("eng", {{"$5, $1 and $3.50", "5 dollars, 1 dollar and 3 dollars 50"},
                     {"$1,234 or £3.05", "1,234 dollars or 3.05 pounds"},
                     {"$5m, €2 billion, 5 $", "5 million dollars, 2 billion euros, 5 dollars"},
                     {"AU$5, $5th, $HOME, 5$5", "AU$5, $5th, $HOME, 5$5"}});
  expect_all("deu", {{"3,50 € und €5 Mio.", "3 Euro 50 und 5 Millionen Euro."}});
  expect_all("fra", {{"5 M€ ou 2 €", "5 millions d’euros ou 2 euros"}});
  expect_all("spa", {{"$1", "un dólar"}});
  expect_all("eng", {{"US$20, ₹500", "20 US dollars, 500 rupees"}});
  expect_all("ita", {{"€5, 3,50 €, £1", "5 euro, 3 euro 50, una sterlina"},
                     {"€5 milioni", "5 milioni di euro"}});
  expect_all("por", {{"R$ 3,50, R$5 milhões", "3 reais 50, 5 milhões de reais"}});
  expect_all("nld", {{"€ 3,50, 50 €/h", "3 euro 50, 50 euro per uur"}});
  expect_all("hin", {{"₹500", "500 रुपए"}});
}

TEST(Wording, CurrenciesAreNamedInAllLanguages) {
  expect_all("pol", {{"€5, 1 zł, 22 zł, 5 zł", "5 euro, 1 złoty, 22 złote, 5 złotych"},
                     {"3,50 zł, 1.234 zł", "3 złote 50, 1.234 złote"}});
  expect_all("rus", {{"₽50, 1 ₽, $5", "50 рублей, 1 рубль, 5 долларов США"},
                     {"50 руб. за штуку. 50 руб. Он", "50 рублей за штуку. 50 рублей. Он"}});
  expect_all("swe", {{"5 kr, 1 EUR", "5 kronor, 1 euro"}});
  expect_all("tur", {{"₺20", "20 Türk lirası"}});
  expect_all("zho_Hans", {{"5€, ¥30", "5 欧元, 30 元"}});
  expect_all("arb", {{"€5", "5 يورو"}});
  expect_all("swh", {{"$5", "dola za Marekani 5"}});
  expect_all("deu", {{"5 zł, 1 Kč", "5 Polnische Złoty, eine Tschechische Krone"}});
  expect_all("spa", {{"₺1, MXN 50", "una lira turca, 50 pesos mexicanos"}});
  expect_all("eng", {{"50 Kč, $x^2$", "50 Czech korunas, $x^2$"}});
  expect_all("rus", {{"$5 миллионов", "5 миллионов долларов США"}});
  expect_all("hin", {{"₹5 लाख", "5 लाख रुपए"}});
  expect_all("zho_Hans", {{"增长5%，卖￥30的", "增长百分之5，卖30 元的"}, {"$5万", "5 万 美元"}});
}

TEST(Wording, NumbersAgreeWithWhatTheyCount) {
  expect_all("deu", {{"1 km, 1 h und 1 kg", "ein Kilometer, eine Stunde und ein Kilogramm"},
                     {"1 €, £1, 1,50 €", "ein Euro, ein Pfund, ein Euro 50"},
                     {"1 Stunde, 1 Jahr, 1 Uhr", "eine Stunde, ein Jahr, ein Uhr"},
                     {"1 Million €, 1 %", "eine Million Euro, ein Prozent"},
                     {"1,5 km, 1.000 km", "1,5 Kilometer, 1.000 Kilometer"},
                     {"21 km, 101 km", "21 Kilometer, einhundertein Kilometer"},
                     {"Seite 1, 1. Stunde, 1 Stundenplan", "Seite 1, 1. Stunde, 1 Stundenplan"},
                     {"2:1 h, 10:01 Stunden", "2:1 h, 10:01 Stunden"}});
  expect_all("fra", {{"1 h, 21 min, 1 km, £1, 1 €",
                      "une heure, vingt-et-une minutes, 1 kilomètre, une livre, 1 euro"},
                     {"1 heure, 31 secondes", "une heure, trente-et-une secondes"}});
  expect_all("spa", {{"1 km, 1 h, 21 km", "un kilómetro, una hora, veintiún kilómetros"},
                     {"1 €, £200", "un euro, doscientas libras"},
                     {"21 horas, 1 millón", "veintiuna horas, un millón"}});
  expect_all("ita", {{"1 km, 2 km", "un chilometro, 2 chilometri"}});
  expect_all("por", {{"2 h, 2 km", "duas horas, 2 quilômetros"}});
  expect_all("swe", {{"1 km", "en kilometer"}});
}

TEST(Wording, OneIsSaidAsOne) {
  expect_all("deu", {{"1 Mio. €, 1 Mio. Menschen", "eine Million Euro, eine Million Menschen"},
                     {"1 Mrd. Euro, 1 Std.", "eine Milliarde Euro, eine Stunde."},
                     {"21 Mio., 0,1 Mio. und mehr", "21 Millionen, 0,1 Millionen und mehr"}});
  expect_all("spa", {{"1 M€, 2 M€", "un millón de euros, 2 millones de euros"}});
  expect_all("fra", {{"1 M€, 1,5 M€", "1 million d’euros, 1,5 millions d’euros"}});
  expect_all("ita", {{"1 h, 1 ora, 21 ore, 1 iarda", "un’ora, un’ora, ventuna ore, 1 iarda"}});
}

TEST(Wording, CodesAreReadDigitByDigit) {
  expect_all("eng",
             {{"Call +44 20 7946 0958.", "Call + 4 4, 2 0, 7 9 4 6, 0 9 5 8."},
              {"(555) 123-4567, 1-800-555-0199", "5 5 5, 1 2 3, 4 5 6 7, 1, 8 0 0, 5 5 5, 0 1 9 9"},
              {"ISBN 978-3-16-148410-0", "ISBN 9 7 8, 3, 1 6, 1 4 8 4 1 0, 0"},
              {"ISBN: 0-8044-2957-X or", "ISBN: 0, 8 0 4 4, 2 9 5 7 X or"},
              {"4111 1111 1111 1111", "4 1 1 1, 1 1 1 1, 1 1 1 1, 1 1 1 1"},
              {"4006381333931", "4 0 0 6, 3 8 1 3, 3 3 9 3, 1"}});
  expect_all("deu", {{"Tel. 030 1234567 oder 0171-2345678",
                      "Telefon 0 3 0, 1 2 3 4 5 6 7 oder 0 1 7 1, 2 3 4 5 6 7 8"},
                     {"+49 (0)30/1234567", "+ 4 9, 0, 3 0, 1 2 3 4 5 6 7"}});
  // There people say numbers of two and three digits.
  expect_all("fra", {{"01 23 45 67 89", "01 23 45 67 89"}});
  expect_all("pol", {{"+48 22 123 45 67", "+ 4 8, 2 2, 1 2 3, 4 5, 6 7"}});
}

TEST(Wording, QuantitiesAndDatesAreNoCodes) {
  expect_all("eng", {{"1,000,000 and 10 000 000", "1,000,000 and 10 000 000"},
                     {"01/02/03, 01-02-2003, 2:30, 3.14159265358",
                      "01/02/03, 01-02-2003, 2:30, 3.14159265358"},
                     {"12 34 56 78 90 12 34 56 78 90 12", "12 34 56 78 90 12 34 56 78 90 12"},
                     {"007, 0.5, 12345678", "007, 0.5, 12345678"}});
  expect_all("deu", {{"01.02.03 10 000 Euro", "01.02.03 10 000 Euro"}});
}

TEST(Wording, LongCodesAreReadInGroups) {
  expect_all("deu",
             {{"IBAN DE89 3704 0044 0532 0130 00.",
               "IBAN D E 8 9, 3 7 0 4, 0 0 4 4, 0 5 3 2, 0 1 3 0, 0 0."},
              {"(DE89370400440532013000)", "(D E 8 9, 3 7 0 4, 0 0 4 4, 0 5 3 2, 0 1 3 0, 0 0)"}});
  expect_all("eng", {{"GB29 NWBK 6016 1331 9268 19 EUR",
                      "G B 2 9, N W B K, 6 0 1 6, 1 3 3 1, 9 2 6 8, 1 9 euros"},
                     {"AB12345678, WW2, A320, H2O", "A B 1 2, 3 4 5 6, 7 8, WW2, A320, H2O"},
                     {"EUR10000, 100000MB", "10000 euros, 100000 megabytes"},
                     {"DE89 and MP3 4000 5000 6000", "DE89 and MP3 4000 5000 6000"}});
}

TEST(Wording, FeetAndInchesAreUnits) {
  expect_all("eng", {{"6'2\" tall, 6′2″, 5’10”",
                      "6 feet 2 inches tall, 6 feet 2 inches, 5 feet 10 inches"},
                     {"5″, a 3.5\" disk, 1\"", "5 inches, a 3.5 inches disk, 1 inch"},
                     {"\"it was 5\" and \"in 5\"", "\"it was 5\" and \"in 5\""},
                     {"the '90s, 1'000, 45', 48°51′24″", "the 'nineties, 1'000, 45', 48°51′24′′"}});
  expect_all("deu", {{"6'2\" groß, 27\"", "6 Fuß 2 Zoll groß, 27 Zoll"},
                     {"„Es waren 5“, „um 5\"", "„Es waren 5“, „um 5\""}});
}

TEST(Wording, RatesAreByWhatFollows) {
  expect_all("deu", {{"50 €/h, 1,20 €/kWh", "50 Euro pro Stunde, ein Euro 20 pro Kilowattstunde"},
                     {"5 €/Monat, 2 mg/l", "5 Euro pro Monat, 2 Milligramm pro Liter"}});
  expect_all("eng", {{"$50/h, €3/kg, $5/month.",
                      "50 dollars per hour, 3 euros per kilogram, 5 dollars per month."},
                     {"$5/$6, 5 m/x", "5 dollars/6 dollars, 5 m/x"}});
  expect_all("fra", {{"50 €/h, 5 €/mois", "50 euros par heure, 5 euros par mois"}});
  expect_all("spa", {{"50 €/h", "50 euros por hora"}});
}

TEST(Wording, TimesAreReadAsPeopleSayThem) {
  expect_all("deu", {{"um 14.30 Uhr, 9:05 Uhr, 1:00 Uhr", "um 14 Uhr 30, 9 Uhr 5, ein Uhr"},
                     {"von 9:00 bis 10:30", "von 9 Uhr bis 10:30"},
                     {"14.30 Euro, 2:1, 10:00:05, 25:00", "14.30 Euro, 2 zu 1, 10:00:05, 25:00"}});
  expect_all("fra", {{"à 14h30, 9h05, 1h30", "à 14 heures 30, 9 heures 5, une heure 30"},
                     {"10:00, 10:30", "10 heures, 10:30"}});
  expect_all("por", {{"14h30, 1h05", "14 horas e 30, uma hora e 5"}});
  expect_all("spa", {{"14.30 h, 15:00 horas, 14.30", "14:30 horas, 15 horas, 14.30"}});
  expect_all("eng", {{"at 10:00, 3:00 pm, 3:30 p.m.", "at 10 o'clock, 3 pm, 3:30 p.m."},
                     {"John 3:16, 15:00", "John 3:16, 15:00"}});
}

TEST(Wording, MarkupIsNotRead) {
  const std::initializer_list<Case> cases = {
      {"# Heading", " Heading"},
      {"one\n## 2. Two", "one\n 2. Two"},
      {"C# and #tag, C++", "C# and #tag, C++"},
      {"> quoted\n> > twice\n>> so", " quoted\n twice\n so"},
      {"+ an item\n+ 5 more, > 5 km", " an item\n+ 5 more, > 5 km"},
      {"> 5 km", "> 5 km"},
      {"===== Title =====", "  Title  "},
      {"```python\nx\n```", " \nx\n "},
      {"[the docs](https://example.com/a_(b)?c=d), [1] (so)", "[the docs], [1] (so)"},
      {"See https://example.com/a, http: and xhttp://a", "See example.com/a, http: and xhttp://a"},
      {"A <B>bold</b>, <br /><a href=\"x?y=1\">link</a>.", "A  bold,  link."},
      {"One</p><p>Two<!-- no. -->", "One Two "},
      {"a <b and c> <name> 3 < 4 <i", "a <b and c> <name> 3 < 4 <i"},
      {"&nbsp;Q&amp;A &#39;so&#39; &copy &#; &#12345678;", " Q&A 'so' &copy &#; &#12345678;"},
      {"a&#0;b &#7;c&#10;d &#55296;e &#65535;f", "a\uFFFDb \uFFFDc\nd \uFFFDe \uFFFDf"},
      {"Yes :-) no ;D, :'( so xD! :)))", "Yes  no ,  so ! "},
      {"3:0, a :b, :3, 10:D, XDR, note:)", "3:0, a :b, :3, 10:D, XDR, note:)"}};
  for (const auto& [written, said] : cases) {
    const SourcedText text = drop_markup(decode(written));
    EXPECT_EQ(encode(text, 0, text.size()), said) << written;
  }
}

TEST(Wording, NegativeNumbersAndPowersAreRead) {
  expect_all("eng", {{"10⁻³, x², 5⁶", "10 to the power of minus 3, x squared, 5 to the power of 6"},
                     {"in 1990² he said²", "in nineteen ninety² he said²"}});
  expect_all("deu", {{"10⁻³", "10 hoch minus 3"}});
  expect_all("fra", {{"10⁻³, -5 °C, –5", "10 puissance moins 3, moins 5 degrés Celsius, moins 5"}});
  expect_all("spa", {{"10⁻³, a −5", "10 elevado a menos 3, a menos 5"}});
  expect_all("por", {{"-5", "menos 5"}});
  expect_all("pol", {{"10⁻³", "10 minus 3"}});
  expect_all("rus", {{"-5", "минус 5"}});
}

TEST(Wording, FractionsOfWhatFollowsAreRead) {
  expect_all("eng", {{"1/2 cup, 2 1/2 cups, 3½ km",
                      "half cup, 2 and a half cups, 3 and a half kilometers"},
                     {"3/4 of it, page 1/2 of it", "three quarters of it, page 1/2 of it"},
                     {"on 3/4 at noon, 1/2, 24/7", "on 3/4 at noon, 1/2, 24/7"}});
  expect_all("deu", {{"3/4 davon, 1/2 Tasse", "drei Viertel davon, einhalb Tasse"},
                     {"1/4 l, ¾ m", "ein Viertel Liter, drei Viertel Meter"}});
  expect_all("fra", {{"⅔ du lait", "deux tiers du lait"}});
  expect_all("spa", {{"2½", "2 y medio"}});
}

TEST(Wording, RomanNumeralsAreNumbers) {
  expect_all("eng", {{"World War II, Henry VIII.", "World War 2, Henry the eighth."},
                     {"Chapter IV, part II", "Chapter 4, part 2"},
                     {"IV line, plan V, I am XI", "IV line, plan V, I am XI"}});
  expect_all("eng", {{"Elizabeth I was, Charles V", "Elizabeth the first was, Charles the fifth"},
                     {"Mary, I know. Mary I know.", "Mary, I know. Mary I know."}});
  expect_all("deu", {{"Ludwig XIV. und Kapitel II", "Ludwig der vierzehnte und Kapitel 2"},
                     {"Das war Ludwig XIV. Dann", "Das war Ludwig der vierzehnte. Dann"},
                     {"unter Kaiser Karl V., für Karl V.",
                      "unter Kaiser Karl dem fünften, für Karl den fünften."},
                     {"der Hof Ludwigs XIV. war mit Elisabeth II.",
                      "der Hof Ludwigs des vierzehnten war mit Elisabeth der zweiten."},
                     {"im XIX. Jahrhundert", "im neunzehnten Jahrhundert"}});
  expect_all("spa",
             {{"Felipe II, Isabel II, Luis XIV.", "Felipe segundo, Isabel segunda, Luis 14."},
              {"en el siglo XIX, capítulo IV", "en el siglo 19, capítulo 4"}});
  expect_all("fra", {{"Louis XIV, le XIXe siècle", "Louis 14, le dix-neuvième siècle"},
                     {"Charles X. Charles V et", "Charles 10. Charles 5 et"},
                     {"François Ier", "François premier"},
                     {"la 2e fois, la 1re, 3ème", "la deuxième fois, la première, troisième"}});
}

TEST(Wording, SpanishOrdinalsAreRead) {
  expect_all("spa", {{"El 1.º de mayo, 2.ª planta, 1.er piso, la 3ª vez",
                      "El primero de mayo, segunda planta, primer piso, la tercera vez"},
                     {"20º, 1.000, n.º 5", "20º, 1.000, número 5"}});
}

TEST(Wording, WhatIsTakenSoOftenIsRead) {
  expect_all("eng", {{"5 x 3, 4x6, 3x faster", "5 by 3, 4 by 6, 3 times faster"},
                     {"0x1F, x 3, 5 x, 3xy, A3x", "0x1F, x 3, 5 x, 3xy, A3x"}});
  expect_all("deu", {{"3x täglich, 5 x 3", "3mal täglich, 5 mal 3"}});
}

TEST(Wording, SignsBetweenWordsAreRead) {
  expect_all("fra", {{"x ≥ 5, a = b", "x supérieur ou égal à 5, a égale b"}});
  expect_all("eng", {{"x < 5 -> <i>y</i> > 3", "x is less than 5 -> <i>y</i> > 3"}});
  expect_all("spa", {{"5 × 3", "5 por 3"}});
  expect_all("pol", {{"Anna & Jan, R&D, 2 < 3", "Anna i Jan, R&D, 2 mniejsze niż 3"}});
  expect_all("ukr", {{"2 + 3 = 5", "2 плюс 3 дорівнює 5"}});
  expect_all("zho_Hans", {{"2 + 3 = 5", "2 加 3 等于 5"}});
}

TEST(Wording, PercentIsAWordOfTheLanguage) {
  expect_all("ukr", {{"5%, 1 %, 2,5%", "5 відсотків, 1 відсоток, 2,5 відсотка"}});
  expect_all("kor", {{"5%", "5 퍼센트"}});
  expect_all("zho_Hans", {{"5%", "百分之5"}});
  expect_all("tur", {{"%5, 5%", "%5, yüzde 5"}});
  expect_all("arb", {{"٥٪", "5 بالمائة"}});
  expect_all("pes", {{"۲٫۵٪", "2.5 درصد"}});
  expect_all("hin", {{"₹५००", "500 रुपए"}});
}

TEST(Wording, UnitsAreReadOutInAllLanguages) {
  expect_all("eng",
             {{"1 km, 3.5 km at 50km/h", "1 kilometer, 3.5 kilometers at 50 kilometers per hour"},
              {"a 5-km run", "a 5 kilometer run"},
              {"30 m², 20 °C, 5\u00A0min", "30 square meters, 20 degrees Celsius, 5 minutes"}});
  expect_all("deu", {{"2 kg Mehl", "2 Kilogramm Mehl"}});
  expect_all("fra", {{"1,5 l", "1,5 litre"}, {"10 h 30", "10 heures 30"}});
  expect_all("rus", {{"2 км и 5 km", "2 км и 5 километров"}});
  expect_all("pol", {{"2 km, 5 km", "2 kilometry, 5 kilometrów"}});
  expect_all("swh", {{"5 km", "kilomita 5"}});
  expect_all("arb", {{"2 h", "ساعتان"}, {"5 h", "5 ساعات"}});
}

TEST(Wording, WhatIsNoUnitStays) {
  expect_all("eng", {{"room 5 A, 5G, 5 more, A5 m, 5 m/x, 5 I'm",
                      "room 5 A, 5G, 5 more, A5 m, 5 m/x, 5 I'm"},
                     {"km 5, version 2.0.1", "km 5, version 2.0.1"}});
}

TEST(Wording, NoWordsAreThoseOfTheUsersOwnLanguage) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale users = icu::Locale::getDefault();
  icu::Locale::setDefault(icu::Locale("ru"), status);
  // ICU has no data of Kabiyè, and of Basque none on numbers in words.
  expect_all("kbp", {{"5 zł, 5 km", "5 zł, 5 km"}, {"a -5", "a \u2212 5"}});
  expect_all("eus", {{"5 km, -5", "5 kilometro, \u2212 5"}});
  expect_all("nob", {{"-5", "minus 5"}});
  EXPECT_FALSE(ssml::say_as("date", "", "2026-12-25", "kbp"));
  EXPECT_FALSE(ssml::say_as("ordinal", "", "5", "eus"));
  icu::Locale::setDefault(users, status);
}

TEST(Wording, ManySpacesAreOne) {
  expect_all("eng", {{"5  \n  x \u00A0 3", "5 by 3"}});
  // Who looks through them from each would take minutes.
  const std::string spaces(300000, ' '), text = spaces + "a" + spaces + "b";
  const SourcedText plain = drop_markup(decode(text));
  EXPECT_EQ(plain.size(), text.size());
  const SourcedText said = spell_out(plain, *gst_translate::find_language("deu"));
  EXPECT_EQ(encode(said, 0, said.size()), " a b");
}

TEST(Wording, NobodyKnowsAUnitThatIsNone) {
  for (int times = 0; times < 2; ++times)
    EXPECT_FALSE(name_of_unit("en", "no-such-unit", 5));
}

TEST(Wording, WhatIsSaidStandsForWhatWasWritten) {
  const SourcedText text = spelled("eng", "up to 5 km!");
  const std::string said = encode(text, 0, text.size());
  ASSERT_EQ(said, "up to 5 kilometers!");
  for (size_t i = said.find("kilometers"); i < said.find('!'); ++i) {
    EXPECT_EQ(text[i].begin, 8U);
    EXPECT_EQ(text[i].end, 10U);
  }
  EXPECT_EQ(text.back().begin, 10U);
}
