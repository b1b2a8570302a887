using System.Text.Json;
using Tether.Daemon.Agents.Shell;

namespace Tether.Daemon.Agents;

/// <summary>What one entry of providers.json means, or what is wrong with it.</summary>
internal readonly record struct ProviderEntry(Provider? Provider, string? Problem)
{
    private const int LongestName = 32;

    public static ProviderEntry Parse(string name, JsonElement entry)
    {
        if (!IsName(name))
        {
            return Bad($"is no name; a–z, 0–9, - and _ are allowed, at most {LongestName}");
        }

        if (name == ShellAgent.ShellName)
        {
            return Bad("is built in and always your login shell; choose another name");
        }

        if (entry.ValueKind != JsonValueKind.Object)
        {
            return Bad("must be an object: { \"command\": [\"program\"], \"arguments\": true }");
        }

        string[]? command = null;
        var mayHaveArguments = false;
        var description = "";
        foreach (var member in entry.EnumerateObject())
        {
            switch (member.Name)
            {
                case "command" when Command(member.Value) is { } words:
                    command = words;
                    break;
                case "command":
                    return Bad("needs a command that is a program's name or path, or an array of it and its arguments");
                case "arguments" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    mayHaveArguments = member.Value.GetBoolean();
                    break;
                case "arguments":
                    return Bad("has arguments that are neither true (some may follow the command) nor false");
                case "description" when member.Value.ValueKind == JsonValueKind.String:
                    description = member.Value.GetString()!;
                    break;
                default:
                    return Bad($"has a member \"{member.Name}\" that is not allowed; command, arguments and description are");
            }
        }

        return command is null
            ? Bad("has no command")
            : new ProviderEntry(
                new Provider
                {
                    Name = name,
                    Program = command[0],
                    FixedArguments = command[1..],
                    MayHaveArguments = mayHaveArguments,
                    Description = description,
                },
                null);
    }

    // A string is one program, spaces included; it is never split or given to a shell.
    private static string[]? Command(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return Checked([value.GetString()!]);
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        // A plain loop: what a query over elements has compiled takes 10 ms of the first session's start.
        var words = new string[value.GetArrayLength()];
        for (var i = 0; i < words.Length; i++)
        {
            if (value[i].ValueKind != JsonValueKind.String)
            {
                return null;
            }

            words[i] = value[i].GetString()!;
        }

        return Checked(words);

        static string[]? Checked(string[] words) =>
            words is [{ Length: > 0 }, ..] && !words.Any(word => word.Contains('\0', StringComparison.Ordinal)) ? words : null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name[0] != '-'
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_');

    private static ProviderEntry Bad(string problem) => new(null, problem);
}
