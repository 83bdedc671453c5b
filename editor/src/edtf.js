// A date literal → the days that it leaves open. EDTF (https://www.loc.gov/standards/datetime/) as far as it can be drawn:
// levels 0 and 1, and of level 2 unspecified digits and marks within a date; XML Schema's dates are part of that.
const XSD = "http://www.w3.org/2001/XMLSchema#";
export const DATED = new Set([
  "http://id.loc.gov/datatypes/edtf/EDTF",
  ...["EDTF-level0", "EDTF-level1", "EDTF-level2"].map((level) => `http://id.loc.gov/datatypes/edtf/${level}`),
  ...["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"].map((name) => XSD + name),
]);
const DATE = /^(-?(?:\d|X){4,}|Y-?\d{5,})(?:-((?:\d|X){2})(?:-((?:\d|X){2}))?)?$/;
const SEASONS = { 21: [3, 5], 22: [6, 8], 23: [9, 11], 24: [12, 12] };

// The number of a day: 0 is 1970-01-01. A month beyond 12 is one of the next year, a day 0 the last of the month before.
export function dayNumber(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / 86_400_000);
}

// { first, last, about, openStart, openEnd }, the days inclusive, null where there is none on that side. `about`: the source
// is not sure of it, so that its edges are none. Null for what cannot be drawn.
export function days(value) {
  const text = value.trim();
  if (text.includes("/")) return interval(text.split("/"));
  const moment = /^(-?\d{4,}-\d\d-\d\d)T/.exec(text);
  return date(moment ? moment[1] : text.replace(/(?<=\d)(?:Z|[+-]\d\d:\d\d)$/, ""));
}

function interval(ends) {
  if (ends.length !== 2) return null;
  const [start, end] = ends.map((each) => (each === "" || each === ".." ? undefined : date(each)));
  if (start === null || end === null || (!start && !end)) return null;
  return {
    first: start?.first ?? null,
    last: end?.last ?? null,
    about: Boolean(start?.about || end?.about),
    openStart: !start,
    openEnd: !end,
  };
}

function date(text) {
  const bare = text.replace(/[?~%]/g, "");
  const found = DATE.exec(bare);
  if (!found) return null;
  const [, year, month, day] = found;
  const about = bare !== text;
  const known = (range) => ({ ...range, about, openStart: false, openEnd: false });
  const years = /^Y/.test(year) ? [Number(year.slice(1)), Number(year.slice(1))] : spread(year);
  if (!month || month === "XX" || years[0] !== years[1]) return known(span(years[0], 1, years[1], 12));
  if (SEASONS[month] && !day) return known(span(years[0], SEASONS[month][0], years[0], SEASONS[month][1]));
  const months = spread(month).map((each) => Math.min(12, Math.max(1, each)));
  if (Number(month) > 12 || month === "00") return null;
  if (!day || day.includes("X") || months[0] !== months[1]) return known(span(years[0], months[0], years[0], months[1]));
  const first = dayNumber(years[0], months[0], Number(day));
  const right = Number(day) >= 1 && first <= dayNumber(years[0], months[0] + 1, 0);
  return right ? known({ first, last: first }) : null;
}

// The least and the most that digits can be.
function spread(text) {
  const sides = [Number(text.replaceAll("X", "0")), Number(text.replaceAll("X", "9"))];
  return sides.sort((one, other) => one - other);
}

const span = (year, month, lastYear, lastMonth) => ({
  first: dayNumber(year, month, 1),
  last: dayNumber(lastYear, lastMonth + 1, 0),
});
