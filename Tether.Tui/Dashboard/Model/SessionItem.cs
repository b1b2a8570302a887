using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>One session as it is shown now; immutable, and replaced when something that is shown changes.</summary>
internal sealed record SessionItem
{
    public required SessionRecord Record { get; init; }

    public string Id => Record.Id;

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The machine it runs on.</summary>
    public required string Host { get; init; }

    public required SessionStatus Status { get; init; }

    /// <summary>When the status began: work, silence, the question, or the end.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How long ago <see cref="Since"/> is, as <see cref="AgeText"/> says it.</summary>
    public required string Age { get; init; }

    /// <summary>It had ended, and that was no news, when it was first seen: it stands behind all others.</summary>
    public bool IsPast { get; init; }

    /// <summary>The last line of text on its screen; may be empty.</summary>
    public string LastLine => Record.LastLine;

    /// <summary>When its limit ends, as people read it; empty where that is not known, and in all other statuses.</summary>
    public string Until { get; init; } = "";

    public string Word => Until.Length > 0 ? $"{StatusText.Word(Status)} until {Until}" : StatusText.Word(Status);

    /// <summary>One column.</summary>
    public string Sign(bool isAscii = false) => StatusText.Sign(Status, isAscii);
}
