using Tether.Protocol.Model;

namespace Tether.Tui.Commands.Run;

/// <summary>
/// `tether run` divided by hand. Our options may stand before the provider and behind it, up to the first word that is not ours; from there on
/// everything is the program's, untouched. `--` ends ours and is taken away once.
/// </summary>
internal sealed record RunArguments
{
    public string? Provider { get; init; }

    public string? Title { get; init; }

    public string? Directory { get; init; }

    public bool IsDetached { get; init; }

    public int Columns { get; init; }

    public int Rows { get; init; }

    /// <summary>Null: as configured.</summary>
    public ApprovalMode? Approval { get; init; }

    public bool Reconnects { get; init; } = true;

    public bool WantsHelp { get; init; }

    /// <summary>What the program gets.</summary>
    public string[] Rest { get; init; } = [];

    /// <param name="words">What stands behind `run`.</param>
    /// <exception cref="TetherException">One of our options lacks its value or has an impossible one.</exception>
    public static RunArguments Parse(ReadOnlySpan<string> words)
    {
        var result = new RunArguments();
        for (var i = 0; i < words.Length;)
        {
            var word = words[i];
            if (word == "--" && result.Provider is not null)
            {
                return result with { Rest = words[(i + 1)..].ToArray() };
            }

            var name = word.StartsWith("--", StringComparison.Ordinal) && word.Contains('=') ? word[..word.IndexOf('=')] : word;
            if (TryFlag(word, ref result))
            {
                i++;
            }
            else if (TakesValue(name))
            {
                var value = name.Length < word.Length ? word[(name.Length + 1)..] : i + 1 < words.Length ? words[i + 1] : throw Lacks(name);
                result = result.With(name, value);
                i += name.Length < word.Length ? 1 : 2;
            }
            else if (result.Provider is null)
            {
                result = IsOption(word) ? throw Unknown(word) : result with { Provider = word };
                i++;
            }
            else
            {
                return result with { Rest = words[i..].ToArray() };
            }
        }

        return result;
    }

    private static bool IsOption(string word) => word.StartsWith('-') && word.Length > 1;

    private static bool TryFlag(string word, ref RunArguments result)
    {
        var next = word switch
        {
            "-d" or "--detach" => result with { IsDetached = true },
            "--no-reconnect" => result with { Reconnects = false },
            // Behind the provider, help is the program's own.
            "-h" or "--help" or "-?" when result.Provider is null => result with { WantsHelp = true },
            _ => null,
        };
        result = next ?? result;
        return next is not null;
    }

    private static bool TakesValue(string name) => name is "--title" or "--cwd" or "--cols" or "--rows" or "--approval";

    private RunArguments With(string name, string value) => name switch
    {
        "--title" => this with { Title = value },
        "--cwd" => this with { Directory = Path.GetFullPath(value) },
        "--approval" => this with { Approval = ModeCommand.Parse(value) },
        "--cols" => this with { Columns = Size(name, value, 2000) },
        _ => this with { Rows = Size(name, value, 1000) },
    };

    private static int Size(string name, string value, int most) => int.TryParse(value, out var size) && size >= 1 && size <= most
        ? size
        : throw new TetherException(ExitCodes.Usage, $"{name} {value}: a number from 1 to {most} is allowed");

    private static TetherException Lacks(string name) => new(ExitCodes.Usage,
        $"{name} needs a value; if it is meant for the program, write it behind `--`: tether run PROVIDER -- {name}");

    private static TetherException Unknown(string word) => new(ExitCodes.Usage,
        $"run does not know {word}; the program's own options stand behind the provider: tether run PROVIDER {word}");
}
