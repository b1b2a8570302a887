using Tether.AgentStates;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

// agent-states [--only screen] [--show changes|unknown|all] [--save DIR] [--agent NAME] RECORDING…
// --save keeps the first screen that each rule finds and that stands for half a second, as a fixture to be looked through.
// --bench tells instead what one reading of each kept screen costs.
// Replays recordings of agents (NAME.cast or NAME.raw, labels in NAME.labels) and tells how true the states were.
var sources = new HashSet<SignalSource>(Enum.GetValues<SignalSource>());
string show = "", agent = "", save = "", version = "";
var files = new List<string>();
var isBench = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--only": sources = [.. args[++i].Split(',').Select(name => Enum.Parse<SignalSource>(name, ignoreCase: true))]; break;
        case "--show": show = args[++i]; break;
        case "--save": save = args[++i]; break;
        case "--bench": isBench = true; break;
        case "--version": version = args[++i]; break;
        case "--agent": agent = args[++i]; break;
        default: files.Add(args[i]); break;
    }
}

var rules = new RuleBook(Environment.GetEnvironmentVariable("TETHER_AGENT_RULES"));
foreach (var warning in rules.Warnings)
{
    Console.Error.WriteLine(warning);
}

if (isBench)
{
    ReadingCost.Measure(rules);
    return;
}

var sum = new Score(TimeSpan.Zero, TimeSpan.Zero, 0);
foreach (var file in files)
{
    var recording = Recording.Read(file);
    var kind = AgentKinds.Find(agent.Length > 0 ? agent : recording.Name)
        ?? AgentKinds.All.FirstOrDefault(kind => recording.Name.Split('-').Contains(kind.Name)) ?? throw new InvalidOperationException($"{file}: whose recording is it? --agent NAME");
    var last = "";
    var since = TimeSpan.Zero;
    HashSet<string> saved = [];
    var replay = new Replay(recording, kind, rules.For(kind.Name), sources)
    {
        Read = (at, screen, found) =>
        {
            var name = found?.Rule ?? "-";
            if ((show == "changes" && name != last) || (show == "unknown" && found is null && last != "-") || show == "all")
            {
                Console.WriteLine($"---- {at.TotalSeconds:0.00} s  {name} [{found?.Detail}]  title “{screen.Title}” cursor {screen.CursorRow}");
                Console.WriteLine(string.Join('\n', screen.Rows.Where(row => row.Length > 0)));
            }

            since = name == last ? since : at;
            if (save.Length > 0 && found is not null && at - since > TimeSpan.FromSeconds(0.5) && saved.Add(name))
            {
                new ScreenFixture { Agent = kind.Name, Version = version, Should = found.State, Said = found.State, Rule = name, Screen = screen }.Save(save, $"{name}-{recording.Columns}x{recording.Rows}");
            }

            last = name;
        },
    };
    replay.Run(recording);
    Console.WriteLine($"==== {recording.Name}: {recording.Length.TotalSeconds:0} s");
    foreach (var (at, status) in replay.States)
    {
        Console.WriteLine($"{at.TotalSeconds,8:0.00} s  {RuleEntry.NameOf(status.State),-15} {status.Rule}  {status.Detail}");
    }

    if (recording.Labels.Count > 0)
    {
        var score = Score.Of(recording.Labels, replay.States, recording.Length, Console.WriteLine);
        Console.WriteLine($"     right {score.Right:P2} of {score.Labelled.TotalSeconds:0} s, {score.FalseTransitions} false changes");
        sum += score;
    }
}

if (sum.Labelled > TimeSpan.Zero)
{
    Console.WriteLine($"all: right {sum.Right:P2} of {sum.Labelled.TotalMinutes:0.0} min, {sum.FalseTransitions} false changes ({sum.FalseTransitions / sum.Labelled.TotalHours:0.0} an hour)");
}
