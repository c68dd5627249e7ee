// Numbers for people: at most four digits, decimal prefixes.

const PREFIXES = ["", "k", "M", "G", "T"];

export function quantity(value) {
  if (!Number.isFinite(value)) return "–";
  let prefix = 0;
  let scaled = value;
  while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
    scaled /= 1000;
    prefix++;
  }
  const digits = scaled >= 99.95 || (prefix === 0 && Number.isInteger(scaled)) ? 0 : scaled >= 9.995 ? 1 : 2;
  return scaled.toFixed(digits) + (prefix ? "\u202f" + PREFIXES[prefix] : "");
}

export function percent(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value <= 0 || value >= 100) return value.toFixed(0) + "\u202f%";
  // 99.996 is not all of them.
  const text = Math.min(value, 99.99).toFixed(value < 99.95 && value >= 9.995 ? 1 : 2);
  return text + "\u202f%";
}

export function span(seconds) {
  return seconds >= 60 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

// The smallest of 1, 2, 5 times a power of ten that is not below: a scale that people can read.
export function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * (1 - 1e-9));
}
