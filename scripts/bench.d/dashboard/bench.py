"""Measures what a person in front of the dashboard would see, and what it costs. Prints a table and writes JSON; see --help."""
import argparse
import glob
import json
import os
import random
import shutil
import subprocess
import time

import programs
from hosts import Tether, Tmux

COLUMNS, ROWS = 200, 50
SCREEN = (80, 24)
FRAME_END = b'\x1b[?2026l'
FOCUS_CORNER = '┏'.encode()

# Neither in the flood nor in what the dashboard writes around it.
ECHOED = b'@#%&{}~$'


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def quantiles(values):
    return {'p50': quantile(values, 0.5), 'p90': quantile(values, 0.9), 'p99': quantile(values, 0.99), 'count': len(values)}


class Bench:
    def __init__(self, options):
        self.options = options
        self.rows = []

    def add(self, test, what, value, unit, wanted=None):
        self.rows.append({'test': test, 'what': what, 'value': value, 'unit': unit, 'wanted': wanted})
        print(self.line(self.rows[-1]), flush=True)

    @staticmethod
    def line(row):
        shown = f'{row["value"]:.2f}' if isinstance(row['value'], float) else str(row['value'])
        return f'{row["test"]:6} {row["what"]:62} {shown:>12} {row["unit"]:5} {row["wanted"] or ""}'

    def hosts(self):
        yield lambda: Tether(self.options.programs)
        if shutil.which('tmux'):
            yield Tmux

    # a. From exec to the first frame with all that is to be seen.
    def start(self):
        marks = [f'mark-{i:02}-shown' for i in range(10)]
        times = {'dashboard': [], 'tmux attach': [], 'empty .NET program': []}
        opened = [make() for make in self.hosts()]
        try:
            for host in opened:
                host.start([(f's{i}', programs.argv(programs.QUIET, mark)) for i, mark in enumerate(marks)], *(SCREEN if host.name == 'tether' else (COLUMNS, ROWS)))
            time.sleep(2)
            for _ in range(self.options.starts):
                for host in opened:
                    outer = host.open(COLUMNS, ROWS)
                    at = outer.until(lambda o: all(mark.encode() in o.text for mark in marks), 10)
                    if at is None:
                        raise TimeoutError(f'{host.name}: not all tiles came')
                    times['dashboard' if host.name == 'tether' else 'tmux attach'].append((at - outer.started) * 1000)
                    outer.close()
                began = time.perf_counter()
                subprocess.run([self.options.empty], check=True, timeout=10)
                times['empty .NET program'].append((time.perf_counter() - began) * 1000)
        finally:
            for host in opened:
                host.__exit__()
        for what, values in times.items():
            if values:
                wanted = '< 250' if what == 'dashboard' else None
                self.add('start', f'{what}, ten sessions, median of {len(values)}', quantile(values, 0.5), 'ms', wanted)
                self.add('start', f'{what}, slowest', max(values), 'ms')

    # b. Typing while others flood.
    def echo(self):
        for make in self.hosts():
            with make() as host:
                own = host.name == 'tether'
                kinds = [programs.FLOOD] * 5 + [programs.ECHO] + [programs.QUIET] * 3
                host.start([(f's{i}', programs.argv(kind, f's{i}')) for i, kind in enumerate(kinds)], *(SCREEN if own else (COLUMNS, ROWS)))
                time.sleep(2)
                if own:
                    self.add('echo', 'daemon per MB of flood, nobody watching', self.cost(host, lambda: time.sleep(8)), 'ms')
                outer = host.open(COLUMNS, ROWS)
                outer.drain(2)
                self.focus(host, outer)
                latencies = []
                before, began = outer.processor_seconds(), time.perf_counter()
                work = lambda: latencies.extend(self.type(outer, self.options.keys))
                server, printed = host.processor_seconds(), host.printed() if own else 0
                work()
                elapsed = time.perf_counter() - began
                busy = (outer.processor_seconds() - before) / elapsed * 100
                server, printed = host.processor_seconds() - server, host.printed() - printed if own else 0
                for share, value in quantiles(latencies).items():
                    if share != 'count':
                        wanted = {'p50': '< 5', 'p99': '< 20'}.get(share) if own else None
                        self.add('echo', f'{host.name}: key to echo, five of nine flooding, {share} of {len(latencies)}', value * 1000, 'ms', wanted)
                if own:
                    self.add('echo', 'daemon per MB of flood, dashboard watching', server * 1000 / (printed / 1e6), 'ms', '= nobody')
                    self.add('echo', 'dashboard, of a core', busy, '%', '< 35')
                    self.add('echo', 'dashboard, output', outer.total / 1e6, 'MB')
                else:
                    self.add('echo', 'tmux server, of a core', server / elapsed * 100, '%')
                outer.close()

    @staticmethod
    def cost(host, work):
        before, printed = host.processor_seconds(), host.printed()
        work()
        return (host.processor_seconds() - before) * 1000 / ((host.printed() - printed) / 1e6)

    @staticmethod
    def focus(host, outer):
        if host.name == 'tmux':
            host.run([*host.command, 'select-pane', '-t', '5'])
        else:
            outer.key(b'6')
            outer.drain(0.5)
            outer.key(b'\r')
            outer.drain(0.5)
        for _ in range(20):
            outer.key(b'@')
            if outer.until(lambda o: b'@' in o.text, 1):
                return
        raise TimeoutError(f'{host.name}: nothing is echoed')

    @staticmethod
    def type(outer, count):
        some = random.Random(3)
        for i in range(count):
            if i % 24 == 0:
                outer.key(b'\r')
                outer.drain(0.2)
            char = ECHOED[i % len(ECHOED):][:1]
            pressed = outer.key(char)
            at = outer.until(lambda o: char in o.text, 3)
            yield (at or time.perf_counter()) - pressed
            outer.drain(some.uniform(0.03, 0.12))

    # c. Nothing happens.
    def idle(self):
        with Tether(self.options.programs) as host:
            host.start([(f's{i}', programs.argv(programs.QUIET, f'quiet-{i}')) for i in range(10)], *SCREEN)
            outer = host.open(COLUMNS, ROWS)
            outer.drain(15)
            outer.drain((62 - time.time() % 60) % 60 if time.time() % 60 > 45 or time.time() % 60 < 2 else 0)
            total, busy, server, woken = outer.total, outer.processor_seconds(), host.processor_seconds(), outer.status('voluntary')
            began = time.perf_counter()
            outer.drain(10)
            elapsed = time.perf_counter() - began
            self.add('idle', 'bytes written in 10 s', outer.total - total, 'B', '0')
            self.add('idle', 'dashboard, of a core', (outer.processor_seconds() - busy) / elapsed * 100, '%', '< 0.5')
            self.add('idle', 'daemon, of a core', (host.processor_seconds() - server) / elapsed * 100, '%', '< 0.5')
            self.add('idle', 'dashboard, main thread woken in 10 s', outer.status('voluntary') - woken, '')
            outer.close()

    # d. The same programs in tiles and in panes of the same size, at the same time. Pauses are cut and the rest keeps its speed: what is left out is
    # when neither writes anything, and limits on frames count as they do in life.
    def bytes(self):
        files = sorted(glob.glob(f'{self.options.recordings}/{self.options.pattern}'))[:4]
        start = time.time() + 12
        shown = [(os.path.basename(name)[:30], programs.argv(programs.REPLAY, start, self.options.seconds, self.options.pause, name)) for name in files]
        opened = [make() for make in self.hosts()]
        try:
            for host in opened:
                host.start(shown, *(SCREEN if host.name == 'tether' else (2 * SCREEN[0] + 1, 2 * SCREEN[1] + 2)))
            printed = -opened[0].printed()
            outers = [host.open(*((36 + 2 * (SCREEN[0] + 2), 2 * (SCREEN[1] + 2) + 5) if host.name == 'tether' else (2 * SCREEN[0] + 1, 2 * SCREEN[1] + 2))) for host in opened]
            while time.time() < start - 0.5:
                for outer in outers:
                    outer.drain(0.1)
            before = [outer.total for outer in outers]
            busy = [host.processor_seconds() + outer.processor_seconds() for host, outer in zip(opened, outers)]
            while time.time() < start + self.options.seconds + 1:
                for outer in outers:
                    outer.drain(0.01)
            totals = [outer.total - was for outer, was in zip(outers, before)]
            busy = [host.processor_seconds() + outer.processor_seconds() - was for host, outer, was in zip(opened, outers, busy)]
            printed += opened[0].printed()
            self.add('bytes', f'programs\' own output, {len(files)} sessions, {self.options.seconds:.0f} s without pauses', printed / 1e3, 'kB')
            for host, total, seconds in zip(opened, totals, busy):
                self.add('bytes', f'{host.name}: to the terminal', total / 1e3, 'kB', '≤ tmux' if host.name == 'tether' else None)
                self.add('bytes', f'{host.name}: server and client', seconds, 's')
            for outer in outers:
                outer.close()
        finally:
            for host in opened:
                host.__exit__()

    # e. A hundred sessions.
    def many(self):
        with Tether(self.options.programs) as host:
            count = self.options.sessions
            sessions = [(f's{i}', programs.argv(programs.TICK if i % 10 < 3 else programs.QUIET, f's{i}')) for i in range(count)]
            host.start(sessions, *SCREEN)
            outer = host.open(COLUMNS, 60)
            outer.drain(5)
            some, times, costs, lost = random.Random(5), [], [], 0
            busy, began, total = outer.processor_seconds(), time.perf_counter(), outer.total
            frames = 0
            for _ in range(self.options.keys):
                cost = outer.processor_seconds()
                pressed = outer.key(b'\t')
                at = outer.until(lambda o: (corner := o.raw.find(FOCUS_CORNER)) >= 0 and o.raw.find(FRAME_END, corner) >= 0, 2)
                if at:
                    times.append(at - pressed)
                    costs.append(outer.processor_seconds() - cost)
                else:
                    lost += 1
                frames += outer.raw.count(FRAME_END)
                outer.raw = b''
                outer.drain(some.uniform(0.05, 0.15))
                frames += outer.raw.count(FRAME_END)
            elapsed = time.perf_counter() - began
            busy = outer.processor_seconds() - busy
            for share, value in quantiles(times).items():
                if share != 'count':
                    self.add('many', f'{count} sessions: key to the complete frame, {share} of {len(times)}', value * 1000, 'ms', '< 16' if share == 'p99' else None)
            self.add('many', f'{count} sessions: processor time of it, p99', quantile(costs, 0.99) * 1000, 'ms')
            if lost:
                self.add('many', 'keys without a frame', lost, '')
            self.add('many', 'dashboard, of a core, nine keys a second', busy / elapsed * 100, '%')
            self.add('many', 'dashboard per frame', busy * 1000 / max(1, frames), 'ms')
            before, began = outer.processor_seconds(), time.perf_counter()
            outer.drain(10)
            self.add('many', 'dashboard, of a core, no keys', (outer.processor_seconds() - before) / (time.perf_counter() - began) * 100, '%')
            self.add('many', 'memory of the dashboard (PSS)', outer.proportional_kib() / 1024, 'MiB', '< 150')
            outer.close()


