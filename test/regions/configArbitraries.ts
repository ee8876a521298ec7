/** Configurations and catalogues as people might write them: good values, values at a bound, and bad ones. */
import * as fc from "fast-check";
import { AWS_REGIONS, zonesOf } from "../../regions/awsRegions";
import { type Catalogue, type Continent, defaultCatalogue } from "../../regions/catalogue";
import { CONFIG_KEYS, type ConfigKey, type KeyKind } from "../../regions/configKeys";
import { regions } from "../support/regions/manyRegions";

const ARN = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-1111-2222-3333-444444444444";
const ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:1.0.0";
const long = (count: number): string => "a".repeat(count);

/** Texts that are wrong nearly everywhere, and at home nowhere. */
const ODD = ["", " ", "ä", "a b", "a\nb", "a/b?c=d", "-", "*", "__proto__", "null", '"', long(65), long(300)];

/** What is worth trying for a key, beside what its kind has. */
const TEXTS: Partial<Record<ConfigKey, readonly string[]>> = {
    accountId: ["111122223333", "000000000000", "11112222333", "1111222233334"],
    domainName: [
        "shop.example.com",
        "example.com",
        "a.b",
        "x.1",
        "com",
        "Shop.example.com",
        "a..b",
        `${long(40)}.com`,
        `${long(63)}.${long(63)}.com`,
    ],
    hostedZoneId: ["Z1", "Z0123456789EXAMPLE0AB", "/hostedzone/Z1", `Z${"A".repeat(32)}`],
    deployRoleArn: [
        "arn:aws:iam::111122223333:role/deploy",
        "arn:aws:iam::111122223333:role/a/b/c",
        "arn:aws:iam::1:role/x",
    ],
    owner: ["shop platform", "a:b/c=d+e-f@g.h_i", "team's", "aws:team", long(256), long(257)],
    costCenter: ["4711", "é", long(256)],
    alarmEmail: [
        "a@b.c",
        "on-call@example.com",
        "a@b",
        "a@b..c",
        "a @b.c",
        "a@b.c,d@e.f",
        `${long(250)}@b.c`,
    ],
    foundingRegion: ["us", "eu", "us-east-1", "eu-central-1", "US", "ap"],
    primaryRegion: ["us", "eu", "us-east-1", "eu-central-1", "EU", "ap"],
    cidrBlock: [
        "10.11.0.0/16",
        "192.168.0.0/16",
        "192.168.240.0/20",
        "172.16.0.0/16",
        "172.17.0.0/16",
        "10.11.0.1/16",
        "10.11.0.0/24",
        "010.11.0.0/16",
        "8.8.0.0/16",
    ],
    natGateways: ["OnePerAz", "Single", "None", "none"],
    webImage: ["nginx:1", "nginx", "nginx:latest", ECR, `shop@sha256:${"0f".repeat(32)}`, "UPPER:1", "a:b:c"],
    apiImage: ["nginx:1", "localhost:5000/x:1", ECR, `${long(250)}:1`, `${long(255)}:1`],
    webCertificateArn: [
        ARN,
        ARN.replace("us-east-1", "eu-central-1"),
        "arn:aws:acm:us-east-1:111122223333:certificate/x",
    ],
    distributionCertificateArn: [ARN, ARN.replace("us-east-1", "eu-central-1")],
    databaseName: ["shop", "s", "postgres", "template0", "rdsadmin", "shop-db", "1shop", long(63), long(64)],
    databaseEngineVersion: [
        "18.6",
        "17.10",
        "17.1",
        "15.14",
        "14.9",
        "19.0",
        "99.99",
        "18",
        "18.6.1",
        "018.6",
    ],
    backupLockMode: ["governance", "compliance", "Governance"],
    priceClass: ["PriceClass_100", "PriceClass_200", "PriceClass_All", "100"],
    geoRestrictionType: ["none", "whitelist", "blacklist", "None"],
    contentSecurityPolicy: ["default-src 'self'", "a\tb", "a ", " ", long(4000)],
    healthCheckPath: [
        "/",
        "/healthz",
        "/health?deep=1",
        "/health*",
        "/a,b",
        "/a;b",
        "/a'b",
        "/%20",
        "/a$b",
        "/a&b",
        "/a b",
        "healthz",
        `/${long(127)}`,
        `/${long(128)}`,
        `/${long(254)}`,
        "/ä",
        "//",
        "/~a.b-c_d",
    ],
};

