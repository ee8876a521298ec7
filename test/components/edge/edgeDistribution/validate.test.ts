import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    type EdgeDistributionArgs,
    GeoRestrictionType,
} from "../../../../components/edge/edgeDistribution/edgeDistribution";
import { ORIGIN_SHIELD_REGIONS } from "../../../../components/edge/distribution/viewerTable";
import { validate } from "../../../../components/edge/edgeDistribution/validate";
import { downloadArgs, previewEdge, shopArgs } from "../../../support/components/distributionArguments";

/** What validation has to say, one `path reason` per problem. */
function problemsOf(args: EdgeDistributionArgs, name = "shop-edge"): string[] {
    try {
        validate(name, args);
    } catch (error) {
        if (!pulumi.InputPropertiesError.isInstance(error)) {
            throw error;
        }
        const { message, errors } = error;
        const problems = errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
        for (const problem of problems) {
            expect(message, "the message lists every problem").to.include(problem);
        }
        return problems;
    }
    return [];
}

function accepts(change: Partial<EdgeDistributionArgs>): void {
    expect(problemsOf({ ...shopArgs, ...change })).to.deep.equal([]);
}

function refuses(change: Partial<EdgeDistributionArgs>, ...problems: string[]): void {
    expect(problemsOf({ ...shopArgs, ...change })).to.deep.equal(problems);
}

/** What a program without TypeScript's checks may hand over. */
const unchecked = (text: string): never => text as never;

const origin = (name: string, value = "open-sesame"): Partial<EdgeDistributionArgs> => ({
    dynamicOrigin: { domainName: "origin-eu.shop.example.com", headers: [{ name, value }] },
});

