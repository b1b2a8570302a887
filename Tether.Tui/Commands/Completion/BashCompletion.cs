namespace Tether.Tui.Commands.Completion;

/// <summary>The script for bash, which needs nothing beyond bash itself.</summary>
internal static class BashCompletion
{
    public static string Script(CommandShape[] commands) => $$"""
        _tether() {
            local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
            COMPREPLY=()
            if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(compgen -W "{{string.Join(' ', commands.Select(command => command.Name))}} --help --version" -- "$word"))
                return
            fi
            local options="" values="" argument="" inner=""
            case "$command" in
        {{string.Concat(commands.Select(Case))}}    esac
            case "$command $previous" in
        {{string.Concat(commands.SelectMany(Values))}}    esac
            if [ -n "$values" ]; then
                COMPREPLY=($(compgen -W "$values" -- "$word"))
            elif [[ "$word" == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$word"))
            elif [ -n "$inner" ] && [ "$COMP_CWORD" -eq 2 ]; then
                compopt +o default 2>/dev/null
                COMPREPLY=($(compgen -W "$inner" -- "$word"))
            elif [ "$argument" = item ]; then
                compopt +o default 2>/dev/null
                [ "$COMP_CWORD" -eq 2 ] && COMPREPLY=($(compgen -W "$(tether __complete items 2>/dev/null | cut -f1)" -- "$word"))
            elif [ "$argument" = session ]; then
                COMPREPLY=($(compgen -W "$(tether __complete sessions 2>/dev/null | cut -f1)" -- "$word"))
                if [ ${#COMPREPLY[@]} -eq 0 ]; then
                    local IFS=$'\n'
                    COMPREPLY=($(compgen -W "$(tether __complete titles 2>/dev/null)" -- "$word"))
                    COMPREPLY=("${COMPREPLY[@]// /\\ }")
                fi
            elif [ "$argument" = provider ] && [ "$COMP_CWORD" -eq 2 ]; then
                COMPREPLY=($(compgen -W "$(tether __complete providers 2>/dev/null)" -- "$word"))
            elif [ "$argument" = shell ]; then
                COMPREPLY=($(compgen -W "bash zsh fish" -- "$word"))
            fi
        }
        complete -o default -F _tether tether

        """;

    private static string Case(CommandShape command)
    {
        var options = string.Join(' ', command.Options.SelectMany(option => option.Names));
        var argument = command.Argument == ArgumentShape.Nothing ? "" : command.Argument.ToString().ToLowerInvariant();
        return $"        {command.Name}) options=\"{options}\"; argument={argument} inner=\"{string.Join(' ', command.Inner)}\" ;;\n";
    }

    private static IEnumerable<string> Values(CommandShape command) =>
        from option in command.Options
        where option.Values.Length > 0
        from name in option.Names
        select $"        \"{command.Name} {name}\") values=\"{string.Join(' ', option.Values)}\" ;;\n";
}
