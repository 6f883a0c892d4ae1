// Bundles stanza.js and the participant page for the browser: dist/participant.js. Node's built-in modules that the
// library expects come from the polyfill packages of package.json.
const esbuild = require('esbuild');
const path = require('path');

exports.bundle = () => esbuild.build({
  entryPoints: [path.join(__dirname, 'page', 'participant.js')],
  outfile: path.join(__dirname, 'dist', 'participant.js'),
  bundle: true,
  define: { global: 'window' },
  logLevel: 'warning',
});

if (require.main === module) exports.bundle().catch(() => process.exit(1));
