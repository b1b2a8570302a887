using System.Text;

namespace Tether.Daemon.Sessions;

/// <summary>
/// What is known of a text that somebody writes: each character's sort while all of it was typed at its end, else only that there may be some.
/// It may hold more than the editor that it follows, never less.
/// </summary>
internal sealed class DraftText
{
    // Longer ones are not followed; a person clears them by other means than a key for each character.
    private const int Longest = 256;

    private readonly Sort[] _sorts = new Sort[Longest];
    private int _length;
    private bool _isKnown = true;

    private enum Sort : byte
    {
        Word,
        Space,
        Other,
        NewLine,
    }

    /// <summary>True when there is surely no text.</summary>
    public bool IsEmpty => _isKnown && _length == 0;

    /// <summary>There is none.</summary>
    public void Clear() => (_length, _isKnown) = (0, true);

    /// <summary>There may be some.</summary>
    public void Doubt() => _isKnown = false;

    /// <summary>The cursor may have moved: where there is text, what deletes is no longer known.</summary>
    public void Move() => _isKnown = IsEmpty;

    public void Type(Rune rune) => Add(
        rune.Value is '\r' or '\n' ? Sort.NewLine
        : Rune.IsWhiteSpace(rune) ? Sort.Space
        : rune.IsAscii && Rune.IsLetterOrDigit(rune) ? Sort.Word
        : Sort.Other);

    public void NewLine() => Add(Sort.NewLine);

    /// <summary>One character less; editors that delete more at once have less than this then.</summary>
    public void DeleteCharacter() => _length = Math.Max(_length - 1, 0);

    /// <summary>The blanks at the end and as much of the word before them as every editor deletes.</summary>
    public void DeleteWord()
    {
        DeleteWhile(Sort.Space);
        if (_length > 0 && _sorts[_length - 1] == Sort.Word)
        {
            DeleteWhile(Sort.Word);
        }
        else
        {
            DeleteCharacter();
        }
    }

    /// <summary>All of it, if it surely stands on one row: editors differ in whether a row or a line is deleted, and the rest of it stays.</summary>
    /// <param name="columns">Of the screen.</param>
    public void DeleteLine(int columns)
    {
        const int Widest = 2;
        const int Decoration = 8;
        if (_isKnown && Array.IndexOf(_sorts, Sort.NewLine, 0, _length) < 0 && (_length * Widest) + Decoration <= columns)
        {
            Clear();
        }
    }

    private void Add(Sort sort)
    {
        if (_length < Longest)
        {
            _sorts[_length++] = sort;
        }
        else
        {
            Doubt();
        }
    }

    private void DeleteWhile(Sort sort)
    {
        while (_length > 0 && _sorts[_length - 1] == sort)
        {
            _length--;
        }
    }
}