const LISTS: Partial<Record<ConfigKey, readonly string[]>> = {
    availabilityZones: [
        "us-east-1a",
        "us-east-1b",
        "us-east-1f",
        "us-east-1g",
        "eu-central-1a",
        "eu-central-1b",
        "us-east-1",
    ],
    interfaceEndpoints: [
        "ecr.api",
        "ecr.dkr",
        "s3",
        "dynamodb",
        "sqs",
        "a--b",
        "a.",
        "-a",
        "a-",
        "1a",
        "a..b",
        "com.amazonaws.x",
        "com.amazonaws.us-east-1.sqs",
        "Ecr",
        "kms-fips",
    ],
    internetEgressCidrBlocks: [
        "0.0.0.0/0",
        "203.0.113.0/24",
        "203.0.113.7/24",
        "203.0.113.7/32",
        "1.2.3.4/0",
        "203.0.113.0",
        "::/0",
        "300.0.0.0/8",
    ],
    webInstanceTypes: [
        "t4g.small",
        "t4g.medium",
        "c7g.medium",
        "m7g.medium",
        "t3.small",
        "t4g.9xlarge",
        "t4g",
        "mac1.metal",
        "c99g.large",
        "u-6tb1.metal",
    ],
    apiInstanceTypes: ["t3.small", "t3.medium", "c7i.large", "m7i-flex.large", "t4g.small", "g4dn.xlarge"],
    elasticDisasterRecoverySources: ["203.0.113.0/24", "203.0.113.7/24", "0.0.0.0/0", "1.2.3.4/1", "x"],
    geoRestrictionCountries: ["DE", "US", "de", "XX", "AN", "GB", "UK"],
    blockedCountries: ["DE", "KP", "us", "ZZ", "EU"],
};

/** Numbers at and beside the bounds of all keys, and some that are far from any. */
const NUMBERS = [
    -1, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 23, 24, 29, 30, 31, 35, 36, 50, 89, 90, 91,
    100, 180, 181, 364, 365, 366, 400, 499, 500, 501, 731, 1000, 1023, 1024, 1025, 1095, 2000, 3653, 3654,
    4317, 4318, 8080, 8443, 10_000, 36_499, 36_500, 36_501, 65_535, 65_536, 1_000_000, 2_000_000_000,
    2_000_000_001, 999_999_999_999,
];

const numberText = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...NUMBERS).map(String) },
    {
        weight: 1,
        arbitrary: fc.constantFrom("", "1.5", "1e3", "two", "0x10", "+5", "007", "NaN", "Infinity"),
    },
);

/** A text that somebody slipped in: another one with a character more, less or changed. */
function mutated(texts: readonly string[]): fc.Arbitrary<string> {
    return fc
        .record({
            text: fc.constantFrom(...texts),
            at: fc.nat({ max: 40 }),
            cut: fc.nat({ max: 2 }),
            insert: fc.string({ maxLength: 2, unit: "grapheme-ascii" }),
        })
        .map(({ text, at, cut, insert }) => {
            const position = Math.min(at, text.length);
            return text.slice(0, position) + insert + text.slice(position + cut);
        });
}

function texts(known: readonly string[] = []): fc.Arbitrary<string> {
    return fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...known, ...ODD) },
        { weight: 3, arbitrary: mutated([...known, "shop-1.example/a_b"]) },
        { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
    );
}

