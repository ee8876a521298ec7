/** The page's elements: made by code, so that nothing that a user wrote is ever read as HTML. */

type Child = Node | string;

/** An element with its properties and what is in it. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    properties: Partial<HTMLElementTagNameMap[Tag]> = {},
    ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
    const made = document.createElement(tag);
    Object.assign(made, properties);
    made.append(...children);
    return made;
}

/** An input with its label around it. */
export function field(text: string, properties: Partial<HTMLInputElement>): HTMLLabelElement {
    return element("label", {}, element("span", {}, text), element("input", properties));
}

/** An element of the page itself. */
export function part(id: string): HTMLElement {
    const found = document.getElementById(id);
    if (found === null) {
        throw new Error(`the page has no ${id}`);
    }
    return found;
}

/** Says something to whoever reads the page, with their eyes or otherwise. */
export function say(text: string): void {
    part("alert").textContent = "";
    part("status").textContent = text;
}

/** Says what went wrong. */
export function complain(error: unknown): void {
    part("status").textContent = "";
    part("alert").textContent = error instanceof Error ? error.message : String(error);
}

/** Shows other contents, and has the next key press begin there. */
export function show(...contents: readonly Node[]): void {
    const main = part("main");
    main.replaceChildren(...contents);
    const first = main.querySelector<HTMLElement>("input:not([type=checkbox])") ?? main;
    first.focus();
}

/** A form whose button does something, once at a time. */
export function form(
    title: string,
    fields: readonly HTMLElement[],
    button: string,
    act: (values: FormData) => Promise<void>,
): HTMLFormElement {
    const submit = element("button", { type: "submit" }, button);
    const made = element("form", { noValidate: false }, element("h2", {}, title), ...fields, submit);
    made.addEventListener("submit", (event) => {
        event.preventDefault();
        submit.disabled = true;
        act(new FormData(made))
            .catch(complain)
            .finally(() => {
                submit.disabled = false;
            });
    });
    return made;
}

/** A button that does something, once at a time. */
export function action(text: string, label: string, act: () => Promise<void>): HTMLButtonElement {
    const made = element("button", { type: "button", className: "quiet", ariaLabel: label }, text);
    made.addEventListener("click", () => {
        made.disabled = true;
        act()
            .catch(complain)
            .finally(() => {
                made.disabled = false;
            });
    });
    return made;
}

/** A text of a form. */
export function textOf(values: FormData, name: string): string {
    const value = values.get(name);
    return typeof value === "string" ? value : "";
}
