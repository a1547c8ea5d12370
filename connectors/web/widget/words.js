/** The widget's own words, read from `words.<language>.json`. */

/** Whole sentences by name; the assistant's answers come from the server instead. */
export class Words {
  #sentences;

  constructor(sentences) {
    this.#sentences = sentences;
  }

  /** Fetch the words of one language from the widget's folder. */
  static async load(folder, language) {
    const address = new URL(`words.${language}.json`, folder);
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok) throw new Error(`words not found: ${language}`);
    return new Words(await response.json());
  }

  /** Return one sentence, its `{names}` filled in. */
  say(name, values = {}) {
    const sentence = this.#sentences[name];
    if (sentence === undefined) throw new Error(`no words for ${name}`);
    return sentence.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
  }
}