def main():
    parser = argparse.ArgumentParser(prog='scripts/bench-dashboard', description=__doc__)
    parser.add_argument('--programs', required=True, help=argparse.SUPPRESS)
    parser.add_argument('--empty', required=True, help=argparse.SUPPRESS)
    parser.add_argument('--tests', default='start,echo,idle,bytes,many', help='some of start,echo,idle,bytes,many')
    parser.add_argument('--starts', type=int, default=12)
    parser.add_argument('--keys', type=int, default=300)
    parser.add_argument('--sessions', type=int, default=100)
    parser.add_argument('--recordings', required=True, help='a folder with NAME.raw and, where it is known, NAME.timing: lines "ms o length"')
    parser.add_argument('--pattern', default='*.raw', help='which of them; the first four are played')
    parser.add_argument('--seconds', type=float, default=150, help='how long recordings are played')
    parser.add_argument('--pause', type=float, default=0.3, help='the longest pause in them that is kept, in seconds')
    parser.add_argument('--out', required=True, help='JSON')
    options = parser.parse_args()
    bench = Bench(options)
    for test in options.tests.split(','):
        getattr(bench, test)()
    print(f'\nload {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores')
    for row in bench.rows:
        print(bench.line(row))
    with open(options.out, 'w') as file:
        json.dump({'load': os.getloadavg(), 'cores': os.cpu_count(), 'rows': bench.rows}, file, indent=1)


if __name__ == '__main__':
    main()
