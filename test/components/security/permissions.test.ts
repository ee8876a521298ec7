import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { type Permission, permissionsOf, rolePolicy } from "../../../components/security/permissions";

const READ: Permission = {
    sid: "ReadItems",
    actions: ["dynamodb:GetItem", "dynamodb:Query"],
    resources: ["arn:aws:dynamodb:us-east-1:111122223333:table/one"],
};

interface Statement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: string[];
    readonly Resource: string[];
    readonly Condition?: object;
}

async function statementsOf(...lists: pulumi.Input<Permission[]>[]): Promise<Statement[]> {
    const document = rolePolicy(
        [{ Sid: "OwnLog", Effect: "Allow", Action: "logs:PutLogEvents", Resource: pulumi.output("arn:own") }],
        lists,
    );
    const text = await new Promise<string>((resolve) => document.apply(resolve));
    const { Version, Statement } = JSON.parse(text) as { Version: string; Statement: Statement[] };
    expect(Version).to.equal("2012-10-17");
    return Statement;
}

describe("permissions that components hand to each other", () => {
    it("become statements that allow, after the component's own", async () => {
        const [own, read, ...more] = await statementsOf([READ]);
        expect(own).to.deep.equal({
            Sid: "OwnLog",
            Effect: "Allow",
            Action: "logs:PutLogEvents",
            Resource: "arn:own",
        });
        expect(read).to.deep.equal({
            Sid: "ReadItems",
            Effect: "Allow",
            Action: READ.actions,
            Resource: READ.resources,
        });
        expect(more).to.deep.equal([]);
    });

    it("are one statement for the same on several resources, in whatever order the actions stand", async () => {
        const other = {
            ...READ,
            actions: [...READ.actions].reverse(),
            resources: ["arn:two", ...READ.resources],
        };
        expect((await statementsOf([READ], [other])).map(({ Resource }) => Resource)).to.deep.equal([
            "arn:own",
            [...READ.resources, "arn:two"],
        ]);
    });

    it("stay apart, under names of their own, where actions or conditions differ", async () => {
        const conditions = [
            { operator: "StringEquals", key: "kms:ViaService", values: ["s3.us-east-1.amazonaws.com"] },
            { operator: "StringEquals", key: "aws:PrincipalTag/team", values: ["shop"] },
        ];
        const statements = await statementsOf(
            [READ],
            [{ ...READ, actions: ["dynamodb:Scan"] }],
            [{ ...READ, conditions }],
            [{ ...READ, sid: "OwnLog" }],
        );
        expect(statements.map(({ Sid }) => Sid)).to.deep.equal([
            "OwnLog",
            "ReadItems",
            "ReadItems2",
            "ReadItems3",
            "OwnLog2",
        ]);
        expect(statements[3]?.Condition).to.deep.equal({
            StringEquals: {
                "kms:ViaService": ["s3.us-east-1.amazonaws.com"],
                "aws:PrincipalTag/team": ["shop"],
            },
        });
    });

    it("wait for what is known only later", async () => {
        const later = permissionsOf([{ ...READ, resources: [pulumi.output(Promise.resolve("arn:later"))] }]);
        expect((await statementsOf(later)).map(({ Resource }) => Resource)).to.deep.equal([
            "arn:own",
            ["arn:later"],
        ]);
    });
});
