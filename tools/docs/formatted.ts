import * as prettier from "prettier";

/** A page's text as `npm run format` would leave it in its file. */
export async function formattedPage(
    file: string,
    text: string,
    wrapping: Pick<prettier.Options, "proseWrap" | "printWidth"> = {},
): Promise<string> {
    const options = await prettier.resolveConfig(file);
    return prettier.format(text, { ...options, parser: "markdown", ...wrapping });
}
