using System.Text;
using Tether.Daemon.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>Whatever is typed, in whatever pieces it comes: no draft is missed, and none lasts for ever.</summary>
public sealed class DraftWatchPropertyTests
{
    private const int Streams = 400;
    private const int Keys = 200;

    [Fact]
    public void A_draft_is_never_missed()
    {
        for (var seed = 0; seed < Streams; seed++)
        {
            var random = new Random(seed);
            var editor = new ModelEditor(random);
            var watch = new DraftWatch((ComposerKind)random.Next(3));
            var (now, typed) = (10_000L, "");
            for (var i = 0; i < Keys; i++)
            {
                now += random.Next(3) == 0 ? 0 : random.Next(1500);
                var keys = editor.Press();
                typed += $"{now}:{string.Concat(keys.Select(c => c < ' ' || c == '\x7f' ? $"<{(int)c:x2}>" : c.ToString()))} ";
                Feed(watch, Encoding.UTF8.GetBytes(keys), random, ref now);
                Assert.True(watch.HasDraft || !editor.HasText, $"seed {seed}, key {i}: a draft was missed behind {typed}");
            }
        }
    }

    [Fact]
    public void Whatever_was_typed_two_Enters_send_it()
    {
        for (var seed = 0; seed < Streams; seed++)
        {
            var random = new Random(seed);
            var editor = new ModelEditor(random);
            var watch = new DraftWatch((ComposerKind)random.Next(3));
            var now = 10_000L;
            for (var i = 0; i < Keys; i++)
            {
                now += 2000;
                watch.Typed(Encoding.UTF8.GetBytes(editor.Press()), now);
            }

            watch.Typed("\r"u8, now + 2000);
            watch.Typed("\r"u8, now + 4000);
            Assert.False(watch.HasDraft, $"seed {seed}");
        }
    }

    private static void Feed(DraftWatch watch, byte[] bytes, Random random, ref long now)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var count = random.Next(3) == 0 ? random.Next(1, bytes.Length - at + 1) : bytes.Length - at;
            watch.Typed(bytes.AsSpan(at, count), now);
            at += count;
            now += at < bytes.Length ? random.Next(3) : 0;
        }
    }
}