const OF_KIND: Record<KeyKind, (key: ConfigKey) => fc.Arbitrary<string>> = {
    string: (key) => texts(TEXTS[key]),
    integer: () => numberText,
    decimal: () => fc.oneof(numberText, fc.constantFrom("0.5", "7.5", "8.5", "63.75", "255.5", "256.5")),
    boolean: () => fc.constantFrom("true", "false", "yes", ""),
    strings: (key) =>
        fc.oneof(
            {
                weight: 9,
                arbitrary: fc
                    .array(
                        fc.oneof(
                            {
                                weight: 9,
                                arbitrary: fc.constantFrom(...(LISTS[key] ?? []), ...(LISTS[key] ?? []), ""),
                            },
                            { weight: 1, arbitrary: texts(LISTS[key]) },
                        ),
                        { maxLength: 6 },
                    )
                    .map((items) => JSON.stringify(items)),
            },
            {
                weight: 1,
                arbitrary: fc.constantFrom(
                    "a",
                    "[1]",
                    "{}",
                    "null",
                    '["a"',
                    JSON.stringify(Array(57).fill("x")),
                ),
            },
        ),
};

/** A value of one key, good or bad, as the engine hands it to the program. */
export function valueOf(key: ConfigKey): fc.Arbitrary<string> {
    return OF_KIND[CONFIG_KEYS[key]](key);
}

/** A value for every key, by its name. */
export const anyValues: fc.Arbitrary<Record<ConfigKey, string>> = fc.record(
    Object.fromEntries((Object.keys(CONFIG_KEYS) as ConfigKey[]).map((key) => [key, valueOf(key)])) as {
        [K in ConfigKey]: fc.Arbitrary<string>;
    },
);

type Entry = Catalogue[number];

/** One change of one entry of a catalogue. */
const entryChange: fc.Arbitrary<Partial<Entry>> = fc.oneof(
    fc
        .constantFrom(
            "us",
            "eu",
            "ap",
            "any",
            "geo",
            "www",
            "api",
            "a",
            "a1",
            "long8key",
            "toolong99",
            "eu-1",
            "Eu",
        )
        .map((key) => ({ key })),
    fc.constantFrom(...Object.keys(AWS_REGIONS), "eu-central-9", "moon").map((region) => ({
        region,
        jurisdiction: AWS_REGIONS[region]?.jurisdiction ?? "EU",
        availabilityZones: zonesOf(region).slice(0, 3),
    })),
    fc
        .constantFrom(
            "10.10.0.0/16",
            "10.99.0.0/16",
            "10.99.0.0/20",
            "172.17.0.0/16",
            "10.99.0.1/16",
            "x",
            "10.99.0.0/28",
        )
        .map((cidrBlock) => ({ cidrBlock })),
    fc
        .array(
            fc.constantFrom(
                "eu-central-1a",
                "eu-central-1b",
                "eu-central-1c",
                "us-east-1a",
                "us-east-1b",
                "eu-central-1",
            ),
            { maxLength: 5 },
        )
        .map((availabilityZones) => ({ availabilityZones })),
    fc.constantFrom("EU", "US", "eu", "", "Mars", "U").map((jurisdiction) => ({ jurisdiction })),
    fc
        .array(fc.constantFrom("AF", "AN", "AS", "EU", "NA", "OC", "SA", "eu", "XX", ""), { maxLength: 3 })
        .map((continents) => ({ continents: continents as Continent[] })),
    fc.constantFrom("us", "eu", "r0", "none", "").map((failoverTo) => ({ failoverTo })),
);

/** Catalogues of one to thirteen regions, some entries of which were changed. */
export const anyCatalogue: fc.Arbitrary<Catalogue> = fc
    .record({
        count: fc.oneof(fc.constant(defaultCatalogue.length), fc.integer({ min: 1, max: 13 })),
        changes: fc.array(fc.tuple(fc.nat({ max: 12 }), entryChange), { maxLength: 2 }),
    })
    .map(({ count, changes }) =>
        changes.reduce<Catalogue>(
            (catalogue, [at, change]) =>
                catalogue.map((entry, index) =>
                    index === at % catalogue.length ? { ...entry, ...change } : entry,
                ),
            regions(count),
        ),
    );
