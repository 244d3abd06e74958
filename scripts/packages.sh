# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The packages that each purpose needs, and how they are installed.

packages_of_debian() {
  cat << 'END'
g++ the compiler
meson the build
dpkg-dev tells meson where libraries go
ninja-build the build
pkgconf finds libraries
python3 the build
libgstreamer1.0-dev GStreamer
libgstreamer-plugins-base1.0-dev GStreamer
gstreamer1.0-tools gst-launch-1.0
gstreamer1.0-plugins-base subtitles, conversion, Ogg, Opus
gstreamer1.0-plugins-good WAV, audio output
gstreamer1.0-plugins-bad WebVTT
libicu-dev characters and sentences
libsentencepiece-dev the models' tokenizer
libprotobuf-dev wanted by sentencepiece
libabsl-dev wanted by sentencepiece
nlohmann-json3-dev the models' settings
libespeak-ng-dev speech
libmecab-dev Japanese readings
open-jtalk-mecab-naist-jdic Japanese readings
libsoup-3.0-dev the page of gst-lingua-live
END
  if [[ $torch == enabled || $1 == tests ]]; then say 'python3-venv for what pip brings'; fi
  if [[ $1 == tests ]]; then
    say 'flite English speech for a recogniser'
    say 'python3-dev builds the recogniser where pip has none built'
    say 'ffmpeg looks at dubbed films, hears what is sent to others'
  fi
  if [[ $1 == tests || $1 == lint ]]; then
    say 'libgtest-dev the tests'
    say 'python3-gi the example in Python'
    say 'gir1.2-gstreamer-1.0 the examples in Python and JavaScript'
    say 'gjs the example in JavaScript'
    say 'gstreamer1.0-libav AAC'
    say 'ges1.0-tools the line of an editor'
  fi
  if [[ $1 == lint ]]; then
    say 'clang the second compiler'
    say 'libclang-rt-dev links the fuzz targets that clang builds'
    say 'clang-format formatting'
    say 'clang-tidy analysis'
  fi
  if [[ $1 == package ]]; then
    say 'build-essential makes packages'
    say 'debhelper makes packages'
  fi
}

packages_of_homebrew='gstreamer icu4c sentencepiece nlohmann-json espeak-ng mecab mecab-ipadic libsoup meson
  ninja pkgconf python googletest llvm'

# The names in the list that dpkg does not have as installed.
missing_from_debian() {
  local installed name reason
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2> /dev/null | grep '^installed ' || true)
  while read -r name reason; do
    if ! grep -q -x -F "installed $name" <<< "$installed"; then say "$name $reason"; fi
  done
}

install_packages() {
  local purpose=$1
  if [[ $(uname) == Darwin ]]; then
    install_with_homebrew
  elif command -v dpkg-query > /dev/null; then
    install_with_apt "$purpose"
  else
    name_missing "$purpose"
  fi
}

# Where packages have names that are not known here: all that is missing, at once.
name_missing() {
  local programs=(c++ meson "$(tool ninja)" pkg-config python3 gst-launch-1.0 mecab-config)
  local libraries=(gstreamer-1.0 gstreamer-audio-1.0 gstreamer-app-1.0 gstreamer-pbutils-1.0 icu-i18n sentencepiece
    nlohmann_json espeak-ng libsoup-3.0)
  local name missing=()
  if [[ $1 != build ]]; then libraries+=(gtest gstreamer-check-1.0); fi
  for name in "${programs[@]}"; do
    command -v "$name" > /dev/null || missing+=("$name")
  done
  for name in "${libraries[@]}"; do
    pkg-config --exists "$name" 2> /dev/null || missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then return; fi
  fail "This is missing: ${missing[*]}" \
    'Install it with the package manager of your system, libraries with their headers, then again: ./run' \
    'Where there is apt-get or Homebrew, ./run does so by itself'
}

# Sets as_root to the words before a command that root must run; what for is $1, and how to do it by hand $2.
as_root=()
become_root() {
  if [[ $(id -u) == 0 ]]; then return; fi
  command -v sudo > /dev/null || fail "$1 needs root, and there is no sudo." "As root: $2" "Then again: ./run"
  if [[ -t 0 ]]; then sudo -v || fail 'sudo was refused.' "As root: $2"; fi
  as_root=(sudo -n)
}

install_with_apt() {
  local missing names name reason
  missing=$(packages_of_debian "$1" | missing_from_debian)
  if [[ -z $missing ]]; then return; fi
  names=()
  say 'Packages to install with apt-get:'
  while read -r name reason; do
    names+=("$name")
    printf '  %-34s %s\n' "$name" "$reason"
  done <<< "$missing"
  become_root 'Installing packages' "apt-get install --no-install-recommends ${names[*]}"
  local apt=(${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y
    -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
  step 'Reading package lists' apt-update.log \
    'Is the network up, and are the package sources right? Then again: ./run' "${apt[@]}" update
  step 'Installing packages' apt-install.log \
    "Try by hand: apt-get install --no-install-recommends ${names[*]}" \
    "${apt[@]}" install --no-install-recommends "${names[@]}"
}

# Prepared, not tested: nobody has run this on a Mac yet.
install_with_homebrew() {
  command -v brew > /dev/null || fail 'Homebrew is missing.' 'Install it, then again: ./run'
  local installed name missing=()
  installed=$(brew list --formula -1)
  for name in $packages_of_homebrew; do
    if ! grep -q -x -E "$name(@.*)?" <<< "$installed"; then missing+=("$name"); fi
  done
  if ((${#missing[@]} > 0)); then
    say "Packages to install with Homebrew: ${missing[*]}"
    step 'Installing packages' brew.log "Try by hand: brew install ${missing[*]}" brew install "${missing[@]}"
  fi
  PKG_CONFIG_PATH=$(brew --prefix icu4c)/lib/pkgconfig:${PKG_CONFIG_PATH:-}
  export PKG_CONFIG_PATH
}
