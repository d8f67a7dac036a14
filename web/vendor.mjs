// Copies the files that package.json names under "vendored" out of node_modules, each package with its licence, and
// writes which versions they are. `npm ci && node vendor.mjs`; what changes then has to be committed.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const STATIC = "../src/narkom/portal/static/vendor";
const own = JSON.parse(readFileSync("package.json", "utf8"));
const told = {};
for (const [name, { files, to = STATIC }] of Object.entries(own.vendored)) {
  const from = join("node_modules", name);
  const about = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const folder = join(to, name.replace("/", "-").replace("@", ""));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const target = join(folder, basename(file));
    // A map of the source is not there, and a browser that looks for one tells of an error.
    const text = /\.(js|css)$/.test(file) && readFileSync(join(from, file), "utf8");
    text ? writeFileSync(target, text.replace(/\n?\/[\/*][#@] sourceMappingURL=.*/g, "")) : copyFileSync(join(from, file), target);
  }
  const licence = readdirSync(from).find((file) => /^(licen[cs]e|copying)/i.test(file));
  if (licence) {
    copyFileSync(join(from, licence), join(folder, "LICENSE.txt"));
  }
  (told[to] ??= []).push(`${name} ${about.version} ${about.license}`);
}
for (const [to, lines] of Object.entries(told)) {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "VERSIONS.txt"), lines.sort().join("\n") + "\n");
}
