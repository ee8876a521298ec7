import { expect } from "chai";
import { diff } from "./diff";

const CLUSTER = "aws:rds/cluster:Cluster";
const INPUTS = { clusterIdentifier: "a", engine: "aurora-postgresql", skipFinalSnapshot: false };
const STATE = { ...INPUTS, kmsKeyId: "arn:aws:kms:x", port: 5432, tags: {}, vpcSecurityGroupIds: [] };

/** What comes of a difference between one input and the state. */
function effect(property: string, from: unknown, to: unknown, ignored: readonly string[] = []): string {
    const changes = diff(CLUSTER, { ...INPUTS, [property]: to }, { ...STATE, [property]: from }, ignored);
    return changes.map((change) => `${change.property} ${change.effect}`).join(", ");
}

describe("the comparison of inputs with a state", () => {
    it("finds nothing where they agree, and where AWS fills in what the program leaves to it", () => {
        expect(diff(CLUSTER, INPUTS, STATE, [])).to.deep.equal([]);
    });

    it("takes the absence of what AWS does not fill in for an order to empty it", () => {
        expect(effect("globalClusterIdentifier", "g", undefined)).to.equal(
            "globalClusterIdentifier removes the cluster from the global database",
        );
        expect(effect("replicationSourceIdentifier", "arn", undefined)).to.equal(
            "replicationSourceIdentifier promotes the cluster",
        );
        expect(effect("enableGlobalWriteForwarding", true, undefined)).to.equal(
            "enableGlobalWriteForwarding changes it in place",
        );
    });

    it("knows what the provider refuses half-way", () => {
        for (const [from, to] of [
            ["", "g"],
            ["g", "h"],
        ]) {
            expect(effect("globalClusterIdentifier", from, to)).to.equal(
                "globalClusterIdentifier fails, half-way through the update",
            );
            expect(effect("replicationSourceIdentifier", from, to)).to.equal(
                "replicationSourceIdentifier fails, half-way through the update",
            );
        }
    });

    it("tells replacing from changing in place and from noting", () => {
        expect(effect("kmsKeyId", "arn:1", "arn:2")).to.equal("kmsKeyId replaces the resource");
        expect(effect("engine", "aurora-postgresql", "aurora-mysql")).to.equal(
            "engine replaces the resource",
        );
        expect(effect("engineVersion", "18.4", "18.3")).to.equal("engineVersion changes it in place");
        expect(effect("finalSnapshotIdentifier", "a", "b")).to.equal("finalSnapshotIdentifier only notes it");
    });

    it("compares sets without order and lists with it, and takes empty for absent", () => {
        expect(effect("vpcSecurityGroupIds", ["a", "b"], ["b", "a"])).to.equal("");
        expect(effect("vpcSecurityGroupIds", ["a"], ["a", "b"])).to.equal(
            "vpcSecurityGroupIds changes it in place",
        );
        expect(effect("globalClusterIdentifier", "", undefined)).to.equal("");
        expect(effect("deletionProtection", undefined, false)).to.equal("");
        expect(effect("deleteAutomatedBackups", undefined, false)).to.equal(
            "deleteAutomatedBackups only notes it",
        );
    });

    it("leaves alone what is ignored", () => {
        expect(effect("kmsKeyId", "arn:1", "arn:2", ["kmsKeyId"])).to.equal("");
    });

    it("refuses what it does not know", () => {
        expect(() => effect("novel", 1, 2)).to.throw(
            "aws:rds/cluster:Cluster is given novel, which test/support/roleSwap/providerTable.ts does not know: add " +
                "what the provider does when it changes",
        );
        expect(() => diff("aws:ec2/vpc:Vpc", {}, {}, [])).to.throw("there is no table of aws:ec2/vpc:Vpc");
    });
});
