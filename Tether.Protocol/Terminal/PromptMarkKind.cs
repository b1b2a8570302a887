namespace Tether.Protocol.Terminal;

/// <summary>The parts of a shell's dialogue, as OSC 133 names them.</summary>
public enum PromptMarkKind : byte
{
    /// <summary>A: a prompt begins.</summary>
    Prompt = (byte)'A',

    /// <summary>B: the prompt ends, the command line begins.</summary>
    Command = (byte)'B',

    /// <summary>C: the command runs, its output begins.</summary>
    Output = (byte)'C',

    /// <summary>D: the command is finished.</summary>
    End = (byte)'D',
}
