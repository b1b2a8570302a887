"""The terminal in front of which a person would sit: a pty with a program in it, whose questions are answered and whose output is read."""
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time

SEQUENCE = re.compile(
    rb'\x1b\[[0-?]*[ -/]*[@-~]'                       # CSI
    rb'|\x1b[\]PX^_].*?(?:\x07|\x1b\\)'               # OSC, DCS and the other strings
    rb'|\x1b[ -/]+[0-~]|\x1b[0-OQ-WYZ\\`-~]', re.S)   # the rest
UNFINISHED = re.compile(rb'\x1b(?:[ -/]*|\[[0-?]*[ -/]*|[\]PX^_][^\x07]*)$', re.S)

ANSWERS = {
    b'\x1b[c': b'\x1b[?62;22;52c',
    b'\x1b[>c': b'\x1b[>1;10;0c',
    b'\x1b[>q': b'\x1bP>|bench(1.0)\x1b\\',
    b'\x1b[?u': b'\x1b[?0u',
    b'\x1b[?4m': b'\x1b[>4;0m',
    b'\x1b[5n': b'\x1b[0n',
    b'\x1b[6n': b'\x1b[1;1R',
    b'\x1b[?2026$p': b'\x1b[?2026;2$y',
    b'\x1b]10;?\x1b\\': b'\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\',
    b'\x1b]11;?\x1b\\': b'\x1b]11;rgb:1010/1010/1010\x1b\\',
}


def processor_seconds(pid):
    """User and system time of a process and its threads, those that ended included, to the nanosecond (clock_getcpuclockid)."""
    return time.clock_gettime((~pid << 3) | 2)


class OuterTerminal:
    """Starts a program on a new pty and plays its terminal until `close`."""

    def __init__(self, argv, env, columns, rows):
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
        name = os.ttyname(slave)
        self._held = b''
        self.total = 0
        self.text = b''
        self.raw = b''
        os.set_inheritable(self.master, False)
        self.started = time.perf_counter()
        self.pid = os.posix_spawn(
            argv[0], argv, {**env, 'TERM': 'xterm-256color', 'COLORTERM': 'truecolor', 'LANG': 'C.UTF-8'}, setsid=True,
            file_actions=[(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)])
        os.close(slave)
        self._poll = select.poll()
        self._poll.register(self.master, select.POLLIN)

    def key(self, keys):
        """Types, and forgets what was shown before. The time of it."""
        self.text = self.raw = b''
        at = time.perf_counter()
        os.write(self.master, keys)
        return at

    def read(self, timeout):
        """Reads once, answers what is asked. False when nothing came in time."""
        if not self._poll.poll(max(0, timeout * 1000)):
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.at = time.perf_counter()
        self.total += len(data)
        self.raw += data
        data = self._held + data
        cut = UNFINISHED.search(data[-4096:])
        end = len(data) - (len(data[-4096:]) - cut.start()) if cut else len(data)
        data, self._held = data[:end], data[end:]
        for sequence in SEQUENCE.findall(data):
            answer = ANSWERS.get(sequence)
            if answer:
                os.write(self.master, answer)
        self.text += SEQUENCE.sub(b'', data)
        return True

    def until(self, shown, timeout):
        """Reads until `shown` of this is true. The time of the read that made it so; None when it did not happen."""
        end = time.perf_counter() + timeout
        while (left := end - time.perf_counter()) > 0:
            if self.read(left) and shown(self):
                return self.at
        return None

    def drain(self, seconds):
        """Reads for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
            self.text, self.raw = self.text[-4096:], self.raw[-4096:]

    def processor_seconds(self):
        return processor_seconds(self.pid)

    def status(self, field):
        """A number of /proc/PID/status."""
        with open(f'/proc/{self.pid}/status') as file:
            return sum(int(line.split()[1]) for line in file if line.startswith(field))

    def proportional_kib(self):
        with open(f'/proc/{self.pid}/smaps_rollup') as file:
            return next(int(line.split()[1]) for line in file if line.startswith('Pss:'))

    def close(self):
        """Ends the program as closing the window would."""
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        end = time.perf_counter() + 5
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.perf_counter() > end:
                os.kill(self.pid, signal.SIGKILL)
            self.read(0.02)
        os.close(self.master)
