import { expect } from "chai";

import { ofType, one, type ProgramPreview, TEST_ACCOUNT } from "../../../support/preview";
import { ABROAD, memberOf, previewDatabase, SECONDARY } from "../../../support/components/databaseMembers";

describe("AuroraGlobal in the role Secondary", () => {
    let preview: ProgramPreview;
    before(async () => {
        preview = await previewDatabase(SECONDARY, (database) => ({
            member: database.member,
            connectResourceArn: database.connectResourceArn,
            parameterArns: database.parameterArns,
            kmsKeyArn: database.kmsKeyArn,
        }));
    });

    it("prepares the region and makes no cluster, secret or function", () => {
        const types = new Set(
            preview.resources.map(({ type }) => type).filter((type) => /^(aws|random):/.test(type)),
        );
        expect([...types].sort()).to.deep.equal([
            "aws:cloudwatch/logGroup:LogGroup",
            "aws:iam/role:Role",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            "aws:kms/alias:Alias",
            "aws:kms/key:Key",
            "aws:rds/clusterParameterGroup:ClusterParameterGroup",
            "aws:rds/parameterGroup:ParameterGroup",
            "aws:rds/subnetGroup:SubnetGroup",
        ]);
    });

    it("describes its member with all that a cluster needs", () => {
        expect(preview.outputs["member"]).to.deep.equal({
            ...memberOf(ABROAD, "meridian-prod-eu"),
            subnetGroupName: one(preview, "aws:rds/subnetGroup:SubnetGroup").outputs["name"],
            clusterParameterGroupName: one(preview, "aws:rds/clusterParameterGroup:ClusterParameterGroup")
                .outputs["name"],
            instanceParameterGroupName: one(preview, "aws:rds/parameterGroup:ParameterGroup").outputs["name"],
            kmsKeyArn: one(preview, "aws:kms/key:Key").outputs["arn"],
            monitoringRoleArn: one(preview, "aws:iam/role:Role").outputs["arn"],
        });
        expect(preview.outputs["kmsKeyArn"]).to.match(new RegExp(`^arn:aws:kms:${ABROAD}:`));
    });

    it("knows where the parameters will be and whom the database will let in", () => {
        expect(preview.outputs["parameterArns"]).to.include(
            `arn:aws:ssm:${ABROAD}:${TEST_ACCOUNT}:parameter/meridian/prod/database/connection-string`,
        );
        expect(preview.outputs["connectResourceArn"]).to.equal(
            `arn:aws:rds-db:${ABROAD}:${TEST_ACCOUNT}:dbuser:*/shop_app`,
        );
    });

    it("has the log groups ready under the names that RDS will use", () => {
        expect(
            ofType(preview, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs["name"]),
        ).to.have.members([
            "/aws/rds/cluster/meridian-prod-eu/postgresql",
            "/aws/rds/cluster/meridian-prod-eu/iam-db-auth-error",
        ]);
    });
});
