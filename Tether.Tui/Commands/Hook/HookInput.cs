using System.Text;
using Tether.Tui.Native;

namespace Tether.Tui.Commands.Hook;

/// <summary>Standard input as a hook gets it: one text, at once.</summary>
internal static class HookInput
{
    public const int MaxBytes = 1 << 20;

    // Agents write it all and close; one that keeps it open must not keep its hook.
    private const int PatienceMilliseconds = 2000;

    /// <summary>Null when it is too long or does not come.</summary>
    public static string? Read()
    {
        var bytes = new byte[16 << 10];
        for (var length = 0; Poller.WaitReadable(0, PatienceMilliseconds);)
        {
            var count = Descriptor.Read(0, bytes.AsSpan(length));
            if (count == 0)
            {
                return Encoding.UTF8.GetString(bytes, 0, length);
            }

            length += Math.Max(count, 0);
            if (length > MaxBytes)
            {
                return null;
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }

        return null;
    }
}
