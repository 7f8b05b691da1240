// Prints what ical.js, node-ical and ts-ics read in iCalendar files, as JSON: node javascript.mjs NODE_MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, ...files] = process.argv.slice(2);
const nodeIcal = createRequire(join(packages, "/"))("node-ical");
const { default: ICAL } = await import(pathToFileURL(join(packages, "ical.js", "dist", "ical.js")));

const { convertIcsCalendar } = createRequire(join(packages, "/"))("ts-ics");

const padded = (number) => String(number).padStart(2, "0");

function byIcalJs(text) {
  const point = (time) => time.toString() + (time.isDate || time.zone === ICAL.Timezone.utcTimezone ? "" : " local");
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const span = [point(event.startDate), point(event.endDate)];
    return [event.uid, event.summary, event.description, ...span, component.getFirstPropertyValue("status")];
  });
}

function byNodeIcal(text) {
  // A day is midnight of this process's own zone, so only its local parts are right.
  const point = (date) =>
    date.dateOnly
      ? `${date.getFullYear()}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`
      : date.toISOString().replace(".000Z", "Z");
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((component) => component.type === "VEVENT")
    .map((event) => [event.uid, event.summary, event.description, point(event.start), point(event.end), event.status]);
}

function byTsIcs(text) {
  // It takes BEGIN:VEVENT within a text for the beginning of an event, and $ for a sign of its own.
  if (/[^\n]BEGIN:|\$/.test(text)) return null;
  const point = ({ date, type }) =>
    type === "DATE" ? date.toISOString().slice(0, 10) : date.toISOString().replace(".000Z", "Z");
  return (convertIcsCalendar(undefined, text).events ?? []).map((event) => {
    const span = [point(event.start), point(event.end)];
    return [event.uid, event.summary, event.description, ...span, event.status];
  });
}

const read = (parser) => Object.fromEntries(files.map((file) => [file, parser(readFileSync(file, "utf8"))]));
console.log(JSON.stringify({ "ical.js": read(byIcalJs), "node-ical": read(byNodeIcal), "ts-ics": read(byTsIcs) }));
