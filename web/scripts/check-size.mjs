/**
 * What each entry loads before it can show anything must stay within
 * 250 kB and 80 kB packed, and the host must find exactly one `.js`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = resolve(import.meta.dirname, '../dist');
const ENTRIES = ['model-keeper.js', 'standalone.mjs'];
const LIMIT = { raw: 250_000, packed: 80_000 };
const STATIC_IMPORT = /^(?:import|export)\b[^;'"]*["'](\.[^"']+)["']/gm;

function eagerFiles(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    eagerFiles(join(dirname(file), path), found);
  }
  return found;
}

const faults = [];
for (const entry of ENTRIES) {
  const sources = [...eagerFiles(join(DIST, entry))].map((file) => readFileSync(file));
  const raw = sources.reduce((sum, source) => sum + source.length, 0);
  const packed = sources.reduce((sum, source) => sum + gzipSync(source, { level: 9 }).length, 0);
  console.log(`${entry}: ${raw} bytes in ${sources.length} files, ${packed} packed`);
  if (raw > LIMIT.raw) faults.push(`${entry} loads ${raw} bytes, more than ${LIMIT.raw}`);
  if (packed > LIMIT.packed) faults.push(`${entry} packs to ${packed}, more than ${LIMIT.packed}`);
}

const scripts = readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith('.js'));
if (scripts.length !== 1) faults.push(`one .js is allowed, there are: ${scripts.join(', ')}`);

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
