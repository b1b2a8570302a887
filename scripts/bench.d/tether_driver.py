"""How muxbench.py drives Tether: a private home for each case, with a provider `any` that runs its arguments."""
import json
import os

import muxbench


class Tether(muxbench.Driver):
    name = 'tether'
    exes = ('tether', 'tetherd')

    def setup(self):
        home = {'HOME': self.dir, 'XDG_RUNTIME_DIR': f'{self.dir}/run',
                'XDG_CONFIG_HOME': f'{self.dir}/config', 'XDG_DATA_HOME': f'{self.dir}/data'}
        for key in ('XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'):
            os.mkdir(home[key], 0o700)
        self.env.update(home)
        os.mkdir(f'{self.dir}/config/tether', 0o700)
        with open(f'{self.dir}/config/tether/providers.json', 'w') as file:
            json.dump({'any': {'command': ['env'], 'arguments': True}}, file)

    def create_argv(self, name, argv):
        return ['tether', 'run', 'any', '-d', '--title', name, '--cols', str(self.cols), '--rows', str(self.rows), '--'] + argv

    def attach_argv(self, name):
        return ['tether', 'attach', name]

    def newattach_argv(self, name, argv):
        return ['tether', 'run', 'any', '--title', name, '--'] + argv

    def kill_argv(self, name):
        return ['tether', 'stop', name, '--force']

    def stop_argv(self):
        return ['tether', 'stop']

    @classmethod
    def version(cls):
        return muxbench.subprocess.run(['tether', '--version'], capture_output=True, text=True, timeout=10).stdout.strip()


DRIVER = Tether
