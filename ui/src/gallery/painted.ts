/**
 * A picture has no pointer and one cursor at most: what `:hover`, `:focus-visible` and `:focus-within` would paint is
 * painted on elements that are marked `data-shown="hover"` or `"focus"`. The rules are copied from the style sheets as
 * they are, so that a fault in them shows; nothing is painted by a rule of the gallery's own.
 */
const copies: [RegExp, string][] = [
  [/:hover/g, "[data-shown='hover']"],
  [/:focus-visible/g, "[data-shown='focus']"],
  [/:focus-within/g, ":has([data-shown='focus'])"],
];

function copyRules(list: CSSStyleSheet | CSSGroupingRule): void {
  for (let index = list.cssRules.length - 1; index >= 0; index -= 1) {
    const rule = list.cssRules[index];
    if (rule instanceof CSSGroupingRule && !(rule instanceof CSSStyleRule)) copyRules(rule);
    if (!(rule instanceof CSSStyleRule)) continue;
    const copied = copies.reduce((text, [from, to]) => text.replace(from, to), rule.selectorText);
    // Right after its original: whatever overrules that one overrules the copy.
    if (copied !== rule.selectorText) list.insertRule(`${copied} { ${rule.style.cssText} }`, index + 1);
  }
}

/** Copies the rules of every sheet that is there. Once, when everything is mounted. */
export function paintStates(): void {
  for (const sheet of document.styleSheets) copyRules(sheet);
}
