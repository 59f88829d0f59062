// Each folder of samples gives the same JSON in WebAssembly as from the program.
//
// node tests/wasm/run.mjs MODULE PROGRAM

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { exit } from "node:process";

const ROLES = ["batch", "published", "time-off", "swaps", "agents"];
const [, , modulePath, program] = process.argv;
const module = new WebAssembly.Module(readFileSync(modulePath));

function inWasm(inputs) {
  const { exports } = new WebAssembly.Instance(module, {});
  for (const { role, path } of inputs) {
    const bytes = Buffer.concat([Buffer.from(`${path}\n`), readFileSync(path)]);
    const place = exports.room(bytes.length);
    new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
    exports.input(role);
  }
  const length = exports.run();
  return Buffer.from(exports.memory.buffer, exports.report(), length).toString();
}

function byProgram(inputs) {
  const options = inputs.flatMap(({ role, path }) => (role === 0 ? [path] : [`--${ROLES[role]}`, path]));
  return spawnSync(program, ["check", ...options, "--format", "json"]).stdout.toString();
}

let compared = 0;
for (const folder of readdirSync("samples", { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const inputs = readdirSync(`samples/${folder.name}`)
    .map((name) => ({ path: `samples/${folder.name}/${name}`, role: ROLES.indexOf(name.split(".")[0]) }))
    .filter(({ role }) => role >= 0)
    .sort((one, other) => one.role - other.role);
  if (!inputs.some(({ role }) => role === 0)) continue;
  if (inWasm(inputs) !== byProgram(inputs)) {
    console.error(`samples/${folder.name}: the reports differ`);
    exit(1);
  }
  compared += 1;
}
if (compared === 0) {
  console.error("no folder of samples has a batch");
  exit(1);
}
console.log(`${compared} folders of samples: the same reports`);
