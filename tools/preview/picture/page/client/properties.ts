/** Unpacks the properties of a stack's resources, once one of them is asked for. */

const stacks = new Map<string, Promise<Readonly<Record<string, unknown>>>>();

/** A resource's properties as text. */
export async function propertiesOf(stack: string, urn: string): Promise<string> {
    const found = stacks.get(stack) ?? unpack(stack);
    stacks.set(stack, found);
    const properties = await found;
    return JSON.stringify(properties[urn] ?? {}, undefined, 2);
}

async function unpack(stack: string): Promise<Readonly<Record<string, unknown>>> {
    const holders = [...document.querySelectorAll<HTMLElement>("[data-properties]")];
    const text = holders.find(({ dataset }) => dataset["properties"] === stack)?.textContent ?? "";
    const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text()) as Readonly<Record<string, unknown>>;
}
