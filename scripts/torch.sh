# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# libtorch: for GPUs, and for the tests that compare with it. A processor alone does not use it.

torch_version=2.13.0
torch=        # enabled or disabled; empty until choose_torch
torch_prefix= # as it was configured, or by find_or_fetch_torch

# A GPU as the engine looks for one (gst-translate/engine/torch_module.cpp).
has_gpu() {
  if [[ $(uname) == Darwin ]]; then
    [[ $(uname -m) == arm64 ]]
  else
    [[ -e /dev/nvidiactl || -e /dev/dxg || -e /dev/kfd ]]
  fi
}

# Enabled where it was asked for, is there already or is of use.
choose_torch() {
  if [[ -n $torch ]]; then return; fi
  torch=$(configured torch)
  if [[ -n ${TORCH_PREFIX:-} ]] || has_gpu; then torch=enabled; fi
  torch=${torch:-disabled}
}

find_torch() {
  if [[ -n ${TORCH_PREFIX:-} ]]; then
    [[ -e $TORCH_PREFIX/include/ATen/ATen.h ]] ||
      fail "TORCH_PREFIX=$TORCH_PREFIX has no include/ATen/ATen.h." \
        "Name the folder of an unpacked libtorch, or a Python's site-packages/torch"
    (cd "$TORCH_PREFIX" && pwd)
    return
  fi
  python3 gst-translate/decode/torch/find-libtorch.py "$root"
}

find_or_fetch_torch() {
  # What was configured keeps its libtorch.
  if [[ -z ${TORCH_PREFIX:-} && -e $torch_prefix/include/ATen/ATen.h ]]; then return; fi
  torch_prefix=$(find_torch)
  if [[ -n $torch_prefix ]]; then return; fi
  say "No libtorch found: torch $torch_version goes to .venv, for GPUs and comparisons"
  make_venv
  step "Fetching torch $torch_version" torch.log \
    'Check the network and the settings of pip, or set TORCH_PREFIX to a folder with libtorch' \
    .venv/bin/python -m pip install --progress-bar off "torch==$torch_version"
  torch_prefix=$(find_torch)
  [[ -n $torch_prefix ]] || fail 'torch is installed in .venv, but has no libtorch.' \
    'Remove the folder .venv, then again: ./run'
}
