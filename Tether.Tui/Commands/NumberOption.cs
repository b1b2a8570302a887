using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Tether.Tui.Commands;

/// <summary>Options that take a number within bounds, and say which when they are given something else. Null when they are not given.</summary>
internal static class NumberOption
{
    /// <param name="name">With its dashes.</param>
    /// <param name="range">What is allowed, both ends included; <see cref="int.MaxValue"/> stands for no upper bound.</param>
    /// <param name="description">For the help.</param>
    /// <param name="aliases">Other names.</param>
    public static Option<int?> Whole(string name, (int Least, int Most) range, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= range.Least && number <= range.Most)
            {
                return number;
            }

            var bounds = range.Most == int.MaxValue ? $"{range.Least} up" : $"{range.Least} to {range.Most}";
            result.AddError($"{NameIn(result, name)} {given}: a whole number from {bounds} is allowed");
            return null;
        },
    };

    /// <summary>Seconds from 0 up, with a fraction if need be.</summary>
    public static Option<double?> Seconds(string name, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "seconds",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= most)
            {
                return seconds;
            }

            result.AddError($"{NameIn(result, name)} {given}: seconds from 0 to {most} are allowed");
            return null;
        },
    };

    // As the person wrote it: -n rather than --last.
    private static string NameIn(ArgumentResult result, string name) => (result.Parent as OptionResult)?.IdentifierToken?.Value ?? name;
}
