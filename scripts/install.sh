# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# ./run install: into a prefix, and what is there is then tried as a user would.

install_into() {
  prefix=$1
  configure build
  compile
  local begin=$prefix
  while [[ ! -e $begin ]]; do begin=$(dirname "$begin"); done
  if [[ ! -w $begin ]]; then become_root "Installing into $prefix" "$root/run install $prefix"; fi
  step "Installing into $prefix" install.log 'Name a folder that you may write to: ./run install FOLDER' \
    ${as_root[@]+"${as_root[@]}"} "$(tool meson)" install -C "$build" --no-rebuild
  check_installation
}

# The folders below $prefix that meson chose for the libraries.
library_folder() {
  python3 -c 'import json, sys
print(next(option["value"] for option in json.load(open(sys.argv[1])) if option["name"] == "libdir"))' \
    "$build/meson-info/intro-buildoptions.json"
}

# Prints the variables without which a shell does not find what lies in $prefix; nothing if it does.
variables_for_prefix() {
  local libraries=$1 plugins=$1/gstreamer-1.0
  if [[ $(pkg-config --variable=pluginsdir gstreamer-1.0) != "$plugins" ]]; then
    say "GST_PLUGIN_PATH=$plugins"
  fi
  if [[ :$PATH: != *:"$prefix/bin":* ]]; then say "PATH=$prefix/bin:\$PATH"; fi
  if ! pkg-config --variable=pc_path pkg-config | tr : '\n' | grep -q -x -F "$libraries/pkgconfig"; then
    say "PKG_CONFIG_PATH=$libraries/pkgconfig"
  fi
}

check_installation() {
  local libraries variables
  libraries=$prefix/$(library_folder)
  variables=$(variables_for_prefix "$libraries" | tr '\n' ' ')
  variables=${variables% }
  step 'Trying the elements and the tools' check.log 'What failed is above; the installation is not usable' \
    try_installation "$libraries/gstreamer-1.0" "$variables"
  say "Installed in $prefix, and tried: textsegmenter, nllbtranslate, ttssynth, translatespeechbin, gst-translate, gst-tts"
  if [[ -n $variables ]]; then
    printf 'A shell finds them with:\n\n    export %s\n\n' "$variables"
  fi
}

# In a shell that has the variables and nothing of the build folder.
try_installation() {
  local scratch
  scratch=$(mktemp -d)
  env -u LD_LIBRARY_PATH -u GST_LINGUA_MODEL -u GST_PLUGIN_PATH -u GST_PLUGIN_PATH_1_0 \
    GST_REGISTRY="$scratch/registry.bin" XDG_CACHE_HOME="$scratch" bash -e -u -o pipefail -c "
    ${2:+export $2}"'
    plugins=$1 scratch=$2
    for element in textsegmenter nllbtranslate ttssynth translatespeechbin; do
      gst-inspect-1.0 "$element" | grep -F "$plugins/libgst$element"
    done
    echo "Good morning." | gst-translate --to de
    gst-tts --language de --output "$scratch/sound.wav" "Guten Morgen."
    test -s "$scratch/sound.wav"' bash "$1" "$scratch" && rm -r "$scratch"
}
