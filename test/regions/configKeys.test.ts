import { expect } from "chai";
import { problemsOf } from "../support/regions/stackConfigs";
import { line } from "../support/regions/keyRules";

describe("the keys of the configuration", () => {
    describe("the kind of a value", () => {
        const cases: readonly (readonly [string, string, string])[] = [
            ["webMinSize", "2.5", "an integer"],
            ["webMinSize", "", "an integer"],
            ["databaseMaxCapacity", "many", "a number"],
            ["deletionProtection", "yes", "true or false"],
            ["availabilityZones", "us-east-1a", "a list of texts"],
            ["availabilityZones", "[1, 2]", "a list of texts"],
            ["availabilityZones", '{"a": "b"}', "a list of texts"],
        ];
        for (const [key, value, allowed] of cases) {
            it(`of ${key} is not ${JSON.stringify(value)}`, () => {
                expect(problemsOf({ [key]: value })).to.deep.equal([line(key, value, allowed)]);
            });
        }

        it("of a key that is not set has its own message", () => {
            expect(problemsOf({}, { without: ["accountId"] })).to.deep.equal([
                "meridian:accountId in Pulumi.prod-us.yaml is not given; allowed: a text",
            ]);
        });
    });

    describe("unknown keys", () => {
        const unknown = (key: string, remedy: string): string =>
            `${key} in Pulumi.prod-us.yaml is no key of this project; allowed: the keys that Pulumi.yaml declares. ` +
            remedy;

        it("are answered with the nearest known one", () => {
            expect(problemsOf({ "meridian:domainname": "x" })).to.deep.equal([
                unknown("meridian:domainname", "Did you mean meridian:domainName?"),
            ]);
        });

        it("are to be removed where nothing is near", () => {
            expect(problemsOf({ "meridian:colour": "blue" })).to.deep.equal([
                unknown("meridian:colour", "Remove it"),
            ]);
        });

        it("are found under a namespace with a slip", () => {
            expect(problemsOf({ "meridain:webMaxSize": "9" })).to.deep.equal([
                unknown("meridain:webMaxSize", "Did you mean meridian:webMaxSize?"),
            ]);
        });

        it("of other packages are none of the project's business", () => {
            expect(problemsOf({ "aws:region": "us-east-1", "pulumi:tags": "{}" })).to.deep.equal([]);
        });
    });
});
