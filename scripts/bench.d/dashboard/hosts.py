"""Where the sessions live: a daemon of our own in a private home, or a tmux server with a pane for each. Every process carries a tag and is ended by its pid."""
import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import tempfile
import time

from outer import OuterTerminal, processor_seconds


class Host:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='bench-')
        self.tag = secrets.token_hex(8)
        self.env = {key: value for key, value in os.environ.items() if not key.startswith(('TETHER', 'TMUX', 'STY', 'NO_COLOR'))}
        self.env.update(HOME=self.folder, BENCH_TAG=self.tag)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.processes():
                try:
                    os.kill(pid, name)
                except ProcessLookupError:
                    pass
            end = time.time() + 5
            while self.processes() and time.time() < end:
                time.sleep(0.05)
        shutil.rmtree(self.folder, ignore_errors=True)

    def processes(self):
        """The pids of everything that was started here and lives."""
        mark = b'BENCH_TAG=' + self.tag.encode()
        found = []
        for name in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{name}/environ', 'rb') as file:
                    if mark in file.read().split(b'\0'):
                        found.append(int(name))
            except OSError:
                pass
        return found

    def run(self, argv):
        return subprocess.run(argv, env=self.env, check=True, capture_output=True, text=True, timeout=60).stdout


class Tether(Host):
    name = 'tether'

    def __init__(self, programs):
        super().__init__()
        self.tether = f'{programs}/tether'
        for key in ('RUNTIME_DIR', 'CONFIG_HOME', 'DATA_HOME'):
            self.env[f'XDG_{key}'] = f'{self.folder}/{key[0].lower()}'
            os.mkdir(self.env[f'XDG_{key}'], 0o700)
        os.mkdir(f'{self.folder}/c/tether', 0o700)
        with open(f'{self.folder}/c/tether/providers.json', 'w') as file:
            json.dump({'any': {'command': ['env'], 'arguments': True}}, file)

    def start(self, sessions, columns, rows):
        """Starts a session for each (title, argv)."""
        for title, argv in sessions:
            self.run([self.tether, 'run', 'any', '-d', '--title', title, '--cols', str(columns), '--rows', str(rows), '--', *argv])

    def open(self, columns, rows):
        return OuterTerminal([self.tether], self.env, columns, rows)

    def printed(self):
        """Bytes that all sessions have printed."""
        return sum(session['offset'] for session in json.loads(self.run([self.tether, 'ls', '--json'])))

    def daemon(self):
        for pid in self.processes():
            with open(f'/proc/{pid}/cmdline', 'rb') as file:
                words = file.read().split(b'\0')
            if words[0].endswith(b'/tetherd') and b'keep' not in words:
                return pid
        raise LookupError('no daemon runs')

    def processor_seconds(self):
        return processor_seconds(self.daemon())


class Tmux(Host):
    name = 'tmux'

    def __init__(self):
        super().__init__()
        self.command = [shutil.which('tmux'), '-S', f'{self.folder}/s', '-f', '/dev/null']

    def start(self, sessions, columns, rows):
        """Starts a pane for each (title, argv), tiled over a terminal of this size."""
        for index, (_, argv) in enumerate(sessions):
            verb = ['new-session', '-d', '-x', str(columns), '-y', str(rows)] if index == 0 else ['split-window']
            self.run([*self.command, *verb, shlex.join(argv)])
            self.run([*self.command, 'select-layout', 'tiled'])

    def open(self, columns, rows):
        return OuterTerminal([*self.command, 'attach'], self.env, columns, rows)

    def processor_seconds(self):
        return processor_seconds(int(self.run([*self.command, 'display', '-p', '#{pid}'])))
