namespace Tether.Daemon.Events;

/// <summary>The newest events of a row without holes: added at one end, dropped at the other, found by their place.</summary>
internal sealed class EventRing
{
    private const int Least = 4;

    private LoggedEvent?[] _slots = new LoggedEvent?[Least];
    private int _head;

    public int Count { get; private set; }

    /// <param name="index">0 for the oldest.</param>
    public LoggedEvent this[int index] => _slots[(_head + index) & (_slots.Length - 1)]!;

    public void Add(LoggedEvent newest)
    {
        if (Count == _slots.Length)
        {
            Resize(Count * 2);
        }

        _slots[(_head + Count++) & (_slots.Length - 1)] = newest;
    }

    public LoggedEvent DropOldest()
    {
        var oldest = this[0];
        _slots[_head] = null;
        _head = (_head + 1) & (_slots.Length - 1);
        if (--Count < _slots.Length / 4 && _slots.Length > Least)
        {
            Resize(_slots.Length / 2);
        }

        return oldest;
    }

    private void Resize(int size)
    {
        var slots = new LoggedEvent?[size];
        for (var i = 0; i < Count; i++)
        {
            slots[i] = this[i];
        }

        (_slots, _head) = (slots, 0);
    }
}
