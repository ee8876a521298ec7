import { expect } from "chai";

import { at, ofType, type ProgramPreview } from "../../../support/preview";
import { refusal } from "../../../support/surroundings";
import { AuroraGlobal } from "../../../../components/data/auroraGlobal/auroraGlobal";
import {
    NAME,
    PRIMARY,
    previewDatabase,
    previewEither,
    REPLICATION,
} from "../../../support/components/databaseMembers";

const CLUSTER = "aws:rds/cluster:Cluster";

/** The names of what carries the tag `backup`. */
function tagged(preview: ProgramPreview): string[] {
    return preview.resources
        .filter(({ custom, inputs }) => custom && at(inputs, "tags.backup") !== undefined)
        .map(({ name }) => name);
}

describe("Aurora under AWS Backup", () => {
    for (const [role, args, cluster] of [
        ["Primary", PRIMARY, `${NAME}-cluster`],
        ["the replication", REPLICATION, `${NAME}-eu-central-1-cluster`],
    ] as const) {
        it(`tags the cluster of ${role}, and nothing else`, async () => {
            const preview = await previewEither({ ...args, backup: "standard" });
            expect(tagged(preview)).to.deep.equal([cluster]);
            expect(ofType(preview, CLUSTER).map(({ inputs }) => at(inputs, "tags.backup"))).to.deep.equal([
                "standard",
            ]);
            expect(tagged(await previewEither(args))).to.deep.equal([]);
        });

        it(`leaves the backup window of ${role} to AWS Backup, and only there`, async () => {
            const windowOf = (preview: ProgramPreview) =>
                ofType(preview, CLUSTER).map(({ ignoreChanges }) =>
                    ignoreChanges.includes("preferredBackupWindow"),
                );
            expect(windowOf(await previewEither({ ...args, backup: "standard" }))).to.deep.equal([true]);
            expect(windowOf(await previewEither(args))).to.deep.equal([false]);
        });
    }

    it("refuses a tag that AWS does not take", async () => {
        for (const backup of ["", "a, b", "x".repeat(257)]) {
            expect(await refusal(() => new AuroraGlobal(NAME, { ...PRIMARY, backup }))).to.contain(
                "allowed: a tag's value: 1 to 256 letters, digits, spaces and _.:/=+-@",
            );
        }
        const preview = await previewDatabase({ ...PRIMARY, backup: "x".repeat(256) });
        expect(tagged(preview)).to.deep.equal([`${NAME}-cluster`]);
    });
});