describe("the arguments of EdgeDistribution", () => {
    it("are fine as given in the fixtures", () => {
        expect(problemsOf(shopArgs)).to.deep.equal([]);
        expect(problemsOf(downloadArgs)).to.deep.equal([]);
    });

    it("are refused all together, before anything is registered, the component included", async () => {
        const preview = await previewEdge({
            ...shopArgs,
            region: "Frankfurt",
            domainNames: [],
            blockedCountries: ["kp"],
        });
        expect(preview.error?.message).to.include(
            [
                'meridian:index:EdgeDistribution "shop-edge" has 3 problems in its arguments:',
                '  - region is "Frankfurt"; allowed: an AWS region code, such as eu-central-1',
                "  - domainNames is []; allowed: 1 to 10 host names",
                '  - blockedCountries[0] is "kp"; allowed: an ISO 3166-1 alpha-2 country code in upper case, such as DE',
            ].join("\n"),
        );
        const types = preview.resources.map(({ type }) => type);
        expect(types.filter((type) => type.startsWith("aws:") || type.startsWith("meridian:"))).to.deep.equal(
            [],
        );
    });

    it("take a name that leaves room for the longest bucket name", () => {
        expect(problemsOf(shopArgs, "e".repeat(32))).to.deep.equal([]);
        expect(problemsOf(shopArgs, "e".repeat(33))).to.deep.equal([
            `name is "${"e".repeat(33)}-replica-s3-logs-bucket"; allowed: at most 55 characters, because ` +
                "aws:s3/bucket:Bucket names end at 63 and auto-naming adds 8. Shorten the component's name by 1",
        ]);
        for (const name of ["Shop", "1shop", "shop_edge"]) {
            expect(problemsOf(shopArgs, name)).to.deep.equal([
                `name is "${name}"; allowed: a lower-case letter, then lower-case letters, digits and hyphens, ` +
                    "because buckets are called after it",
            ]);
        }
    });

    it("ask for the replica in another region", () => {
        refuses(
            { replicaRegion: "eu-central-1" },
            'replicaRegion is "eu-central-1"; allowed: a region other than region (eu-central-1). ' +
                "The replica serves when the region fails",
        );
        refuses(
            { replicaRegion: "eu" },
            'replicaRegion is "eu"; allowed: an AWS region code, such as eu-central-1',
        );
    });

    it("check account, zone and certificate where they are known already", () => {
        refuses({ accountId: "1234" }, 'accountId is "1234"; allowed: 12 digits');
        refuses(
            { hostedZoneId: "shop.example.com" },
            'hostedZoneId is "shop.example.com"; allowed: the id of a Route 53 hosted zone: Z and up to 31 capital ' +
                "letters and digits",
        );
        const arn = "arn:aws:acm:eu-central-1:111122223333:certificate/1b2c";
        refuses(
            { certificateArn: arn },
            `certificateArn is "${arn}"; allowed: the ARN of an ACM certificate in us-east-1, where CloudFront looks for it`,
        );
        accepts({ certificateArn: arn.replace("eu-central-1", "us-east-1") });
        accepts({ accountId: pulumi.output("1234"), certificateArn: pulumi.output(arn) });
    });

    it("take 1 to 10 different host names, the first of 64 characters at most", () => {
        const names = Array.from({ length: 11 }, (_, index) => `host${index}.example.com`);
        accepts({ domainNames: names.slice(0, 10) });
        expect(problemsOf({ ...shopArgs, domainNames: names })[0]).to.match(
            /^domainNames is .*allowed: 1 to 10 host names$/,
        );
        const nameOf = (length: number): string =>
            `${"a".repeat(length - ".example.com".length)}.example.com`;
        accepts({ domainNames: [nameOf(64)] });
        refuses(
            { domainNames: [nameOf(65)] },
            `domainNames[0] is "${nameOf(65)}"; allowed: at most 64 characters, because it is the certificate's subject. ` +
                "Put a shorter name first",
        );
        refuses(
            { domainNames: ["shop.example.com", "shop.example.com"] },
            'domainNames[1] is "shop.example.com"; allowed: each name once',
        );
        for (const name of [
            "Shop.example.com",
            "localhost",
            "*.example.com",
            "shop..com",
            "https://shop.example.com",
        ]) {
            refuses(
                { domainNames: [name] },
                `domainNames[0] is "${name}"; allowed: a host name in lower case with at least two labels, such as ` +
                    "shop.example.com",
            );
        }
    });

    it("take names that fit into the web ACL's expression together", () => {
        const names = Array.from({ length: 9 }, (_, index) => `${index}${"a".repeat(45)}.example.com`);
        expect(problemsOf({ ...shopArgs, domainNames: names })).to.have.length(1);
        expect(problemsOf({ ...shopArgs, domainNames: names })[0]).to.match(
            /allowed: names that make an expression of at most 512 characters for the web ACL together\. Spread them/,
        );
    });

    it("take an origin that is not the distribution itself", () => {
        refuses(
            { dynamicOrigin: { domainName: "eu.shop.example.com" } },
            'dynamicOrigin.domainName is "eu.shop.example.com"; allowed: a name that is not among domainNames. ' +
                "The distribution would ask itself",
        );
        refuses(
            { dynamicOrigin: { domainName: "10.1.2.3:8443" } },
            'dynamicOrigin.domainName is "10.1.2.3:8443"; allowed: a host name in lower case with at least two labels, ' +
                "such as origin.shop.example.com",
        );
    });

    it("take origin headers that CloudFront does not manage itself", () => {
        accepts(origin("X-Meridian-Origin_1"));
        const own =
            "a header that CloudFront does not manage itself, and none that begins with X-Amz- or X-Edge-. " +
            "Choose a name of your own, such as x-shop-origin";
        for (const name of [
            "Host",
            "cookie",
            "Via",
            "X-Real-IP",
            "x-amz-secret",
            "X-Edge-Secret",
            "Upgrade",
        ]) {
            refuses(origin(name), `dynamicOrigin.headers[0].name is "${name}"; allowed: ${own}`);
        }
        for (const name of ["", "x origin", "x:origin", "x".repeat(257)]) {
            expect(problemsOf({ ...shopArgs, ...origin(name) })).to.have.length(1);
            expect(problemsOf({ ...shopArgs, ...origin(name) })[0]).to.include(
                "allowed: 1 to 256 characters out of",
            );
        }
        const header = (name: string) => ({ name, value: "x" });
        const headers = Array.from({ length: 31 }, (_, index) => header(`x-${index}`));
        const domainName = "origin-eu.shop.example.com";
        accepts({ dynamicOrigin: { domainName, headers: headers.slice(1) } });
        expect(problemsOf({ ...shopArgs, dynamicOrigin: { domainName, headers } })[0]).to.match(
            /^dynamicOrigin\.headers is .*allowed: at most 30 headers$/,
        );
        refuses(
            { dynamicOrigin: { domainName, headers: [header("x-a"), header("X-A")] } },
            'dynamicOrigin.headers[1].name is "X-A"; allowed: each header once, whatever the case of its letters',
        );
    });

    it("check a header's value without repeating it, for it is a secret", () => {
        accepts(origin("x-a", "s".repeat(1783)));
        refuses(
            origin("x-a", "s".repeat(1784)),
            'dynamicOrigin.headers[0].value is "1784 characters"; allowed: 1 to 1783 characters',
        );
        refuses(
            origin("x-a", ""),
            'dynamicOrigin.headers[0].value is "0 characters"; allowed: 1 to 1783 characters',
        );
    });

    it("take static paths within CloudFront's syntax and quota", () => {
        const paths = Array.from({ length: 24 }, (_, index) => `/s${index}/*`);
        accepts({ staticPaths: paths.slice(1) });
        expect(problemsOf({ ...shopArgs, staticPaths: paths })[0]).to.match(
            /allowed: at most 23 patterns\. Put the files/,
        );
        accepts({ staticPaths: ["/*.css", "/img/?.png", "/favicon.ico"] });
        for (const path of ["static/*", "/stat ic/*", "/größe/*", "/a%20b", `/${"a".repeat(255)}`]) {
            expect(problemsOf({ ...shopArgs, staticPaths: [path] })).to.have.length(1);
            expect(problemsOf({ ...shopArgs, staticPaths: [path] })[0]).to.match(
                /^staticPaths\[0\] is .*allowed: a slash, then letters, digits and .*, 255 characters at most$/,
            );
        }
        for (const path of ["/", "/*", "/**"]) {
            refuses(
                { staticPaths: [path] },
                `staticPaths[0] is "${path}"; allowed: a pattern that leaves paths to the dynamic origin. ` +
                    "For a site without an application leave dynamicOrigin out",
            );
        }
        refuses(
            { staticPaths: ["/maintenance/*"] },
            'staticPaths[0] is "/maintenance/*"; allowed: each pattern once, and not /maintenance/*, which is always there',
        );
        expect(problemsOf({ ...downloadArgs, staticPaths: ["/releases/*"] })).to.deep.equal([
            'staticPaths is ["/releases/*"]; allowed: nothing while dynamicOrigin is left out. ' +
                "Without an application, all paths are static",
        ]);
    });

    it("take sensitive paths without wildcards", () => {
        accepts({ sensitivePaths: [] });
        accepts({ sensitivePaths: ["/api/", "/account/password"] });
        for (const path of ["login", "/", "//", "/api/*", "/log in", "/a?b"]) {
            refuses(
                { sensitivePaths: [path] },
                `sensitivePaths[0] is "${path}"; allowed: a path such as /login, without wildcards: all that is below it ` +
                    "is meant as well",
            );
        }
        expect(problemsOf({ ...shopArgs, sensitivePaths: [`/${"a".repeat(504)}`] })).to.have.length(1);
        accepts({ sensitivePaths: [`/${"a".repeat(503)}`] });
    });

    it("take a root object without a slash before it", () => {
        accepts({ defaultRootObject: "home" });
        for (const path of ["/index.html", "", "a b"]) {
            refuses(
                { defaultRootObject: path },
                `defaultRootObject is "${path}"; allowed: 1 to 255 characters without a slash at the beginning, such as ` +
                    "index.html",
            );
        }
    });

    it("take countries by their codes, and a list wherever there is a restriction", () => {
        accepts({ geoRestriction: { type: GeoRestrictionType.Whitelist, countries: ["DE", "XK"] } });
        accepts({ geoRestriction: { type: GeoRestrictionType.None } });
        const code = "an ISO 3166-1 alpha-2 country code in upper case, such as DE";
        for (const country of ["de", "EU", "UK", "DEU"]) {
            refuses(
                { geoRestriction: { type: GeoRestrictionType.Blacklist, countries: [country] } },
                `geoRestriction.countries[0] is "${country}"; allowed: ${code}`,
            );
        }
        refuses(
            { geoRestriction: { type: GeoRestrictionType.Whitelist } },
            "geoRestriction.countries is not given; allowed: at least one country with type whitelist",
        );
        refuses(
            { geoRestriction: { type: GeoRestrictionType.None, countries: ["DE"] } },
            'geoRestriction.countries is ["DE"]; allowed: nothing with type none. ' +
                "Remove the countries, or say whether they are a whitelist or a blacklist",
        );
        refuses(
            { blockedCountries: ["KP", "KP"] },
            'blockedCountries[1] is "KP"; allowed: each country once',
        );
    });

    it("take one of AWS's words for price class and restriction, which programs in other languages may miss", () => {
        refuses(
            { priceClass: unchecked("PriceClass_300") },
            'priceClass is "PriceClass_300"; allowed: one of PriceClass_100, PriceClass_200, PriceClass_All',
        );
        refuses(
            { geoRestriction: { type: unchecked("allow"), countries: ["DE"] } },
            'geoRestriction.type is "allow"; allowed: one of none, whitelist, blacklist',
        );
    });

    it("take an Origin Shield where there is one", () => {
        for (const region of ORIGIN_SHIELD_REGIONS) {
            accepts({ originShieldRegion: region });
        }
        refuses(
            { originShieldRegion: "eu-west-3" },
            `originShieldRegion is "eu-west-3"; allowed: one of ${ORIGIN_SHIELD_REGIONS.join(", ")}. ` +
                "Take the one nearest to eu-central-1, or leave it out",
        );
    });

    it("take rate limits within AWS WAF's bounds, the tighter one not above the other", () => {
        const bounds = "a number from 10 to 2000000000 in steps of 1";
        // The tighter limit follows where nobody named one.
        accepts({ rateLimitPerFiveMinutes: 10 });
        accepts({ rateLimitPerFiveMinutes: 2_000_000_000 });
        accepts({ rateLimitPerFiveMinutes: 600, sensitiveRateLimitPerFiveMinutes: 600 });
        accepts({ rateLimitPerFiveMinutes: 600, sensitiveRateLimitPerFiveMinutes: 601, sensitivePaths: [] });
        for (const limit of [9, 2_000_000_001, 10.5]) {
            expect(problemsOf({ ...shopArgs, rateLimitPerFiveMinutes: limit })[0]).to.equal(
                `rateLimitPerFiveMinutes is ${limit}; allowed: ${bounds}`,
            );
        }
        refuses(
            { sensitiveRateLimitPerFiveMinutes: 9 },
            `sensitiveRateLimitPerFiveMinutes is 9; allowed: ${bounds}`,
        );
        refuses(
            { sensitiveRateLimitPerFiveMinutes: 2001 },
            "sensitiveRateLimitPerFiveMinutes is 2001; allowed: at most rateLimitPerFiveMinutes (2000). " +
                "The other limit would always be reached first",
        );
    });

    it("take retention that CloudWatch Logs knows, and a header of one line", () => {
        accepts({ logRetentionDays: 30 });
        expect(problemsOf({ ...shopArgs, logRetentionDays: 31 })[0]).to.match(
            /^logRetentionDays is 31; allowed: one of 1, 3/,
        );
        accepts({ contentSecurityPolicy: "default-src 'self'" });
        for (const policy of ["", "default-src 'self';\nscript-src 'self'", "default-src ‘self’"]) {
            expect(problemsOf({ ...shopArgs, contentSecurityPolicy: policy })).to.have.length(1);
            expect(problemsOf({ ...shopArgs, contentSecurityPolicy: policy })[0]).to.match(
                /^contentSecurityPolicy .*allowed: one line of printable ASCII characters$/,
            );
        }
    });

    it("take alarm thresholds that can be reached", () => {
        accepts({ alarmThresholds: { serverErrorPercent: 100 } });
        accepts({ alarmThresholds: { originLatencyMilliseconds: 1, blockedRequestsPerFiveMinutes: 1 } });
        for (const percent of [0, 101, Number.NaN]) {
            expect(
                problemsOf({ ...shopArgs, alarmThresholds: { serverErrorPercent: percent } }),
            ).to.have.length(1);
        }
        refuses(
            {
                alarmThresholds: {
                    serverErrorPercent: 0,
                    originLatencyMilliseconds: 0,
                    blockedRequestsPerFiveMinutes: -1,
                },
            },
            "alarmThresholds.serverErrorPercent is 0; allowed: more than 0, at most 100 (percent)",
            "alarmThresholds.originLatencyMilliseconds is 0; allowed: 1 or more",
            "alarmThresholds.blockedRequestsPerFiveMinutes is -1; allowed: 1 or more",
        );
    });
});
