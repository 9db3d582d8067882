import { mkdirSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { renderPage } from "../../src/report/html/page.tsx";
import { madeTrust } from "./trust.ts";

const out = "/tmp/page";
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/index.html`, renderPage(madeTrust()));
const round = process.argv[2] ?? "1";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const width of [360, 800, 1600])
  for (const scheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme: scheme });
    page.on("console", (m) => console.log(width, m.text()));
    await page.goto(`file://${out}/index.html`);
    await page.screenshot({ path: `${out}/r${round}-${width}-${scheme}.png`, fullPage: true });
    const o = await page.evaluate(
      "[document.documentElement.scrollWidth, innerWidth, document.body.scrollHeight]",
    );
    console.log(width, scheme, o);
    await page.close();
  }
const page = await browser.newPage();
await page.goto(`file://${out}/index.html`);
await page.pdf({ path: `${out}/r${round}.pdf`, format: "A4", preferCSSPageSize: true });
await browser.close();
