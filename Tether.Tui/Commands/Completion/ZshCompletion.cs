namespace Tether.Tui.Commands.Completion;

/// <summary>The script for zsh, with descriptions.</summary>
internal static class ZshCompletion
{
    public static string Script(CommandShape[] commands) => $$"""
        #compdef tether
        _tether_sessions() {
            local -a sessions
            sessions=(${(f)"$(tether __complete sessions 2>/dev/null | sed 's/:/\\:/g; s/\t/:/')"})
            _describe -t sessions session sessions
        }
        _tether_items() {
            local -a items
            items=(${(f)"$(tether __complete items 2>/dev/null | sed 's/:/\\:/g; s/\t/:/')"})
            _describe -t items item items
        }
        _tether_providers() {
            local -a providers
            providers=(${(f)"$(tether __complete providers 2>/dev/null)"})
            _describe -t providers provider providers
        }
        _tether() {
            local -a commands
            commands=(
        {{string.Concat(commands.Select(command => $"        {Quote($"{command.Name}:{command.Description}")}\n"))}}    )
            if (( CURRENT == 2 )); then
                _describe -t commands command commands
                return
            fi
            local command=$words[2]
            shift words
            (( CURRENT-- ))
            case $command in
        {{string.Concat(commands.Select(Case))}}    esac
        }
        if [ "$funcstack[1]" = "_tether" ]; then _tether "$@"; else compdef _tether tether; fi

        """;

    private static string Case(CommandShape command)
    {
        var options = string.Concat(command.Options.SelectMany(Specs).Select(spec => $" {Quote(spec)}"));
        var argument = command.Argument switch
        {
            ArgumentShape.Session => " '*:session:_tether_sessions'",
            ArgumentShape.Item => " '1:item:_tether_items'",
            ArgumentShape.Provider => " '1:provider:_tether_providers' '*::argument:_files'",
            ArgumentShape.Shell => " '1:shell:(bash zsh fish)'",
            _ when command.Inner.Length > 0 => $" '1:command:({string.Join(' ', command.Inner)})'",
            _ => "",
        };
        return $"        {command.Name}) _arguments{options}{argument} ;;\n";
    }

    private static IEnumerable<string> Specs(OptionShape option)
    {
        var description = option.Description.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        var value = !option.TakesValue ? "" : option.Values.Length > 0 ? $":value:({string.Join(' ', option.Values)})" : ":value:";
        return option.Names.Select(name => $"{name}[{description}]{value}");
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
