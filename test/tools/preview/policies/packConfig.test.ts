import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PolicyConfigError } from "../../../../tools/preview/policies/errors";
import { type PolicyInfo, readConfigFile, reconcile } from "../../../../tools/preview/policies/packConfig";
import { type Schema } from "../../../../tools/preview/policies/schema";
import { settingsSchema } from "../../../../policies/framework";

function policy(name: string, properties: Readonly<Record<string, Schema>> = {}): PolicyInfo {
    return {
        name,
        kind: "resource",
        types: undefined,
        configuredTypes: false,
        ignoredChangesOnly: false,
        description: "",
        level: "mandatory",
        severity: undefined,
        fix: "",
        tags: [],
        properties,
        required: [],
    };
}

const POLICIES: readonly PolicyInfo[] = [
    policy("settings", settingsSchema(["s3-versioning", "rds-port"]) as Readonly<Record<string, Schema>>),
    policy("s3-versioning", {
        unknowns: { type: "string", enum: ["advisory", "fail-closed"] },
        days: { type: "integer", minimum: 1, maximum: 365, default: 35 },
        names: { type: "array", items: { type: "string", minLength: 1 }, default: [], uniqueItems: true },
        tiers: { type: "object", additionalProperties: { type: "number", exclusiveMinimum: 0 }, default: {} },
    }),
    policy("rds-port"),
];

/** A day from today on, as a waiver has it. */
const inDays = (days: number): string =>
    new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);

const nextYear = new Date();
nextYear.setUTCFullYear(nextYear.getUTCFullYear() + 1);
const aYearOn = nextYear.toISOString().slice(0, 10);

const WAIVER = {
    rule: "rds-port",
    urn: "urn:pulumi:prod-us::*::shop-db",
    owner: "data@example.com",
    reason: "Moves in the autumn.",
    expires: inDays(300),
};

function problems(policies: Readonly<Record<string, unknown>>): readonly string[] {
    try {
        reconcile(POLICIES, { file: "prod.json", policies });
        return [];
    } catch (error) {
        expect(error).to.be.instanceOf(PolicyConfigError);
        return (error as PolicyConfigError).problems;
    }
}

