# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

import os

ENDPOINT = os.environ.get('HF_ENDPOINT', 'https://huggingface.co')
HF_HUB_CACHE = os.environ.get('HF_HUB_CACHE', '')
HF_HUB_OFFLINE = os.environ.get('HF_HUB_OFFLINE') == '1'
