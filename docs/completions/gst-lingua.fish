# Completion of the programs of gst-lingua for fish, from the table that --list-options prints.

function __gst_lingua_languages
    switch $argv[1]
        case '*gst-tts'
            $argv[1] --list-voices 2>/dev/null | cut -f 1 | sort -u
        case '*gst-lingua-*'
            gst-translate info 2>/dev/null | string replace -rf '^ *languages [^:]*: ' '' | string split ' '
        case '*'
            $argv[1] info 2>/dev/null | string replace -rf '^ *languages [^:]*: ' '' | string split ' '
    end
end

# Takes a program, the condition under which its options count, and the table's lines.
function __gst_lingua_add_options
    set -l program $argv[1]
    set -l condition $argv[2]
    for line in $argv[3..-1]
        set -l fields (string split \t -- $line)
        test $fields[1] = option; or continue
        set -l option -c $program -n $condition -l $fields[2] -d $fields[6]
        test $fields[3] = -; or set -a option -s $fields[3]
        if string match -qr '^(LANGUAGE|CODE)' -- $fields[4]
            set -a option -x -a "(__gst_lingua_languages $program)"
        else if test $fields[5] != -
            set -a option -x -a $fields[5]
        else if test $fields[4] != -
            set -a option -r
        end
        complete $option
    end
end

# Installed, the file has the name of its program.
set -l programs (status basename | string replace .fish '')
test $programs = gst-lingua; and set programs gst-translate gst-tts gst-lingua-live gst-lingua-dub
for program in $programs
    type -q $program; or continue
    set -l table ($program --list-options 2>/dev/null)
    set -l commands
    for line in (string match -e -r '^command\t' -- $table)
        set -l fields (string split \t -- $line)
        set -a commands $fields[2]
        complete -c $program -n '__fish_is_first_token' -a $fields[2] -d $fields[3]
        __gst_lingua_add_options $program "__fish_seen_subcommand_from $fields[2]" \
            ($program $fields[2] --list-options 2>/dev/null)
    end
    __gst_lingua_add_options $program "not __fish_seen_subcommand_from $commands" $table
end
