// Copies the files that package.json names under "vendored" out of node_modules, makes one file of each module under
// "bundled", each package with its licence, and writes which versions they are. `npm ci && node vendor.mjs`; what
// changes then has to be committed.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";

const STATIC = "../src/narkom/portal/static/vendor";
const own = JSON.parse(readFileSync("package.json", "utf8"));
const told = {};
const emptied = (to, name) => {
  const folder = join(to, name.replace("/", "-").replace("@", ""));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};
const licensed = (name, to, folder) => {
  const from = join("node_modules", name);
  const about = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const licence = readdirSync(from).find((file) => /^(licen[cs]e|copying)/i.test(file));
  if (licence) {
    copyFileSync(join(from, licence), join(folder, "LICENSE.txt"));
  }
  (told[to] ??= []).push(`${name} ${about.version} ${about.license}`);
};
for (const [name, { files, to = STATIC }] of Object.entries(own.vendored)) {
  const from = join("node_modules", name);
  const folder = emptied(to, name);
  for (const file of files) {
    const target = join(folder, basename(file));
    // A map of the source is not there, and a browser that looks for one tells of an error.
    const text = /\.(js|css)$/.test(file) && readFileSync(join(from, file), "utf8");
    text ? writeFileSync(target, text.replace(/\n?\/[\/*][#@] sourceMappingURL=.*/g, "")) : copyFileSync(join(from, file), target);
  }
  licensed(name, to, folder);
}
for (const [name, entry] of Object.entries(own.bundled)) {
  const folder = emptied(STATIC, name);
  buildSync({ entryPoints: [entry], outfile: join(folder, `${name}.js`), bundle: true, format: "esm", minify: true });
  licensed(name, STATIC, folder);
}
for (const [to, lines] of Object.entries(told)) {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "VERSIONS.txt"), lines.sort().join("\n") + "\n");
}
