import { expect } from "chai";
import { problemsOf } from "../../support/regions/stackConfigs";
import { describeKeys, letters, line } from "../../support/regions/keyRules";

const certificate = (region: string, account = "111122223333"): string =>
    `arn:aws:acm:${region}:${account}:certificate/00000000-1111-2222-3333-444444444444`;
const policy = "a Content-Security-Policy header on one line of ASCII, or nothing";
const path = "a path of at most 128 letters, digits and / . _ ~ - that begins with a slash";
const distributionCertificate =
    "arn:aws:acm:us-east-1:111122223333:certificate/<id>, because CloudFront takes certificates from us-east-1 " +
    "alone, or nothing";
const webCertificate =
    "arn:aws:acm:eu-central-1:111122223333:certificate/<id>, because a balancer takes certificates from its own " +
    "region alone, or nothing";

describe("the rules of distributions and health checks", () => {
    describeKeys([
        {
            key: "priceClass",
            good: ["PriceClass_100", "PriceClass_All"],
            bad: [["All", "one of PriceClass_100, PriceClass_200, PriceClass_All"]],
        },
        {
            key: "geoRestrictionType",
            good: ["none"],
            bad: [["deny", "one of none, whitelist, blacklist"]],
        },
        {
            key: "wafRateLimitPerFiveMinutes",
            good: [10, 2_000_000_000],
            bad: [
                [9, "10 to 2000000000"],
                [2_000_000_001, "10 to 2000000000"],
            ],
        },
        {
            key: "contentSecurityPolicy",
            good: ["", "default-src 'self'; img-src *"],
            bad: [
                ["default-src 'self'\nimg-src *", policy],
                ["default-src ‘self’", policy],
            ],
        },
        {
            key: "originHeaderVersion",
            good: [1, 2, 1_000_000],
            bad: [
                [0, "1 to 1000000"],
                [1_000_001, "1 to 1000000"],
            ],
        },
        {
            key: "originHeaderAlsoAccepted",
            good: [0, 2, 1_000_000],
            bad: [
                [-1, "0 to 1000000"],
                [1_000_001, "0 to 1000000"],
                [1, "another number than meridian:originHeaderVersion, or 0"],
            ],
        },
        {
            key: "distributionCertificateArn",
            good: ["", certificate("us-east-1")],
            bad: [
                [certificate("eu-central-1"), distributionCertificate],
                [certificate("us-east-1", "444455556666"), distributionCertificate],
                ["arn:aws:iam::111122223333:server-certificate/shop", distributionCertificate],
            ],
            options: { stack: "prod-eu" },
        },
        {
            key: "webCertificateArn",
            good: ["", certificate("eu-central-1")],
            bad: [
                [certificate("us-east-1"), webCertificate],
                [certificate("eu-central-1", "444455556666"), webCertificate],
            ],
            options: { stack: "prod-eu" },
        },
        {
            key: "webCertificateArn",
            good: [""],
            bad: [
                [certificate("us-east-1"), "nothing in the global stack's file, because it has no balancer"],
            ],
            options: { stack: "prod-global" },
        },
        {
            key: "healthCheckPath",
            // As the tiers have it, whose listeners let the path through by a pattern.
            good: ["/", `/${letters(127)}`, "/health/deep_1.~html"],
            bad: [
                ["healthz", path],
                ["/health z", path],
                ["/health?deep=1", path],
                ["/health*", path],
                [`/${letters(128)}`, path],
            ],
        },
        {
            key: "healthCheckIntervalSeconds",
            good: [10, 30],
            bad: [[20, "10 or 30"]],
        },
        {
            key: "healthCheckFailureThreshold",
            good: [1, 10],
            bad: [
                [0, "1 to 10"],
                [11, "1 to 10"],
            ],
        },
    ]);

    describe("countries", () => {
        it("are ISO 3166-1 codes", () => {
            const allowed = "a country's two capitals of ISO 3166-1, such as DE";
            expect(problemsOf({ blockedCountries: ["DE", "XK"] })).to.deep.equal([]);
            expect(problemsOf({ blockedCountries: ["DE", "UK", "de", "EU"] })).to.deep.equal([
                line("blockedCountries[1]", "UK", allowed),
                line("blockedCountries[2]", "de", allowed),
                line("blockedCountries[3]", "EU", allowed),
            ]);
            expect(
                problemsOf({ geoRestrictionType: "whitelist", geoRestrictionCountries: ["US", "US"] }),
            ).to.deep.equal([line("geoRestrictionCountries[1]", "US", "each value once")]);
        });

        it("go with the kind of restriction", () => {
            expect(
                problemsOf({ geoRestrictionType: "whitelist", geoRestrictionCountries: ["US"] }),
            ).to.deep.equal([]);
            expect(problemsOf({ geoRestrictionCountries: ["US"] })).to.deep.equal([
                line(
                    "geoRestrictionCountries",
                    ["US"],
                    "an empty list, because meridian:geoRestrictionType is none",
                ),
            ]);
            expect(problemsOf({ geoRestrictionType: "blacklist" })).to.deep.equal([
                line(
                    "geoRestrictionCountries",
                    [],
                    "one country at least, because meridian:geoRestrictionType is blacklist",
                ),
            ]);
        });

        it("are not let in and blocked at once", () => {
            const both = { geoRestrictionType: "whitelist", geoRestrictionCountries: ["US", "DE"] };
            expect(problemsOf({ ...both, blockedCountries: ["FR"] })).to.deep.equal([]);
            expect(problemsOf({ ...both, blockedCountries: ["DE"] })).to.deep.equal([
                line(
                    "blockedCountries",
                    ["DE"],
                    "countries that meridian:geoRestrictionCountries does not let in",
                ),
            ]);
        });
    });
});
