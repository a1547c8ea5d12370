/** Says times and days as citizens in Thailand read them. */

const ZONE = "Asia/Bangkok";
const LOCALES = { th: "th-TH-u-ca-buddhist-nu-latn", en: "en-GB" };

/** Times of the clock and days of the calendar, always Bangkok's. */
export class Clock {
  #time;
  #day;
  #words;

  constructor(language, words) {
    const locale = LOCALES[language];
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const day = { day: "numeric", month: "long", year: "numeric" };
    this.#time = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...time });
    this.#day = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...day });
    this.#words = words;
  }

  /** Return the time of an instant. */
  time(at) {
    return this.#words.say("time", { time: this.#time.format(new Date(at)) });
  }

  /** Return the day of an instant, in the Buddhist era for Thai. */
  day(at) {
    const parts = this.#day.formatToParts(new Date(at));
    return parts
      .filter(({ type }) => type !== "era")
      .map(({ value }) => value)
      .join("")
      .trim();
  }
}
