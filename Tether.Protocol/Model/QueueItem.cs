namespace Tether.Protocol.Model;

/// <summary>
/// One thing that needs a human. Immutable; every change is told as a new one with the same <see cref="Id"/>. Times are UTC; texts that come
/// from an agent are untrusted and have their controls removed, but line feeds and tabs in those that may have many lines.
/// </summary>
public sealed record QueueItem
{
    /// <summary>16 random characters of `a`–`z` and `2`–`9`, bound to this one question. A unique beginning is enough wherever a person types it.</summary>
    public required string Id { get; init; }

    public required QueueKind Kind { get; init; }

    public required string Session { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Agent { get; init; }

    /// <summary>One line, as `Bash: touch a.txt`.</summary>
    public required string Title { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Which of the agent's own agents asks; null for the main one.</summary>
    public string? SubAgent { get; init; }

    /// <summary>The tool as the agent calls it; null for what is no tool's.</summary>
    public string? Tool { get; init; }

    public ToolClass ToolClass { get; init; }

    /// <summary>The shell command, whole; null for other tools.</summary>
    public string? Command { get; init; }

    /// <summary>Where it would be done, absolute.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The branch checked out there; null where there is none.</summary>
    public string? Branch { get; init; }

    /// <summary>The agent's own reason for asking, or more of what it says; may have many lines.</summary>
    public string Detail { get; set; } = "";

    public FileEdit[] Edits { get; set; } = [];

    public QueueQuestion[] Questions { get; set; } = [];

    /// <summary>The tool's whole input as JSON, for `e`dit; null when the agent told none or takes none back.</summary>
    public string? Input { get; init; }

    /// <summary>What the command or tool would touch; null when nothing is known of it.</summary>
    public CommandFacts? Facts { get; init; }

    /// <summary>What the policy says and why.</summary>
    public PolicyNote? Policy { get; init; }

    /// <summary>What was answered the last time to the same shape; null if it never was.</summary>
    public PastAnswer? Before { get; init; }

    /// <summary>What `a`lways can mean here.</summary>
    public AlwaysOffer[] Always { get; set; } = [];

    public AnswerWay Way { get; init; }

    /// <summary>True when the agent takes a reason along with a denial.</summary>
    public bool TakesReason { get; init; }

    /// <summary>True when the agent takes a changed <see cref="Input"/>.</summary>
    public bool TakesInput { get; init; }

    public QueueState State { get; init; }

    /// <summary>Not to be shown in front before then; null when it is not put off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When it is denied unless somebody was first; null where it waits for ever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How it ended; null while it is open.</summary>
    public QueueAnswer? Answer { get; init; }
}

/// <summary>A change of one file.</summary>
public sealed record FileEdit
{
    public required string Path { get; init; }

    /// <summary>Unified diff without its `---` and `+++` lines; `@@` lines where the place is known. Cut at 256 KiB with a last line that says so.</summary>
    public string Diff { get; set; } = "";

    public bool IsNew { get; init; }

    public bool IsDeletion { get; init; }
}

/// <summary>One question of an item; an item may have several, and is answered with all of them at once.</summary>
public sealed record QueueQuestion
{
    public required string Text { get; init; }

    /// <summary>A word or two; empty when the agent gave none.</summary>
    public string Header { get; set; } = "";

    public QueueOption[] Options { get; set; } = [];

    /// <summary>More than one option may be chosen.</summary>
    public bool Multiple { get; init; }

    /// <summary>A text that is no option is taken too.</summary>
    public bool FreeText { get; init; }
}

/// <summary>One way to answer a question.</summary>
public sealed record QueueOption
{
    public required string Label { get; init; }

    public string Description { get; set; } = "";
}

/// <summary>What a command, or a tool's input, would touch, read from the text alone.</summary>
public sealed record CommandFacts
{
    /// <summary>Each simple command on one line, those of subshells and substitutions included, in the order of the text.</summary>
    public string[] Commands { get; set; } = [];

    /// <summary>The programs that would be run, each once.</summary>
    public string[] Programs { get; set; } = [];

    /// <summary>Files and folders that are named, absolute.</summary>
    public string[] Paths { get; set; } = [];

    public string[] Hosts { get; set; } = [];

    public CommandMark[] Marks { get; set; } = [];

    public RiskLevel Risk { get; init; }

    /// <summary>Why the text could not be read as commands; null when it could. What cannot be read is always asked.</summary>
    public string? Unreadable { get; init; }
}

/// <summary>Something about a command that a person should see before he says yes.</summary>
public sealed record CommandMark
{
    public required MarkKind Kind { get; init; }

    /// <summary>What it is about: the path, host or word.</summary>
    public required string Text { get; init; }
}

/// <summary>What the policy came to.</summary>
public sealed record PolicyNote
{
    public required PolicyVerdict Verdict { get; init; }

    /// <summary>The rule that decided; null when none fits.</summary>
    public string? Rule { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Why { get; init; }
}

/// <summary>What was answered to the same shape before.</summary>
public sealed record PastAnswer
{
    public required QueueDecision Decision { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Reason { get; set; } = "";

    /// <summary>How often the same shape was allowed, and denied, by people.</summary>
    public int Allowed { get; init; }

    public int Denied { get; init; }
}

/// <summary>One meaning of `always` for an item.</summary>
public sealed record AlwaysOffer
{
    /// <summary>What `--always` takes: `session`, `prefix`, `tool-30m`, `dir-10m`, `agent` …</summary>
    public required string Id { get; init; }

    /// <summary>What it would allow, as `git status …, in this directory, for ever`.</summary>
    public required string Text { get; init; }
}

/// <summary>How an item ended, or which answer is on its way.</summary>
public sealed record QueueAnswer
{
    public required QueueDecision Decision { get; init; }

    /// <summary>Who: the client's name, `rule`, `mode` (the session's approval mode), `timeout`, or `agent` when it was settled in the agent's own prompt or by the agent's end.</summary>
    public required string By { get; init; }

    /// <summary>Where: `dashboard`, `cli`, `terminal`, `rule`, `api` …</summary>
    public required string Surface { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Reason { get; set; } = "";

    /// <summary>The rule that answered, or that `always` made; null for none.</summary>
    public string? Rule { get; init; }

    /// <summary>The <see cref="AlwaysOffer.Id"/> that was chosen; null for this once.</summary>
    public string? Always { get; init; }

    /// <summary>A changed input as JSON; null for the input as it was.</summary>
    public string? Input { get; init; }

    /// <summary>For each question the chosen labels or the text; empty for what has no questions.</summary>
    public string[][] Answers { get; set; } = [];

    /// <summary>What became of it: `delivered`, `typed`, `confirmed`, or why it did not reach the prompt.</summary>
    public string Receipt { get; set; } = "";
}
