using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>Collects marks, each once.</summary>
internal sealed class Marks(string sessionDirectory)
{
    // A card shows no more, and a hostile text could have thousands.
    private const int Most = 64;

    private readonly List<CommandMark> _marks = [];
    private bool _deletesOutside;

    public RiskLevel Risk =>
        _deletesOutside || _marks.Any(mark => mark.Kind is MarkKind.Secret or MarkKind.Privilege or MarkKind.Unreadable)
            || (_marks.Any(mark => mark.Kind == MarkKind.Code) && _marks.Any(mark => mark.Kind == MarkKind.Network))
            || (_marks.Any(mark => mark.Kind == MarkKind.Deletion) && _marks.Any(mark => mark.Kind is MarkKind.Outside or MarkKind.Network)) ? RiskLevel.High
        : _marks.Count > 0 ? RiskLevel.Medium
        : RiskLevel.Low;

    public void Add(MarkKind kind, string text)
    {
        text = CleanText.Line(text);
        if (_marks.Count < Most && !_marks.Any(mark => mark.Kind == kind && mark.Text == text))
        {
            _marks.Add(new CommandMark { Kind = kind, Text = text });
        }
    }

    public void AddPaths(IEnumerable<PartPath> paths)
    {
        foreach (var path in paths.Where(path => path.IsNamed && !PathFinder.IsNothing(path.Lexical)))
        {
            if (!PathResolver.IsWithin(path.Real ?? "/", sessionDirectory))
            {
                Add(MarkKind.Outside, path.Lexical);
                _deletesOutside |= path.IsWritten;
            }

            if (SecretFiles.IsSecret(path.Lexical) || SecretFiles.IsSecret(path.Real ?? ""))
            {
                Add(MarkKind.Secret, path.Lexical);
            }
        }
    }

    public CommandMark[] ToArray() => [.. _marks];
}
