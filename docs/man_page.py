#!/usr/bin/env python3
# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes a program's man page of what its --help says: man_page.py PROGRAM SUMMARY OUTPUT"""

import os
import re
import subprocess
import sys


def roff(text):
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return re.sub(r"(?m)^([.'])", r'\\&\1', text)


class Help:
    """The parts of a help text."""

    def __init__(self, *command):
        text = subprocess.run([*command, '--help'], check=True, capture_output=True, text=True).stdout
        self.synopsis = ''
        self.options, self.commands = [], []  # (what, text)
        self.description, self.remarks = [], []
        for block in text.strip().split('\n\n'):
            lines = block.split('\n')
            joined = ' '.join(lines)
            if joined.startswith('Usage: '):
                self.synopsis = joined[len('Usage: '):]
            elif lines[0] == 'Options:':
                self.options = self.items(lines[1:])
            elif lines[0] == 'Commands:':
                self.commands = self.items(lines[1:])
            else:
                (self.remarks if self.options else self.description).append(joined)

    @staticmethod
    def items(lines):
        found = []
        for line in lines:
            if re.match(r' {2,6}\S', line):
                what, _, text = line.strip().partition('  ')
                found.append([what, text.strip()])
            else:
                found[-1][1] = (found[-1][1] + ' ' + line.strip()).strip()
        return found


def tagged(items):
    return ''.join('.TP\n.B %s\n%s\n' % (roff(what), roff(text)) for what, text in items)


def paragraphs(texts):
    return ''.join('.PP\n%s\n' % roff(text) for text in texts)


def titled(remarks, title):
    """The remarks that begin with a title, without it, and the others."""
    start = title + ': '
    return ([text[len(start):] for text in remarks if text.startswith(start)],
            [text for text in remarks if not text.startswith(start)])


def main():
    program, summary, output = sys.argv[1:]
    name = os.path.basename(program)
    version = subprocess.run([program, '--version'], check=True, capture_output=True, text=True).stdout.split()[-1]
    whole = Help(program)
    exit_status, remarks = titled(whole.remarks, 'Exit status')
    environment, remarks = titled(remarks, 'Environment')
    remarks = [text for text in remarks if '--help' not in text]  # it is all here
    page = '.TH %s 1 "" "gst\\-lingua %s" "gst\\-lingua"\n' % (roff(name.upper()), version)
    page += '.SH NAME\n%s \\- %s\n' % (roff(name), roff(summary))
    page += '.SH SYNOPSIS\n%s\n' % roff(whole.synopsis)
    for command, _ in whole.commands[1:]:
        page += '.br\n%s\n' % roff(Help(program, command).synopsis)
    page += '.SH DESCRIPTION\n' + paragraphs(whole.description + remarks)
    page += '.SH OPTIONS\n' + tagged(whole.options)
    if whole.commands:
        page += '.SH COMMANDS\n'
    for command, text in whole.commands[1:]:
        own = Help(program, command)
        own_environment, own_remarks = titled(titled(own.remarks, 'Exit status')[1], 'Environment')
        environment += ['%s %s: %s' % (name, command, text) for text in own_environment]
        page += '.SS %s\n%s' % (roff(command), roff(own.synopsis) + '\n')
        page += paragraphs(own.description) + paragraphs(own_remarks)
        page += tagged(option for option in own.options if option not in whole.options[-2:])
    if environment:
        page += '.SH ENVIRONMENT\n' + paragraphs(environment)
    page += '.SH EXIT STATUS\n' + paragraphs(exit_status)
    with open(output, 'w', encoding='utf-8') as out:
        out.write(page)


main()
