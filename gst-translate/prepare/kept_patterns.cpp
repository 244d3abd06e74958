// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/prepare/kept_patterns.h"

#include <initializer_list>

namespace gst_translate {
namespace {

/// Members of a set: letters and digits of words between which there are spaces. In other scripts a
/// sentence goes on directly behind a URL.
const char* const word_set =
    R"(\p{L}\p{M}\p{Nd}&&[^\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])";

std::string alternatives(std::initializer_list<std::string> list) {
  std::string text;
  for (const auto& each : list)
    text += (text.empty() ? "(?:" : "|") + each;
  return text + ")";
}

/// A character of a word, or one of `others`.
std::string word(const std::string& others = "") {
  return "[[" + std::string(word_set) + "]" + (others.empty() ? "" : "[" + others + "]") + "]";
}

std::string ends() {
  return "(?!" + word("_") + ")";
}

/// In backticks, a name with underscores, a call.
std::string code() {
  return alternatives({
      R"(``(?:[^`\n]|`(?!`)){1,400}+``|`[^`\n]{1,400}`)",
      "[A-Za-z][A-Za-z0-9]{0,63}(?:_{1,2}[A-Za-z0-9]{1,63}){1,16}+(?:\\(\\))?" + ends() +
          "(?![@/]|\\.[A-Za-z0-9])",
      R"([A-Za-z_]\w{0,63}(?:(?:\.|::)[A-Za-z_]\w{0,63}){0,8}\(\))",
  });
}

/// What follows a scheme or a host: no mark that belongs to the sentence ends it.
std::string rest_of_url() {
  const std::string inside = word(R"(-._~:/?#\[\]@!$&'*+,;=%|{}\^)");
  const std::string last = word(R"(-_~/#@$\&*+=%|)");
  const std::string brackets = R"(\()" + inside + R"({0,400}\))";
  return "(?:" + brackets + "|" + inside + "){0,2000}(?:" + brackets + "|" + last + ")";
}

std::string url() {
  return alternatives({R"((?i:[a-z][a-z0-9+.-]{1,15}+://))",
                       R"((?i:mailto|magnet|urn|data|tel):(?=\S))", R"((?i:www\d{0,2}\.))"}) +
         rest_of_url();
}

std::string email() {
  return word("_") + word(R"(._%+'\-)") + "{0,63}@(?:" + word("\\-") + "{1,63}\\.){1,8}" + word() +
         "{2,24}+";
}

/// Host names, perhaps with a path. Endings that are words, too, need one.
std::string host() {
  const std::string endings =
      "com|org|net|edu|gov|mil|int|info|biz|name|app|dev|cloud|online|site|shop|store|blog|tech|"
      "page|wiki|news|live|xyz|museum|example|test|local|localhost|ac|ai|ar|au|bg|br|ca|ch|cl|cn|"
      "co|cz|de|dk|ee|es|eu|fi|fr|gg|gr|hk|hr|hu|id|ie|il|io|ir|jp|ke|kr|lt|lu|lv|ly|mx|my|ng|nl|"
      "nz|pe|ph|pk|pl|pt|ro|rs|ru|sa|se|sg|si|sk|th|tr|tv|tw|ua|uk|vn|za";
  const std::string words = "am|as|at|be|by|do|in|is|it|la|me|no|so|to|us";
  const std::string name = "(?i:(?:[a-z0-9][a-z0-9-]{0,62}\\.){1,8}(?:(?:" + endings +
                           ")|(?:" + words + ")(?=/)))(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])";
  const std::string number =
      "(?<![.,])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}+(?![.,]?[0-9])(?:/[0-9]{1,2}(?![0-9]))?";
  return "(?<![.@-])(?:" + name + "|" + number + ")(?::[0-9]{1,5})?+(?:[/?#]" + rest_of_url() +
         "|/)?";
}

/// @names, also those with a host.
std::string mention() {
  return "(?<![@./])@" + word("_") + "{1,64}+(?:[.-]" + word("_") +
         "{1,64}+){0,4}+(?:@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}+)?";
}

std::string tag() {
  return R"((?<![&/#])[#＃][\p{L}\p{M}\p{Nd}_]{1,100}+)";
}

/// Names with a known ending and what leads to them, hidden files, paths.
std::string file() {
  const std::string endings =
      "7z|aac|adoc|aiff?|apk|asc|ass|asm|avi|avif|bak|bash|bat|bin|bmp|blend|bz2|c|cc|cert|cfg|"
      "cmake|conf|cpp|crt|cs|css|csv|cxx|dat|db|deb|dll|dmg|docx?|dylib|dxf|eml|epub|exe|flac|flv|"
      "gif|glb|gltf|go|gpx|gz|h|h5|heic|hpp|hs|html?|ico|ics|img|ini|ipynb|iso|jar|java|jpe?g|js|"
      "json5?|jsonl|jsx|key|kml|kt|log|lua|m3u8?|m4a|m4v|md|mid|mkv|mov|mp3|mp4|mpe?g|msi|numbers|"
      "obj|odp|ods|odt|ogg|ogv|onnx|opus|otf|pages|parquet|pdf|pem|php|pl|png|po|pptx?|ps1?|psd|"
      "pt|pth|py|pyc|r|rar|raw|rb|rpm|rs|rst|rtf|safetensors|scss|sh|so|sql|sqlite3?|srt|ssa|step|"
      "stl|svg|swift|tar|tex|tgz|tiff?|toml|torrent|ts|tsv|tsx|ttf|txt|vcf|vsdx?|vtt|vue|wasm|wav|"
      "webm|webp|wmv|woff2?|xcf|xhtml|xlsx?|xml|xz|ya?ml|zip|zsh|zst";
  const std::string inside = word("_~+\\-");
  const std::string step = "/" + word("_.+\\-") + "{0,100}" + word("_+\\-");
  return alternatives({
      R"((?<![.~/\\-])(?:[A-Za-z]:)?[/\\]?(?:)" + inside + "{1,64}+(?:\\." + inside +
          R"({1,64}+){0,4}+[/\\]){0,16}+)" + inside +
          "{1,100}+(?:\\.[A-Za-z0-9_+-]{1,32}){0,6}\\." + "(?i:" + endings +
          ")(?:\\.[0-9]{1,3}){0,3}" + ends(),
      R"((?<![^\s(\["'])\.[a-z][a-z0-9_-]{2,40}+(?:\.[a-z0-9_-]{1,40}+){0,3}+)",
      R"([A-Za-z]:\\(?:[^\s\\/:*?"<>|]{1,100}+\\){0,16}+[^\s\\/:*?"<>|.,;!)]{0,100}+)",
      "(?<!" + word("_./~<>") + ")(?:(?:~|\\.{1,2})(?:" + step + "){1,16}|(?:" + step +
          "){2,16})/?",
  });
}

/// Digits, with a fraction; and such numbers as a range or a product.
std::string number() {
  const std::string fraction = "[\u00BC-\u00BE\u2150-\u215E]";
  return "(?:[0-9]++(?:[.,'\u2019\u00A0\u202F\u2009][0-9]++| [0-9]{3}(?![0-9]))*+(?: ?" + fraction +
         ")?|" + fraction + ")";
}

std::string numbers() {
  return "(?:(?<![^\\s(\\[])[+\u2212\u00B1\u2013-])?" + number() +
         "(?: ?(?:[-\u2013\u2014~\u301C/\u00D7\u00B1x]|\\.\\.\\.?) ?" + number() + "){0,3}";
}

/// The sign before the number. "$5 million" is for the model, which knows how its language says it.
std::string money() {
  const std::string sign =
      R"((?:(?:US|CA|AU|NZ|HK|A|C|S|R)?\$|[£¥₠-⃀]|(?:USD|EUR|GBP|JPY|CHF)(?= ?[0-9])))";
  const std::string magnitude =
      "(?i: ?(?:hundred|thousand|million|billion|trillion|mill|mio|mrd|tausend|millier|mille))";
  return sign + " ?" + number() + "(?:[-–]" + number() + ")?+(?:[kKM]|bn)?" + ends() + "(?!" +
         magnitude + ")";
}

/// The unit behind the number: names that mean it in any case of letters, letters, signs.
std::string measure() {
  const std::string names =
      "km/h|kmh|kph|mph|m/s|ft/s|fps|rpm|bpm|km|cm|mm|[µμ]m|nm|kg|mg|[µμ]g|mcg|ml|cl|dl|hl|"
      "[kmgt]?hz|[kmgt]?wh|[kmg]w|[km]v|ma|mah|ah|[km]j|k?cal|[kmgtp]b/s|[kmgtp]b|[kmgt]ib|"
      "[kmg]?bps|[kmg]?bit/s|[kmg]?bit|dpi|ppi|ppm|ppb|px|pt|db[am]?|lbs?|oz|sq ?ft|ft|yd|mi|gal|"
      "qt|psi|m?bar|[hkm]?pa|kn|ha|sqm|min|sec|hrs?|ms|[µμ]s|ns|m?mol|cd|lm|lx|m?sv|gy|bq|[km]?ev|"
      "[km]?[ΩΩ]|usd|eur|gbp|jpy|chf|cny|inr|rub|brl|cad|aud|sek|nok|dkk|pln|czk|krw";
  const std::string letters = "m|g|h|l|L|t|V|W|A|N|J|K|B|(?<=[ \u00A0\u202F\u2009])s|(?<![0-9]0)s";
  const std::string signs = R"([°º] ?[CFK]?|[℃℉%‰‱％٪$¢-¥₠-⃀′″])";
  const std::string power = "(?:[²³]|\\^?[23](?![0-9]))?";
  const std::string by =
      "(?:/(?:100 ?km|km|cm|m|h|s|min|kg|mg|g|l|L|ml|dl|d|mol|kWh|kW)" + power + ")?";
  const std::string glued = "[pKkGDxX]" + ends();
  // "à 8 h", "a las 8 h": a time of day, which languages write differently.
  const std::string no_time = "(?!(?<=[àÀ] |las )[0-9]{1,2} ?h(?![a-z/]))";
  const std::string feet = R"([0-9]{1,2}['′’] ?[0-9]{1,2}["″])";
  return "(?<![0-9][.,:])" + no_time + "(?:" + feet + "|" + numbers() + "(?:" + glued +
         "|[ \u00A0\u202F\u2009]?(?:(?:(?i:" + names + ")|" + letters + ")" + power + by + ends() +
         "(?!['’.]?" + word() + ")|(?:" + signs + ")" + by + ")))";
}

