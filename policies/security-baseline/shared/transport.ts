import { type Statement } from "../../framework";

/** Whether a statement's one condition, if it has any, is that the request came without TLS. */
export function isAboutTlsAlone({ conditions }: Statement): boolean {
    const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
    );
    return tests.every(
        ({ operator, key, values }) =>
            /^Bool(?:IfExists)?$/.test(operator) &&
            key.toLowerCase() === "aws:securetransport" &&
            values.some((value) => value.toLowerCase() === "false"),
    );
}
