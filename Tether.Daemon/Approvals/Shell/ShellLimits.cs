namespace Tether.Daemon.Approvals.Shell;

/// <summary>How much of one text is read, whatever it nests; shared by all parsers of one <see cref="ShellScript.Parse"/> and the scripts inside it.</summary>
internal sealed class ShellLimits
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>The most of <see cref="Steps"/>. Real texts take ten for each character, the worst known ones fifty.</summary>
    public const int MostSteps = 256 * Longest;

    // Real command lines nest three or four deep.
    private const int Deepest = 48;

    private const int MostCommands = 4096;

    // Texts inside texts (`bash -c`, backticks) are read again.
    private const int MostCharacters = 8 * Longest;

    private int _depth;
    private int _commands;
    private int _characters;

    /// <summary>Characters that were looked at, joined and copied so far, each as often as it was.</summary>
    public long Steps { get; private set; }

    public void Step(int characters)
    {
        Steps += characters;
        if (Steps > MostSteps)
        {
            throw new UnreadableException("it takes too long to read");
        }
    }

    public void Enter()
    {
        if (++_depth > Deepest)
        {
            throw new UnreadableException($"it nests deeper than {Deepest} levels");
        }
    }

    public void Leave() => _depth--;

    public void Count()
    {
        if (++_commands > MostCommands)
        {
            throw new UnreadableException($"it has more than {MostCommands} commands");
        }
    }

    public void Read(int characters)
    {
        _characters += characters;
        if (characters > Longest || _characters > MostCharacters)
        {
            throw new UnreadableException($"it is longer than {Longest} characters");
        }
    }
}
