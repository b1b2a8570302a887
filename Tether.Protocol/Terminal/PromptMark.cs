namespace Tether.Protocol.Terminal;

/// <summary>Where a shell said by OSC 133 or 633 that a part of its dialogue begins.</summary>
/// <param name="Kind">Which part.</param>
/// <param name="Row">Absolute number of the row, as in <see cref="TerminalEmulator.RowAt"/>.</param>
/// <param name="Column">0-based.</param>
/// <param name="ExitCode">Of the command, with <see cref="PromptMarkKind.End"/> only; null where the shell did not tell.</param>
public readonly record struct PromptMark(PromptMarkKind Kind, long Row, int Column, int? ExitCode);
