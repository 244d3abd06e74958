# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# .venv: the Python environment of what pip brings.

# Prints the first usable Python for .venv: the system's, whose headers and modules fit together.
usable_python() {
  local python
  for python in /usr/bin/python3 python3 python3.13 python3.12 python3.11 python3.10; do
    if "$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 10))' 2> /dev/null; then
      say "$python"
      return
    fi
  done
  fail 'No Python of 3.10 or newer with venv was found.' \
    'Install one, or set TORCH_PREFIX to a folder with libtorch'
}

make_venv() {
  if [[ -x .venv/bin/python ]]; then return; fi
  local python
  python=$(usable_python)
  step 'Making .venv' venv.log 'Remove the folder .venv, then again: ./run' "$python" -m venv .venv
}

# A recogniser that brings its model along: the test of speech in, speech out uses it.
fetch_recogniser() {
  make_venv
  if .venv/bin/python -c 'import pocketsphinx' 2> /dev/null; then return; fi
  step 'Fetching pocketsphinx' pocketsphinx.log 'Check the network and the settings of pip' \
    .venv/bin/python -m pip install --progress-bar off --prefer-binary 'pocketsphinx>=5'
}
