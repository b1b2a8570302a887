using System.Runtime.InteropServices;
using Tether.Protocol.Model;

namespace Tether.Tui.Attach;

/// <summary>Every way in which being attached ends. Anything else is a bug and throws.</summary>
internal abstract record VisitEnd
{
    /// <summary>The person left; the session goes on.</summary>
    public sealed record Detached(SessionRecord Session) : VisitEnd;

    /// <summary>The session ended.</summary>
    public sealed record Exited(SessionRecord Session) : VisitEnd;

    /// <summary>Attach again: to another session, or in another way.</summary>
    public sealed record GoTo(AttachPlan Plan) : VisitEnd;

    /// <summary>The daemon is gone.</summary>
    public sealed record Lost : VisitEnd
    {
        /// <summary>Keys that belong to the program and have not been sent.</summary>
        public byte[] Typed { get; init; } = [];
    }

    /// <summary>This program was told to end, or its terminal hung up.</summary>
    public sealed record Terminated(PosixSignal Signal) : VisitEnd;
}
