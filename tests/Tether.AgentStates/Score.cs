using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.AgentStates;

/// <summary>How true the states of a replay were, against labels: a state may be late by a second.</summary>
internal sealed record Score(TimeSpan Labelled, TimeSpan Wrong, int FalseTransitions)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    public double Right => Labelled == TimeSpan.Zero ? 1 : 1 - (Wrong / Labelled);

    public static Score operator +(Score one, Score other) =>
        new(one.Labelled + other.Labelled, one.Wrong + other.Wrong, one.FalseTransitions + other.FalseTransitions);

    /// <param name="labels">In order; `?` where nobody can say.</param>
    /// <param name="states">In order.</param>
    /// <param name="length">Of the recording.</param>
    /// <param name="complain">Told of each stretch that was wrong for more than the tolerance, and of each false transition.</param>
    public static Score Of(List<(TimeSpan At, string State)> labels, List<(TimeSpan At, AgentStatus Status)> states, TimeSpan length, Action<string> complain)
    {
        TimeSpan labelled = default, wrong = default;
        for (var i = 0; i < labels.Count; i++)
        {
            var (begin, state) = labels[i];
            var end = i + 1 < labels.Count ? labels[i + 1].At : length;
            if (state == "?")
            {
                continue;
            }

            labelled += end - begin;
            var from = begin + Tolerance;
            for (var j = 0; j < states.Count; j++)
            {
                var since = states[j].At > from ? states[j].At : from;
                var until = j + 1 < states.Count ? states[j + 1].At : length;
                until = until < end ? until : end;
                if (until > since && !Fits(state, states[j].Status.State))
                {
                    wrong += until - since;
                    complain($"{since.TotalSeconds,8:0.00} s – {until.TotalSeconds:0.00} s: {RuleEntry.NameOf(states[j].Status.State)} ({states[j].Status.Rule}), really {state}");
                }
            }
        }

        var falseOnes = states.Skip(1).Count(change => IsFalse(change, labels, complain));
        return new Score(labelled, wrong, falseOnes);
    }

    // False is a change to a state that the agent was in neither within the second before nor after.
    private static bool IsFalse((TimeSpan At, AgentStatus Status) change, List<(TimeSpan At, string State)> labels, Action<string> complain)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            var end = i + 1 < labels.Count ? labels[i + 1].At : TimeSpan.MaxValue - (Tolerance * 4);
            if (change.At >= labels[i].At - Tolerance && change.At <= end + (Tolerance * 2) && (labels[i].State == "?" || Fits(labels[i].State, change.Status.State)))
            {
                return false;
            }
        }

        if (labels.Count == 0)
        {
            return false;
        }

        complain($"{change.At.TotalSeconds,8:0.00} s: a false change to {RuleEntry.NameOf(change.Status.State)} ({change.Status.Rule})");
        return true;
    }

    // Whether a turn's end has been seen is no matter of the agent's; neither is it whether a prompt wants a yes or a choice of the one who trusts.
    private static bool Fits(string label, AgentState state) =>
        label.Split('|').Any(name => name == RuleEntry.NameOf(state) || (name is "waiting" or "done" && state is AgentState.Waiting or AgentState.Done));
}
