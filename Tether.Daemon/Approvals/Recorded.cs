using Tether.Daemon.Server;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What came of recording an answer; exactly one of the three is there.</summary>
/// <param name="Answer">As it stands on the disk: its agent may hear it.</param>
/// <param name="Human">A rule's answer does not count, and a person has to decide; what the policy says of the question now.</param>
/// <param name="Refused">A person's answer cannot be carried out as it was given.</param>
internal sealed record Recorded(QueueAnswer? Answer, Judgement? Human = null, RequestError? Refused = null);
