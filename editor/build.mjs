// sources → src/onrecord/server/editor/bundle/: one script, and the licences of what is in it.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(here, process.argv[2] ?? "../src/onrecord/server/editor/bundle");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  bundle: true,
  charset: "utf8",
  format: "iife",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: ["es2022"],
  write: false,
  outfile: "editor.js",
});

// Every package that gave something to the bundle, with its licence: by name, so that the file is the same each time.
async function licences() {
  const held = new Set();
  for (const file of Object.keys(result.metafile.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (found) held.add(found[1]);
  }
  const texts = [];
  for (const name of [...held].sort()) {
    const folder = path.join(here, "node_modules", name);
    const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const text = await readFile(path.join(folder, "LICENSE"), "utf8");
    texts.push(`${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  return `The editor has these packages in it.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await writeFile(path.join(target, "editor.js"), result.outputFiles[0].contents);
await writeFile(path.join(target, "editor.LICENSES.txt"), await licences());
