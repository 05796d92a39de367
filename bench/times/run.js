// run.js FILE ROUNDS: chrono-node over the "text" of each line, with its day of publication; CPU seconds of the fastest round, bytes, found
const fs = require("fs");
const chrono = require("chrono-node");
const docs = fs.readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const bytes = docs.reduce((sum, d) => sum + Buffer.byteLength(d.text), 0);
let best = Infinity, found = 0;
for (let round = 0; round < Number(process.argv[3]); round++) {
    const start = process.cpuUsage();
    found = 0;
    for (const d of docs) found += chrono.parse(d.text, d.published ? new Date(d.published) : new Date(2009, 11, 19)).length;
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 1e6);
}
console.log(best.toFixed(4), bytes, found);
