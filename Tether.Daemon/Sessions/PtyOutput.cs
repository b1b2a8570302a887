using Tether.Daemon.Journal;
using Tether.Daemon.Native;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>
/// The way of output: the pty's bytes go into the journal (the kernel writes them there), to the emulator, and then to whoever looks.
/// Owned by the session's thread.
/// </summary>
internal sealed unsafe class PtyOutput(Pty pty, SessionJournal journal, TerminalEmulator emulator, HiddenSpans hidden, EchoPriority priority, TimeProvider clock, Action printed)
{
    // So many reads, then keys are looked at again.
    private const int ReadsPerRound = 8;

    // A read this small was all there was; another would only find the pty empty.
    private const int SmallRead = 1024;

    public DateTimeOffset LastPrintedAt { get; set; }

    /// <summary>The last process that had the terminal open is gone.</summary>
    public bool IsGone { get; private set; }

    /// <summary>The last round did not find the pty empty.</summary>
    public bool MayHaveMore { get; private set; }

    /// <summary>Reads what there is, for at most one round.</summary>
    /// <param name="isDraining">The program has ended: go on until the pty says that it is empty.</param>
    public void Read(bool isDraining)
    {
        for (var i = 0; i < ReadsPerRound && !IsGone; i++)
        {
            if (MayHaveMore)
            {
                priority.GiveWay(this);
            }

            var buffer = journal.Reserve(out var room);
            switch (pty.Read(buffer, room, out var count))
            {
                case IoOutcome.Done:
                    Take(new ReadOnlySpan<byte>(buffer, count));
                    MayHaveMore = count >= SmallRead || isDraining;
                    if (!MayHaveMore)
                    {
                        return;
                    }

                    break;
                case IoOutcome.HungUp:
                    IsGone = true;
                    MayHaveMore = false;
                    return;
                default:
                    MayHaveMore = false;
                    return;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        LastPrintedAt = clock.GetUtcNow();
        var time = JournalTime.Of(LastPrintedAt);
        journal.Commit(bytes.Length, time);
        emulator.Feed(bytes);
        journal.Answered = journal.End;
        printed();
        priority.Delivered(this);
        journal.MakeRoom(emulator, time);
        hidden.DropBefore(journal.OldestInMemory);
    }
}