/// "x ≥ 5", "a = b", "5 + 3 = 8", and what is compared with a number: "> 5 km", "<3".
std::string formula() {
  // Not the word I.
  const std::string operand = "(?:" + number() + "|[A-HJ-Za-zα-ωΑ-Ω])" + ends();
  const std::string relation = "(?:[<>=!]=|[=≠≈≤≥<>])";
  const std::string operation = "[+×÷·*/\u2212-]";
  const std::string negative = "[\u2212-]?";
  return alternatives({
      "(?:(?<![^\\s(\\[])[\u2212-])?" + operand + "(?: ?" + operation + " ?" + operand +
          "){0,4} ?" + relation + " ?" + negative + operand + "(?: ?(?:" + operation + "|" +
          relation + ") ?" + operand + "){0,4}",
      "(?:[<>]=|[≤≥<>≈±]) ?" + negative + alternatives({money(), measure(), number() + ends()}),
  });
}

/// What is longer than a word: keys, Base64, endless letters, also what a URL is too long for. The
/// set alone gives nothing back and keeps no state for each character, so it may have any length.
std::string no_word() {
  const std::string inside = word("_+/=\\-");
  return "(?=" + inside + "{" + std::to_string(longest_word + 1) + "})(?>" + inside + "*)";
}

}  // namespace

std::string kept_pattern() {
  // All of them begin where a word could, the last one also where another one ended.
  const std::string begin = "(?<!" + word("_") + ")";
  return begin +
         alternatives({code(), url(), email(), host(), mention(), tag(), file(), formula(), money(),
                       measure()}) +
         "|(?:" + begin + "|\\G)" + no_word();
}

}  // namespace gst_translate
