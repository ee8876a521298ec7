import { expect } from "chai";

import { instanceStatements, NO_GRANTS } from "../../../../components/compute/instanceFleet/permissions";
import { WebTier, type WebTierArgs } from "../../../../components/compute/webTier/webTier";
import { json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { inTestAccount, statements } from "../../../support/surroundings";
import { goodWeb } from "../../../support/components/tierArguments";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

const web = (changes: Partial<WebTierArgs> = {}) =>
    previewProgram(() => {
        new WebTier("shop-web", { ...goodWeb, ...changes }, inTestAccount());
    });

describe("an instance's role", () => {
    it("is EC2's to assume, has Session Manager, and a boundary where one is given", async () => {
        const preview = await web();
        const role = one(preview, ROLE);
        expect(json(role.inputs["assumeRolePolicy"])).to.deep.equal({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: "sts:AssumeRole",
                    Principal: { Service: "ec2.amazonaws.com" },
                },
            ],
        });
        expect(role.inputs).to.not.have.property("permissionsBoundary");
        expect(
            ofType(preview, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(
                ({ inputs }) => inputs["policyArn"],
            ),
        ).to.deep.equal(["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]);

        const boundary = `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`;
        const bounded = await web({ permissionsBoundaryArn: boundary });
        expect(one(bounded, ROLE).inputs["permissionsBoundary"]).to.equal(boundary);
    });

    it("may do nothing but telemetry where nothing is given", async () => {
        const preview = await web();
        const policy = statements(one(preview, ROLE_POLICY, "shop-web-fleet-permissions"));
        expect(Object.keys(policy)).to.deep.equal([
            "WriteLogs",
            "SendMetrics",
            "SendTraces",
            "ReadNoOtherParameters",
        ]);
        const logs = ["shop-web-log", "shop-web-access-log"].map((name) =>
            String(one(preview, LOG_GROUP, name).outputs["arn"]),
        );
        expect(policy["WriteLogs"]?.["Resource"]).to.deep.equal(logs.flatMap((arn) => [arn, `${arn}:*`]));
        expect(policy["SendMetrics"]?.["Condition"]).to.deep.equal({
            StringEquals: { "cloudwatch:namespace": "Meridian/Instances" },
        });
        // Session Manager's managed policy would let the instance read every parameter of the account.
        expect(policy["ReadNoOtherParameters"]).to.deep.include({
            Effect: "Deny",
            NotResource: [`arn:aws:ssm:${TEST_REGION}::parameter/aws/service/*`],
        });
    });

    it("may pull from its image's repository in ECR alone", async () => {
        const image = `${TEST_ACCOUNT}.dkr.ecr.${TEST_REGION}.amazonaws.com/shop/web:1.4.2`;
        const policy = statements(one(await web({ image }), ROLE_POLICY, "shop-web-fleet-permissions"));
        expect(policy["PullImage"]?.["Resource"]).to.deep.equal([
            `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/shop/web`,
        ]);
        expect(policy["SignInToRegistry"]?.["Action"]).to.deep.equal(["ecr:GetAuthorizationToken"]);
    });

    it("has no wildcard of actions, and of resources only where the service knows no other", () => {
        const all = instanceStatements(
            {
                region: TEST_REGION,
                logGroupArns: ["log"],
                metricsNamespace: "Meridian",
                repositoryArn: "repository",
            },
            {
                secretArns: ["secret"],
                parameterArns: ["parameter"],
                tableArns: ["table"],
                bucketArns: ["bucket"],
                queueArns: ["queue"],
                databaseConnectResourceArns: ["user"],
                kmsKeyArns: ["key"],
            },
        );
        for (const { Sid, Effect, Action, Resource = [] } of all) {
            expect(
                Action.filter((action) => action.includes("*")),
                Sid,
            ).to.deep.equal([]);
            if (Effect === "Allow" && Resource.includes("*")) {
                expect(["SendMetrics", "SendTraces", "SignInToRegistry"]).to.include(Sid);
            }
        }
        expect(all.find(({ Sid }) => Sid === "UseKeys")).to.deep.equal({
            Sid: "UseKeys",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: ["key"],
            Condition: {
                StringEquals: {
                    "kms:ViaService": ["dynamodb", "s3", "secretsmanager", "sqs", "ssm"].map(
                        (service) => `${service}.${TEST_REGION}.amazonaws.com`,
                    ),
                },
            },
        });
    });

    it("has no statement without resources, which IAM would refuse", () => {
        const none = instanceStatements(
            { region: TEST_REGION, logGroupArns: ["log"], metricsNamespace: "Meridian" },
            NO_GRANTS,
        );
        expect(
            none.filter((statement) => (statement.Resource ?? statement.NotResource)?.length === 0),
        ).to.deep.equal([]);
        expect(none.map(({ Sid }) => Sid)).to.deep.equal([
            "WriteLogs",
            "SendMetrics",
            "SendTraces",
            "ReadNoOtherParameters",
        ]);
    });
});
