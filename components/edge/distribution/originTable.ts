import { type Given, type ArgumentTable, type Place } from "../../shared/argumentTable";
import {
    allOf,
    input,
    isCount,
    judgedLater,
    list,
    object,
    required,
    secret,
    text,
    textOf,
    unless,
} from "../../shared/argumentRules";
import { isDomainName } from "../../shared/validation";
import { type OriginHeader } from "./args";

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

/** The headers before the one that the name is of, by their names in lower case. */
function namesBefore({ outer }: Place): readonly string[] {
    return (outer?.before ?? []).map((header) => textOf((header as Given | null)?.name).toLowerCase());
}

const HEADER: ArgumentTable<OriginHeader> = {
    name: required(
        text(
            "a header's name",
            allOf(
                unless(
                    // RFC 9110: a field name is a token.
                    (name) =>
                        /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(textOf(name)) &&
                        textOf(name).length <= MAX_HEADER_NAME,
                    `1 to ${MAX_HEADER_NAME} characters out of letters, digits and !#$%&'*+.^_\`|~-`,
                ),
                unless(
                    (name) =>
                        !RESERVED_HEADERS.has(textOf(name).toLowerCase()) &&
                        !/^x-(amz|edge)-/i.test(textOf(name)),
                    "a header that CloudFront does not manage itself, and none that begins with X-Amz- or X-Edge-",
                    { remedy: "Choose a name of your own, such as x-shop-origin" },
                ),
                unless(
                    (name, _, place) => !namesBefore(place).includes(textOf(name).toLowerCase()),
                    "each header once, whatever the case of its letters",
                ),
            ),
        ),
    ),
    value: required(
        secret(
            input(
                text(`1 to ${MAX_HEADER_VALUE} characters`, (value) => {
                    const { length } = textOf(value);
                    return length >= 1 && length <= MAX_HEADER_VALUE
                        ? undefined
                        : // The value is a secret, and error messages end in logs.
                          { shown: `${length} characters`, allowed: `1 to ${MAX_HEADER_VALUE} characters` };
                }),
            ),
        ),
    ),
};

/** The rule of the headers that are added to requests to an origin. */
export const ORIGIN_HEADERS = list(object(HEADER), "a list of headers", (value) =>
    isCount(value, 0, MAX_ORIGIN_HEADERS)
        ? undefined
        : {
              shown: (value as readonly OriginHeader[]).map((header) => header.name),
              allowed: `at most ${MAX_ORIGIN_HEADERS} headers`,
          },
);

const HOST_NAME = "a host name in lower case with at least two labels, such as origin.shop.example.com";

/** The rule of the name of a server behind a distribution, which CloudFront connects to. */
export const ORIGIN_NAME = judgedLater(
    input(
        text(
            HOST_NAME,
            allOf(
                unless((name) => isDomainName(textOf(name)), HOST_NAME),
                unless(
                    (name, { domainNames }) => !Array.isArray(domainNames) || !domainNames.includes(name),
                    "a name that is not among domainNames",
                    { remedy: "The distribution would ask itself" },
                ),
            ),
        ),
    ),
);
