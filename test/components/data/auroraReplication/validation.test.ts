import { expect } from "chai";

import {
    ABROAD,
    HOME,
    REPLICATION,
    secondaryOf,
    SOURCE,
    THIRD,
} from "../../../support/components/databaseMembers";
import { changed, problemsOf } from "../auroraMember/problems";

describe("AuroraReplication's arguments", () => {
    it("are fine in the fixtures", async () => {
        expect(await problemsOf(REPLICATION)).to.deep.equal([]);
    });

    const two = (first: string, second: string, identifiers = ["meridian-prod-eu", "meridian-prod-ap"]) =>
        problemsOf({
            ...REPLICATION,
            secondaries: [
                secondaryOf(first, identifiers[0] ?? ""),
                secondaryOf(second, identifiers[1] ?? ""),
            ],
        });

    it("take other regions, each once", async () => {
        expect(await two(ABROAD, THIRD)).to.deep.equal([]);
        const allowed =
            "allowed: an AWS region code, each once, and not us-east-1, where the database was founded";
        expect(await two(HOME, THIRD)).to.deep.equal([`secondaries[0].region is "us-east-1"; ${allowed}`]);
        expect(await two(ABROAD, ABROAD)).to.deep.equal([
            `secondaries[1].region is "eu-central-1"; ${allowed}`,
        ]);
    });

    it("take identifiers that are each one's own, over all regions", async () => {
        expect(await two(ABROAD, THIRD, ["meridian-prod-eu", "meridian-prod-eu"])).to.deep.equal([
            'secondaries[1].clusterIdentifier is "meridian-prod-eu"; allowed: an identifier that no other member has, ' +
                "and eu-central-1's has it. Members of a global database share one list of names over all regions",
        ]);
    });

    it("take one to ten regions", async () => {
        expect(await problemsOf({ ...REPLICATION, secondaries: [] })).to.deep.equal([
            "secondaries is []; allowed: 1 to 10 regions",
        ]);
        const many = (count: number) =>
            Array.from({ length: count }, (_, index) => secondaryOf(`eu-west-${index}`, `member-${index}`));
        // The number of a region is one digit, so ten regions are as many as this form has.
        expect(await problemsOf({ ...REPLICATION, secondaries: many(10) })).to.deep.equal([]);
        expect(
            await problemsOf({
                ...REPLICATION,
                secondaries: [...many(10), secondaryOf(ABROAD, "member-10")],
            }),
        ).to.have.length(1);
    });

    it("take a writer that is one of the regions", async () => {
        for (const writerRegion of [HOME, ABROAD]) {
            expect(await problemsOf({ ...REPLICATION, writerRegion }), writerRegion).to.deep.equal([]);
        }
        expect(await problemsOf({ ...REPLICATION, writerRegion: THIRD })).to.deep.equal([
            'writerRegion is "ap-southeast-2"; allowed: a region of the database: us-east-1, eu-central-1',
        ]);
    });

    it("take regions that use another one's member, each once and without a member of their own", async () => {
        const clients = (...regions: [string, string][]) =>
            problemsOf({
                ...REPLICATION,
                source: {
                    ...SOURCE,
                    address: { endpoint: "writer.example", readerEndpoint: "readers.example", port: 5433 },
                },
                clientRegions: regions.map(([region, memberRegion]) => ({ region, memberRegion })),
            });
        expect(await clients([THIRD, HOME], ["eu-west-1", ABROAD])).to.deep.equal([]);
        const allowed =
            "allowed: an AWS region code, each once, and none that has a member: us-east-1, eu-central-1";
        expect(await clients([HOME, HOME], [ABROAD, HOME], [THIRD, HOME], [THIRD, HOME])).to.deep.equal([
            `clientRegions[0].region is "us-east-1"; ${allowed}`,
            `clientRegions[1].region is "eu-central-1"; ${allowed}`,
            `clientRegions[3].region is "ap-southeast-2"; ${allowed}`,
        ]);
        expect(await clients([THIRD, "eu-west-1"])).to.deep.equal([
            'clientRegions[0].memberRegion is "eu-west-1"; allowed: a region of the database: us-east-1, eu-central-1',
        ]);
    });

    it("take zones and an instance count for each region", async () => {
        const secondary = {
            ...secondaryOf(ABROAD, "meridian-prod-eu"),
            availabilityZones: [],
            instanceCount: 1,
        };
        expect(await problemsOf({ ...REPLICATION, secondaries: [secondary] })).to.deep.equal([
            "secondaries[0].availabilityZones is []; allowed: at least 2 zones",
            "secondaries[0].instanceCount is 1; allowed: a whole number from 2 to 16. One instance alone has nothing to fail over to",
        ]);
    });

    it("are all there that it needs", async () => {
        expect(
            await problemsOf(changed(REPLICATION, { source: undefined, secondaries: undefined })),
        ).to.have.members([
            "source is not given; allowed: an object with clusterArn, engineVersion, preparationFunctionName, address",
            "secondaries is not given; allowed: a list of 1 to 10 regions",
        ]);
    });

    it("are not those of a region's member", async () => {
        expect(
            await problemsOf({
                ...REPLICATION,
                ...{ clusterIdentifier: "meridian-prod-us", isWriter: true, standalone: true },
            }),
        ).to.deep.equal([
            'clusterIdentifier is "given"; allowed: nothing, because there is no such argument. Remove it',
            'isWriter is "given"; allowed: nothing, because there is no such argument. Remove it',
            'standalone is "given"; allowed: nothing, because there is no such argument. Remove it',
        ]);
    });

    it("take for the names that all stacks share what AuroraGlobal takes", async () => {
        const { globalClusterIdentifier, parameterPrefix, databaseName } = REPLICATION;
        expect(
            await problemsOf({
                ...REPLICATION,
                globalClusterIdentifier: `${globalClusterIdentifier}-`,
                parameterPrefix: `${parameterPrefix}/`,
                databaseName: `9${databaseName}`,
                applicationUsername: "meridian_admin",
            }),
        ).to.deep.equal([
            'globalClusterIdentifier is "meridian-prod-"; allowed: 1 to 63 lower-case letters, digits and single hyphens, a letter first and no hyphen last',
            'databaseName is "9shop"; allowed: 1 to 63 lower-case letters, digits and underscores, a letter first, and none of postgres, rdsadmin, template0, template1',
            'parameterPrefix is "/meridian/prod/database/"; allowed: parts of letters, digits and . _ - after a slash each, 14 at most, the first neither aws nor ssm, such as /shop/prod/database',
            'applicationUsername is "meridian_admin"; allowed: 1 to 63 lower-case letters, digits and underscores, a letter first, not meridian_admin (the master user) and not admin or postgres or beginning with pg_ or rds',
        ]);
    });

    it("and its name are what RDS takes", async () => {
        expect(await problemsOf(REPLICATION, "s".repeat(63))).to.deep.equal([]);
        expect(await problemsOf(REPLICATION, "s".repeat(64))).to.have.length(1);
    });
});
