#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whatever --help names is completed by the shell, stands in the man page and in the docs."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.environ['GST_LINGUA_SOURCE']
TOOLS = [os.environ[name] for name in (
    'GST_TRANSLATE_TOOL', 'GST_TTS_TOOL', 'GST_LIVE_TOOL', 'GST_DUB_TOOL') if name in os.environ]

SPEAKING = [tool for tool in TOOLS if tool.endswith('gst-tts')]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commands(tool):
    """The tool alone, and each of its commands."""
    listed = re.search(r'^Commands:\n((?:  .*\n)+)', run(tool, '--help'), re.MULTILINE)
    names = re.findall(r'^  ([a-z]+) ', listed[1], re.MULTILINE) if listed else []
    return [[tool]] + [[tool, name] for name in names]


def options(command):
    return re.findall(r'^ {2,6}(?:-\w, )?(--[a-z-]+)', run(*command, '--help'), re.MULTILINE)


def complete(*words):
    script = '''
        . "$1"
        shift
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _gst_lingua "$1"
        printf '%s\\n' "${COMPREPLY[@]}"
    '''
    path = os.path.join(SOURCE, 'docs/completions/gst-lingua.bash')
    return run('bash', '-c', script, 'bash', path, *words).split()


def options_in_zsh(*command):
    """What zsh's own completion is told of a command's options."""
    script = '''
        compdef() { :; }
        _arguments() { print -l -- "$@"; }
        . "$1"
        shift
        words=("$@" '')
        CURRENT=$(($# + 1))
        _gst_lingua
    '''
    path = os.path.join(SOURCE, 'docs/completions/gst-lingua.zsh')
    return re.findall(r'^\*(--[a-z-]+)', run('zsh', '-f', '-c', script, 'zsh', path, *command), re.MULTILINE)


def shown_by_zsh(line, expected):
    """What a terminal shows of a line and a tab, until it shows what is expected or a while is over."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe('zsh', ['zsh', '-f', '-i'], dict(os.environ, TERM='dumb'))
    path = os.path.join(SOURCE, 'docs/completions/gst-lingua.zsh')
    os.write(terminal, f'autoload -Uz compinit; compinit -u -D; . {path}\n'.encode())
    os.write(terminal, f'{line}\t\t'.encode())
    shown = ''
    while not re.search(expected, shown) and select.select([terminal], [], [], 20)[0]:
        shown += os.read(terminal, 65536).decode(errors='replace')
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown


def complete_in_fish(*words):
    path = os.path.join(SOURCE, 'docs/completions/gst-lingua.fish')
    with tempfile.TemporaryDirectory() as empty:  # files are completed, too
        shown = run('fish', '-N', '-c', f"cd {empty}; source {path}; complete -C '{' '.join(words)}'")
    return [line.split('\t')[0] for line in shown.splitlines()]


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for tool in TOOLS:  # by name, as these shells want them
            os.environ['PATH'] = os.path.dirname(tool) + ':' + os.environ['PATH']

    @unittest.skipUnless(shutil.which('zsh'), 'there is no zsh')
    def test_zsh_completes(self):
        for tool in TOOLS:
            for command in commands(tool):
                named = [os.path.basename(tool)] + command[1:]
                self.assertCountEqual(options_in_zsh(*named), options(command), command)
        self.assertRegex(shown_by_zsh('gst-translate --backend ', r'auto +cpu +torch'), r'auto +cpu +torch')
        self.assertIn('--to deu_Latn', shown_by_zsh('gst-translate --to d', '--to deu_Latn'))

    @unittest.skipUnless(shutil.which('fish'), 'there is no fish')
    def test_fish_completes(self):
        for tool in TOOLS:
            for command in commands(tool):
                named = [os.path.basename(tool)] + command[1:]
                self.assertCountEqual(complete_in_fish(*named, '--'), options(command), command)
        self.assertEqual(complete_in_fish('gst-translate', 'tr'), ['translate', 'trim'])
        self.assertEqual(complete_in_fish('gst-translate', '--backend', ''), ['auto', 'cpu', 'torch'])
        self.assertEqual(complete_in_fish('gst-translate', '-t', 'd'), ['deu_Latn'])

    def test_each_option_is_completed(self):
        for tool in TOOLS:
            for command in commands(tool):
                self.assertGreater(len(options(command)), 2, command)
                self.assertCountEqual(complete(*command, '-'), options(command), command)
                self.assertEqual(complete(*command, '--hel'), ['--help'])

    def test_commands_and_values_are_completed(self):
        tool = TOOLS[0]
        self.assertIn('fetch', complete(tool, ''))
        self.assertEqual(complete(tool, 'tr'), ['translate', 'trim'])
        self.assertEqual(complete(tool, '--backend', ''), ['auto', 'cpu', 'torch'])
        self.assertEqual(complete(tool, 'translate', '--device', 'c'), ['cpu', 'cuda'])
        self.assertEqual(complete(tool, 'segment', '--join', ''), ['verbatim', 'words'])
        self.assertEqual(complete(tool, '--early-stopping', ''), ['true', 'false', 'never'])
        self.assertEqual(complete(tool, '--to', 'd'), ['deu_Latn'])
        self.assertEqual(complete(tool, '-t', 'd'), ['deu_Latn'])
        self.assertEqual(complete(tool, '--file', ''), [])
        for speaking in SPEAKING:
            self.assertEqual(complete(speaking, '--language', 'jpn'), ['jpn_Jpan'])
            self.assertEqual(complete(speaking, '--output', ''), [])
        for dubbing in (tool for tool in TOOLS if tool.endswith('-dub')):
            self.assertEqual(complete(dubbing, '--original', ''), ['keep', 'duck', 'drop'])
            self.assertEqual(complete('gst-lingua-dub', '--to', 'jp'), ['jpn_Jpan'])

    def test_each_option_is_in_the_man_page(self):
        for tool in TOOLS:
            with tempfile.NamedTemporaryFile(mode='r') as page:
                run('python3', os.path.join(SOURCE, 'docs/man_page.py'), tool, 'is tested', page.name)
                text = page.read().replace('\\-', '-')
            self.assertIn('\n.SH NAME\n%s - is tested\n' % os.path.basename(tool), text)
            for command in commands(tool):
                self.assertIn(command[-1].split('/')[-1], text)
                for option in options(command):
                    self.assertRegex(text, r'\n\.B (-\w, )?' + option)
            self.assertIn('.SH EXIT STATUS', text)

    def test_each_option_is_in_the_docs(self):
        for tool in TOOLS:
            with open(os.path.join(SOURCE, 'docs', os.path.basename(tool) + '.md'), encoding='utf-8') as page:
                text = page.read()
            for command in commands(tool):
                self.assertIn(command[-1].split('/')[-1], text)
                for option in options(command):
                    self.assertIn(option, text, command)


if __name__ == '__main__':
    unittest.main()
