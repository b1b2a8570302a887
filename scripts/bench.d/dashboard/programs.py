"""What runs in the sessions. Each is a short Python program, given to the session as its arguments."""
import sys

# Shows a mark and is silent from then on.
QUIET = r'''
import sys, time
print("agent at work\r\n\x1b[1;32m%s\x1b[0m\r\nready" % sys.argv[1], flush=True)
time.sleep(1e6)
'''

# Echoes every byte as it comes; Return clears the line.
ECHO = r'''
import os, tty
tty.setraw(0)
while True:
    typed = os.read(0, 4096)
    os.write(1, typed.replace(b"\r", b"\r\x1b[K"))
'''

# Coloured lines, all different, as fast as the terminal takes them: capitals and digits only.
FLOOD = r'''
import os, random
some = random.Random(7)
def line(i):
    words = " ".join("".join(some.choices("ABCDEFGHKLMNOPRSTUVWXYZ", k=some.randint(2, 9))) for _ in range(6))
    return "\x1b[3%dm%07d\x1b[0m %s\r\n" % (i % 8, some.randrange(10 ** 7), words)
block = "".join(line(i) for i in range(1500)).encode()
while True:
    os.write(1, block)
'''

# A line a second.
TICK = r'''
import random, sys, time
some = random.Random(sys.argv[1])
time.sleep(some.random())
count = 0
while True:
    count += 1
    print("\x1b[3%dm%s\x1b[0m line %d: %s" % (count % 8, sys.argv[1], count, " ".join(some.choices(["build", "test", "ok", "module", "line"], k=6))), flush=True)
    time.sleep(1)
'''

# Plays recordings at their own speed from a moment on, pauses cut short, over and over for so many seconds.
REPLAY = r'''
import glob, os, sys, time
start, seconds, pause, name = float(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
os.system("stty raw -echo")
data = open(name, "rb").read()
pieces, offset, before = [], 0, None
timing = name[:-len(".raw")] + ".timing"
if os.path.exists(timing):
    for entry in open(timing):
        at, kind, *rest = entry.split()
        if kind == "r":
            break
        if kind == "o":
            wait = 0 if before is None else min(pause, (float(at) - before) / 1000)
            pieces.append((wait, data[offset:offset + int(rest[0])]))
            offset, before = offset + int(rest[0]), float(at)
else:
    pieces = [(0.05, data[i:i + 200]) for i in range(0, len(data), 200)]
time.sleep(max(0, start - time.time()))
due = time.time()
while True:
    for wait, piece in pieces:
        due += wait
        time.sleep(max(0, due - time.time()))
        if time.time() > start + seconds:
            time.sleep(1e6)
        while piece:
            piece = piece[os.write(1, piece):]
    os.write(1, b"\x18\x1b[?2026l\x1b[?1049l\x1b[!p\x1b[m\x1b[H\x1b[2J")
    due += pause
'''


def argv(program, *arguments):
    return [sys.executable, '-S', '-c', program, *map(str, arguments)]
