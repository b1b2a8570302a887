// Shows cases to xterm.js: a case a line on standard input, a snapshot a line on standard output, as `scripts/vt --screen` does.
//   npm install @xterm/headless@6.0.0 @xterm/addon-unicode-graphemes@0.4.0
//   NODE_PATH=$PWD/node_modules scripts/vt --against "node tests/Tether.Fuzz/xterm-headless.mjs [--corrected]" < cases.jsonl
// --corrected mends what tests/FUZZING.md says xterm.js does unlike other terminals and what can be mended from outside.
import { createRequire } from 'node:module';
import readline from 'node:readline';

const require = createRequire(import.meta.url);
Buffer.poolSize = 0; // The addon reads data.buffer from its start.
const { Terminal } = require('@xterm/headless');
const { UnicodeGraphemesAddon } = require('@xterm/addon-unicode-graphemes');
const corrected = process.argv.includes('--corrected');
const MaxCount = 3000;
const Underlined = 1 << 28; // isUnderline() is true of links too.

function open({ cols, rows, scrollback = 1000 }) {
  const terminal = new Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: 'off' });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.unicode.activeVersion = '15-graphemes';
  limitCounts(terminal._core._inputHandler._parser._params);
  if (corrected) {
    correct(terminal);
  }
  return terminal;
}

// CSI 2147483647 L would splice two thousand million rows.
function limitCounts(params) {
  const add = params.addDigit.bind(params);
  params.addDigit = digit => {
    add(digit);
    const last = params.length - 1;
    params.params[last] = Math.min(params.params[last], MaxCount);
  };
}

function correct(terminal) {
  const { buffers, _inputHandler: handler, _bufferService: screen } = terminal._core;
  terminal.options.reflowCursorLine = true;
  for (const name of ['activateNormalBuffer', 'activateAltBuffer']) {
    const activate = buffers[name].bind(buffers);
    buffers[name] = fill => {
      const { tabs, scrollTop, scrollBottom } = buffers.active;
      activate(fill);
      Object.assign(buffers.active, { tabs, scrollTop, scrollBottom });
    };
  }
  for (const name of ['eraseInDisplay', 'eraseInLine', 'eraseChars', 'deleteChars', 'insertChars', 'insertLines', 'deleteLines']) {
    const act = handler[name].bind(handler);
    handler[name] = (...parameters) => {
      screen.buffer.x = Math.min(screen.buffer.x, screen.cols - 1);
      return act(...parameters);
    };
  }
}

const color = (isDefault, isRgb, value) => isDefault ? -1 : isRgb ? '#' + value.toString(16).padStart(6, '0') : value;

function style(cell) {
  const flags = [['b', cell.isBold()], ['d', cell.isDim()], ['i', cell.isItalic()], ['u1', cell.fg & Underlined], ['k', cell.isBlink()],
    ['r', cell.isInverse()], ['h', cell.isInvisible()], ['s', cell.isStrikethrough()], ['o', cell.isOverline()]];
  return [color(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()), color(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    flags.filter(([, isSet]) => isSet).map(([name]) => name).join('')];
}

function snapshot(terminal, name) {
  const { active } = terminal.buffer;
  const result = { name, cols: terminal.cols, rows: terminal.rows, lines: [], wide: [], cells: [], cursor: [active.cursorY, Math.min(active.cursorX, terminal.cols - 1)] };
  for (let y = 0; y < terminal.rows; y++) {
    const line = active.getLine(active.baseY + y);
    const runs = [];
    let text = '', head;
    for (let x = 0; x < terminal.cols; x++) {
      const cell = line.getCell(x);
      const shown = cell.getWidth() === 0 && head ? head : style(cell);
      text += cell.getWidth() === 0 && head ? '' : cell.getChars() || ' ';
      head = cell.getWidth() === 2 ? shown : undefined;
      if (head) {
        result.wide.push([y, x]);
      }
      runs.push([1, ...shown]);
    }
    result.lines.push(text.replace(/ +$/, ''));
    result.cells.push(runs);
  }
  return result;
}

function run(test) {
  const terminal = open(test);
  for (const [kind, first, rows] of test.steps ?? [['w', test.input ?? '']]) {
    if (kind === 'r') {
      terminal.resize(first, rows);
    } else {
      terminal._core.writeSync(Buffer.from(first, 'base64'));
    }
  }
  const result = snapshot(terminal, test.name);
  terminal.dispose();
  return result;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const test = JSON.parse(line);
  let result;
  try {
    result = run(test);
  } catch (e) {
    result = { name: test.name, error: String(e) };
  }
  process.stdout.write(JSON.stringify(result) + '\n');
}
