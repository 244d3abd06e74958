# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Hugging Face transformers in float32 for translate.py: a round for every line BEAMS BATCH of standard input.
Texts are cut into pieces before the clock runs."""

import sys

from peer import Peer

peer = Peer(__doc__)

import torch  # noqa: E402
import transformers  # noqa: E402

torch.set_num_threads(peer.threads)
tokenizer = transformers.AutoTokenizer.from_pretrained(peer.model, src_lang=peer.source)
peer.loading()
model = transformers.AutoModelForSeq2SeqLM.from_pretrained(peer.model, dtype=torch.float32)
inputs = [tokenizer(line).input_ids for line in peer.lines]
language = tokenizer.convert_tokens_to_ids(peer.target)
lengths = {'min_new_tokens': peer.tokens, 'max_length': peer.tokens + 2} if peer.tokens else {'max_length': 200}


@torch.inference_mode()
def translate(batch, beams):
    padded = tokenizer.pad({'input_ids': [inputs[i] for i in batch]}, return_tensors='pt')
    found = model.generate(**padded, forced_bos_token_id=language, num_beams=beams, **lengths)
    return int((found[:, 2:] != model.config.pad_token_id).sum())


sys.exit(peer.serve(translate, {'version': transformers.__version__}))
