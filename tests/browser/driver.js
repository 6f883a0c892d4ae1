// Opens pages in one headless Chromium and does what the test says: one JSON command per line on stdin,
// {"id": 1, "page": "juliet", "do": "call", "with": ["team@…"]}, one JSON answer per line on stdout.
const http = require('http');
const fs = require('fs');
const os = require('os');
const path = require('path');
const readline = require('readline');
const { chromium } = require('playwright-core');
const { bundle } = require('./build');

const FILES = { '/': ['page/index.html', 'text/html'], '/participant.js': ['dist/participant.js', 'text/javascript'] };
const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required',
  '--disable-features=WebRtcHideLocalIpsWithMdns', // real addresses in candidates, no mDNS
  '--allow-loopback-in-peer-connection', // ICE may use 127.0.0.1
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'];

const serve = () => new Promise(resolve => {
  const server = http.createServer((request, response) => {
    const [file, type] = FILES[request.url] || [];
    if (!file) return response.writeHead(404).end();
    response.setHeader('content-type', type);
    return fs.createReadStream(path.join(__dirname, file)).pipe(response);
  }).listen(0, '127.0.0.1', () => resolve(server));
});

const pages = new Map();
let browser;
let home;

async function open(name, { colour, tone, url } = {}) {
  const context = await browser.newContext({ permissions: [] });
  await context.addInitScript(equipment => { window.testEquipment = equipment; }, { colour, tone });
  await context.addInitScript({ path: path.join(__dirname, 'page', 'senses.js') });
  const page = await context.newPage();
  page.on('pageerror', error => process.stderr.write(`event=page.error page=${name} text=${JSON.stringify(error.message)}\n`));
  page.on('console', message => process.stderr.write(`event=page.console page=${name} text=${JSON.stringify(message.text())}\n`));
  pages.set(name, page);
  const response = await page.goto(url || home);
  return { status: response ? response.status() : 0 };
}

const commands = {
  open,
  close: async name => { await pages.get(name).context().close(); pages.delete(name); },
  goto: async (name, url) => ({ status: (await pages.get(name).goto(url)).status() }),
  participant: (name, method, ...rest) => pages.get(name).evaluate(([m, a]) => window.participant[m](...a), [method, rest]),
  senses: (name, method, ...rest) => pages.get(name).evaluate(([m, a]) => window.senses[m](...a), [method, rest]),
  evaluate: (name, script) => pages.get(name).evaluate(script),
  fill: (name, selector, text) => pages.get(name).fill(selector, text),
  click: (name, selector) => pages.get(name).click(selector),
  text: (name, selector) => pages.get(name).innerText(selector),
  waitFor: (name, selector, ms) => pages.get(name).waitForSelector(selector, { timeout: ms }).then(() => true),
  screenshot: (name, file) => pages.get(name).screenshot({ path: file }).then(() => file),
  offline: (name, off) => pages.get(name).context().setOffline(off),
};

async function obey(line) {
  const { id, page, do: what, with: rest = [] } = JSON.parse(line);
  try {
    if (what === 'quit') return { id, result: null };
    return { id, result: (await commands[what](page, ...rest)) ?? null };
  } catch (error) {
    return { id, error: String(error.message || error) };
  }
}

(async () => {
  await bundle();
  const server = await serve();
  home = `http://127.0.0.1:${server.address().port}/`;
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'rollcall-chromium-'));
  browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS, env: { ...process.env, HOME: profile } });
  const say = answer => process.stdout.write(`${JSON.stringify(answer)}\n`);
  const finish = async () => {
    await browser.close().catch(() => {});
    server.close();
    fs.rmSync(profile, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('SIGTERM', finish);
  readline.createInterface({ input: process.stdin })
    .on('line', line => obey(line).then(say).then(() => JSON.parse(line).do === 'quit' && finish()))
    .on('close', finish);
  say({ ready: true, home });
})().catch(error => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
