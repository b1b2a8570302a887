using System.Text;

namespace Tether.Tui.Commands.Completion;

/// <summary>The script for fish, with descriptions.</summary>
internal static class FishCompletion
{
    public static string Script(CommandShape[] commands)
    {
        var script = new StringBuilder("complete -c tether -f\n");
        foreach (var command in commands)
        {
            script.Append($"complete -c tether -n __fish_use_subcommand -a {command.Name} -d {Quote(command.Description)}\n");
            var here = $"complete -c tether -n '__fish_seen_subcommand_from {command.Name}'";
            script.Append(command.Argument switch
            {
                ArgumentShape.Session => $"{here} -a '(tether __complete sessions 2>/dev/null)'\n",
                ArgumentShape.Item => $"{here} -a '(tether __complete items 2>/dev/null)'\n",
                ArgumentShape.Provider => $"{here} -a '(tether __complete providers 2>/dev/null)'\n",
                ArgumentShape.Shell => $"{here} -a 'bash zsh fish'\n",
                _ when command.Inner.Length > 0 =>
                    $"{here} -n 'not __fish_seen_subcommand_from {string.Join(' ', command.Inner)}' -a '{string.Join(' ', command.Inner)}'\n",
                _ => "",
            });
            foreach (var option in command.Options)
            {
                var names = string.Concat(option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));
                var value = !option.TakesValue ? "" : option.Values.Length > 0 ? $" -x -a '{string.Join(' ', option.Values)}'" : " -r";
                script.Append($"{here}{names}{value} -d {Quote(option.Description)}\n");
            }
        }

        return script.ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
