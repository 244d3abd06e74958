#!/usr/bin/gjs
// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// dub.js FILE LANGUAGE: dubs the subtitles in FILE, into LANGUAGE.wav and LANGUAGE.vtt, and prints
// each translation as a line of JSON when it is there. It needs gjs and gir1.2-gstreamer-1.0.
//
// JavaScript cannot be called on a streaming thread, so nothing here listens to signals of elements:
// all that there is to know comes over the bus.

imports.gi.versions.Gst = '1.0';
const {GLib, Gst} = imports.gi;
const System = imports.system;

const NUMBERS = ['start-time', 'duration'];
const STRINGS = ['text', 'translation', 'source-language-code', 'language-code'];

function fields(structure) {
    const result = {};
    for (const name of STRINGS)
        result[name] = structure.get_string(name);
    for (const name of NUMBERS)
        result[name] = structure.get_uint64(name)[1];
    return result;
}

function dub(file, language) {
    Gst.init(null);
    const pipeline = Gst.parse_launch(
        'filesrc name=file ! subparse ! translatespeechbin name=bin segment=false');
    const translate = pipeline.get_by_name('bin');
    pipeline.get_by_name('file').location = file;
    for (const [kind, elements, suffix] of [['audio', 'wavenc', 'wav'], ['text', 'webvttenc', 'vtt']]) {
        const output = Gst.parse_bin_from_description(
            `${elements} ! filesink location="${language}.${suffix}"`, true);
        pipeline.add(output);
        if (!translate.link_pads(`${kind}_${language}`, output, 'sink')) {
            printerr(`There is no ${kind} in "${language}".`);
            return 1;
        }
    }
    translate.get_by_name(`ttssynth-${language}`).rate = 1.1;

    let status = 0;
    const loop = GLib.MainLoop.new(null, false);
    const bus = pipeline.get_bus();
    bus.add_signal_watch();
    bus.connect('message', (_bus, message) => {
        if (message.type === Gst.MessageType.ELEMENT) {
            const said = message.get_structure();
            if (said.has_name('nllbtranslate/raw'))
                print(JSON.stringify(fields(said)));
        } else if (message.type === Gst.MessageType.ERROR) {
            printerr(message.parse_error()[0].message);
            status = 1;
            loop.quit();
        } else if (message.type === Gst.MessageType.EOS) {
            loop.quit();
        }
    });
    pipeline.set_state(Gst.State.PLAYING);
    loop.run();
    pipeline.set_state(Gst.State.NULL);
    bus.remove_signal_watch();
    return status;
}

if (ARGV.length === 2) {
    System.exit(dub(ARGV[0], ARGV[1]));
} else {
    printerr('Usage: dub.js FILE LANGUAGE');
    System.exit(2);
}
