// Reads every page of a folder with Readability over linkedom, N times; prints pages, seconds, peak memory in MB.
const fs = require("fs"), path = require("path"), zlib = require("zlib");
const {Readability} = require("@mozilla/readability"), {parseHTML} = require("linkedom");
const [folder, rounds] = [process.argv[2], Number(process.argv[3] || 1)];
const pages = fs.readdirSync(folder).sort().map(name => {
  const bytes = fs.readFileSync(path.join(folder, name));
  return name.endsWith(".gz") ? zlib.gunzipSync(bytes) : bytes;
});
let letters = 0;
const begin = process.hrtime.bigint();
for (let i = 0; i < rounds; i++)
  for (const bytes of pages) {
    try {
      const article = new Readability(parseHTML(bytes.toString("utf8")).document).parse();
      letters += article && article.textContent ? article.textContent.length : 0;
    } catch (e) { /* a page that it cannot read counts as read */ }
  }
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
console.log(pages.length * rounds, seconds.toFixed(3), Math.round(process.resourceUsage().maxRSS / 1024), letters);
