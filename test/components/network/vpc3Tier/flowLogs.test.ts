import { expect } from "chai";

import { at, json, one, type ProgramPreview, TEST_ACCOUNT } from "../../../support/preview";
import { preview } from "./networks";

describe("Vpc3Tier", () => {
    let plain: ProgramPreview;

    before(async () => {
        plain = await preview();
    });

    describe("flow logs", () => {
        it("record all traffic of the VPC in a log group", () => {
            const group = one(plain, "aws:cloudwatch/logGroup:LogGroup");
            expect(group.inputs).to.deep.include({ retentionInDays: 365 });
            expect(group.inputs).not.to.have.property("kmsKeyId");
            expect(one(plain, "aws:ec2/flowLog:FlowLog").inputs).to.deep.include({
                vpcId: one(plain, "aws:ec2/vpc:Vpc").id,
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: group.outputs["arn"],
                iamRoleArn: one(plain, "aws:iam/role:Role").outputs["arn"],
                maxAggregationInterval: 600,
            });
        });

        it("are kept as long as asked, under the key given", async () => {
            const kmsKeyArn =
                "arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012";
            const result = await preview({ flowLogRetentionDays: 731, kmsKeyArn });
            expect(one(result, "aws:cloudwatch/logGroup:LogGroup").inputs).to.deep.include({
                retentionInDays: 731,
                kmsKeyId: kmsKeyArn,
            });
        });

        it("are written by a role that only flow logs of this account and region may take", () => {
            const trust = json(one(plain, "aws:iam/role:Role").inputs["assumeRolePolicy"]);
            expect(at(trust, "Statement[0].Principal")).to.deep.equal({
                Service: "vpc-flow-logs.amazonaws.com",
            });
            const conditions = at(trust, "Statement[0].Condition");
            expect(at(conditions, "ArnLike")).to.deep.equal({
                "aws:SourceArn": `arn:aws:ec2:eu-central-1:${TEST_ACCOUNT}:vpc-flow-log/*`,
            });
            expect(JSON.stringify(conditions)).to.include(`"aws:SourceAccount":"${TEST_ACCOUNT}"`);
        });

        it("are written by a role that can write to their group alone", () => {
            const arn = String(one(plain, "aws:cloudwatch/logGroup:LogGroup").outputs["arn"]);
            const policy = one(plain, "aws:iam/rolePolicy:RolePolicy");
            expect(json(policy.inputs["policy"])).to.deep.equal({
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "WriteFlowLogs",
                        Effect: "Allow",
                        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                        Resource: [arn, `${arn}:*`],
                    },
                    {
                        Sid: "FindLogGroup",
                        Effect: "Allow",
                        Action: "logs:DescribeLogGroups",
                        Resource: `arn:aws:logs:eu-central-1:${TEST_ACCOUNT}:log-group:*`,
                    },
                ],
            });
            expect(one(plain, "aws:ec2/flowLog:FlowLog").dependencies).to.include(policy.urn);
        });
    });
});
