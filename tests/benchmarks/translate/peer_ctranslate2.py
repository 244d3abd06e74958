# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""CTranslate2 for translate.py: a round for every line BEAMS BATCH of standard input. Texts are cut into pieces
before the clock runs."""

import os
import sys

from peer import Peer

peer = Peer(__doc__)
os.environ['OMP_NUM_THREADS'] = str(peer.threads)  # before the library is loaded

import ctranslate2  # noqa: E402
import ctranslate2.converters  # noqa: E402

converted = peer.cache / f'ctranslate2-{peer.precision}'
if not (converted / 'model.bin').exists():
    ctranslate2.converters.TransformersConverter(str(peer.model), low_cpu_mem_usage=True).convert(
        str(converted), quantization=peer.precision, force=True)
peer.loading()
translator = ctranslate2.Translator(str(converted), device='cpu', intra_threads=peer.threads,
                                    compute_type=peer.precision)
sources = [[peer.source] + pieces + ['</s>'] for pieces in peer.pieces]
# The decoder's length counts the language that it begins with.
lengths = ({'min_decoding_length': peer.tokens + 1, 'max_decoding_length': peer.tokens + 1}
           if peer.tokens else {'max_decoding_length': 200})


def translate(batch, beams):
    results = translator.translate_batch([sources[i] for i in batch], target_prefix=[[peer.target]] * len(batch),
                                         beam_size=beams, **lengths)
    # Without the language; with the end, where it came to one.
    return sum(len(result.hypotheses[0]) - (1 if peer.tokens else 0) for result in results)


sys.exit(peer.serve(translate, {'version': ctranslate2.__version__}))
