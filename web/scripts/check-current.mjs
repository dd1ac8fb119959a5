/** What is made from other files must be what they make now: the bundle and the API's types. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const WEB = resolve(import.meta.dirname, '..');
const fresh = mkdtempSync(join(tmpdir(), 'model-keeper-build-'));

function run(program, ...args) {
  const path = join(WEB, 'node_modules/.bin', program);
  execFileSync(path, args, { cwd: WEB, stdio: ['ignore', 'ignore', 'inherit'] });
}

function files(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path))
    .sort();
}

function differ(made, kept) {
  const names = new Set([...files(made), ...files(kept)]);
  return [...names].filter((name) => {
    try {
      return !readFileSync(join(made, name)).equals(readFileSync(join(kept, name)));
    } catch {
      return true;
    }
  });
}

try {
  run('vite', 'build', '--outDir', join(fresh, 'dist'), '--emptyOutDir', '--logLevel', 'error');
  run('openapi-typescript', '../docs/openapi.json', '-o', join(fresh, 'schema.d.ts'));
  const stale = differ(join(fresh, 'dist'), join(WEB, 'dist')).map((name) => `web/dist/${name}`);
  const types = readFileSync(join(fresh, 'schema.d.ts'));
  if (!types.equals(readFileSync(join(WEB, 'src/api/schema.d.ts')))) stale.push('web/src/api/schema.d.ts');
  if (stale.length > 0) {
    console.error(`not current: ${stale.join(', ')}. Run: make web`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true });
}