describe("the configuration of policy packs", () => {
    it("takes no settings for all policies at once", () => {
        expect(problems({ all: { days: 7 } })).to.deep.equal([
            "all.days is not known; allowed: enforcementLevel",
        ]);
    });

    it("hides no waiver, and no waiver's end", () => {
        const POLICY_NAMES = ["waived-violations", "waivers-in-order"];
        const policies = [...POLICIES, ...POLICY_NAMES.map((name) => policy(name))];
        const refused = (given: Readonly<Record<string, unknown>>): readonly string[] => {
            try {
                reconcile(policies, { file: "f", policies: given });
                return [];
            } catch (error) {
                return (error as PolicyConfigError).problems;
            }
        };
        const settings = { waivers: [WAIVER] };
        expect(refused({ settings })).to.deep.equal([]);
        expect(refused({ "waived-violations": "disabled" })).to.deep.equal([]);
        expect(refused({ settings, "waived-violations": "disabled" })).to.deep.equal([
            'waived-violations is "disabled", by itself or by all; allowed beside waivers: advisory, mandatory',
        ]);
        expect(refused({ settings, "waivers-in-order": "advisory" })).to.deep.equal([
            'waivers-in-order is "advisory", by itself or by all; allowed beside waivers: mandatory',
        ]);
        expect(refused({ settings, all: "disabled" })).to.have.length(3);
    });

    it("is the policies' defaults where nothing is given", () => {
        const config = reconcile(POLICIES, undefined);
        expect(config.get("s3-versioning")).to.deep.equal({
            level: "mandatory",
            properties: { days: 35, names: [], tiers: {} },
        });
        expect(config.get("settings")?.properties).to.deep.equal({ unknowns: "advisory", waivers: [] });
    });

    it("takes levels alone, with properties, and for all", () => {
        const given = {
            all: "advisory",
            "rds-port": "disabled",
            "s3-versioning": { enforcementLevel: "remediate", days: 7 },
        };
        const config = reconcile(POLICIES, { file: "f", policies: given });
        expect([...config].map(([name, { level }]) => `${name} ${level}`)).to.deep.equal([
            "settings advisory",
            "s3-versioning remediate",
            "rds-port disabled",
        ]);
        expect(config.get("s3-versioning")?.properties["days"]).to.equal(7);
        expect(problems({ all: { enforcementLevel: "mandatory" }, settings: { waivers: [WAIVER] } })).to.be
            .empty;
    });

    const cases: [title: string, given: Readonly<Record<string, unknown>>, problem: string][] = [
        [
            "a policy that there is not",
            { "s3-versionning": "mandatory" },
            "s3-versionning is not known (did you mean s3-versioning?); allowed: all, settings, s3-versioning, rds-port",
        ],
        [
            "a policy like none that there is",
            { nothing: {} },
            "nothing is not known; allowed: all, settings, s3-versioning, rds-port",
        ],
        [
            "a level that there is not",
            { "rds-port": "madatory" },
            'rds-port is "madatory"; allowed: advisory, mandatory, remediate, disabled (did you mean mandatory?)',
        ],
        [
            "a level among properties that there is not",
            { "rds-port": { enforcementLevel: true } },
            "rds-port.enforcementLevel is true; allowed: advisory, mandatory, remediate, disabled",
        ],
        [
            "a setting of another kind",
            { "rds-port": ["mandatory"] },
            'rds-port is ["mandatory"]; allowed: a level (advisory, mandatory, remediate, disabled) or an object with settings',
        ],
        [
            "a property that there is not",
            { "s3-versioning": { day: 3 } },
            "s3-versioning.day is not known (did you mean days?); allowed: unknowns, days, names, tiers",
        ],
        [
            "a value of the wrong type",
            { "s3-versioning": { days: "7" } },
            's3-versioning.days is "7"; allowed: a whole number',
        ],
        ["a value too low", { "s3-versioning": { days: 0 } }, "s3-versioning.days is 0; allowed: 1 or more"],
        [
            "a value too high",
            { "s3-versioning": { days: 366 } },
            "s3-versioning.days is 366; allowed: 365 or less",
        ],
        [
            "a choice that there is not",
            { "s3-versioning": { unknowns: "fail-close" } },
            's3-versioning.unknowns is "fail-close"; allowed: "advisory", "fail-closed" (did you mean "fail-closed"?)',
        ],
        [
            "an element of the wrong type",
            { "s3-versioning": { names: ["a", 2] } },
            "s3-versioning.names[1] is 2; allowed: text",
        ],
        [
            "an empty element",
            { "s3-versioning": { names: [""] } },
            's3-versioning.names[0] is ""; allowed: at least 1 character',
        ],
        [
            "elements that repeat",
            { "s3-versioning": { names: ["a", "a"] } },
            's3-versioning.names is ["a","a"]; allowed: elements that differ',
        ],
        [
            "an entry out of range",
            { "s3-versioning": { tiers: { gold: 0 } } },
            "s3-versioning.tiers.gold is 0; allowed: more than 0",
        ],
        [
            "a waiver without an owner",
            { settings: { waivers: [{ ...WAIVER, owner: undefined }] } },
            "settings.waivers[0].owner is not given; allowed: text",
        ],
        [
            "a waiver with something more",
            { settings: { waivers: [WAIVER, { ...WAIVER, ticket: "S-1" }] } },
            "settings.waivers[1].ticket is not known; allowed: rule, urn, owner, reason, expires",
        ],
        [
            "a waiver of a rule that there is not",
            { settings: { waivers: [{ ...WAIVER, rule: "rds-ports" }] } },
            'settings.waivers[0].rule is "rds-ports"; allowed: "s3-versioning", "rds-port" (did you mean "rds-port"?)',
        ],
        [
            "a waiver until a day that there is not",
            { settings: { waivers: [{ ...WAIVER, expires: "2027-02-30" }] } },
            'settings.waivers[0].expires is "2027-02-30"; allowed: a date as YYYY-MM-DD',
        ],
        [
            "a waiver that names neither a stack nor a resource",
            { settings: { waivers: [{ ...WAIVER, urn: "urn:pulumi:*::*::aws:s3/bucket:Bucket::*" }] } },
            'settings.waivers[0].urn is "urn:pulumi:*::*::aws:s3/bucket:Bucket::*", which names neither a stack nor a resource; allowed: a pattern such as urn:pulumi:<stack>::* or *::<name>, with 3 characters of the name beside a *',
        ],
        [
            "a waiver for more than a year",
            { settings: { waivers: [{ ...WAIVER, expires: inDays(370) }] } },
            `settings.waivers[0].expires is "${inDays(370)}"; allowed: a day within a year from today, ${aYearOn} at the latest`,
        ],
        [
            "a waiver that is none",
            { settings: { waivers: ["rds-port"] } },
            'settings.waivers[0] is "rds-port"; allowed: an object',
        ],
        [
            "waivers that are no list",
            { settings: { waivers: {} } },
            "settings.waivers is {}; allowed: a list",
        ],
    ];
    it("takes waivers that name a stack or a resource, and end within a year", () => {
        for (const urn of [
            "urn:pulumi:prod-us::*",
            "urn:pulumi:*::*::db",
            "*::shop-*",
            "urn:pulumi:*::shop::*::*-reports",
        ]) {
            expect(problems({ settings: { waivers: [{ ...WAIVER, urn }] } }), urn).to.deep.equal([]);
        }
        for (const urn of ["*", "urn:pulumi:*::*", "urn:pulumi:prod*::*", "*::*db*", "*Bucket*"]) {
            expect(problems({ settings: { waivers: [{ ...WAIVER, urn }] } }), urn).to.have.length(1);
        }
        expect(problems({ settings: { waivers: [{ ...WAIVER, expires: aYearOn }] } })).to.deep.equal([]);
    });

    for (const [title, given, problem] of cases) {
        it(`refuses ${title}`, () => {
            expect(problems(given)).to.deep.equal([problem]);
        });
    }

    it("says everything that is wrong, with the file", () => {
        try {
            reconcile(POLICIES, { file: "prod.json", policies: { "rds-port": "on", x: {} } });
            expect.fail("nothing was refused");
        } catch (error) {
            expect((error as Error).message).to.equal(
                [
                    "prod.json: x is not known; allowed: all, settings, s3-versioning, rds-port.",
                    'prod.json: rds-port is "on"; allowed: advisory, mandatory, remediate, disabled.',
                ].join("\n"),
            );
        }
    });

    describe("in a file", () => {
        let folder: string;
        const file = (): string => path.join(folder, "config.json");

        beforeEach(() => {
            folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-config-"));
        });

        afterEach(() => {
            fs.rmSync(folder, { recursive: true });
        });

        it("may be nothing at all", () => {
            fs.writeFileSync(file(), " \n");
            expect(readConfigFile(file()).policies).to.deep.equal({});
        });

        it("has to be there, be JSON, and be an object", () => {
            expect(() => readConfigFile(file())).to.throw(
                PolicyConfigError,
                /config\.json: cannot be read: ENOENT/,
            );
            fs.writeFileSync(file(), "{");
            expect(() => readConfigFile(file())).to.throw(PolicyConfigError, /config\.json: is not JSON: /);
            fs.writeFileSync(file(), "[1]");
            expect(() => readConfigFile(file())).to.throw(
                "config.json: is [1]; allowed: an object from policies to levels or settings.",
            );
        });
    });
});
