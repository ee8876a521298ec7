import type * as pulumi from "@pulumi/pulumi";

import { type DynamicOrigin } from "./args";
import { isDomainName, type Problems } from "../../shared/validation";

// Source: Amazon CloudFront Developer Guide, "Quotas", on headers: custom headers per origin, length of a name and of a value.
const MAX_ORIGIN_HEADERS = 30;
const MAX_HEADER_NAME = 256;
const MAX_HEADER_VALUE = 1783;
// Source: Amazon CloudFront Developer Guide, "Custom headers that CloudFront can't add to origin requests".
const RESERVED_HEADERS: ReadonlySet<string> = new Set(
    `cache-control connection content-length cookie host if-match if-modified-since if-none-match if-range
    if-unmodified-since max-forwards pragma proxy-authenticate proxy-authorization proxy-connection range request-range
    te trailer transfer-encoding upgrade via x-real-ip`.split(/\s+/),
);

/**
 * Notes what is wrong with the application's address and with the headers that it gets.
 *
 * @returns The address to use: one that is not known yet is checked when it is.
 */
export function checkDynamicOrigin(
    problems: Problems,
    origin: DynamicOrigin,
    domainNames: readonly pulumi.Input<string>[],
): pulumi.Input<string> {
    checkHeaders(problems, origin);
    return problems.checkInput(origin.domainName, (found, domainName) => {
        found.check(
            isDomainName(domainName),
            "dynamicOrigin.domainName",
            domainName,
            "a host name in lower case with at least two labels, such as origin.shop.example.com",
        );
        found.check(
            !domainNames.includes(domainName),
            "dynamicOrigin.domainName",
            domainName,
            "a name that is not among domainNames",
            "The distribution would ask itself",
        );
    });
}

function checkHeaders(problems: Problems, origin: DynamicOrigin): void {
    const headers = origin.headers ?? [];
    problems.check(
        headers.length <= MAX_ORIGIN_HEADERS,
        "dynamicOrigin.headers",
        headers.map((header) => header.name),
        `at most ${MAX_ORIGIN_HEADERS} headers`,
    );
    const names = headers.map((header) => header.name.toLowerCase());
    for (const [index, header] of headers.entries()) {
        const path = `dynamicOrigin.headers[${index}]`;
        problems.check(
            // RFC 9110: a field name is a token.
            /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header.name) && header.name.length <= MAX_HEADER_NAME,
            `${path}.name`,
            header.name,
            `1 to ${MAX_HEADER_NAME} characters out of letters, digits and !#$%&'*+.^_\`|~-`,
        );
        problems.check(
            !RESERVED_HEADERS.has(header.name.toLowerCase()) && !/^x-(amz|edge)-/i.test(header.name),
            `${path}.name`,
            header.name,
            "a header that CloudFront does not manage itself, and none that begins with X-Amz- or X-Edge-",
            "Choose a name of your own, such as x-shop-origin",
        );
        problems.check(
            names.indexOf(header.name.toLowerCase()) === index,
            `${path}.name`,
            header.name,
            "each header once, whatever the case of its letters",
        );
        if (typeof header.value === "string") {
            problems.check(
                header.value.length >= 1 && header.value.length <= MAX_HEADER_VALUE,
                `${path}.value`,
                // The value is a secret, and error messages end in logs.
                `${header.value.length} characters`,
                `1 to ${MAX_HEADER_VALUE} characters`,
            );
        }
    }
}
