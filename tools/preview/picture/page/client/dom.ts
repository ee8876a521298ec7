/** Small helpers for the page's script. */

/** The element that the page has by an id, of the class that it is of. */
export function byId<T extends HTMLElement = HTMLElement>(id: string, type?: abstract new () => T): T {
    const found = document.getElementById(id);
    if (found === null || (type !== undefined && !(found instanceof type))) {
        throw new Error(`the page has no ${id}`);
    }
    return found as T;
}

/** An element with text, and children. Text is never taken as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    content: string | readonly (Node | string)[] = [],
    className = "",
): HTMLElementTagNameMap[K] {
    const made = document.createElement(tag);
    made.append(...(typeof content === "string" ? [content] : content));
    if (className !== "") {
        made.className = className;
    }
    return made;
}

/** A list, or nothing where there is nothing to list. */
export function list(rows: readonly (Node | string)[]): Node[] {
    return rows.length === 0
        ? []
        : [
              element(
                  "ul",
                  rows.map((row) => element("li", [row])),
              ),
          ];
}

/** An element of SVG. */
export function svgElement(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
        made.setAttribute(name, String(value));
    }
    return made;
}
